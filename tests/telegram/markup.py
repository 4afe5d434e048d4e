"""The HTML parse mode as Telegram reads it: an HTML-like language of its own, with errors that name a byte offset.

Rules from https://core.telegram.org/bots/api#html-style; where that page is silent, from what the server does: names of
tags are case-insensitive, `</>` closes whatever is open, an unknown attribute is ignored, an unknown &entity; stays.
"""

import re
from dataclasses import dataclass, field, replace

from tests.telegram.errors import ApiError, malformed
from tests.telegram.links import checked_link, mentioned_user

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_UNTOUCHED_BY_CODE = {"code", "pre", "blockquote", "expandable_blockquote"}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_PLAIN = re.compile(r"[^<&]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\v\0"
_LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of a text; offset and length count UTF-16 code units, as in the Bot API."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    begin: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    text: str = ""
    width: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> None:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._plain()
            elif self._peek(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _cannot(f"Can't find end tag corresponding to start tag {self.open[-1].tag}")

    def _peek(self, ahead: int = 0) -> str:
        """Return the character there, or "" after the end."""
        return self.source[self.at + ahead : self.at + ahead + 1]

    def _plain(self) -> None:
        """Take all text up to the next tag or character reference, or one reference."""
        run = _PLAIN.match(self.source, self.at)
        decoded, length = (run[0], len(run[0])) if run else _decode(self.source, self.at)
        self.at += length
        self.text += decoded
        self.width += utf16_length(decoded)

    def _take_until(self, stops: str) -> str:
        begin = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

    def _where(self, begin: int) -> str:
        return f"at byte offset {len(self.source[:begin].encode('utf-8', 'surrogatepass'))}"

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._take_until(_SPACE + ">").lower()
        if not self._peek():
            raise _cannot(f"Unclosed start tag {self._where(begin)}")
        if tag not in _TYPES:
            raise _cannot(f'Unsupported start tag "{tag}" {self._where(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        if tag == "blockquote" and any(outer.tag == "blockquote" for outer in self.open):
            raise _cannot(f"blockquote entities can't be nested {self._where(begin)}")
        self.open.append(_Open(tag, argument, self.width, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to the closing angle bracket; return the one attribute's value that matters to the tag."""
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                self.at += 1
                return argument
            name = self._take_until(_SPACE + "=>").lower()
            if not name and self._peek():
                raise _cannot(f'Empty attribute name in the tag "{tag}" {self._where(begin)}')
            self._skip_space()
            value = ""
            if self._peek() == "=":
                self.at += 1
                value = self._attribute_value(tag, begin)
            if not self._peek():
                raise _cannot(f'Unclosed start tag "{tag}" {self._where(begin)}')
            argument = _argument(tag, name, value) or argument

    def _attribute_value(self, tag: str, begin: int) -> str:
        self._skip_space()
        quote = self._peek()
        if not quote:
            raise _cannot(f'Unclosed start tag "{tag}" {self._where(begin)}')
        if quote not in "'\"":
            name_begin = self.at
            token = re.compile(r"[A-Za-z0-9.\-]*").match(self.source, self.at)
            self.at = token.end() if token else self.at
            if self._peek() and self._peek() not in _SPACE + ">":
                raise _cannot(f"Unexpected end of name token {self._where(name_begin)}")
            return self.source[name_begin : self.at].lower()
        self.at += 1
        value = ""
        while self._peek() and self._peek() != quote:
            decoded, length = _decode(self.source, self.at)
            value += decoded
            self.at += length
        self.at += 1
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _cannot(f"Unexpected end tag {self._where(begin)}")
        self.at += 2
        tag = self._take_until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise _cannot(f"Unclosed end tag {self._where(begin)}")
        self.at += 1
        expected = self.open[-1].tag
        if tag and tag != expected:
            raise _cannot(f'Unmatched end tag {self._where(begin)}, expected "</{expected}>", found "</{tag}>"')
        opened = self.open.pop()
        if self.width > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity = Entity(_TYPES[opened.tag], opened.offset, self.width - opened.offset)
        if opened.tag == "a":
            self._close_link(opened, entity)
        elif opened.tag in {"pre", "code"}:
            self._close_code(opened, entity)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal() or not int(opened.argument):
                raise _cannot("Invalid custom emoji identifier specified")
            self.entities.append(replace(entity, custom_emoji_id=opened.argument))
        elif opened.tag == "blockquote" and opened.argument:
            self.entities.append(replace(entity, type="expandable_blockquote"))
        else:
            self.entities.append(entity)

    def _close_link(self, opened: _Open, entity: Entity) -> None:
        href = opened.argument or self.text[opened.begin :]
        user_id = mentioned_user(href)
        if user_id is not None:
            self.entities.append(replace(entity, type="text_mention", user_id=user_id))
        elif url := checked_link(href):
            self.entities.append(replace(entity, url=url))

    def _close_code(self, opened: _Open, entity: Entity) -> None:
        """<pre><code class="language-x"> over the same span, in either order, is one entity with a language."""
        inner = self.entities[-1] if self.entities else None
        same_span = inner is not None and (inner.offset, inner.length) == (entity.offset, entity.length)
        if same_span and inner is not None and {inner.type, entity.type} == {"pre", "code"}:
            language = inner.language or opened.argument or None
            if language:
                self.entities[-1] = replace(entity, type="pre", language=language)
                return
        self.entities.append(replace(entity, language=opened.argument or None))


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the visible text and its entities, outer before inner. Raises ApiError in Telegram's words."""
    parser = _Parser(source)
    parser.parse()
    if _SURROGATE.search(parser.text):
        raise _cannot("Text contains invalid Unicode characters after decoding HTML entities")
    # The language of a <code> alone is dropped; it counts only together with <pre>.
    entities = [replace(entity, language=None) if entity.type == "code" else entity for entity in parser.entities]
    entities.sort(key=lambda entity: (entity.offset, -entity.length))
    return parser.text, _apart_from_code(entities)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def _apart_from_code(entities: list[Entity]) -> list[Entity]:
    """Code shares no character with a style or a link: Telegram cuts styles around it, and drops what is inside."""
    kept = [entity for entity in entities if entity.type in _UNTOUCHED_BY_CODE]
    code = [entity for entity in kept if entity.type in {"code", "pre"}]
    for entity in entities:
        if entity.type not in _UNTOUCHED_BY_CODE:
            kept += _cut(entity, code)
    return sorted(kept, key=lambda entity: (entity.offset, -entity.length))


def _cut(entity: Entity, code: list[Entity]) -> list[Entity]:
    """Return what is left of an entity outside of the spans of code, which are in order."""
    pieces, begin, end = [], entity.offset, entity.offset + entity.length
    for span in code:
        if span.offset + span.length <= begin or span.offset >= end:
            continue
        if span.offset > begin:
            pieces.append(replace(entity, offset=begin, length=span.offset - begin))
        begin = span.offset + span.length
    return [*pieces, replace(entity, offset=begin, length=end - begin)] if begin < end else pieces


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _decode(source: str, at: int) -> tuple[str, int]:
    """Return the character at that place and how much of the source it takes."""
    match = _CHARACTER.match(source, at) if source[at] == "&" else None
    if match is None:
        return source[at], 1
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name], len(match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code), len(match[0])) if 0 < code < _LAST_CODE_POINT else ("&", 1)


def _cannot(words: str) -> ApiError:
    return malformed(f"can't parse entities: {words}")
