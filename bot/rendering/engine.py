"""The engine: every template checked at start, each page rendered from its typed context."""

from dataclasses import fields
from pathlib import Path
from traceback import extract_tb
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.errors import TemplateError
from bot.rendering.checking import LABELS, PICTURES, check_pictures, check_templates
from bot.rendering.labels import Labels, read_labels
from bot.rendering.limits import clipped
from bot.rendering.pages.page import Page
from bot.rendering.pictures.drawing import Drawing
from bot.rendering.pictures.lettering import lettered, wrapped

DEFAULT_LOCALE: Final = "en"


class Templates:
    """The templates of every locale. A locale that has none is served in the default one."""

    def __init__(self, folder: Path, *, ships: bool = False) -> None:
        """Load `folder`, one sub-folder a locale; raises TemplateError, naming file and line, where one is broken.

        Templates that `ships` says to be Parley's own are not read before they are needed.
        """
        self._folder = folder
        folders = [path for path in sorted(folder.glob("[a-z]*")) if path.is_dir() and path.name != PICTURES]
        self._locales = {path.name: _environment(path) for path in folders}
        self._drawing = {path.name: _drawing_environment(folder / PICTURES, path) for path in folders}
        if DEFAULT_LOCALE not in self._locales:
            raise TemplateError(f"No templates in {folder / DEFAULT_LOCALE}: check PARLEY_TEMPLATES_DIR, or unset it.")
        self._labels: Final = dict[str, Labels]()
        for locale, environment in self._locales.items():
            check_templates(environment, folder / locale, ships=ships)
            check_pictures(self._drawing[locale], folder, locale, ships=ships)
            self._labels[locale] = read_labels(environment.get_template(LABELS), folder / locale / LABELS)

    def locale(self, wanted: str) -> str:
        """Return the locale that a reader who wants `wanted` ("en", "de-CH") is served in."""
        language = wanted.replace("_", "-").partition("-")[0].lower()
        return language if language in self._locales else DEFAULT_LOCALE

    def labels(self, locale: str) -> Labels:
        """Return the words on buttons and in menus."""
        return self._labels[self.locale(locale)]

    def render(self, page: Page, locale: str) -> str:
        """Return the page as Telegram HTML, its blocks one empty line apart.

        Raises TemplateError, naming file and line, where the template asks for what its page does not give.
        """
        return _tidy(_rendered(self._locales[self.locale(locale)], page))

    def draw(self, drawing: Drawing, locale: str) -> str:
        """Return the drawing as SVG. Raises TemplateError as `render` does."""
        return _rendered(self._drawing[self.locale(locale)], drawing)


def _rendered(environment: Environment, page: Page | Drawing) -> str:
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    try:
        return environment.get_template(page.template).render(context)
    except Exception as error:  # a template can fail in any way that an expression can
        raise TemplateError(f"{_place(error, page.template)}: {error}: mend the template.") from error


def _drawing_environment(pictures: Path, locale: Path) -> Environment:
    """Return what renders pictures: their words are those of the locale."""
    environment = _environment(pictures, locale)
    environment.filters |= {"lettered": lettered, "wrapped": wrapped, "fitted": _fitted}
    return environment


def _fitted(text: str, width: float, size: float) -> str:
    return "".join(wrapped(text, width, size, 1))


def _environment(*folders: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["clipped"] = clipped
    return environment


def _place(error: Exception, template: str) -> str:
    """Return the file and line of the template where the error arose; Jinja puts them into the traceback."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else template


def _tidy(text: str) -> str:
    """Return `text` with its lines trimmed and never more than one empty line in a row."""
    lines: list[str] = []
    for line in (raw.rstrip() for raw in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)
