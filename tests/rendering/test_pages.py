"""Every page with hostile records in it is a message, or messages, that Telegram takes and that shows its sources."""

from dataclasses import fields
from random import Random

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from jinja2.meta import find_undeclared_variables

from bot.domain.base import Kind
from bot.domain.gate import World
from bot.domain.source import Source
from bot.rendering import engine
from bot.rendering.engine import Templates
from bot.rendering.labels import Labels
from bot.rendering.limits import split
from bot.rendering.pages import PAGES
from bot.rendering.pages.page import Page
from tests.rendering.drawn import Filler
from tests.storage.opening import ROOT
from tests.strategies import worlds
from tests.telegram.errors import ApiError
from tests.telegram.links import checked_link
from tests.telegram.textual import Formatted, read_message_text

FOLDER = ROOT / "templates"
LOCALES = sorted(path.name for path in FOLDER.iterdir() if path.name != "pictures")
TEMPLATES = Templates(FOLDER)
_UNSEEN = dict.fromkeys((*range(32), *range(0x2028, 0x202F)))


def squeezed(text: str) -> str:
    """Return the text without blanks, and without what Telegram takes out of it."""
    return "".join(text.translate(_UNSEEN).split())


def variables(locale: str, template: str) -> set[str]:
    """Return the names that the template asks its page for."""
    source = (FOLDER / locale / template).read_text(encoding="utf-8")
    return find_undeclared_variables(engine._environment(FOLDER / locale).parse(source))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.__name__))
def test_a_template_uses_exactly_what_its_page_gives(page: type[Page]) -> None:
    """No template asks for a value that its page has not, and no page carries one that nothing shows."""
    given_fields = {field.name for field in fields(page)}
    for locale in LOCALES:
        assert variables(locale, page.template) == given_fields


def test_every_template_belongs_to_a_page() -> None:
    """Each page has a template of its own, and no template lies about unused."""
    pages = [page.template for page in PAGES]
    assert len(pages) == len(set(pages))
    for locale in LOCALES:
        assert {path.name for path in (FOLDER / locale).glob("*.j2")} == {*pages, "labels.j2", "words.j2", "pieces.j2"}


def test_the_shared_words_ask_for_nothing() -> None:
    """What several pages import is given all it needs by whoever calls it."""
    assert all(variables(locale, "words.j2") == set() for locale in LOCALES)


def test_every_label_is_set_and_short() -> None:
    """Each locale has words for every button, none of them empty, and for every command in the menu."""
    for locale in LOCALES:
        labels = TEMPLATES.labels(locale)
        for field in fields(Labels):
            value = getattr(labels, field.name)
            texts = value.values() if isinstance(value, dict) else (value,)
            assert all(isinstance(text, str) and text.strip() for text in texts), field.name


def messages(page: Page) -> list[Formatted]:
    """Return the messages that the page becomes, as Telegram shows them; it refuses what it would refuse."""
    html = TEMPLATES.render(page, "en")
    try:
        return [read_message_text(part, "HTML", None) for part in split(html)]
    except ApiError:
        note(f"{type(page).__name__}: {html[:5000]}")
        raise


# A failure is told with the page's own HTML, which says more than what is left of a world after minutes of shrinking.
_NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=20, deadline=None, phases=_NO_SHRINKING)
@given(worlds, st.integers(0, 2**32))
def test_every_page_is_taken_by_telegram_and_shows_its_sources(world: World, seed: int) -> None:
    """At most 4,096 characters and 100 entities a message, never empty, all markup closed, every publisher named."""
    filler = Filler(world, Random(seed))  # noqa: S311 - not for secrets
    records = world.values()
    links = {checked_link(url) for record in records if isinstance(record, Source) for url in _urls(record)}
    for model in PAGES:
        page = filler.page(model)
        shown = messages(page)
        assert shown, model.__name__
        text = squeezed("".join(message.text for message in shown))
        for item in getattr(page, "sources", ()):
            source = item if isinstance(item, Source) else item.source
            assert squeezed(source.publisher) in text, model.__name__
        found = {entity.url for message in shown for entity in message.entities if entity.url}
        assert found <= links | {checked_link(getattr(page, "share", ""))}
        kinds = {entity.type for message in shown for entity in message.entities}
        assert kinds <= {"bold", "italic", "strikethrough", "text_link", "expandable_blockquote"}


def _urls(source: Source) -> tuple[str, ...]:
    return (source.url or "", source.archive_url or "")


@settings(max_examples=10, deadline=None, phases=_NO_SHRINKING)
@given(worlds, st.integers(0, 2**32))
def test_hostile_words_are_shown_as_they_were_typed(world: World, seed: int) -> None:
    """Tags, entities and template syntax in a party's name come out as text: nothing is read, run or lost."""
    filler = Filler(world, Random(seed))  # noqa: S311 - not for secrets
    (page,) = (model for model in PAGES if model.template == "party.j2")
    card = filler.page(page)
    text = squeezed("".join(message.text for message in messages(card)))
    party = next(record for (kind, _), record in world.items() if kind is Kind.PARTY and record is _party(card))
    assert squeezed(getattr(party, "name", "-")) in text


def _party(page: Page) -> object:
    return getattr(page, "party", None)
