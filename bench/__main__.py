"""`python -m bench`: run the parts, print tables, and say which goals are met."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import delivery, in_process, loopback, pax, search, startup, transport
from bench.house import BenchFailed, workshop
from bench.machine import description
from bench.plan import FULL, QUICK, Plan
from bench.table import Section, goals_table, lines

_PARTS: Final = ("startup", "in-process", "loopback", "transport", "delivery", "search", "pax")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns 0 whether or not the goals are met, 1 where something could not be measured."""
    chosen = _parser().parse_args(arguments)
    plan = QUICK if chosen.quick else FULL
    plan = plan.with_rounds(chosen.rounds) if chosen.rounds else plan
    file = chosen.json.resolve() if chosen.json else None
    machine, began = description(), time.perf_counter()
    _print_machine(machine)
    sections: list[Section] = []
    try:
        with workshop() as folder:
            for part in chosen.parts or _PARTS:
                print(f"Measuring {part}…", file=sys.stderr)
                section = run(part, plan, folder / part, explain=chosen.explain)
                sections.append(section)
                _print(section)
    except BenchFailed as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(*lines(goals_table([goal for section in sections for goal in section.goals])), sep="\n")
    print(f"\n{time.perf_counter() - began:.0f} s in all. Goals are measured against medians.")
    if file:
        file.write_text(json.dumps(_raw(machine, plan, sections), indent=2) + "\n", "utf-8")
    return 0


def run(part: str, plan: Plan, folder: Path, *, explain: bool) -> Section:
    """Run one part in a folder of its own, which must not exist yet."""
    folder.mkdir()
    if part == "startup":
        return startup.measure(plan, folder, explain=explain)
    if part == "in-process":
        return asyncio.run(in_process.measure(plan, folder))
    if part == "search":
        return search.measure(plan)
    if part == "loopback":
        return asyncio.run(loopback.measure(plan, folder))
    if part == "delivery":
        return asyncio.run(delivery.measure(plan, folder))
    if part == "pax":
        return asyncio.run(pax.measure(plan, folder))
    return asyncio.run(transport.measure(plan, folder))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Parley beside stock echo bots.")
    parser.add_argument("parts", nargs="*", type=_part, metavar="PART", help=f"{', '.join(_PARTS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="a short run, for a first impression")
    parser.add_argument("--rounds", type=_positive, help="how many rounds")
    parser.add_argument("--explain", action="store_true", help="also show which packages the start is spent on")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything that was seen to FILE")
    return parser


def _part(text: str) -> str:
    if text not in _PARTS:
        raise argparse.ArgumentTypeError(f"there is no part {text!r}, only {', '.join(_PARTS)}")
    return text


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _print_machine(machine: dict[str, str]) -> None:
    print(*_joined([f"{name} {value}" for name, value in machine.items()]), "", sep="\n")


def _joined(words: Sequence[str], width: int = 98) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > width:
            yield line + ","
            line = ""
        line = f"{line}, {word}" if line else word
    yield line


def _print(section: Section) -> None:
    for table in section.tables:
        print(*lines(table), "", sep="\n", flush=True)


def _raw(machine: dict[str, str], plan: Plan, sections: Sequence[Section]) -> dict[str, object]:
    return {
        "machine": machine,
        "plan": asdict(plan),
        "goals": [asdict(goal) for section in sections for goal in section.goals],
        "seen": {section.name: section.raw for section in sections},
    }


if __name__ == "__main__":
    sys.exit(main())
