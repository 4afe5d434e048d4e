"""Templates are checked at start, so that a broken one stops Parley then, and not a reader's answer later.

Those that ship are whole by Parley's own tests: of them only the names are looked at, since reading all of them would
be most of what a start costs.
"""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates, find_undeclared_variables

from bot.errors import TemplateError
from bot.rendering.pages import PAGES

LABELS: Final = "labels.j2"
_SHARED: Final = ("words.j2", "pieces.j2")


def check_templates(environment: Environment, folder: Path, *, ships: bool) -> None:
    """Raise TemplateError, naming the file, where one is missing, broken, unknown, or uses what it is not given.

    Of templates that ship only those that are missing or unknown are found.
    """
    given: Mapping[str, frozenset[str]] = {page.template: _names(page) for page in PAGES} | {
        LABELS: frozenset(),
        **dict.fromkeys(_SHARED, frozenset[str]()),
    }
    there = {path.name for path in folder.glob("*.j2")}
    if missing := given.keys() - there:
        raise TemplateError(f"{folder / min(missing)} is missing: restore it from the release.")
    if unknown := there - given.keys():
        raise TemplateError(f"{folder / min(unknown)} belongs to no page: remove it, or give it its right name.")
    for name in () if ships else sorted(there):
        _check(environment, folder / name, given[name], there)


def _check(environment: Environment, path: Path, given: frozenset[str], there: set[str]) -> None:
    try:
        # Read and not yet compiled: each is when a reader first needs it, and `parley ask` needs two of forty.
        tree = environment.parse(path.read_text(encoding="utf-8"))
        used = find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{path}:{error.lineno}: {error.message}: mend the template.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise TemplateError(f"{path} cannot be read: save it as UTF-8, or restore it from the release.") from error
    if unknown := used - given:
        offered = f"it may use {', '.join(sorted(given))}" if given else "it is given nothing"
        raise TemplateError(f"{path} uses {', '.join(sorted(unknown))}, which it is not given: {offered}.")
    for name in find_referenced_templates(tree):
        if name not in there:
            raise TemplateError(f"{path} uses {name}, which is not there: restore it from the release.")


def _names(page: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(page))
