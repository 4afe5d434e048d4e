"""Values that make no record are reported in words for people, at their line."""

from pathlib import Path

import pytest

from bot.importing import check, read_content
from tests.importing.sample import FILES, faults_after, write

PROCESS, PARTIES, SOURCES, EVENTS = "process.yaml", "parties.yaml", "sources.yaml", "events.yaml"
PAUSE, PROBES = "agreements/pause.yaml", "probes.yaml"
TITLE, AS_OF, ALIASES = "title: The harbour talks", "as_of: 2025-03-18", "aliases: [harbour, port talks]"
CITE = "cite: [{source: herald, where: first section}]"
LIST = "write a list: each item on a line of its own, after '- '"
TYPES = "'state', 'group', 'office', 'person'"

CASES = {
    "an unknown key": (PROCESS, "default", "defualt", "8: unknown key 'defualt': did you mean 'default'?"),
    "a key like no other": (
        PROCESS,
        CITE,
        CITE + "\n    zzz: x",
        "6: unknown key 'zzz': the keys that can stand here are text, certainty, party, by, cite",
    ),
    "a missing key": (PROCESS, TITLE + "\n", "", "1: missing key 'title': add 'title:' and what belongs there"),
    "a missing day": (
        PROCESS,
        AS_OF + "\n",
        "",
        "1: missing key 'as_of': add 'as_of: 2025-03-18', with the right date",
    ),
    "a missing type": (
        PARTIES,
        "  type: state\n",
        "",
        f"1: missing key 'type': add it; it can be {TYPES}, 'organisation'",
    ),
    "a missing key inside": (
        PAUSE,
        "    stated: 2025-03-18\n",
        "",
        "19: missing key 'stated': add 'stated: 2025-03-18', with the right date",
    ),
    "an empty key that must be": (PROCESS, AS_OF, "as_of:", "7: 'as_of' is empty: fill it in"),
    "an empty key that may go": (PROCESS, ALIASES, "aliases:", "2: 'aliases' is empty: fill it in, or remove it"),
    "an empty text": (PROCESS, TITLE, "title: ' '", "1: 'title' is empty: fill it in"),
    "an empty item": (PROCESS, ALIASES, "aliases: [harbour, '']", "2: item 2 of 'aliases' is empty: fill it in"),
    "an empty list": (
        PAUSE,
        "    cite: [{source: herald}]\n  effective",
        "    cite: []\n  effective",
        "9: 'cite' is empty: fill it in",
    ),
    "a text for a list": (PROCESS, ALIASES, "aliases: harbour", f"2: 'aliases' is 'harbour': {LIST}"),
    "a list for a text": (PROCESS, TITLE, "title: [a]", "1: 'title' is a list: write it as one text"),
    "a text for keys": (
        PROCESS,
        CITE,
        "cite: [herald]",
        "5: item 1 of 'cite' is 'herald': write it with its keys: source, where, quote",
    ),
    "keys for a list": (PROCESS, CITE, "cite: {source: herald}", f"5: 'cite' is a set of keys: {LIST}"),
    "several lines": (PROCESS, TITLE, "title: |\n  a\n  b", "1: 'title' runs over several lines: write it on one line"),
    "a text too long": (
        PROCESS,
        TITLE,
        "title: " + "x" * 251,
        "1: 'title' has 251 characters: shorten it to 250 or split it",
    ),
    "a list too long": (
        PROCESS,
        "summary:\n",
        "summary:\n" + f"  - text: x\n    {CITE}\n" * 5,
        "3: 'summary' has 6 items: shorten it to 5",
    ),
    "a misspelt word": (PARTIES, "type: state", "type: stat", "3: 'type' is 'stat': did you mean 'state'?"),
    "a word that cannot stand": (
        PARTIES,
        "type: state",
        "type: empire",
        f"3: 'type' is 'empire': it can be {TYPES} or 'organisation'",
    ),
    "a day in words": (PROCESS, AS_OF, "as_of: 18 March 2025", "7: 'as_of' is '18 March 2025': write it as 2025-03-18"),
    "a day that is a number": (PROCESS, AS_OF, "as_of: 0", "7: 'as_of' is '0': write it as 2025-03-18"),
    "a day with a time": (
        PROCESS,
        AS_OF,
        "as_of: 2025-03-18T00:00:00",
        "7: 'as_of' is '2025-03-18T00:00:00': write it as 2025-03-18",
    ),
    "an impossible date": (
        SOURCES,
        "published: 2025-03-18",
        "published: 2025-02-30",
        (
            "6: '2025-02-30' is no date: write 2025-03-18, 2025-03, 2025, 'by 2025-03-18', "
            "'between 2025-01-20 and 2025-03-18' or 'unclear'"
        ),
    ),
    "a list of dates": (
        EVENTS,
        "occurred: 2025-03-18",
        "occurred: [2025]",
        "4: 'occurred' is a list: write a date such as 2025-03-18, or unclear",
    ),
    "a number in words": (PAUSE, "days: 30", "days: thirty", "16: 'days' is 'thirty': write a whole number"),
    "a number too small": (PAUSE, "days: 30", "days: 0", "16: 'days' is '0': write a larger number"),
    "a number too large": (PAUSE, "days: 30", "days: 99999", "16: 'days' is '99999': write a smaller number"),
    "neither yes nor no": (PROCESS, "default: true", "default: maybe", "8: 'default' is 'maybe': write true or false"),
    "a slug that is none": (
        PROCESS,
        "[northland, southland]",
        "[Northland, southland]",
        "6: 'Northland' is no slug: use 1 to 40 of a-z, 0-9 and -",
    ),
    "a link that is none": (
        SOURCES,
        "publisher: The Herald",
        "publisher: The Herald\n  url: herald.example",
        "5: 'herald.example' is no link: it must begin with https://",
    ),
    "a record without a slug": (
        PARTIES,
        "- slug: northland\n  name",
        "- name",
        "1: missing key 'slug': add 'slug:' and what belongs there",
    ),
    "a slug of a record that is none": (
        PARTIES,
        "slug: northland",
        "slug: Northland",
        "1: 'Northland' is no slug: use 1 to 40 of a-z, 0-9 and -",
    ),
    "an item without keys": (
        PARTIES,
        "- slug: southland",
        "- southland\n- slug: southland",
        "5: this party has no keys: write its keys below each other: slug, …, or remove the '-'",
    ),
    "an empty entry": (
        PARTIES,
        "- slug: southland",
        "-\n- slug: southland",
        "5: this party is empty: write its keys below each other: slug, …, or remove the '-'",
    ),
    "a probe without its question": (
        PROBES,
        "- ask: who won the cup\n  ",
        "- ",
        "3: missing key 'ask': add 'ask:' and what belongs there",
    ),
    "a probe without a slug": (
        PROBES,
        "  slug: none\n",
        "",
        "3: missing key 'slug': add 'slug:' and what belongs there",
    ),
    "a probe with none and more": (
        PROBES,
        "[pause, talks]",
        "[pause, none]",
        "6: 'none' beside other slugs: name the slugs, or only none",
    ),
    "a probe that leads nowhere": (
        PROBES,
        "[pause, talks]",
        "[pause, tlaks]",
        "5: no record 'tlaks' to lead to: did you mean 'talks'?",
    ),
    "a probe to a source": (
        PROBES,
        "[pause, talks]",
        "[herald]",
        "5: no record 'herald' to lead to: name a question, agreement, process or party, or none",
    ),
    "a probe asked twice": (
        PROBES,
        "ask: the pause",
        "ask: Who won  the CUP",
        "5: this is asked already in talks/probes.yaml:3: remove one, or list all its slugs in one",
    ),
    "a slug taken twice in a file": (
        SOURCES,
        "slug: text",
        "slug: herald",
        "10: slug 'herald' belongs to the source in talks/sources.yaml:2 already: choose another",
    ),
    "a picture without credit": (
        SOURCES,
        "      credit: A. Photographer\n",
        "",
        "8: picture without credit: add 'credit:' as the source gives it",
    ),
    "a position of an unknown party": (
        PAUSE,
        "party: northland",
        "party: northlnd",
        "20: unknown party 'northlnd': did you mean 'northland'?",
    ),
    "keys where a list must be": (
        PROBES,
        (
            "- ask: what did they agree on the phone\n  slug: what-was-agreed\n- ask: who won the cup\n  slug: none\n"
            "- ask: the pause\n  slug: [pause, talks]\n  known_miss: true\n"
        ),
        "ask: x",
        "1: this file must be a list: begin each entry with '- '",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "expected"), CASES.values(), ids=CASES.keys())
def test_a_wrong_value_is_one_fault_with_line_and_remedy(
    tmp_path: Path, name: str, old: str, new: str, expected: str
) -> None:
    """One wrong value is told once, in its line, in words that say what to do."""
    assert faults_after(tmp_path, name, old, new) == [f"talks/{name}:{expected}"]


@pytest.mark.parametrize(("text", "line"), [("- a\n", 1), ("", 1), ("# nothing\n\n", 1), ("\n\nwords\n", 3)])
def test_a_process_file_without_keys_is_told(tmp_path: Path, text: str, line: int) -> None:
    """A file that must hold keys and holds a list, words or nothing is told so."""
    found = check(read_content(write(tmp_path, FILES | {PROCESS: text})))
    expected = f"talks/process.yaml:{line}: this file must hold keys: write each as 'key: value'"
    assert [str(fault) for fault in found] == [expected]
