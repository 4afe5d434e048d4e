"""Following a process, and being forgotten."""

from bot.app import App
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.rendering.limits import visible
from bot.services.retention import Retention, erase_expired
from tests.commands.conftest import Talk
from tests.conftest import Clock

PROCESS = "ukraine-ceasefire-2025"


async def test_a_reader_follows_and_unfollows(talk: Talk) -> None:
    """/subscribe says what is followed now, a second time that it is already, and /unsubscribe ends it."""
    assert "You now follow: Russia" in await talk.text("/subscribe")
    assert "You follow this already" in await talk.text(f"/subscribe {PROCESS}")
    assert "You no longer follow" in await talk.text("/unsubscribe")
    assert "You do not follow anything yet" in await talk.text("/unsubscribe")
    assert "You do not follow this" in await talk.text(f"/unsubscribe {PROCESS}")


async def test_the_list_turns_in_place(talk: Talk) -> None:
    """The buttons of /subscriptions end and begin a subscription in the list's own message."""
    await talk.say("/subscriptions")
    begun = await talk.press("Follow: Russia")
    assert begun.turns
    assert await talk.app.parts.subscriptions.of(talk.chat) == (PROCESS,)
    await talk.say("/subscriptions")
    shown = await talk.press("Russia")
    assert shown.turns
    ended = await talk.press("Unfollow")
    assert ended.turns
    assert await talk.app.parts.subscriptions.of(talk.chat) == ()


async def test_the_button_below_a_bulletin_leaves_the_bulletin(talk: Talk) -> None:
    """A reader who unfollows from a bulletin still has the bulletin to read."""
    await talk.say("/subscribe")
    ended = await talk.say(f"/unsubscribe {PROCESS}", pressed=1)
    assert not ended.turns
    assert "You no longer follow" in visible(ended.owed[0].message.html)


async def test_what_cannot_be_followed_is_said(talk: Talk) -> None:
    """An unknown topic is named; in a group who decides."""
    assert "No topic in our records is called “moon”" in await talk.text("/subscribe moon")
    request = Request(Reader(1, "Ann", "en"), Chat(-5, ChatKind.GROUP), "subscribe", "", talk.clock())
    reply = await talk.app.router.reply(request)
    assert "its administrators decide" in reply.messages[0].html
    assert await talk.app.parts.subscriptions.of(-5) == ()


async def test_a_number_that_no_news_has(talk: Talk) -> None:
    """/news with anything but a broadcast's number says that there is none."""
    for given in ("", "0", "7", "9" * 5000, "x"):
        assert "No message to followers in our records is called" in await talk.text(f"/news {given}")


async def test_forgetting_shows_asks_erases_and_confirms(talk: Talk) -> None:
    """/forgetme tells how much there is; on Yes it is gone, the choice of topic too, and the question is answered."""
    await talk.say("/subscribe")
    await talk.say("/agreed")
    await talk.press("👍")
    await talk.say(f"/topics {PROCESS}")
    shown = await talk.text("/forgetme")
    assert "what I told this chat: 1 message," in shown
    assert "what you follow: 1" in shown
    assert "👍 and 👎: 1" in shown
    done = await talk.press("Yes, do it")
    assert done.turns
    assert not done.owed[0].message.buttons
    assert "Done. This is erased" in visible(done.owed[0].message.html)
    assert talk.app.parts.topics.chosen(talk.chat) is None
    again = await talk.text("/forgetme")
    assert "0 messages" in again
    assert "what you follow: 0" in again


async def test_forgetting_can_be_called_off(talk: Talk) -> None:
    """Cancel leaves everything, and the button is spent."""
    await talk.say("/subscribe")
    await talk.say("/forgetme")
    yes = talk.button("Yes, do it").line
    cancelled = await talk.press("Cancel")
    assert "Nothing was done" in visible(cancelled.owed[0].message.html)
    assert "answered already" in await talk.text(yes)
    assert await talk.app.parts.subscriptions.of(talk.chat) == (PROCESS,)


async def test_nobody_confirms_for_another(app: App, clock: Clock, talk: Talk) -> None:
    """A confirmation is good for the one who was asked, and not for anybody else."""
    await talk.say("/subscribe")
    await talk.say("/forgetme")
    yes = talk.button("Yes, do it").line
    other = Talk(app, clock, chat=2, reader=2)
    refused = await other.say(yes, pressed=1)
    assert not refused.turns, "another's question must stay as it is"
    assert "somebody else" in visible(refused.owed[0].message.html)
    assert await app.parts.subscriptions.of(talk.chat) == (PROCESS,)
    assert "This is erased" in await talk.text(yes)


async def test_a_confirmation_expires_and_is_erased(app: App, clock: Clock, talk: Talk) -> None:
    """After a day the button does nothing, and retention erases what waited for it."""
    await talk.say("/forgetme")
    yes = talk.button("Yes, do it").line
    clock.advance(hours=24)
    assert "has expired" in await talk.text(yes)
    assert await erase_expired(app.database, Retention(), clock()) == 1


async def test_privacy_tells_of_following(talk: Talk) -> None:
    """/privacy names subscriptions, deliveries and confirmations, and the way to erase them."""
    text = await talk.text("/privacy")
    for words in (
        "What you follow",
        "for 90 days",
        "/changes:",
        "whether it arrived",
        "What waits for your Yes",
        "/forgetme",
    ):
        assert words in text


async def test_the_way_and_the_hours_are_changed_in_place(talk: Talk) -> None:
    """Each button changes one thing and shows it; what cannot be read is said, and changes nothing."""
    await talk.say("/subscribe all")
    daily = await talk.press("Daily")
    assert daily.turns
    assert "in a daily digest, at 08:00 (UTC)" in visible(daily.owed[0].message.html)
    await talk.press("Hours and pauses")
    await talk.press("18:00")
    await talk.press("Time zone")
    await talk.press("Kyiv")
    assert "Time zone: Europe/Kyiv" in await talk.text("/subscriptions hours")
    await talk.press("Quiet hours")
    await talk.press("22-7")
    shown = await talk.text("/subscriptions hours")
    for words in ("Digests: 18:00", "Europe/Kyiv", "22:00 to 07:00"):
        assert words in shown
    for wrong in ("hour 24", "quiet 7", "zone Mars", "day 9", "pause 0", "pause 2020-01-01"):
        assert "I cannot read" in await talk.text(f"/subscriptions {wrong}")
    await talk.say("/subscriptions pause")
    assert "Paused until 27 March 2025" in visible((await talk.press("7 days")).owed[0].message.html)
    assert "Paused until 27 March 2025" in await talk.text("/subscriptions")
    assert "be silent" in await talk.text("/subscriptions pause off")
    assert "You no longer follow: Everything here" in await talk.text("/unsubscribe all")
