"""An index over a thousand questions is made while a reader waits for nothing."""

from random import Random
from time import process_time

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document
from bot.search.index import Index

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]


def _corpus() -> Corpus:
    chance = Random(1)  # noqa: S311 - no secret
    known = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(4000)]
    names = tuple((chance.choice(known), " ".join(chance.choices(known, k=2))) for _ in range(400))

    def texts(many: int, long: int) -> tuple[str, ...]:
        return tuple(" ".join([*chance.choices(known, k=long), "agreed to the talks"]) for _ in range(many))

    return Corpus(tuple(Document(Kind.QUESTION, f"q-{n}", "p", texts(6, 4), texts(8, 10)) for n in range(1000)), names)


def test_a_thousand_questions_are_indexed_in_about_a_second() -> None:
    """The limit leaves room for slow machines: it takes less than half a second."""
    corpus = _corpus()
    start = process_time()
    Index(corpus)
    assert process_time() - start < 1.5
