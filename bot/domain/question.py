"""A question: curated, with its answer, and perhaps a command of its own."""

import re
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from bot.domain.base import AgreementLink, Kind, QuestionLink
from bot.domain.record import Dated
from bot.domain.statement import Line, Statement

COMMAND = re.compile(r"[a-z][a-z0-9_]{0,31}")
CommandName = Annotated[str, Field(pattern=rf"^{COMMAND.pattern}$")]


class QuestionType(StrEnum):
    """What a question asks for."""

    FACT = "fact"
    EXPLAINER = "explainer"
    CLAIM = "claim"


class Question(Dated):
    """A curated question: the short answer stands alone, the full one adds what a reader may want next."""

    kind: ClassVar[Kind] = Kind.QUESTION

    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    command: CommandName | None = None
    question: Line
    paraphrases: tuple[Line, ...] = ()
    type: QuestionType
    short: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=3)]
    full: tuple[Statement, ...] = ()
    tags: tuple[Line, ...] = ()
    related: tuple[QuestionLink, ...] = ()
    agreements: tuple[AgreementLink, ...] = ()
