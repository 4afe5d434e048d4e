"""Examining a draft: the record that it makes, and everything that keeps it from being published, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from bot.domain.base import Kind, Path
from bot.domain.draft import Draft, completed
from bot.domain.gate import new_faults
from bot.domain.kinds import MODELS
from bot.domain.plain import Values, at, filled
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.importing import FileFault, Lines, overlaid
from bot.importing.pydantic_faults import faults_of, misread_days
from bot.importing.salvage import salvage
from bot.services.gatekeeping import key_of

BULLETIN_LIMIT: Final = 3000  # characters: with its heading it still fits one message


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with a field, and how to mend it."""

    path: Path
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What a draft makes: a record, None where it is none yet, or is a bulletin; and what is wrong with it.

    It may be shown as soon as it is a record, and published once nothing is wrong.
    """

    record: Record | None
    faults: tuple[FieldFault, ...]


def examine(draft: Draft, published: Sequence[Revision[Record]]) -> Examined:
    """Return what the draft makes beside what is published; what is wrong already is not its doing."""
    kind = draft.kind
    if kind is None:
        return Examined(None, tuple(_of_bulletin(draft.values)))
    values = completed(draft) | ({} if kind is Kind.PROCESS else {"process": draft.process})
    record, wrong = _read(kind, values)
    faults = [FieldFault(path, problem, remedy) for path, (problem, remedy) in wrong.items()]
    known = {key_of(revision.record): revision.record for revision in published}
    if draft.base is None and (kind, draft.slug) in known:
        problem = f"'{draft.slug}' is the slug of another {kind} already"
        faults.append(FieldFault(("slug",), problem, f"choose another, or change that one: /edit {draft.slug}"))
    elif gated := record or salvage(kind, values).record:
        touched = tuple(wrong)
        for fault in new_faults(known, overlaid(known.values(), [gated])):
            if (fault.kind, fault.slug) != key_of(gated):
                faults.append(FieldFault((), f"{fault.kind} {fault.slug}: {fault.problem}", fault.remedy))
            elif not any(fault.path[: len(path)] == path or path[: len(fault.path)] == fault.path for path in touched):
                faults.append(FieldFault(fault.path, fault.problem, fault.remedy))
    return Examined(record, tuple(faults))


def faults_in_field(draft: Draft, path: Path) -> tuple[FieldFault, ...]:
    """Return what is wrong with what has been written in one field; what is still missing in it does not count."""
    kind = draft.kind
    if kind is None:
        return tuple(_of_bulletin(draft.values))
    _, wrong = _read(kind, completed(draft) | {"process": draft.process, "slug": draft.slug or "x"})
    return tuple(
        FieldFault(where, problem, remedy)
        for where, (problem, remedy) in wrong.items()
        if where[: len(path)] == path and at(draft.values, where) is not None
    )


def _read(kind: Kind, values: Values) -> tuple[Record | None, Mapping[Path, tuple[str, str]]]:
    model = MODELS[kind]
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        found = faults_of(error, model, "", Lines())
        return None, {path: _said(values, path, fault) for path, fault in found.items()}
    days = misread_days(record, values, "", Lines())
    return record, {path: (fault.problem, fault.remedy) for path, fault in days.items()}


def _said(values: Values, path: Path, fault: FileFault) -> tuple[str, str]:
    """Return what is wrong and what to do, as whoever fills in a form would put it."""
    return (fault.problem, fault.remedy) if filled(values, path) else ("still missing", "fill it in")


def _of_bulletin(values: Values) -> list[FieldFault]:
    text = at(values, ("text",))
    if not isinstance(text, str) or not text.strip():
        return [FieldFault(("text",), "the bulletin is empty", "write it")]
    if len(text) > BULLETIN_LIMIT:
        return [FieldFault(("text",), f"it has {len(text):,} characters", f"shorten it to {BULLETIN_LIMIT:,}")]
    return []
