"""Bytes of a file -> clean text, so that every reader after it meets one kind of line and one spelling of a letter."""

import re
import unicodedata
from typing import Final

from bot.domain.base import without_unseen
from bot.importing.faults import FileFault

MAX_BYTES: Final = 1024 * 1024
# YAML and some editors count these as line ends, others do not: as spaces they cannot shift a line number.
_OTHER_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_NONCHARACTERS = re.compile("[\ufffe\uffff\ud800-\udfff]")  # YAML refuses them, and nobody typed them


def decode(file: str, data: bytes) -> str | FileFault:
    """Return the clean text of a file's bytes, or the fault that keeps it from being read."""
    if len(data) > MAX_BYTES:
        return FileFault(file, 1, "the file is larger than 1 MiB", "split it, or remove what is not content")
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return FileFault(file, line, "the text is not UTF-8", "save the file with the encoding UTF-8")


def clean(text: str) -> str:
    """Return `text` in NFC, with newlines as its only line ends and without characters that nobody can see."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _OTHER_BREAKS.sub(" ", text)
    return unicodedata.normalize("NFC", _NONCHARACTERS.sub("", without_unseen(text)))
