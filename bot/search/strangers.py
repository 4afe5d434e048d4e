"""Strangers: names in a question that nothing here mentions, so that no look-alike is its answer.

"What did Trump and Modi agree on the phone" shares all but one word with a question that is answered.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")
_JOINED: Final = frozenset({"and", "with", "or"})


def names_a_stranger(
    text: str, typed: Sequence[str], knows: Callable[[str], bool], is_party: Callable[[str], bool]
) -> bool:
    """Return whether the text, in these words, names somebody or something that nothing `knows`.

    A capital in the middle of a sentence makes a name, and so does an unknown word beside a party's: "trump and modi".
    """
    found = _WORD.findall(text)
    capitals = any(word[0].islower() for word in found[1:])  # else whoever wrote it writes everything so
    if capitals and any(word[0].isupper() and not knows(word.lower()) for word in found[1:]):
        return True
    for place, joint in enumerate(typed[1:-1], 1):
        if joint in _JOINED:
            sides = typed[place - 1], typed[place + 1]
            if any(is_party(side) for side in sides) and not all(map(knows, sides)):
                return True
    return False
