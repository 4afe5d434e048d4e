"""A source: a citable document."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.domain.base import Kind, Model, SourceLink
from bot.domain.dates import When
from bot.domain.record import Filed
from bot.domain.statement import Line

_BLANK = re.compile(r"\s")


def _http(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0]
    if scheme not in {"http", "https"} or not host or _BLANK.search(url):
        raise PydanticCustomError("url", "'{url}' is no link: it must begin with https://", {"url": url[:80]})
    return url


Url = Annotated[str, Field(max_length=1000), AfterValidator(_http)]


class SourceType(StrEnum):
    """What a source is; only a primary text can confirm by itself."""

    PRIMARY = "primary text"
    OFFICIAL = "official statement"
    AGENCY = "agency"
    OUTLET = "outlet"
    MONITOR = "monitor"
    DATASET = "dataset"


class Picture(Model):
    """A picture in a source: what it shows, as captioned, and who is to be credited for it."""

    caption: Line
    credit: Line | None = None


class Source(Filed):
    """A citable document and all the credit that it is owed."""

    kind: ClassVar[Kind] = Kind.SOURCE

    title: Line
    publisher: Line
    author: Line | None = None
    type: SourceType
    country: Line | None = None
    language: Line | None = None
    url: Url | None = None
    archive_url: Url | None = None
    published: When
    accessed: date | None = None
    credit: Line | None = None  # the agency line: "with material from dpa"
    pictures: tuple[Picture, ...] = ()
    note: Line | None = None
    superseded_by: SourceLink | None = None
