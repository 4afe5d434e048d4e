"""Check: what the gate warns of in content files, at the line that it is about."""

from collections.abc import Sequence

from bot.domain.gate import GateWarning
from bot.domain.record import Record
from bot.importing import Content, FileFault, overlaid
from bot.importing.faults import in_order
from bot.services.gatekeeping import key_of, warnings_of


def warnings_in(content: Content, published: Sequence[Record] = ()) -> tuple[GateWarning, ...]:
    """Return the gate's warnings of publishing the content beside what is `published`. Off the event loop: much work.

    Content with faults is not looked into: nobody would find it.
    """
    if content.faults:
        return ()
    before = {key_of(record): record for record in published}
    changed = [key_of(record) for record in content.records if before.get(key_of(record)) != record]
    return warnings_of(published, overlaid(published, content.records), content.probes, changed) if changed else ()


def located(content: Content, warnings: Sequence[GateWarning]) -> tuple[FileFault, ...]:
    """Return the warnings by file and line."""
    return in_order(
        FileFault(
            *content.locate(warning.kind, warning.slug, warning.path), f"warning: {warning.problem}", warning.remedy
        )
        for warning in warnings
    )
