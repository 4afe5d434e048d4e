"""A source: a citable document."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.domain.base import Kind, Model, SourceLink
from bot.domain.dates import When
from bot.domain.record import Filed
from bot.domain.statement import Line

# A name in any alphabet, or an IPv6 address.
_HOST: Final = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f:.]+:[0-9a-f:.]+")


def _http(url: str) -> str:
    if not _leads_somewhere(url):
        raise PydanticCustomError("url", "'{url}' is no link: it must begin with https://", {"url": url[:80]})
    return url


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that do not close, a port that is no number
        return False
    named = _HOST.fullmatch(parts.hostname or "") is not None
    return parts.scheme in {"http", "https"} and named and port != 0 and not any(sign.isspace() for sign in url)


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
