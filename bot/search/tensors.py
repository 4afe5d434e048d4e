"""Tensors: the numbers in a model's file, read one by one.

The format is safetensors, as its authors publish it (https://huggingface.co/docs/safetensors): eight bytes with the
length of a header; the header, which says of each tensor its shape and where behind the header its bytes stand; the
bytes. Read so, what is only looked up in stays in the file, where the system keeps as much of it at hand as is used.
"""

import json
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Final

import numpy as np

from bot.search.vectors import Vectors

_NUMBER: Final = "<f4"  # all of the model's are of this type


@dataclass(frozen=True, slots=True)
class _Place:
    shape: tuple[int, ...]
    start: int


class Tensors:
    """The tensors of a file that the caller has checked, by name."""

    def __init__(self, path: Path) -> None:
        """Read the header."""
        self._path: Final = path
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length))
        self._places: Final = {
            name: _Place(tuple(entry["shape"]), 8 + length + entry["data_offsets"][0])
            for name, entry in header.items()
            if name != "__metadata__"
        }

    def read(self, name: str) -> Vectors:
        """Return a tensor."""
        place = self._places[name]
        return np.fromfile(self._path, _NUMBER, prod(place.shape), offset=place.start).reshape(place.shape)

    def mapped(self, name: str) -> Vectors:
        """Return a tensor that stays in the file: only the rows that are asked for are read."""
        place = self._places[name]
        return np.asarray(np.memmap(self._path, _NUMBER, "r", place.start, place.shape))
