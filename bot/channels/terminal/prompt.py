"""The prompt that a person types at: history, completion, Ctrl-C clears the line, Ctrl-D leaves."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from bot.channels.terminal.clean import one_line
from bot.channels.terminal.completion import Candidate

Suggest = Callable[[str], Iterable[Candidate]]
_PROMPT_STYLE: Final = "ansicyan bold"


class Prompt:
    """Reads lines from a person."""

    def __init__(self, history: History, suggest: Suggest, *, ask: str, reply: str) -> None:
        """Prompt with `ask`, or with `reply` where a reply is waited for; `suggest` completes a line."""
        self._ask: Final = ask
        self._reply: Final = reply
        self._session: Final = PromptSession[str](
            history=history,
            completer=_Completer(suggest),
            # Only behind a slash: room for the menu is kept free below the line, and questions need none.
            complete_while_typing=Condition(_types_command),
            key_bindings=_keys(),
        )

    async def read(self, *, replying: bool) -> str | None:
        """Return what was typed, None at Ctrl-D."""
        prompt = self._reply if replying else self._ask
        try:
            return await self._session.prompt_async(FormattedText([(_PROMPT_STYLE, f"{prompt} ")]))
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None


class _Completer(Completer):
    def __init__(self, suggest: Suggest) -> None:
        self._suggest: Final = suggest

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - the base's
        for found in self._suggest(document.text_before_cursor):
            yield Completion(found.text, -found.replaces, display=found.text, display_meta=one_line(found.about))


def _types_command() -> bool:
    return get_app().current_buffer.text.startswith("/")


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def _clear(event: KeyPressEvent) -> None:
        """Clear the line; on an empty one, ask for what an empty line brings: a hint, or the reply called off."""
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt(), style="class:aborting")

    return keys
