"""What a question asks for, and which sentences give it."""

import pytest

from bot.search.asking import Sought, gives, is_done, is_keywords, is_yes_or_no, sought
from bot.search.words import words


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many boats are there", {Sought.NUMBER}),
        ("how long does it last", {Sought.DURATION}),
        ("when and where do they meet", {Sought.TIME, Sought.PLACE}),
        ("why did they refuse", {Sought.REASON}),
        ("how do many talks go on", set()),
        ("what was agreed", set()),
    ],
)
def test_what_is_sought_stands_in_the_question_words(question: str, expected: set[Sought]) -> None:
    """A number, a duration, a time, a place or a reason is asked for by its own words."""
    assert sought(words(question)) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("how many boats are there", "Forty boats left.", True),
        ("how many boats are there", "Boats left after forty days.", False),
        ("how many boats are there", "30 fishing boats left.", True),
        ("how many times did they meet", "It was their second meeting.", True),
        ("how many times did they meet", "They met in Port Alba.", False),
        ("how long does it last", "It lasts forty days.", True),
        ("how long does it last", "Forty boats left.", False),
        ("when do they meet", "They meet in June.", True),
        ("when do they meet", "They meet in Port Alba.", False),
        ("why did they refuse", "They refused because of the lighthouse.", True),
        ("why did they refuse", "They refused.", False),
        ("where do they meet", "They meet in Port Alba.", True),
    ],
)
def test_a_sentence_gives_what_is_sought_or_does_not(question: str, sentence: str, expected: bool) -> None:  # noqa: FBT001 - it is what is expected
    """A number counts what was asked for; a duration has a unit; a time and a reason have their words."""
    asked = words(question)
    assert all(gives(words(sentence), what, asked) for what in sought(asked)) is expected


def test_a_question_of_yes_or_no_is_told_from_others() -> None:
    """An auxiliary without a question word asks whether something is so; neither of both is no question."""
    assert is_yes_or_no(words("so did they agree"))
    assert not is_yes_or_no(words("what did they agree"))
    assert is_keywords(words("harbour truce"))
    assert is_done(words("has it stopped"))
    assert not is_done(words("should it have stopped"))
