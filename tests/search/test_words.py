"""Words and terms: what stays the same however a word is written."""

import pytest

from bot.search.words import term, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What's NEXT?", ["what", "next"]),
        ("the Kremlin\u2019s demands", ["the", "kremlin", "demands"]),
        ("soldiers' pay", ["soldiers", "pay"]),
        ("Doesn't it?", ["doesnt", "it"]),
        ("Düsseldorf, naïve Café", ["dusseldorf", "naive", "cafe"]),
        ("the U.S. and the U.S.A.", ["the", "us", "and", "the", "usa"]),
        ("the role of the US", ["the", "role", "of", "the", "us"]),
        ("what will the us do", ["what", "will", "the", "us", "do"]),
        ("Tell us, and give the US time", ["tell", "and", "give", "the", "us", "time"]),
        ("according to an accord", ["an", "accord"]),
        ("30-day pause", ["30", "day", "pause"]),
        ("a cease-fire, a cease fire", ["a", "ceasefire", "a", "ceasefire"]),
        ("cease\u00adfire\u200b \u202etalks", ["ceasefire", "talks"]),
        ("停戦 Зеленський", ["停戦", "зеленськии"]),
        ("👍 \x00 _ … !", []),
        ("", []),
    ],
)
def test_words_lose_case_accents_possessives_and_marks(text: str, expected: list[str]) -> None:
    """Whoever types without accents or apostrophes types the same words."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("agreed", "agreement"), ("negotiators", "talks"), ("truce", "ceasefire"), ("halted", "suspend")],
)
def test_inflected_words_and_words_alike_share_a_term(one: str, other: str) -> None:
    """A question in other words than the editor's finds what the editor wrote."""
    assert term(one) == term(other)
