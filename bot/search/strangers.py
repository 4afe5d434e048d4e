"""Strangers: names in a question that nothing here mentions, so that no look-alike is its answer.

"What did Trump and Modi agree on the phone" shares all but one word with a question that is answered.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")
_TITLES: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\b\.?\s*")
_BEGINS: Final = ".!?:;\u2026"  # what a capital after says nothing of
_JOINED: Final = frozenset({"and", "with", "or"})


def names_a_stranger(
    text: str, typed: Sequence[str], knows: Callable[[str], bool], is_party: Callable[[str], bool]
) -> bool:
    """Return whether the text, in these words, names somebody or something that nothing `knows`.

    A capital in the middle of a sentence makes a name, and so does an unknown word beside a party's: "trump and modi".
    """
    if any(not knows(word) for word in _in_capitals(_TITLES.sub("", text))):
        return True
    for place, joint in enumerate(typed[1:-1], 1):
        if joint in _JOINED:
            sides = typed[place - 1], typed[place + 1]
            if any(is_party(side) for side in sides) and not all(map(knows, sides)):
                return True
    return False


def _in_capitals(text: str) -> list[str]:
    """Return the words with a capital within a sentence, without what an apostrophe adds; none where all have one."""
    found = list(_WORD.finditer(text))[1:]
    if not any(word[0][0].islower() for word in found):
        return []
    within = (word for word in found if text[: word.start()].rstrip()[-1:] not in _BEGINS)
    return [re.split(r"['\u2019]", word[0])[0].lower() for word in within if word[0][0].isupper()]
