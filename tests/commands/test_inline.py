"""What inline mode offers, and the messages that it sends."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.catalogue.snapshot import snapshot_of
from bot.commands.context import Context
from bot.commands.inline import A_PAGE, INLINE_CHAT, InlineResult, Offered, ResultId, offer
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.domain.gate import World
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.errors import StorageError
from bot.rendering.limits import visible
from bot.services.publish import publish
from bot.storage.records import NewRevision
from tests.commands.conftest import Talk
from tests.conftest import NOW, Clock
from tests.domain import examples
from tests.strategies import PIECES, worlds
from tests.telegram.textual import read_message_text

AGREED = "q_what-was-agreed"


def request(words: str = "") -> Request:
    """Return what somebody asks for by typing our name and the words."""
    chat = Chat(INLINE_CHAT, ChatKind.INLINE)
    return Request(Reader(1, "Ann", "en"), chat, "", words, NOW, home="https://t.me/ParleyBot")


def payloads(offered: Offered) -> list[str]:
    """Return which records are offered, in order."""
    return [result.id.partition(".")[0] for result in offered.results]


async def offer_of(app: App, records: list[Record], words: str = "", offset: str = "") -> Offered:
    """Return what is offered where these records are published."""
    revisions = [
        Revision(RevisionRef(number, 1), NOW + timedelta(seconds=number), "desk", Change.UPDATE, "", record)
        for number, record in enumerate(records, 1)
    ]
    return await offer(Context(request(words), snapshot_of(1, revisions), app.parts), offset)


async def test_words_offer_the_answer_first(app: App) -> None:
    """The record that answers comes first, the closest others behind it, no record twice."""
    offered = await app.router.offer(request("What did Trump and Putin agree on the telephone?"), "")
    assert payloads(offered)[0] == AGREED
    assert len(set(payloads(offered))) == len(offered.results) <= 4
    assert offered.next_offset == ""


async def test_an_agreement_and_a_party_can_be_the_best(app: App) -> None:
    """Whatever has a card and something sourced to say is offered."""
    assert payloads(await app.router.offer(request("Black Sea truce"), ""))[0].startswith("a_")
    assert payloads(await app.router.offer(request("who is Zelensky"), ""))[0] == "y_ukraine"
    assert payloads(await app.router.offer(request("give me the brief"), ""))[0] == "p_ukraine-ceasefire-2025"


async def test_what_nothing_covers_offers_nothing(app: App) -> None:
    """No look-alike stands in for an answer that is not there."""
    assert await app.router.offer(request("recipe for borscht"), "") == Offered()


async def test_a_result_is_the_short_answer_with_all_that_makes_it_one(app: App) -> None:
    """Short answer with marks, as-of date, source, link back; never the full answer. The preview is one plain line."""
    best = (await app.router.offer(request("What did Trump and Putin agree on the telephone?"), "")).results[0]
    text = visible(best.html)
    assert best.title == "What did Trump and Putin agree on the telephone?"
    assert text.startswith(best.title)
    assert "for 30 days" in text
    assert "[1]" in text
    assert "As of 18 March 2025" in text
    assert "blue News, 18 March 2025" in text
    assert f"t.me/ParleyBot?start={AGREED}" in text
    assert "Putin has already given the order" not in text
    assert best.preview.startswith("Putin agreed to suspend attacks")
    assert "\n" not in best.preview
    assert "[" not in best.preview
    assert [[(button.label, button.url) for button in row] for row in best.buttons] == [
        [("Ask more", f"https://t.me/ParleyBot?start={AGREED}")]
    ]


async def test_an_agreement_says_where_it_stands(app: App) -> None:
    """Preview and message give its status on the day; past its end never "in effect"."""
    pause = (await app.router.offer(replace(request("energy pause"), now=NOW + timedelta(days=60)), "")).results[0]
    assert "Status on 19 May 2025: if it began on 18 March 2025, it was due to end about 17 April" in visible(
        pause.html
    )
    assert pause.preview.startswith("On 19 May 2025: if it began")


async def test_no_words_offer_the_brief_and_the_newest(app: App) -> None:
    """The default process's brief leads; the rest follows by the day it holds as of, then by when it was recorded."""
    records: list[Record] = [
        examples.process(),
        examples.source(),
        examples.party(),
        examples.question("old", as_of=date(2025, 3, 1)),
        examples.question("first"),
        examples.agreement("second"),
        examples.process("newest", title="Other talks", as_of=date(2025, 3, 19)),
    ]
    assert payloads(await offer_of(app, records, " \n ")) == ["p_talks", "p_newest", "a_second", "q_first", "q_old"]


async def test_many_records_come_in_pages(app: App) -> None:
    """Each page leads to the next, the last to none, and together they hold each record once."""
    questions = [examples.question(f"question-{number}") for number in range(2 * A_PAGE + 3)]
    records: list[Record] = [examples.process(), examples.source(), *questions]
    found: list[str] = []
    offset, pages = "", 0
    while True:
        offered = await offer_of(app, records, offset=offset)
        found, offset, pages = found + payloads(offered), offered.next_offset, pages + 1
        assert len(offered.results) <= A_PAGE
        if not offset:
            break
    assert pages == 3
    assert sorted(found) == sorted(["p_talks", *(f"q_question-{number}" for number in range(2 * A_PAGE + 3))])


@pytest.mark.parametrize("offset", ["-1", "9" * 64, "²", "x", " 1", "20; DROP TABLE ledger"])
async def test_a_made_up_offset_is_no_error(app: App, offset: str) -> None:
    """It leads to the first page, or beyond the last one."""
    assert payloads(await app.router.offer(request(), offset))[:1] in ([], ["p_ukraine-ceasefire-2025"])


async def test_an_empty_catalogue_offers_nothing(app: App) -> None:
    """Nothing published, nothing to send."""
    assert await offer_of(app, []) == Offered()
    assert await offer_of(app, [], "what was agreed") == Offered()


async def test_a_party_of_which_nothing_is_sourced_is_not_offered(app: App) -> None:
    """A name alone says nothing worth sending."""
    records: list[Record] = [examples.process(), examples.party("southland")]
    assert "y_southland" not in payloads(await offer_of(app, records, "southland"))


async def test_an_answer_too_long_for_one_message_ends_between_statements(app: App) -> None:
    """What is left out is said to be behind the link, and its sources are neither shown nor told."""
    statement = {"text": "Long. " * 300, "cite": ({"source": "herald"},)}
    last = {"text": "Last. " * 300, "cite": ({"source": "gazette"},)}
    sources = [examples.source(), examples.source("gazette", publisher="The Gazette")]
    question = examples.question(short=(statement, statement, last))
    (_, result) = (await offer_of(app, [examples.process(), question, *sources])).results
    text = read_message_text(result.html, "HTML", None).text
    assert text.count("Long.") == 2 * 300
    assert "Last." not in text
    assert "more to this than one message holds" in text
    assert "The Herald" in text
    assert "The Gazette" not in text
    assert [ref.record for ref in result.tells] == [2, 3]


async def test_a_statement_with_too_many_sources_is_left_to_the_link(app: App) -> None:
    """A statement is never sent without one of its sources, nor a source cut."""
    sources = [examples.source(f"s-{n}", title="T" * 200, publisher="P" * 200) for n in range(20)]
    question = examples.question(short=({"text": "So.", "cite": tuple({"source": source.slug} for source in sources)},))
    (_, result) = (await offer_of(app, [examples.process(summary=question.short), question, *sources])).results
    text = read_message_text(result.html, "HTML", None).text
    assert "too long for one message" in text
    assert "So." not in text
    assert "t.me/ParleyBot?start=q_what-was-agreed" in text


async def test_the_line_makes_the_message_again(app: App, talk: Talk) -> None:
    """/inline with the payload is the same message, word for word, with the same button and tells."""
    for result in (await app.router.offer(request(), "")).results:
        await talk.say(result.line)
        message = talk.sent[-1]
        assert (message.html, message.buttons, message.tells) == (result.html, result.buttons, result.tells)
        assert message.line == result.line


@pytest.mark.parametrize("payload", ["", "q_gone", "x_what-was-agreed", "q_../..", "s_blue-news-2025-03-18", "<b>"])
async def test_what_is_not_published_says_so(talk: Talk, payload: str) -> None:
    """A line that leads nowhere is no error and tells nothing."""
    assert await talk.text(f"/inline {payload}") == "The answer that stood here is no longer published."
    assert talk.sent[-1].tells == ()


async def test_the_link_for_asking_leads_to_the_welcome(talk: Talk) -> None:
    """The button over an empty list opens the private chat, which does not call its link lost."""
    text = await talk.text("/start ask")
    assert text.startswith("Hello.")
    assert "no longer here" not in text


async def test_a_sent_result_is_in_the_ledger(app: App) -> None:
    """By the inline message's id: the line that makes it again, the revisions it told; chat 0 was told nothing."""
    result = (await app.router.offer(request("energy pause"), "")).results[0]
    assert await app.router.chosen(request(), result.id, "AgAAA1") is None
    told = await app.parts.ledger.told_inline("AgAAA1")
    assert told is not None
    assert (told.line, told.tells) == (result.line, result.tells)
    assert await app.parts.ledger.told_inline("AgAAA2") is None
    assert await app.parts.ledger.told(INLINE_CHAT, None) is None


async def test_a_result_from_before_a_publication_is_mended_at_once(app: App, clock: Clock) -> None:
    """The message that was sent is changed to what holds now, and the ledger has the revision that it then tells."""
    result = (await app.router.offer(request("What did Trump and Putin agree on the telephone?"), "")).results[0]
    old = app.parts.catalogue.current.questions["what-was-agreed"]
    changed = old.record.model_copy(update={"question": "What was agreed, in short?"})
    await publish(app.database, [NewRevision(changed, Change.MINOR, "")], author="desk", note="", now=clock())
    await app.parts.catalogue.refresh()
    message = await app.router.chosen(request(), result.id, "AgAAA1")
    assert message is not None
    assert visible(message.html).startswith("What was agreed, in short?")
    told = await app.parts.ledger.told_inline("AgAAA1")
    assert told is not None
    assert told.tells[0] == RevisionRef(old.ref.record, old.ref.number + 1)


async def test_a_result_withdrawn_meanwhile_is_taken_back(app: App, clock: Clock) -> None:
    """What was retracted between offering and sending does not stay where it was sent."""
    result = (await app.router.offer(request("What did Trump and Putin agree on the telephone?"), "")).results[0]
    record = app.parts.catalogue.current.questions["what-was-agreed"].record
    await publish(app.database, [NewRevision(record, Change.RETRACTION, "")], author="desk", note="", now=clock())
    await app.parts.catalogue.refresh()
    message = await app.router.chosen(request(), result.id, "AgAAA1")
    assert message is not None
    assert visible(message.html) == "The answer that stood here is no longer published."


async def test_a_message_that_the_ledger_could_not_take_says_so(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no correction can reach it, the message itself tells its readers."""

    async def full(*_: object) -> None:
        raise StorageError("disk full")

    result = (await app.router.offer(request("energy pause"), "")).results[0]
    monkeypatch.setattr("bot.storage.ledger.add", full)
    message = await app.router.chosen(request(), result.id, "AgAAA1")
    assert message is not None
    assert "Our ledger could not take this message" in message.html


@pytest.mark.parametrize(
    "given_id", ["", "q_x", "..", "q_x.en.", "q_x.en.1x", "q_x.en.²", "q_x.en." + "9" * 5000, "é.en.1"]
)
async def test_an_id_that_we_did_not_make_changes_nothing(app: App, given_id: str) -> None:
    """It is ignored: nothing in the ledger, nothing to mend."""
    assert await app.router.chosen(request(), given_id, "AgAAA1") is None
    assert await app.parts.ledger.told_inline("AgAAA1") is None


@given(st.from_regex(r"[qapy]_[a-z0-9-]{1,40}", fullmatch=True), st.sampled_from(["en", "uk"]), st.integers(0, 10**15))
def test_an_id_is_read_as_it_was_written(payload: str, locale: str, publication: int) -> None:
    """Whatever the slug, an id keeps to Telegram's 64 bytes and comes back whole."""
    made = ResultId(payload, locale, publication)
    assert len(str(made).encode()) <= 64
    assert ResultId.parse(str(made)) == made


async def test_a_failure_offers_nothing_and_is_logged(
    app: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours leaves the list empty and a number in the log."""
    monkeypatch.delattr(type(app.parts.catalogue.current.index), "find")
    assert await app.router.offer(request("what was agreed"), "") == Offered()
    assert "in /inline" in caplog.text


hostile = st.one_of(st.text(max_size=256), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


async def test_hostile_words_are_no_error(app: App, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is typed, something or nothing is offered, and the log has no failure."""

    @settings(max_examples=40, deadline=None)
    @given(hostile, st.sampled_from(["", "20", "x"]))
    def check(words: str, offset: str) -> None:
        context = Context(request(words), app.parts.catalogue.current, app.parts)
        assert len(asyncio.run(offer(context, offset)).results) <= A_PAGE

    await asyncio.to_thread(check)
    assert "Failure" not in caplog.text


async def test_hostile_records_keep_every_limit(app: App) -> None:
    """Whatever words records hold, each result is one that Telegram takes: id, title, preview, text, link."""

    @settings(max_examples=25, deadline=None)
    @given(worlds)
    def check(world: World) -> None:
        for result in asyncio.run(offer_of(app, list(world.values()))).results:
            _check(result)

    await asyncio.to_thread(check)


def _check(result: InlineResult) -> None:
    assert len(result.id.encode()) <= 64
    assert result.title.strip()
    assert len(result.preview) <= 160
    assert "\n" not in result.preview
    assert result.tells
    assert len(read_message_text(result.html, "HTML", None).text) <= 4096
    assert result.buttons[0][0].url.startswith("https://t.me/ParleyBot?start=")
