"""The limits of a message: splitting what is longer, between blocks where that can be."""

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.limits import BUTTON_BYTES, ENTITY_LIMIT, TEXT_LIMIT, clipped, split, visible
from tests.strategies import lines, words
from tests.telegram.textual import read_message_text

TAGS = st.sampled_from(
    ("b", "i", "u", "s", "code", "blockquote expandable", "blockquote", 'a href="https://e.org/?a=1&amp;b"')
)


def wrapped(tag: str, inner: str) -> str:
    """Return the inner HTML in a tag."""
    return f"<{tag}>{inner}</{tag.split(maxsplit=1)[0]}>"


def plain(text: str) -> str:
    """Return hostile words as HTML that shows them."""
    return html.escape("".join(character for character in text if character.isprintable() or character in "\n "))


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Draw a block of a page: words, some of them in tags, one tag in another."""
    inner = plain(draw(words)) if draw(st.booleans()) else plain(draw(lines))
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return inner
    if kind == 1:
        return " ".join(wrapped("b", plain(draw(lines))) for _ in range(draw(st.integers(1, 60))))
    first = draw(TAGS)
    if kind == 2:
        second = draw(TAGS.filter(lambda tag: not tag.startswith(("blockquote", "a ", "code"))))
        return wrapped(first, f"{plain(draw(lines))} {wrapped(second, inner)} {plain(draw(lines))}")
    return f"{plain(draw(lines))} {wrapped(first, inner)}"


PAGES = st.lists(blocks(), min_size=1, max_size=12).map("\n\n".join)


def squeezed(text: str) -> str:
    """Return the text without blanks, and without the separators that Telegram takes out."""
    return "".join(text.translate(dict.fromkeys(range(0x2028, 0x202F))).split())


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_every_part_is_a_message_and_no_word_is_lost(page: str) -> None:
    """Each part is valid, within the limits and not empty; together they show all that the page shows, in order."""
    parts = split(page)
    shown = [read_message_text(part, "HTML", None) for part in parts]
    assert squeezed("".join(part.text for part in shown)) == squeezed(visible(page))
    for part in shown:
        assert len(part.text) <= TEXT_LIMIT
        assert len(part.entities) <= ENTITY_LIMIT


@settings(max_examples=50, deadline=None)
@given(PAGES)
def test_what_fits_is_left_whole(page: str) -> None:
    """A page within the limits is one message, as it was written."""
    if len(page) <= TEXT_LIMIT - 300 and page.count("</") <= ENTITY_LIMIT:
        assert split(page) == (page.strip(),)


def test_a_cut_falls_between_blocks() -> None:
    """Of the places where a page could be cut, an empty line in the second half is taken first."""
    block = "word " * 199 + "end."
    parts = split("\n\n".join([block] * 12))
    assert len(parts) == 4
    assert {paragraph for part in parts for paragraph in part.split("\n\n")} == {block}


def test_a_cut_falls_between_lines_where_there_is_no_block() -> None:
    """Without an empty line, the end of a line is the next best."""
    line = "word " * 19 + "end."
    parts = split("\n".join([line] * 100))
    assert len(parts) > 1
    assert {one for part in parts for one in part.split("\n")} == {line}


def test_a_cut_falls_between_words_where_there_is_no_line() -> None:
    """Without a line's end, a word is still not cut."""
    parts = split("word " * 2000)
    assert {word for part in parts for word in part.split()} == {"word"}


def test_a_text_without_any_gap_is_cut_where_it_must_be() -> None:
    """Ten thousand characters in one word come through whole, in as few messages as they take."""
    parts = split("x" * 10_000)
    assert "".join(parts) == "x" * 10_000
    assert len(parts) == 3


def test_open_tags_are_closed_at_a_cut_and_opened_again_behind_it() -> None:
    """A link and a bold passage that go over a cut are both there on either side."""
    parts = split(
        f'<blockquote expandable><a href="https://e.org/?a=1&amp;b=2"><b>{"word " * 2000}</b></a></blockquote>'
    )
    assert len(parts) > 1
    for part in parts:
        assert part.startswith('<blockquote expandable><a href="https://e.org/?a=1&amp;b=2"><b>word')
        assert part.endswith("</b></a></blockquote>")


@pytest.mark.parametrize("entity", ["&amp;", "&lt;", "&#39;", "&#x1F44D;", "&quot;"])
def test_an_entity_is_never_cut(entity: str) -> None:
    """Thousands of escaped characters, and each part still shows whole ones, as many as a message holds."""
    parts = split(entity * 5000)
    assert all(part == entity * part.count(entity) for part in parts)
    assert sum(part.count(entity) for part in parts) == 5000
    assert len(parts) == 2


def test_a_message_has_no_more_entities_than_telegram_takes() -> None:
    """Three hundred bold words are split though they are short, and none of them is left out."""
    parts = split(" ".join(["<b>x</b>"] * 300))
    assert all(part.count("<b>") <= ENTITY_LIMIT for part in parts)
    assert sum(part.count("<b>") for part in parts) == 300


@pytest.mark.parametrize("text", ["", " \n\n ", "\t"])
def test_nothing_is_no_message(text: str) -> None:
    """An empty page is not sent."""
    assert split(text) == ()


@pytest.mark.parametrize("rest", ["\u200b", "<b>\u00ad</b>", " \n\n \u2060 "])
def test_a_rest_that_nobody_can_see_is_no_message(rest: str) -> None:
    """What Telegram would refuse as empty is not sent behind a full message."""
    full = "x" * len(split("x" * 10_000)[0])
    assert split(f"{full}\n\n{rest}") == (full,)


@settings(deadline=None)
@given(words, st.integers(1, 80))
def test_clipping_never_exceeds_its_limit_and_says_that_it_cut(text: str, limit: int) -> None:
    """A text that fits is left as it is; a longer one ends in an ellipsis where it was cut."""
    found = clipped(text, limit)
    assert len(found) <= limit
    assert found == text if len(text) <= limit else found.endswith("…") and text.startswith(found[:-1])


@settings(deadline=None)
@given(words)
def test_what_is_visible_of_escaped_words_is_the_words(text: str) -> None:
    """Escaping and reading back loses nothing, whatever markup the words look like."""
    assert visible(f"<b>{html.escape(text)}</b>") == text


def test_a_very_long_page_is_cut_in_order() -> None:
    """A page of many messages is split in order, every part but the last well filled."""
    parts = split("\n\n".join(f"{number}: " + "word " * 100 for number in range(200)))
    numbers = [int(found) for part in parts for found in re.findall(r"(\d+):", part)]
    assert all(second == first + 1 for first, second in pairwise(numbers))
    assert all(len(part) > TEXT_LIMIT // 2 for part in parts[:-1])


def test_a_buttons_data_is_as_long_as_telegram_takes() -> None:
    """The limit of callback data is Telegram's."""
    assert BUTTON_BYTES == 64
