"""Pictures: whatever the records hold, the drawing is an SVG that can be painted, and its words fit their places."""

import struct
from dataclasses import fields
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.meta import find_undeclared_variables

from bot.domain.agreement import Stance
from bot.domain.dates import When
from bot.rendering.engine import Templates
from bot.rendering.limits import caption, visible
from bot.rendering.pictures.drawing import (
    DRAWINGS,
    Drawing,
    DrawnLine,
    DrawnMoment,
    DrawnStance,
    MatrixDrawing,
    TimelineDrawing,
)
from bot.rendering.pictures.lettering import drawable, has_boxes, lettered, scripts, width_of, wrapped
from bot.rendering.pictures.painting import paint
from tests.storage.opening import ROOT
from tests.strategies import lines

FOLDER = ROOT / "templates"
TEMPLATES = Templates(FOLDER)
DAY = When.model_validate("2025-03-18")
STANCES = [DrawnStance(stance, DAY) for stance in Stance]
SVG = "{http://www.w3.org/2000/svg}"


def matrix(words: str, parties: int = 3) -> MatrixDrawing:
    """Return a matrix of these words with every stance in it, two that contradict each other, and blanks."""
    cells = [[STANCES[at % len(STANCES)]] for at in range(parties - 1)]
    drawn = [DrawnLine(words, [*cells, []]), DrawnLine(words, [STANCES[1:3], *([[]] * (parties - 1))])]
    return MatrixDrawing(words, [words] * parties, drawn, date(2025, 3, 18), words)


def timeline(words: str) -> TimelineDrawing:
    """Return a timeline of these words."""
    whens = map(When.model_validate, ("2025-03-18", "2025-03", "2025", "by 2025-03-18", "unclear"))
    kinds = ("talks", "x", "", "agreement", "alleged violation")
    moments = [DrawnMoment(when, words, kind, words) for when, kind in zip(whens, kinds, strict=True)]
    return TimelineDrawing(words, moments, None, words)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: str(drawing.__name__))
def test_a_picture_uses_exactly_what_it_is_given(drawing: type[Drawing]) -> None:
    """No template asks for what its drawing has not, and nothing is given that is not drawn."""
    source = (FOLDER / "pictures" / drawing.template).read_text(encoding="utf-8")
    used = find_undeclared_variables(TEMPLATES._drawing["en"].parse(source))
    assert used == {field.name for field in fields(drawing)}


@settings(max_examples=40)
@given(lines, st.integers(1, 5))
def test_any_words_make_a_sound_drawing(words: str, parties: int) -> None:
    """Markup, other alphabets and marks that turn text around: the SVG is well-formed and says them as they are."""
    for drawing in (matrix(words, parties), timeline(words)):
        root = ET.fromstring(TEMPLATES.draw(drawing, "en"))  # noqa: S314 - our own
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        assert width == 720
        assert 200 < height < 1600
        for text in root.iter(f"{SVG}text"):
            assert 0 <= float(text.attrib["x"]) <= width
            assert 0 < float(text.attrib["y"]) < height
        first = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        assert "".join(drawable(words).split())[:3] in "".join(first.split())


@pytest.mark.parametrize("drawing", [matrix("Пауза: Зеленський"), timeline("شروط وقف إطلاق النار")])
def test_a_drawing_is_painted(drawing: Drawing) -> None:
    """A PNG of the drawing's own size comes out, Cyrillic and Arabic included."""
    svg = TEMPLATES.draw(drawing, "en")
    picture = paint(svg, sorted(scripts(svg)))
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20]) == (720,)
    assert len(set(picture)) > 100


def test_words_that_a_font_lacks_are_known() -> None:
    """Chinese has no font here, nor has Arabic beside other letters; what has one gets it."""
    assert has_boxes("停戦")
    assert has_boxes("Sumy: عربي")
    assert not any(map(has_boxes, ("Київ", "عربي، نص", "საქართველო: Tbilisi", "Ελλάδα", "Hà Nội: “x”…")))
    assert 'font-family="Noto Sans Georgian"' in lettered("საქართველო: Tbilisi")
    assert "tspan" not in lettered("Sumy: عربي")
    assert lettered("<b>&") == "&lt;b&gt;&amp;"


@given(lines, st.integers(40, 400), st.integers(1, 4))
def test_wrapped_lines_fit(words: str, width: int, most: int) -> None:
    """No line is wider than its place, none is blank, and what was cut ends in an ellipsis."""
    found = wrapped(words, width, 20, most)
    assert len(found) <= most
    assert all(part.strip() and width_of(part, 20) <= max(width, 20) for part in found)
    if "".join(found) and "".join(drawable(words).split()) != "".join("".join(found).split()):
        assert found[-1].endswith("…")


def test_a_caption_keeps_telegrams_limit() -> None:
    """Whole lines as far as they fit, then an ellipsis; one endless line is cut."""
    long = "\n".join(f"<b>line {number}</b> &amp; more" for number in range(200))
    short = caption(long)
    assert len(visible(short)) <= 1024
    assert short.endswith("more\n…")
    assert len(caption("x" * 5000)) <= 1024
    assert caption("<b>fine</b>") == "<b>fine</b>"
