"""Lists, cards and dates."""

import pytest

from bot.commands.registry import COMMANDS
from bot.domain.reserved import RESERVED_COMMANDS
from tests.commands.conftest import Talk
from tests.conftest import Clock


async def test_help_lists_every_command(talk: Talk) -> None:
    """/help names each listed command, and the questions' own, and nothing that is not there."""
    text = await talk.text("/help")
    listed = [command.name for command in COMMANDS if command.listed and command.role is None]
    assert all(f"/{name} \u2013 " in text for name in (*listed, "agreed", "ukraine", "next", "putin", "trump"))


def test_no_question_may_own_a_command_of_ours() -> None:
    """Every command of the registry is reserved."""
    assert {command.name for command in COMMANDS} <= RESERVED_COMMANDS


async def test_an_unknown_command_gets_the_nearest(talk: Talk) -> None:
    """A misspelt command is answered with the one that it resembles, as a button too."""
    text = await talk.text("/agreemnts")
    assert "There is no command /agreemnts. Did you mean /agreements?" in text
    assert talk.button("/agreements").line == "/agreements"


async def test_brief_tells_the_main_points(talk: Talk) -> None:
    """/brief shows three numbered points with their source."""
    text = await talk.text("/brief")
    assert [line[:2] for line in text.splitlines() if line[:2] in {"1.", "2.", "3.", "4."}] == ["1.", "2.", "3."]
    assert "blue News" in text


async def test_questions_are_listed_in_the_desks_order(talk: Talk) -> None:
    """/questions lists the five with their commands."""
    text = await talk.text("/questions")
    places = [text.index(f"/{name}") for name in ("agreed", "ukraine", "next", "putin", "trump")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        ("", ["Pause in strikes", "Complete ceasefire", "Black Sea"], []),
        ("rejected", ["Complete ceasefire"], ["Pause in strikes", "Black Sea"]),
        ("status=rejected", ["Complete ceasefire"], ["Pause in strikes"]),
        ("Kremlin", ["Pause in strikes", "Complete ceasefire"], ["Black Sea"]),
        ("party=ukraine rejected", ["Complete ceasefire"], ["Pause in strikes"]),
        ("talks agreed", ["Black Sea"], ["Complete ceasefire"]),
        ("ukraine-ceasefire-2025", ["Pause in strikes"], []),
    ],
)
async def test_agreements_are_narrowed_down(talk: Talk, words: str, shown: list[str], hidden: list[str]) -> None:
    """By process, party (any of its names) and status, in any order."""
    text = await talk.text(f"/agreements {words}")
    assert all(title in text for title in shown)
    assert not any(title in text for title in hidden)


async def test_a_filter_that_means_nothing_is_named(talk: Talk) -> None:
    """A word that narrows nothing down is left out, and the reply says so."""
    assert "what “blah” narrows down" in await talk.text("/agreements blah rejected")


@pytest.mark.parametrize(
    "name", ["energy-strikes-pause", "Energy truce", "energy", "Pause in strikes on energy infrastructur"]
)
async def test_an_agreement_is_found_by_any_of_its_names(talk: Talk, name: str) -> None:
    """By slug, alias, part of a name, and with a letter missing."""
    assert (await talk.text(f"/agreement {name}")).startswith("Pause in strikes on energy infrastructure")


async def test_the_energy_pause_never_claims_more_than_the_source(talk: Talk, clock: Clock) -> None:
    """Its card says when it was due to end if it began at once, and every party's stance or that none is recorded."""
    early = await talk.text("/agreement energy-strikes-pause")
    assert "agreed; when it takes effect is unclear" in early
    assert "Duration: 30 days" in early
    assert "◐ Russia: accepts with conditions" in early
    assert "\uff0b United States: proposes" in early
    assert "Ukraine: not recorded" in early
    clock.advance(days=60)
    late = await talk.text("/agreement energy-strikes-pause")
    assert (
        "if it began on 18 March 2025, it was due to end about 17 April 2025; "
        "no confirmed extension as of 18 March 2025" in late
    )
    assert "in effect" not in early + late


async def test_positions_stand_side_by_side(talk: Talk) -> None:
    """Every party of the process has a line on every agreement."""
    text = await talk.text("/positions")
    for party in ("Russia", "Ukraine", "United States"):
        assert sum(f" {party}: " in line for line in text.splitlines()) == 3
    assert "✗ Russia: rejects" in text
    assert "✓ Ukraine: accepts" in text
    assert '"has agreed"' in text
    assert '"would have agreed"' in text


async def test_a_party_is_found_by_any_of_its_names(talk: Talk) -> None:
    """The Kremlin, and Zelensky in another spelling, lead to their state's card."""
    assert (await talk.text("/party the Kremlin")).startswith("Russia")
    assert (await talk.text("/party Selenskyj")).startswith("Ukraine")
    assert "No party in our records is called “Atlantis”" in await talk.text("/party Atlantis")


async def test_the_timeline_is_in_order_and_sourced(talk: Talk) -> None:
    """What happened first comes first; what has no date comes last."""
    text = await talk.text("/timeline")
    assert text.index("20 January 2025") < text.index("By 18 March 2025") < text.index("Date unclear")
    assert "blue News" in text


@pytest.mark.parametrize("day", ["2025-04-20", "20 April 2025", "April 20, 2025", "20.04.2025"])
async def test_asof_reads_days_as_people_write_them(talk: Talk, day: str) -> None:
    """Every usual form leads to the same day."""
    text = await talk.text(f"/asof {day}")
    assert text.startswith("20 April 2025")
    assert "it was due to end about 17 April 2025" in text


async def test_asof_narrows_down_to_an_agreement(talk: Talk) -> None:
    """A name behind the day asks for that one alone."""
    text = await talk.text("/asof 2025-04-20 black sea")
    assert "Ceasefire in the Black Sea" in text
    assert "Pause in strikes" not in text


async def test_asof_as_we_knew_it_answers_from_revisions_recorded_by_then(talk: Talk, clock: Clock) -> None:
    """Before the first import nothing was known; on its day, all that it brought."""
    await talk.say("/asof 2025-03-19")
    answered = await talk.press("As we knew it then")
    assert "Nothing had been recorded here by that day" in answered.owed[0].message.html
    assert "Black Sea" in await talk.text("/asof 2025-03-20 known")


async def test_asof_without_a_day_explains_itself(talk: Talk) -> None:
    """No date, or one that cannot be read, gets examples."""
    assert "/asof 2025-03-20" in await talk.text("/asof")
    assert "cannot read “soon”" in await talk.text("/asof soon")


async def test_sources_show_all_credits(talk: Talk) -> None:
    """Author, publisher, agency and the pictures with captions and credits."""
    text = await talk.text("/sources")
    assert "Jan-Niklas Jäger" in text
    assert "dpa news agency" in text
    assert "Evan Vucci/AP/Mikhail Metzel/Pool Sputnik Kremlin via AP/dpa" in text
    assert "Ukraine Presidency/Planet Pix via ZUMA Press Wire/dpa" in text


async def test_sources_of_an_answer_quote_the_source(talk: Talk) -> None:
    """Each statement stands with the words of the source that it rests on."""
    text = await talk.text("/sources what-was-agreed")
    assert "“The Kremlin leader is said to have already given the order.”" in text


async def test_a_topic_is_chosen_for_the_chat(talk: Talk) -> None:
    """/topics lists the processes; choosing one is kept for this chat."""
    assert "Russia\u2013Ukraine ceasefire talks 2025" in await talk.text("/topics")
    assert "now about" in await talk.text("/topics ukraine-ceasefire-2025")
    assert talk.app.parts.topics.chosen(talk.chat) == "ukraine-ceasefire-2025"
    assert "No topic here is called “atlantis”" in await talk.text("/topics atlantis")


async def test_privacy_says_how_long_things_are_kept(talk: Talk) -> None:
    """The days are those that retention works with."""
    text = await talk.text("/privacy")
    assert "Erased after 365 days" in text


async def test_a_report_names_what_was_told(talk: Talk) -> None:
    """/report and a few words go to the desk with the newest message that told something."""
    assert "nothing here yet" in await talk.text("/report wrong")
    await talk.say("/agreed")
    assert "Thank you. The desk has your report no. 1 on “What did Trump and Putin agree" in await talk.text(
        "/report The date is missing"
    )


async def test_a_flood_of_reports_is_stopped(talk: Talk) -> None:
    """Twenty a day from one reader are enough; the next is refused with the reason."""
    await talk.say("/agreed")
    for _ in range(20):
        await talk.say("/report again")
    assert "20 reports today" in await talk.text("/report again")


async def test_a_report_is_about_what_the_message_was_about(talk: Talk) -> None:
    """A card that tells of several records is reported under its own name, not under one that it mentions."""
    await talk.say("/party russia")
    assert "on “Russia”" in await talk.text("/report its name is wrong")


async def test_only_a_page_that_is_turned_takes_its_messages_place(talk: Talk) -> None:
    """The timeline that a brief leads to is a message of its own; "as we knew it then" is a turn of the same page."""
    await talk.say("/brief")
    assert not (await talk.press("Timeline")).turns
    await talk.say("/asof 2025-03-19")
    assert (await talk.press("As we knew it then")).turns
    assert (await talk.press("By what is known today")).turns


async def test_a_day_at_the_end_of_the_calendar_is_answered(talk: Talk) -> None:
    """The last day that a date can name breaks nothing, by either knowledge."""
    assert "31 December 9999" in await talk.text("/asof 9999-12-31")
    assert "31 December 9999" in await talk.text("/asof 9999-12-31 known")


async def test_asof_keeps_none_of_the_readers_words(talk: Talk) -> None:
    """The ledger's line names the agreement by its slug, however it was asked for."""
    await talk.say("/asof 2025-04-20 Energy truce")
    assert talk.sent[-1].line == "/asof 2025-04-20 energy-strikes-pause p1"


@pytest.mark.parametrize(
    "line", ["/asof 2025-04-20", "/agreements", "/positions", "/timeline", "/party ukraine", "/agreement energy"]
)
async def test_lists_are_dated_and_sourced_too(talk: Talk, clock: Clock, line: str) -> None:
    """Whatever tells of records says as of when, when it has grown stale, and by which source."""
    clock.advance(days=60)
    text = await talk.text(line)
    assert "As of 18 March 2025. Not reviewed since: things may have changed." in text
    assert "blue News, 18 March 2025" in text


async def test_both_wordings_of_zelenskyys_stance_are_shown_everywhere(talk: Talk) -> None:
    """The article's text and its caption differ; no page shows only one of them."""
    for line in ("/ukraine", "/agreement full ceasefire", "/positions full-ceasefire-30-days", "/party ukraine"):
        text = await talk.text(line)
        assert '"has agreed"' in text, line
        assert '"would have agreed"' in text, line
