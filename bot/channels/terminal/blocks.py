"""Telegram's HTML subset -> blocks of styled text, which both the plain and the coloured screen show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Final

from bot.channels.terminal.clean import clean, one_line

_STYLES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strike",
    "strike": "strike",
    "del": "strike",
    "code": "code",
    "pre": "code",
}
_SCHEMES: Final = ("https://", "http://", "tg://", "mailto:")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that looks the same all along; `link` is where it leads, "" nowhere."""

    text: str
    styles: frozenset[str] = frozenset()
    link: str = ""

    @property
    def address(self) -> str:
        """Return the address to write out behind the text: "" where there is none or the text is the address."""
        return "" if _bare(self.link) == _bare(self.text) else self.link


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs, or a quotation; an `expandable` one may be shown folded."""

    spans: tuple[Span, ...]
    quoted: bool = False
    expandable: bool = False


def parse(html: str) -> tuple[Block, ...]:
    """Return the blocks of a message, cleaned; tags that Telegram does not have are dropped and their text kept."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return tuple(parser.blocks())


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._styles: list[str] = []
        self._link = ""
        self._blocks: list[tuple[list[Span], bool, bool]] = [([], False, False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._blocks.append(([], True, any(name == "expandable" for name, _ in attrs)))
        elif tag == "a":
            self._link = _safe(dict(attrs).get("href") or "")
        elif tag in _STYLES:
            self._styles.append(_STYLES[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._blocks.append(([], False, False))
        elif tag == "a":
            self._link = ""
        elif _STYLES.get(tag) in self._styles:
            self._styles.remove(_STYLES[tag])

    def handle_data(self, data: str) -> None:
        self._blocks[-1][0].append(Span(clean(data), frozenset(self._styles), self._link))

    def blocks(self) -> list[Block]:
        trimmed = ((_trimmed(spans), quoted, expandable) for spans, quoted, expandable in self._blocks)
        return [Block(spans, quoted, expandable) for spans, quoted, expandable in trimmed if spans]


def _trimmed(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans without the empty lines around them, none at all where they hold only space."""
    kept = list(spans)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip("\n"))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def _safe(address: str) -> str:
    """Return an address that a terminal may offer to open, "" for any other kind."""
    address = one_line(address)
    return address if address.lower().startswith(_SCHEMES) and " " not in address else ""


def _bare(address: str) -> str:
    return address.strip().partition("://")[2].rstrip("/") or address.strip().rstrip("/")
