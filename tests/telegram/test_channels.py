"""Channels, edited messages, and the commands that one chat or person is offered."""

from typing import Any

import pytest

from tests.telegram import FakeChat, FakeTelegram, Person
from tests.telegram.client import Client


async def test_the_bot_posts_in_a_channel_it_administers(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """A post speaks for the channel, and can be edited; named by its username it is the same channel."""
    channel = telegram.channel("News", username="parley_news", admins=[ann])
    post = await bot.result("sendMessage", chat_id="@parley_news", text="one")
    assert (post["chat"]["type"], post["sender_chat"]["id"], "from" in post) == ("channel", channel.id, False)
    (seen,) = await channel.wait_for_messages()
    await bot.result("editMessageText", chat_id=channel.id, message_id=seen.message_id, text="two")
    assert (await channel.wait_for_edit(seen)).text == "two"
    member = await bot.result("getChatMember", chat_id=channel.id, user_id=123456789)
    assert (member["status"], member["can_post_messages"]) == ("administrator", True)


async def test_a_bot_without_the_right_to_post_is_refused(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Being an administrator is not enough."""
    channel = telegram.channel("News", admins=[ann])
    channel.promote_bot(by=ann, can_post_messages=False)
    words = await bot.error("sendMessage", chat_id=channel.id, text="x")
    assert words == "Bad Request: need administrator rights in the channel chat"
    assert telegram.refusals == []


async def test_posts_of_a_channel_reach_the_bot(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """They are channel_post and edited_channel_post; only administrators write them."""
    channel = telegram.channel("News", admins=[ann])
    post = channel.send("breaking")
    channel.send(ann, "more")
    channel.edit(post, "corrected")
    first, second, edited = await bot.result("getUpdates")
    assert (first["channel_post"]["text"], second["channel_post"]["text"]) == ("breaking", "more")
    assert edited["edited_channel_post"]["text"] == "corrected"
    with pytest.raises(AssertionError, match="may not write"):
        channel.send(telegram.person("Ben"), "x")


async def test_an_edited_message_comes_as_an_update_of_its_own(bot: Client, chat: FakeChat) -> None:
    """It keeps its id, has an edit date, and its entities are found anew."""
    sent = chat.send("who?")
    chat.edit(sent, "/ask who?")
    message, edited = (await bot.result("getUpdates"))[1:]
    assert message["message"]["text"] == "who?"
    assert edited["edited_message"]["message_id"] == sent["message_id"]
    assert edited["edited_message"]["entities"][0]["type"] == "bot_command"
    assert edited["edited_message"]["edit_date"] >= edited["edited_message"]["date"]


async def test_a_person_edits_nothing_of_the_bots(bot: Client, chat: FakeChat) -> None:
    """The bot's messages are the bot's."""
    sent = await bot.result("sendMessage", chat_id=chat.id, text="mine")
    with pytest.raises(AssertionError, match="not the bot's"):
        chat.edit(sent["message_id"], "x")


def _commands(name: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()}]


async def test_the_narrowest_scope_with_commands_makes_the_menu(
    telegram: FakeTelegram, bot: Client, ann: Person
) -> None:
    """Member before administrators before chat before the rest, and in each the reader's language first."""
    ben = telegram.person("Ben", language_code="uk")
    group = telegram.group("Desk", [ann, ben])
    chat_id = {"chat_id": group.id}
    scopes: list[tuple[str, dict[str, Any]]] = [
        ("anywhere", {"type": "default"}),
        ("groups", {"type": "all_group_chats"}),
        ("here", {"type": "chat", **chat_id}),
        ("admins", {"type": "chat_administrators", **chat_id}),
    ]
    for name, scope in scopes:
        await bot.result("setMyCommands", commands=_commands(name), scope=scope)
    assert (telegram.menu(ann, group), telegram.menu(ben, group)) == ({"admins": "Admins"}, {"here": "Here"})
    here = scopes[2][1]
    await bot.result("setMyCommands", commands=_commands("tut"), scope=here, language_code="uk")
    assert telegram.menu(ben, group) == {"tut": "Tut"}
    own = {"type": "chat_member", **chat_id, "user_id": ben.id}
    await bot.result("setMyCommands", commands=_commands("own"), scope=own)
    assert telegram.menu(ben, group) == {"own": "Own"}
    assert telegram.menu(ben) == {"anywhere": "Anywhere"}
    assert telegram.commands("chat", "uk", chat_id=group.id) == {"tut": "Tut"}


async def test_commands_cannot_be_scoped_where_telegram_has_no_such_scope(
    telegram: FakeTelegram, bot: Client, ann: Person, chat: FakeChat
) -> None:
    """Private chats know only their own scope, channels none, and an unknown chat is not found."""
    channel = telegram.channel("News", admins=[ann])
    for scope, words in (
        ({"type": "chat_administrators", "chat_id": chat.id}, "can't use specified scope in private chats"),
        ({"type": "chat", "chat_id": channel.id}, "can't change commands in channel chats"),
        ({"type": "chat", "chat_id": -5}, "chat not found"),
    ):
        assert await bot.error("setMyCommands", commands=_commands("x"), scope=scope) == f"Bad Request: {words}"
