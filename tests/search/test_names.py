"""Names: every way a party is called is one term."""

import pytest

from bot.search.names import Names, is_name
from bot.search.words import term, words
from tests.search.sample import CORPUS

NAMES = Names(CORPUS.names)


def folded(text: str) -> frozenset[str]:
    """Return the terms of the text with names folded."""
    return NAMES.fold(map(term, words(text)))


@pytest.mark.parametrize(
    "called",
    ["Northland", "Marenko's", "Ivo Marenko", "White Palace", "NORTHLANDIC", "N.L.", "nl", "Northlandic president"],
)
def test_every_alias_is_the_partys_name(called: str) -> None:
    """An alias reads as the party's own name."""
    assert folded(called) == folded("northland")


def test_the_president_of_a_country_is_the_countrys_president() -> None:
    """An alias of two words is found in any order, and with another name in it for the same party."""
    assert folded("president Northland") == folded("Northlandic president") == folded("Northland")


def test_the_longest_alias_is_taken_first() -> None:
    """A part of a longer alias does not stay behind."""
    assert folded("the White Palace") == folded("the northland")
    assert folded("a palace") == {"a", term("palace")}


def test_a_name_that_two_parties_share_is_the_first_ones() -> None:
    """Shared names are read the same every time."""
    names = Names((("Alpha", "the Coast"), ("Beta", "the Coast")))
    assert names.fold(["coast"]) == names.fold(["alpha"])


def test_a_party_named_like_a_stopword_does_not_swallow_the_word() -> None:
    """A party called "The It" must not turn every "it" into its name."""
    assert not any(map(is_name, Names((("It", "the It"),)).fold(["it", "rain"])))


def test_a_long_alias_is_found_among_many() -> None:
    """Aliases of several words fold wherever all their words stand, also those that hold another party's name."""
    names = Names((("Alpha", "first of Alpha"), ("Beta", "Alpha's Beta office"), *((f"x{n} y{n}",) for n in range(50))))
    marks = names.fold(map(term, words("the Beta office of Alpha"))) - {"the", "of"}
    assert marks == names.fold(["beta"])
    assert names.fold(map(term, words("x7 and y7"))) - {"and"} == names.fold(["x7", "y7"])


def test_order_keeps_who_comes_before_whom() -> None:
    """The order of the terms tells who does it, and names are the parties' there as well."""
    north, verb, south = NAMES.order(map(term, words("Marenko accuses Halvorsen")))
    assert (north, south) == tuple(next(iter(folded(name))) for name in ("Northland", "Southland"))
    assert verb == term("accuses")
