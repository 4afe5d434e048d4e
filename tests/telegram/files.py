"""Files that people and the bot sent: kept by id, and given out once getFile was asked for their path."""

import itertools
import mimetypes
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.telegram.errors import bad_request
from tests.telegram.payload import Json, JsonObject

LARGEST_DOWNLOAD = 20 * 1024 * 1024
UNKNOWN_TYPE = "application/octet-stream"

FileKind: TypeAlias = Literal["photo", "document"]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file. A photo has neither name nor MIME type."""

    kind: FileKind
    file_id: str
    unique_id: str
    path: str
    content: bytes
    name: str | None = None
    mime_type: str | None = None

    def as_field(self) -> Json:
        """Return what a Message carries under the name of the file's kind."""
        item: JsonObject = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}
        if self.kind == "photo":
            return [item | {"width": 640, "height": 480}]
        if self.name:
            item["file_name"] = self.name
        if self.mime_type:
            item["mime_type"] = self.mime_type
        return item


class FileStore:
    """Every file there is, by its id."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._open: dict[str, StoredFile] = {}
        self._numbers = itertools.count(1)

    def add(self, kind: FileKind, content: bytes, name: str | None = None, mime_type: str | None = None) -> StoredFile:
        """Keep a new file. A document's MIME type is guessed from its name where none is given."""
        number = next(self._numbers)
        if kind == "document":
            mime_type = mime_type or mimetypes.guess_type(name or "")[0] or UNKNOWN_TYPE
        ending = "jpg" if kind == "photo" else (name or "").rpartition(".")[2] or "bin"
        path = f"{kind}s/file_{number}.{ending}"
        file = StoredFile(kind, f"{kind}-{number:016d}", f"unique-{number:08d}", path, content, name, mime_type)
        self._by_id[file.file_id] = file
        return file

    def find(self, file_id: str, kind: FileKind | None = None) -> StoredFile | None:
        """Return the file of that id, None where there is none of that kind."""
        file = self._by_id.get(file_id)
        return file if file is not None and kind in {None, file.kind} else None

    def open(self, file_id: str) -> StoredFile:
        """Return the file and let its path be fetched from now on. Raises ApiError for one unknown or too big."""
        file = self.find(file_id)
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        self._open[file.path] = file
        return file

    def at(self, path: str) -> StoredFile | None:
        """Return the file at a path that getFile gave."""
        return self._open.get(path)
