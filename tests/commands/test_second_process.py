"""Records that the shipped content has none of: an allegation, a withdrawn source, a second process."""

from pathlib import Path

import pytest

from bot.domain.revision import Change
from bot.errors import ContentRefused
from bot.services.import_content import import_content
from bot.services.publish import publish
from bot.storage.records import NewRevision
from tests.commands.conftest import Talk

FILES = {
    "process.yaml": """
title: Harbour talks
as_of: 2025-03-10
parties: [northland, southland]
summary:
  - {text: They talk., cite: [{source: herald}]}
""",
    "parties.yaml": """
- {slug: northland, name: Northland, type: state}
- {slug: southland, name: Southland, type: state}
""",
    "sources.yaml": """
- {slug: herald, title: What we know, publisher: The Herald, type: outlet, published: 2025-03-10}
""",
    "events.yaml": """
- slug: shelling
  as_of: 2025-03-10
  title: Shelling of the harbour
  type: alleged violation
  alleged_by: northland
  denied_by: southland
  occurred: 2025-03-09
  text: [{text: A ship was hit., certainty: claimed, party: northland, cite: [{source: herald}]}]
""",
}


@pytest.fixture
async def harbour(talk: Talk, tmp_path: Path) -> Talk:
    """Return the conversation after a second process was imported."""
    folder = tmp_path / "content" / "harbour"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    await import_content(talk.app.database, tmp_path / "content", now=talk.clock())
    await talk.app.parts.catalogue.refresh()
    return talk


async def test_an_allegation_names_who_makes_it_and_who_denies_it(harbour: Talk) -> None:
    """An alleged violation is never told as plain fact."""
    text = await harbour.text("/timeline harbour")
    assert "Alleged by Northland; denied by Southland." in text
    assert "According to Northland: A ship was hit." in text


async def test_a_chat_follows_the_process_it_chose(harbour: Talk) -> None:
    """The default comes first; /topics changes what the chat's commands are about, and only for this chat."""
    assert "ceasefire talks 2025" in await harbour.text("/brief")
    await harbour.say("/topics")
    await harbour.press("Harbour talks")
    assert "Harbour talks: in brief" in await harbour.text("/brief")
    harbour.chat = 2
    assert "ceasefire talks 2025" in await harbour.text("/brief")


async def test_a_source_that_is_still_cited_cannot_be_withdrawn(harbour: Talk, tmp_path: Path) -> None:
    """A retraction that would leave statements without a source is refused with the places that cite it."""
    sources = tmp_path / "content" / "harbour" / "sources.yaml"
    sources.write_text(FILES["sources.yaml"].replace("What we know", "What we knew"), encoding="utf-8")
    with pytest.raises(ContentRefused, match="unknown source 'herald'"):
        await import_content(
            harbour.app.database,
            tmp_path / "content",
            change=Change.RETRACTION,
            note="forged",
            now=harbour.clock(),
        )


async def test_a_statement_whose_source_is_gone_says_so(harbour: Talk) -> None:
    """Should a source be withdrawn all the same, what rests on it is not told as if nothing had happened."""
    source = harbour.app.parts.catalogue.current.sources["herald"].record
    withdrawn = [NewRevision(source, Change.RETRACTION, "forged")]
    await publish(harbour.app.database, withdrawn, author="desk", note="forged", now=harbour.clock())
    await harbour.app.parts.catalogue.refresh()
    assert "They talk. (its source has been withdrawn)" in await harbour.text("/brief harbour")
