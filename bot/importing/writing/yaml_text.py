"""Plain values -> YAML as an editor would type it: block style, each text in the plainest form that reads back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.importing.escapes import steady
from bot.importing.yaml_nodes import Value, parse_yaml

_STEP: Final = "  "
_IN_QUOTES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_IN_BRACES: Final = str.maketrans({"{": "\\x7b", "}": "\\x7d"})


@dataclass(frozen=True, slots=True)
class _Scalar:
    """A text as YAML: what stands behind its key or dash, and the rows of a block below it."""

    head: str
    rows: tuple[str, ...] = ()

    def lines(self, before: str, pad: str) -> Iterator[str]:
        yield before + self.head
        for row in self.rows:
            yield pad + row if row else ""


def yaml_text(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return `value`, of mappings, lists, texts, numbers and truth values, as the text of a YAML file."""
    return "".join(f"{line}\n" for line in _lines(value, ""))


def in_braces(text: str) -> str:
    """Return `text` as a value between YAML's braces, on one line and with no brace or lone backslash of its own."""
    candidates = [text, f'"{text}"', "'{}'".format(text.replace("'", "''"))]
    if steady(text) == text and not set(text) & set("\\{}\n"):
        for written in candidates:
            tree = parse_yaml("", f"{{by: {written}}}")
            if tree.value == {"by": text} and not tree.faults:
                return written
    return _quoted(text).translate(_IN_BRACES)


def _lines(value: Mapping[str, Any] | Sequence[Any], pad: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if _is_filled(inner):
                yield f"{pad}{key}:"
                yield from _lines(inner, pad + _STEP)
            else:
                yield from _scalar(inner).lines(f"{pad}{key}: ", pad + _STEP)
        return
    for inner in value:
        if _is_filled(inner):
            # An item's first line stands behind its dash, the others below the first.
            for number, line in enumerate(_lines(inner, pad + _STEP)):
                yield line if number else f"{pad}- {line[len(pad) + len(_STEP) :]}"
        else:
            yield from _scalar(inner).lines(f"{pad}- ", pad + _STEP)


def _is_filled(value: object) -> bool:
    return isinstance(value, (dict, list, tuple)) and bool(value)


def _scalar(value: object) -> _Scalar:
    if isinstance(value, str):
        return next((written for written in _forms(value) if _reads_back(written, value)), _Scalar(_quoted(value)))
    if isinstance(value, bool):
        return _Scalar("true" if value else "false")
    if value is None:
        return _Scalar("null")
    return _Scalar(str(value) if isinstance(value, int) else "[]" if isinstance(value, (list, tuple)) else "{}")


def _forms(text: str) -> Iterator[_Scalar]:
    if steady(text) != text:
        return
    if "\n" in text:
        yield _Scalar("|-", tuple(text.split("\n")))
        return
    yield _Scalar(text)
    if '"' not in text and "\\" not in text:
        yield _Scalar(f'"{text}"')
    yield _Scalar("'{}'".format(text.replace("'", "''")))


def _quoted(text: str) -> str:
    return f'"{steady(text.translate(_IN_QUOTES), before=chr(34))}"'


def _reads_back(written: _Scalar, text: str) -> bool:
    """Ask the parser itself whether this form gives the text, as an item and as a value."""
    lines = (*written.lines("- ", _STEP), *written.lines("- text: ", _STEP * 2))
    tree = parse_yaml("", "\n".join(lines))
    wanted: list[Value] = [text, {"text": text}]
    return tree.value == wanted and not tree.faults
