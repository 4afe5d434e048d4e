"""Content files -> domain records, every fault with its file, its line and what to do about it.

    read_content(folder)      all the content of a folder, as Content
    check(content, published) every fault of it: the files' own and the gate's
    read_file(name, text, process), assemble(reads)   the same for files that are not in a folder
    decode(name, data)        the text of a file's bytes, or the fault that keeps it from being read

It reads; it publishes nothing and knows no database and no clock.
"""

from bot.importing.check import check, overlaid
from bot.importing.content import Content, assemble, read_content
from bot.importing.entry import Entry, FileRead, Place
from bot.importing.faults import PUBLISHED, FileFault
from bot.importing.files import read_file
from bot.importing.lines import Lines
from bot.importing.probes import Probe
from bot.importing.text import decode

__all__ = [
    "PUBLISHED",
    "Content",
    "Entry",
    "FileFault",
    "FileRead",
    "Lines",
    "Place",
    "Probe",
    "assemble",
    "check",
    "decode",
    "overlaid",
    "read_content",
    "read_file",
]
