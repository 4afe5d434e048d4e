"""Evidence: whether a single text says what is asked, so that its record may be the answer and not only a suggestion.

A score gathers hints from all that a record tells, but words that are each found somewhere in it need not be found
together: "did Zelensky talk with Putin" shares every word with talks of which Zelensky was no part. A text is evidence
where it has the question's names, in their part, what the question seeks, and enough of its other words.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.search.asking import gives, is_done, is_keywords, is_yes_or_no, may_be, points_back, sought
from bot.search.english import QUESTION_WORDS, WISHES
from bot.search.names import is_name
from bot.search.reading import Reading
from bot.search.scores import Scores
from bot.search.words import WEAK_TERMS, term

# Shares of weight, names apart. Chosen on content/'s probes; on four public sets they leave the first hit as it was.
_OF_QUESTION: Final = 0.5  # of the question, in a text that asks it
_OF_YES_OR_NO: Final = 0.67  # likewise, where it asks whether something is so: that hangs on every word
_OF_ASKED: Final = 0.5  # of the text that asks, in the question
_OF_QUESTION_TOLD: Final = 0.65  # of the question, in a sentence that tells it
_OF_TOLD: Final = 0.4  # of the sentence, in a question of whether something is so or of one thing only
_SEVERAL: Final = 2  # so many things besides common words are more than one
_WISHES: Final = frozenset(map(term, WISHES))
QUESTION_TERMS: Final = frozenset(map(term, QUESTION_WORDS))


class Evidence:
    """Judges texts by one question."""

    def __init__(self, question: Reading, scores: Scores) -> None:
        """Take the question, and the scores that know what its terms weigh."""
        self._question: Final = question
        self._weight: Final = scores.weight
        self._names: Final = _names(question.count)
        self._sought: Final = sought(question.words)
        self.things: Final = question.count - self._names - QUESTION_TERMS
        self.is_yes_or_no: Final = is_yes_or_no(question.words)
        self._is_done: Final = is_done(question.words)
        # "They" and mere keywords leave open who: the text may say it.
        self._open: Final = not self._names and (points_back(question.words) or is_keywords(question.words))
        # Whether something is so that no record has a word for, none can say.
        self._unheard: Final = self.is_yes_or_no and not all(map(scores.knows, self.things))

    def asked_by(self, text: Reading, implied: frozenset[str] = frozenset()) -> bool:
        """Return whether the text asks what is asked; `implied` are the names meant where it has none."""
        names = _names(text.count) or implied
        if self._unheard or not self._names <= names or self._turned(text) or not self._sought <= sought(text.words):
            return False
        if self._is_done and may_be(text.words):  # "did they stop" is not "should they stop"
            return False
        shared = self._weight(self.things & text.count)
        if shared < (_OF_YES_OR_NO if self.is_yes_or_no else _OF_QUESTION) * self._weight(self.things):
            return False
        more = text.count - self.things - QUESTION_TERMS - (names if self._open else self._names)
        if not self.is_yes_or_no:
            shared += self._weight(self._names)
        return shared >= _OF_ASKED * (shared + self._weight(more))

    def asked_for(self, texts: Sequence[Reading]) -> bool:
        """Return whether no more is asked than the texts together, each a name of one thing."""
        known = frozenset[str]().union(*(text.count for text in texts))
        return bool(self.things) and self.things <= known and not self._sought and not self.is_yes_or_no

    def cued_by(self, text: Reading, subject: frozenset[str] = frozenset()) -> bool:
        """Return whether a cue has all that is asked; `subject` is what it is about, which it need not say again."""
        if self._unheard or not self._names <= text.count | subject or self._turned(text):
            return False
        found = sought(text.words)
        if not all(what in found or gives(text.words, what, self._question.words) for what in self._sought):
            return False
        if subject and self._names and not (self.things - subject) & text.count:
            return False  # what somebody has to do with the subject, the text does not say
        shared = self.things & (text.count | subject)
        return bool(shared) and self._weight(shared) >= _OF_QUESTION_TOLD * self._weight(self.things)

    def told_by(self, text: Reading, subject: frozenset[str] = frozenset()) -> bool:
        """Return whether a sentence tells what is asked: more of it than a cue must have, for it tells more besides."""
        if not self.cued_by(text, subject):
            return False
        if self._is_done and (may_be(text.words) or (text.count & _WISHES) - self.things):
            return False
        telling = (self.things & (text.count | subject)) - WEAK_TERMS
        if len(telling) >= _SEVERAL and not self.is_yes_or_no:
            return True
        shared = self._question.count & text.count
        return bool(telling) and self._weight(shared) >= _OF_TOLD * self._weight(text.count)

    def _turned(self, text: Reading) -> bool:
        """Return whether in the text another does what the question asks of its name: "attacks on Kyiv"."""
        together = any(_both_names(one, other) for one, other in pairwise(self._question.order))
        for thing in (self.things & text.count) - WEAK_TERMS:
            asked, told = _before(thing, self._question.order), _before(thing, text.order)
            if asked and told and (not asked & told or (together and not asked <= told)):
                return True
        return False


def _names(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(is_name, terms))


def _both_names(one: str, other: str) -> bool:
    return is_name(one) and is_name(other) and one != other


def _before(thing: str, order: tuple[str, ...]) -> frozenset[str]:
    """Return the names before the first of a thing; none where it has no place of its own in the order."""
    return frozenset(filter(is_name, order[: order.index(thing)])) if thing in order else frozenset()
