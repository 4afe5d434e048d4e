"""One content file -> its records and probes, by its name inside a process's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bot.domain.base import Kind, Path
from bot.importing.entry import Entry, FileRead, Place, broken, build
from bot.importing.faults import FileFault, did_you_mean, in_order, quoted
from bot.importing.markdown import parse_question
from bot.importing.probes import Probe, asked_twice, read_probe
from bot.importing.yaml_nodes import Tree, Value, parse_yaml

PROCESS_FILE: Final = "process.yaml"
PROBES_FILE: Final = "probes.yaml"
LISTS: Final[Mapping[str, Kind]] = {
    "parties.yaml": Kind.PARTY,
    "sources.yaml": Kind.SOURCE,
    "events.yaml": Kind.EVENT,
}
FOLDERS: Final[Mapping[str, tuple[Kind, str]]] = {
    "questions": (Kind.QUESTION, ".md"),
    "agreements": (Kind.AGREEMENT, ".yaml"),
}
_KNOWN: Final = (PROCESS_FILE, *LISTS, PROBES_FILE, *(f"{name}/" for name in FOLDERS))
_LIST_WANTED = ("this file must be a list", "begin each entry with '- '")
_KEYS_WANTED = ("this file must hold keys", "write each as 'key: value'")


@dataclass(frozen=True, slots=True)
class Role:
    """What a file is for: the kind of its records (None: probes), and its record's slug where its name gives one."""

    kind: Kind | None
    slug: str | None = None


def role_of(name: str, process: str) -> Role | None:
    """Return what the file `name` of a process's folder is for, None where content has no such file."""
    path = PurePosixPath(name)
    if name == PROCESS_FILE:
        return Role(Kind.PROCESS, process)
    if name == PROBES_FILE:
        return Role(None)
    if name in LISTS:
        return Role(LISTS[name])
    kind, ending = FOLDERS.get(str(path.parent), (None, ""))
    return Role(kind, path.stem) if kind and path.suffix == ending else None


def read_file(name: str, text: str, process: str) -> FileRead:
    """Return what the file `name` (such as `questions/what-was-agreed.md`) of a process's folder holds.

    Never raises: what is wrong stands in the faults. Gate and links are not looked at; `check` does that.
    """
    file = f"{process}/{name}"
    role = role_of(name, process)
    if role is None:
        return FileRead(file, faults=(unknown_file(file, name),))
    if role.kind is None:
        return _read_probes(file, text, process)
    if role.slug is None:
        return _read_list(role.kind, parse_yaml(file, text), file, process)
    tree = parse_question(file, text) if role.kind is Kind.QUESTION else parse_yaml(file, text)
    return _read_one(role.kind, role.slug, tree, file, process)


def unread_file(name: str, process: str, fault: FileFault) -> FileRead:
    """Return what is known of a file that could not be read: which records it would hold."""
    role = role_of(name, process)
    if role is None or role.kind is None:
        return FileRead(fault.file, faults=(fault,))
    if role.slug is None:
        return FileRead(fault.file, faults=(fault,), unread=role.kind)
    return FileRead(fault.file, (Entry(role.kind, role.slug, Place(fault.file)),), faults=(fault,))


def unknown_file(file: str, name: str) -> FileFault:
    """Return the fault of a file that content does not know, with what it could have been meant as."""
    folder = FOLDERS.get(str(PurePosixPath(name).parent))
    if folder:
        kind, ending = folder
        problem = f"{quoted(PurePosixPath(name).name)} is no {kind}"
        return FileFault(file, 1, problem, f"name it by its slug, ending in {ending}: <slug>{ending}")
    otherwise = "a process's folder holds " + ", ".join(_KNOWN)
    return FileFault(file, 1, f"unknown file {quoted(name)}", did_you_mean(name, _KNOWN, otherwise))


def _read_one(kind: Kind, slug: str, tree: Tree, file: str, process: str) -> FileRead:
    faults = list(tree.faults)
    if tree.whole and not isinstance(tree.value, dict):
        faults.append(FileFault(file, tree.lines.at(), *_KEYS_WANTED))
    given = {"slug": slug} if kind is Kind.PROCESS else {"slug": slug, "process": process}
    if not isinstance(tree.value, dict) or not tree.whole:
        values = tree.value if isinstance(tree.value, dict) else {}
        lost = broken(kind, slug, Place(file, tree.lines, tree.spoilt), {**values, **given})
        return FileRead(file, (lost,), faults=in_order(faults))
    entry, found = build(kind, tree, file, given)
    return FileRead(file, (entry,) if entry else (), faults=in_order(faults + found))


def _read_list(kind: Kind, tree: Tree, file: str, process: str) -> FileRead:
    items = _items(tree)
    faults = list(tree.faults)
    if items is None:
        if tree.whole:
            faults.append(FileFault(file, tree.lines.at(), *_LIST_WANTED))
        return FileRead(file, faults=in_order(faults), unread=kind)
    entries: list[Entry] = []
    nameless = False
    for item in _item_trees(tree, items):
        entry, found = _read_item(kind, item, file, process)
        faults += found
        nameless = nameless or entry is None
        entries += [entry] if entry else []
    return FileRead(file, tuple(entries), faults=in_order(faults), unread=kind if nameless else None)


def _items(tree: Tree) -> list[Value] | None:
    """Return the entries of a file that must be a list; a file with nothing in it has none of them."""
    if not tree.whole:
        return None
    if tree.value is None and not tree.faults:
        return []
    return tree.value if isinstance(tree.value, list) else None


def _item_trees(tree: Tree, items: list[Value]) -> list[Tree]:
    spoilt: dict[str | int, set[Path]] = {}
    for path in tree.spoilt:
        if path:
            spoilt.setdefault(path[0], set()).add(path[1:])
    return [
        Tree(item, tree.lines.under(index), spoilt=frozenset(spoilt.get(index, ()))) for index, item in enumerate(items)
    ]


def _read_item(kind: Kind, tree: Tree, file: str, process: str) -> tuple[Entry | None, list[FileFault]]:
    if isinstance(tree.value, dict):
        return build(kind, tree, file, {"process": process})
    problem = f"this {kind} {'is empty' if tree.value is None else 'has no keys'}"
    remedy = "write its keys below each other: slug, …, or remove the '-'"
    return None, [] if () in tree.spoilt else [FileFault(file, tree.lines.at(), problem, remedy)]


def _read_probes(file: str, text: str, process: str) -> FileRead:
    tree = parse_yaml(file, text)
    faults = list(tree.faults)
    said = {fault.line for fault in faults}
    items = _items(tree)
    if items is None and tree.whole:
        faults.append(FileFault(file, tree.lines.at(), *_LIST_WANTED))
    probes: list[Probe] = []
    for index, item in enumerate(items or ()):
        found = read_probe(item, process, file, tree.lines.under(index))
        if isinstance(found, Probe):
            probes.append(found)
        else:
            faults += [fault for fault in found if fault.line not in said]
    return FileRead(file, probes=tuple(probes), faults=in_order([*faults, *asked_twice(probes)]))
