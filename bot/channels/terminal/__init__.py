"""The terminal: the same commands as on Telegram, typed at a prompt or piped in.

`chat` holds the conversation, `render_plain` turns one message into plain text. Neither loads rich or prompt_toolkit:
only a person at a terminal needs them.
"""

from bot.channels.terminal.conversation import chat
from bot.channels.terminal.plain import render_plain

__all__ = ["chat", "render_plain"]
