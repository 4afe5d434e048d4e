"""Which model holds the body of which kind of record, and how bodies of older shapes are read."""

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import JsonValue

from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.event import Event
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.source import Source

MODELS: Final[Mapping[Kind, type[Record]]] = {
    model.kind: model for model in (Process, Party, Source, Question, Agreement, Event)
}

Body = dict[str, JsonValue]
Upcasts = Mapping[tuple[Kind, int], Callable[[Body], Body]]

# (kind, shape) -> the step from that shape to the next. Bodies stay as they were written; reading brings them up.
UPCASTS: Final[Upcasts] = {}


def read_body(
    kind: Kind,
    shape: int,
    body: Body,
    *,
    models: Mapping[Kind, type[Record]] = MODELS,
    upcasts: Upcasts = UPCASTS,
) -> Record:
    """Return the record that a stored body describes, brought up to today's shape step by step.

    Raises KeyError where a step is missing and pydantic's ValidationError where the body does not fit.
    """
    model = models[kind]
    for step in range(shape, model.shape):
        body = upcasts[kind, step](body)
    return model.model_validate(body)
