"""Strangers: whom nothing mentions keeps a look-alike from being the answer."""

import pytest

from bot.search.strangers import names_a_stranger
from bot.search.words import words

KNOWN = frozenset(
    ["what", "did", "trump", "putin", "and", "agree", "on", "the", "phone", "with", "is", "in", "call", "new"]
)
PARTIES = frozenset({"trump", "putin"})


def stranger(text: str) -> bool:
    """Return whether the text names somebody whom KNOWN does not hold."""
    return names_a_stranger(text, words(text), KNOWN.__contains__, PARTIES.__contains__)


@pytest.mark.parametrize(
    "text",
    [
        "what did Trump and Modi agree on the phone",
        "what did trump and modi agree on the phone",
        "did modi and putin agree",
        "What did Trump agree in Jeddah",
        "is the EU in on the call",
        "did Mr. Modi agree with trump",
    ],
)
def test_a_name_that_nothing_knows_is_a_strangers(text: str) -> None:
    """By its capital in the middle of a sentence, or by a party beside it."""
    assert stranger(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did Trump and Putin agree",
        "Hello what did trump agree",
        "WHAT DID TRUMP AGREE TODAY",
        "did Mr. Putin agree. Thanks",
        "is Trump's call new",
        "Trump And Putin Agree",
    ],
)
def test_known_names_first_words_titles_and_shouting_are_nobody_new(text: str) -> None:
    """Every sentence begins with a capital, and some people write nothing else."""
    assert not stranger(text)
