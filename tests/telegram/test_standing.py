"""Chats that the bot may no longer reach: blocked, deactivated, kicked, left, migrated."""

from typing import Any

from tests.telegram import FakeChat, FakeTelegram, Person
from tests.telegram.client import Answer, Client


async def _refused(bot: Client, chat_id: int) -> Answer:
    answer = await bot.call("sendMessage", chat_id=chat_id, text="hi")
    assert not answer["ok"]
    return answer


async def _changes(bot: Client) -> list[Any]:
    """Return every my_chat_member that waits, as (chat, from, old status, new status)."""
    changes = [update["my_chat_member"] for update in await bot.result("getUpdates") if "my_chat_member" in update]
    return [
        (
            change["chat"]["id"],
            change["from"]["first_name"],
            change["old_chat_member"]["status"],
            change["new_chat_member"]["status"],
        )
        for change in changes
    ]


async def test_a_reader_who_blocked_the_bot_cannot_be_written_to(
    telegram: FakeTelegram, bot: Client, ann: Person, chat: FakeChat
) -> None:
    """Every call about the chat is a 403 until the reader unblocks; the bot is told of both."""
    sent = await bot.result("sendMessage", chat_id=chat.id, text="hi")
    ann.block()
    ann.block()
    answer = await _refused(bot, ann.id)
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    edit = await bot.error("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="x")
    assert edit == "Forbidden: bot was blocked by the user"
    ann.unblock()
    await bot.result("sendMessage", chat_id=ann.id, text="hi")
    assert await _changes(bot) == [(ann.id, "Ann", "member", "kicked"), (ann.id, "Ann", "kicked", "member")]
    assert telegram.refusals == []


async def test_a_deactivated_account_cannot_be_written_to(
    telegram: FakeTelegram, bot: Client, ann: Person, chat: FakeChat
) -> None:
    """The bot is not told; it learns when it writes."""
    telegram.deactivate(ann)
    answer = await _refused(bot, chat.id)
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: user is deactivated")
    assert await _changes(bot) == []


async def test_a_group_that_kicked_the_bot_refuses_it_in_its_own_words(
    telegram: FakeTelegram, bot: Client, ann: Person
) -> None:
    """Group, supergroup and channel are told apart."""
    basic, big = telegram.group("Desk", [ann], supergroup=False), telegram.group("Readers", [ann])
    channel = telegram.channel("News", admins=[ann])
    for chat, kind in ((basic, "group"), (big, "supergroup"), (channel, "channel")):
        chat.kick_bot(by=ann)
        assert (await _refused(bot, chat.id))["description"] == f"Forbidden: bot was kicked from the {kind} chat"
    assert await _changes(bot) == [
        (basic.id, "Ann", "member", "kicked"),
        (big.id, "Ann", "member", "kicked"),
        (channel.id, "Ann", "administrator", "kicked"),
    ]


async def test_a_bot_is_added_promoted_and_leaves(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Each change is one my_chat_member, and getChatMember tells the same."""
    group = telegram.group("Desk", [ann])
    group.kick_bot()
    group.add_bot(by=ann)
    group.promote_bot(by=ann, can_pin_messages=False)
    member = await bot.result("getChatMember", chat_id=group.id, user_id=123456789)
    assert (member["can_pin_messages"], member["can_delete_messages"]) == (False, True)
    group.demote_bot(by=ann)
    await bot.result("leaveChat", chat_id=group.id)
    assert [change[2:] for change in await _changes(bot)] == [
        ("member", "kicked"),
        ("kicked", "member"),
        ("member", "administrator"),
        ("administrator", "member"),
        ("member", "left"),
    ]
    assert (await _refused(bot, group.id))["description"] == "Forbidden: bot is not a member of the supergroup chat"


async def test_a_migrated_group_tells_its_new_id(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Service messages tell of both ids; every call under the old one fails with the new one in its parameters."""
    group = telegram.group("Desk", [ann], supergroup=False)
    await bot.result("sendMessage", chat_id=group.id, text="before")
    big = telegram.migrate(group)
    assert await _refused(bot, group.id) == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": big.id},
    }
    there, here = [update["message"] for update in await bot.result("getUpdates")]
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (group.id, big.id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (big.id, group.id)
    assert (here["chat"]["type"], "text" in here) == ("supergroup", False)
    await bot.result("sendMessage", chat_id=big.id, text="after")
    assert [message.text for message in big.messages] == ["after"]
    big.send(ann, "still here")
