"""Browsing what was imported from PA-X, beside the content that ships: a reader's way through a few agreements."""

from pathlib import Path

import pytest

from bot.app import App
from bot.services.import_pax import import_pax
from tests.commands.conftest import Talk
from tests.conftest import NOW
from tests.importing.pax_sample import BASE, ROWS, export

MANY = [
    BASE
    | {"AgtId": str(20 + number), "PP": str(20 + number), "PPName": f"Valley process {number}", "Con": "Valleyland"}
    for number in range(14)
]


@pytest.fixture
async def browser(app: App, talk: Talk, tmp_path: Path) -> Talk:
    """Return a conversation with a house that has imported PA-X's agreements as well."""
    file = tmp_path / "pax.csv"
    file.write_bytes(export([*ROWS, *MANY]))
    await import_pax(app.database, file, now=NOW, on_step=lambda _: None)
    await app.parts.catalogue.refresh()
    return talk


async def test_agreements_are_narrowed_down_by_what_people_type(browser: Talk) -> None:
    """Country, year, stage, day and words, alone and together; each list says what it was narrowed down by."""
    for words, shown, hidden in (
        ("northland 2014", ["of or naming Northland; from 2014", "Protocol", "Memorandum"], ["Grain"]),
        ("grain shipps 2022", ["with the words “grain shipps”; from 2022", "Declaration on the Grain Ships"], ["Mem"]),
        ("prisoners go home", ["Protocol of the Harbour Talks"], ["Black Sea"]),
        ("pre-negotiation", ["stage: pre-negotiation", "Grain Ships"], ["Memorandum"]),
        ("pax-process-7 on 2014-09-10", ["there by 10 September 2014", "Protocol"], ["Memorandum", "Draft"]),
        ("everywhere in effect", ["in effect on 20 March 2025", "None in our records"], ["Protocol"]),
        ("rejected", ["ceasefire talks 2025", "Complete ceasefire"], ["Protocol"]),
        ("northland xyzzy", ["what “xyzzy” narrows down", "Protocol"], ["Grain"]),
    ):
        text = await browser.text(f"/agreements {words}")
        assert all(part in text for part in shown), (words, text)
        assert not any(part in text for part in hidden), (words, text)
    text = await browser.text("/agreements northland 2014")
    assert "signed or agreed on 5 September 2014" in text
    assert "Whether what was signed still holds is not recorded in PA-X." in text
    assert "Licence: CC BY-NC-SA 4.0" in text


async def test_a_list_has_pages_and_leads_to_all_topics(browser: Talk) -> None:
    """More turns the page in place and keeps the filters; the chat's own process is left by a button."""
    assert "Page 1 of 3 (14 in all)" in await browser.text("/agreements valleyland 2014")
    answered = await browser.press("More")
    assert answered.turns
    assert browser.button("\u2039 Back").line == "/agreements everywhere Valleyland 2014 p1"
    assert "ceasefire talks 2025" in await browser.text("/agreements ukraine")
    assert browser.button("In all topics").line == "/agreements everywhere Ukraine"


async def test_a_card_tells_what_pax_holds_and_no_more(browser: Talk) -> None:
    """Status, codes, signatories, what it refers to and what refers to it, links and licence."""
    text = await browser.text("/agreement memorandum of 19 september 2014")
    for part in (
        "signed or agreed on 19 September 2014; whether it still holds is not recorded in PA-X.",
        "PA-X gives no description.",
        "Listed as: ceasefire: mixed; within a state; conflict over government/territory; Multiparty signed/agreed",
        "Where: Northland, Harbour (Europe and Eurasia)",
        "Signed by: Ann Lee, for Northland; Bo Ray, for the Harbour Council",
        "Third parties, as printed: Witnessed by: / The Herald of Peace",
        "Refers to: Protocol of the Harbour Talks",
        "Recorded here on 20 March 2025; PA-X coding 2.",
        "Licence: CC BY-NC-SA 4.0",
    ):
        assert part in text, (part, text)
    assert "As of" not in text
    await browser.press("Protocol")
    assert "Referred to by: Memorandum of 19 September 2014" in browser.sent[-1].html
    unilateral = await browser.text("/agreement pax-3")
    assert "declared by one side on 22 July 2022" in unilateral
    assert "dated 1 February 2023, listed as “Status unclear”" in await browser.text("/agreement pax-4")


async def test_words_that_name_no_one_agreement_list_those_that_have_them(browser: Talk) -> None:
    """/agreement with loose words is a search, and a question that nothing answers is offered what is called so."""
    assert "Declaration on the Grain Ships" in await browser.text("/agreement ships grain")
    text = await browser.text("grain ships declaration")
    assert text.startswith("I am not certain what you mean.")
    assert browser.button("Declaration on the Grain").line == "/start a_pax-3"
    assert "Not covered yet" in await browser.text("how tall is the eiffel tower")


async def test_topics_stay_usable_however_many(browser: Talk) -> None:
    """The default process comes first; there are pages; a word of a name, misspelt too, narrows them down."""
    text = await browser.text("/topics")
    assert text.index("ceasefire talks 2025") < text.index("Harbour peace process (from PA-X)")
    assert "Page 1 of 2 (17 in all)" in text
    found = await browser.text("/topics vally")
    assert "The topics with “vally” in their names:" in found
    assert "Harbour" not in found
    assert "No topic here is called “atlantis”" in await browser.text("/topics atlantis")
    chosen = await browser.text("/topics harbour")
    assert chosen.startswith("Done.")
    assert "3 agreements" not in chosen
    await browser.press("Agreements")
    assert "Agreements: Harbour peace process" in browser.sent[-1].html.replace("<b>", "")
    assert "PA-X lists 3 agreements of this process" in await browser.text("/brief")


async def test_the_default_process_answers_as_before(browser: Talk) -> None:
    """What was imported keeps no question from its answer."""
    assert (await browser.text("what did they agree on the phone")).startswith("What did ")


async def test_what_held_on_a_day_is_told_of_whatever_is_named(browser: Talk) -> None:
    """A topic, a country or words behind the day; what was known then says when it was nothing."""
    process = await browser.text("/asof 2014-09-10 pax-process-7")
    assert "10 September 2014: Harbour peace process" in process
    assert "signed or agreed on 5 September 2014; whether it still holds is not recorded in PA-X" in process
    assert "Came later: Draft of the Lake; Memorandum of 19 September 2014." in process
    await browser.press("As we knew it then")
    assert "Nothing had been recorded here by that day." in browser.sent[-1].html
    country = await browser.text("/asof 2015-01-01 northland")
    assert country.index("Memorandum of 19") < country.index("Protocol of the Harbour")
    assert "Grain" not in country
    assert "declared by one side on 22 July 2022" in await browser.text("/asof 2023-01-01 grain ships")
    many = await browser.text("/asof 2014-09-10 valleyland")
    assert "Page 1 of 2 (14 in all)" in many
    assert "No agreement in our records" in await browser.text("/asof 2014-09-10 atlantis")


async def test_a_cell_of_the_matrix_tells_who_said_it_and_when(browser: Talk) -> None:
    """Each cell is a button with its sign; a blank one says that nothing is recorded."""
    await browser.say("/positions")
    assert [browser.button(label).line for label in ("✗ Russia", "✓ Ukraine", "Ukraine")] == [
        "/positions full-ceasefire-30-days russia",
        "/positions full-ceasefire-30-days ukraine",
        "/positions energy-strikes-pause ukraine",
    ]
    await browser.press("✗ Russia")
    text = browser.sent[-1].html
    assert "✗ <b>Rejects</b>, by 18 March 2025 [1]" in text
    assert "Putin continues to reject a complete ceasefire." in text
    assert "Not recorded: none of our sources gives its stance." in await browser.text(
        "/positions energy-strikes-pause ukraine"
    )
    assert "accepts (talks on it)" in await browser.text("/positions black-sea-ceasefire")
    assert browser.button("✓ United").line == "/positions black-sea-ceasefire talks united-states"
    assert "No positions in our records on this." in await browser.text("/positions pax-process-7")


async def test_a_timeline_has_what_a_dataset_lists(browser: Talk) -> None:
    """Signed and declared agreements stand on the timeline of their process by their dates."""
    text = await browser.text("/timeline pax-process-7")
    assert text.index("5 September 2014") < text.index("19 September 2014") < text.index("1 February 2023")
    assert "Protocol of the Harbour Talks: signed or agreed [1]" in text
    assert "Draft of the Lake: dated, listed as “Status unclear” [1]" in text
