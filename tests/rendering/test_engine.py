"""The engine: templates that are loaded at start, or refused with file and line."""

import shutil
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from bot.errors import TemplateError
from bot.rendering.engine import Templates
from bot.rendering.labels import Labels
from bot.rendering.pages.asking import AskPage
from bot.rendering.pages.page import Page
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.pages.trouble import EmptyPage, UnknownCommandPage
from tests.storage.opening import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the templates that ship."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path / "templates"


def change(file: Path, old: str, new: str) -> None:
    """Change a template as an editor would."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", ["answer.j2", "words.j2", "labels.j2", "empty.j2"])
def test_a_broken_template_is_found_at_start(folder: Path, name: str) -> None:
    """Any template that does not compile, one that others import included, is named with its line."""
    lines = (folder / "en" / name).read_text(encoding="utf-8").splitlines()
    (folder / "en" / name).write_text("\n".join([*lines, "{% if %}"]), encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        Templates(folder)
    assert str(caught.value).startswith(f"{folder / 'en' / name}:{len(lines) + 1}: ")
    assert str(caught.value).endswith("mend the template.")


@pytest.mark.parametrize("name", ["answer.j2", "words.j2", "labels.j2"])
def test_a_missing_template_is_found_at_start(folder: Path, name: str) -> None:
    """A page's template, or one that others import, is missed before a reader needs it."""
    (folder / "en" / name).unlink()
    with pytest.raises(TemplateError, match="is missing: restore it from the release") as caught:
        Templates(folder)
    assert str(folder / "en" / name) in str(caught.value)


def test_a_template_that_is_no_text_is_found_at_start(folder: Path) -> None:
    """A file of another encoding is named."""
    (folder / "en" / "empty.j2").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateError, match=r"empty\.j2 cannot be read: save it as UTF-8"):
        Templates(folder)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_templates_names_the_setting(tmp_path: Path, name: str) -> None:
    """No folder, or one without the default language, is a wrong setting."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(TemplateError, match=r"No templates in .*en: check PARLEY_TEMPLATES_DIR, or unset it"):
        Templates(tmp_path / name)


@pytest.mark.parametrize("asked", ["{{ gone }}", "{% if given %}{% for x in gone %}{{ x }}{% endfor %}{% endif %}"])
def test_a_template_that_asks_for_what_its_page_has_not_is_found_at_start(folder: Path, asked: str) -> None:
    """A name that the page does not give is refused before a reader comes to it, with the names that there are."""
    (folder / "en" / "not_found.j2").write_text(asked, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"not_found\.j2 uses gone, which it is not given: it may use given, kind"):
        Templates(folder)


def test_a_template_that_no_page_owns_is_refused(folder: Path) -> None:
    """A misnamed template is told apart from one that is missing."""
    (folder / "en" / "anwser.j2").write_text("x", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"anwser\.j2 belongs to no page"):
        Templates(folder)


@pytest.mark.parametrize("asked", ["{{ given.gone }}", "{{ given.x.gone }}", "{{ given + 1 }}{# gone #}"])
def test_a_template_that_cannot_be_rendered_says_where(folder: Path, asked: str) -> None:
    """The error of a page that cannot be shown names the file and the line, and is one line itself."""
    (folder / "en" / "not_found.j2").write_text(f"one\ntwo\n{asked}\n", encoding="utf-8")
    templates = Templates(folder)
    with pytest.raises(TemplateError, match="mend the template") as caught:
        templates.render(NotFoundPage("party", "x"), "en")
    assert str(caught.value).startswith(f"{folder / 'en' / 'not_found.j2'}:3: ")
    assert "\n" not in str(caught.value)


def test_an_error_in_shared_words_names_their_line(folder: Path) -> None:
    """What goes wrong inside of a macro is told of its own file, not of the page that called it."""
    change(folder / "en" / "words.j2", "{% macro paging(p) -%}", "{% macro paging(p) -%}{{ p.gone }}")
    imported = '{% import "words.j2" as words %}{{ words.paging(given) }}'
    (folder / "en" / "not_found.j2").write_text(imported, encoding="utf-8")
    with pytest.raises(TemplateError, match="gone") as caught:
        Templates(folder).render(NotFoundPage("party", "x"), "en")
    assert str(caught.value).startswith(f"{folder / 'en' / 'words.j2'}:")


def test_a_label_that_is_not_set_is_missed_at_start(folder: Path) -> None:
    """Every word on a button must be there, in every locale."""
    change(folder / "en" / "labels.j2", "{% set help =", "{% set halp =")
    with pytest.raises(TemplateError, match=r"labels\.j2 does not set help: add it"):
        Templates(folder)


def test_a_label_that_nothing_shows_is_refused_at_start(folder: Path) -> None:
    """A label more than there are buttons is a slip of the pen."""
    labels = folder / "en" / "labels.j2"
    labels.write_text(labels.read_text(encoding="utf-8") + '{% set halp = "x" %}\n', encoding="utf-8")
    with pytest.raises(TemplateError, match=r"labels\.j2 sets halp, which nothing shows: remove it"):
        Templates(folder)


def test_labels_are_those_of_the_template(folder: Path) -> None:
    """What stands in labels.j2 is what stands on the buttons."""
    change(folder / "en" / "labels.j2", '{% set help = "Help" %}', '{% set help = "Help & more" %}')
    labels = Templates(folder).labels("en")
    assert labels.help == "Help & more"
    assert {field.name for field in fields(Labels)} >= {"help", "menu"}


def test_a_reader_is_served_in_their_language_or_in_the_default_one(folder: Path) -> None:
    """A language with a region is that language; one without templates, or no language at all, is English."""
    shutil.copytree(folder / "en", folder / "de")
    (folder / "de" / "empty.j2").write_text("Noch nichts.", encoding="utf-8")
    change(folder / "de" / "labels.j2", '{% set help = "Help" %}', '{% set help = "Hilfe" %}')
    templates = Templates(folder)
    for wanted in ("de", "de-CH", "de_AT", "DE"):
        assert templates.locale(wanted) == "de"
        assert templates.render(EmptyPage(), wanted) == "Noch nichts."
        assert templates.labels(wanted).help == "Hilfe"
    for wanted in ("en", "en-GB", "fr", "", "-", "../de", "\x00", "d", "deu"):
        assert templates.locale(wanted) == "en"
        assert templates.render(EmptyPage(), wanted) != "Noch nichts."
        assert templates.labels(wanted).help == "Help"


def test_what_is_no_locale_is_passed_over(folder: Path) -> None:
    """Files and hidden folders beside the locales do no harm."""
    (folder / "README.md").write_text("x", encoding="utf-8")
    (folder / ".git").mkdir()
    assert Templates(folder).locale("readme.md") == "en"


def test_words_of_readers_are_escaped_and_never_run() -> None:
    """What a reader typed is shown, not read: no tag, no entity, no template syntax."""
    html = Templates(ROOT / "templates").render(UnknownCommandPage("<b>{{7*7}}&amp;", ""), "en")
    assert "/&lt;b&gt;{{7*7}}&amp;amp;." in html


def test_pages_are_tidy() -> None:
    """No blanks at the ends of lines, no more than one empty line in a row, none at either end."""
    html = Templates(ROOT / "templates").render(AskPage(("One?", "Two?"), 500, too_long=False), "en")
    lines = html.split("\n")
    assert lines == [line.rstrip() for line in lines]
    assert "\n\n\n" not in html
    assert html == html.strip()


def test_pages_are_found_by_their_class() -> None:
    """A page of another class than the house's own has no template, and says so."""

    @dataclass(frozen=True)
    class Stray(Page):
        template = "nowhere.j2"

    with pytest.raises(TemplateError, match=r"nowhere\.j2"):
        Templates(ROOT / "templates").render(Stray(), "en")
