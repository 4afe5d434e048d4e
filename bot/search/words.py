"""Text -> plain words -> terms: what stays the same however a word is written, inflected or accented."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from snowballstemmer import stemmer  # type: ignore[import-untyped]  # it carries no types

from bot.search.english import GENERAL_WORDS, QUESTION_WORDS, SAME_WORDS

_UNSEEN: Final = {"Mn", "Cf"}  # accents, and marks that take no space: soft hyphens, joiners, direction marks
# "Tell us" is about no country. Anywhere else "us" may be one: people type it so.
_NOT_US = re.compile(r"\b((?i:tell|give|show|let|help|remind|inform|send|all of|any of|both of)) us\b")
_INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")  # U.S., U.S.A.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))
_POSSESSIVE = re.compile(r"(?<=\w)'s?(?!\w)")
_CEASE_FIRE = re.compile(r"\bcease[\s-]+fire")
_ACCORDING_TO = re.compile(r"\baccording\s+to\b")  # an accord is another thing
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of any text in lower case, without accents, possessives and punctuation."""
    if " us" in text:
        text = _NOT_US.sub(r"\1", text)  # before all letters are small: "give the US" is another matter
    plain = text.casefold()
    if not plain.isascii():
        # A second casefold, since taking compound letters apart can bring capitals to light.
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(letter for letter in plain if unicodedata.category(letter) not in _UNSEEN)
    # Most texts have little of this: looking for a letter is quicker than for a pattern.
    if "." in plain:
        plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    plain = plain.translate(_APOSTROPHES) if not plain.isascii() or "`" in plain else plain
    if "'" in plain:
        plain = _POSSESSIVE.sub("", plain).replace("'", "")
    if "according" in plain:
        plain = _ACCORDING_TO.sub(" ", plain)
    if "cease" in plain:
        plain = _CEASE_FIRE.sub("ceasefire", plain)
    return _WORD.findall(plain)


@lru_cache(maxsize=20_000)
def term(word: str) -> str:
    """Return what stands for the word in the index: its stem, that of the first of its group for words alike."""
    stem = _stem(word)
    return _SAME_STEMS.get(stem, stem)


def _stem(word: str) -> str:
    # A stemmer of its own for each word: it holds the word while it works, and readers' threads may share this module.
    return str(stemmer("english").stemWord(word))


_SAME_STEMS: Final = {_stem(word): _stem(first) for word, first in SAME_WORDS.items()}
WEAK_TERMS: Final = frozenset(map(term, GENERAL_WORDS | QUESTION_WORDS))
