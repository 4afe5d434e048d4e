"""Chatter: greetings, thanks and signs, which ask for nothing."""

from typing import Final

from bot.search.english import listed
from bot.search.words import words

_LONGEST: Final = 5  # words; more than a greeting has something to say
_SAID: Final = listed(
    """
    hi hello hey hiya yo greetings morning afternoon evening night day good goodbye bye cya see later thanks
    thank thx ty cheers ok okay okey k kk cool nice great fine perfect awesome super wow lol haha hahaha xd yes
    yeah yep yup no nope nah please pls sorry hmm hm ah oh uh um alright right sure got it you u there bot
    everyone all guys very much so a lot many test testing ping
    """
)


def is_chatter(text: str) -> bool:
    """Return whether the text is small talk, or signs and pictures without a word; "" is."""
    spelt = words(text)
    return len(spelt) <= _LONGEST and all(word in _SAID for word in spelt)
