"""What PyYAML says about broken YAML, said so that an editor knows what to do."""

from yaml import MarkedYAMLError, YAMLError

from bot.importing.faults import FileFault

_QUOTE = 'put the whole text in "quotation marks"'

# (words of PyYAML's message, problem, remedy): the first entry whose words occur in it counts.
_MESSAGES = (
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        f"{_QUOTE} if the colon is part of it; else check the indentation here and the colon in the line above",
    ),
    ("sequence entries are not allowed", "a list begins in the middle of a line", "begin it on a line of its own"),
    ("quoted scalar found unexpected end", "a quotation mark is never closed", "close it where the quote ends"),
    ("unknown escape", "a backslash inside quotation marks", "leave it out, or use 'single' quotation marks"),
    ("scanning an alias", "a text cannot begin with '*' here", _QUOTE),
    ("scanning an anchor", "a text cannot begin with '&' here", _QUOTE),
    ("scanning a tag", "a text cannot begin with '!' here", _QUOTE),
    ("directive", "a line cannot begin with '%' here", _QUOTE),
    ("block scalar", "'|' or '>' with text after it", "begin the text on the next line, indented"),
    ("simple key", "this line is neither 'key: value' nor '- item'", "check its colon and its indentation"),
    ("flow sequence", "a '[' is never closed, or a comma is missing", f"close it with ']', or {_QUOTE}"),
    ("flow mapping", "a '{' is never closed, or a comma is missing", f"close it with '}}', or {_QUOTE}"),
    ("block collection", "a line that does not belong to the list", "begin it with '- ', or indent it like the others"),
    (
        "block mapping",
        "a line that does not fit",
        f"indent it like the keys around it; {_QUOTE} if it has quotation marks, brackets or other signs in it",
    ),
)
# Of these the beginning is the place to mend; the end may be the end of the file.
_MEND_WHERE_BEGUN = ("simple key", "quoted scalar", "flow sequence", "flow mapping")


def fault_of(error: YAMLError, file: str, text: str, first_line: int) -> FileFault:
    """Return the fault that a PyYAML error means; `first_line` is the line of the file that `text` begins on."""
    said = " ".join(str(error).split())
    index = 0
    if isinstance(error, MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}"
        begun = error.context_mark if any(words in said for words in _MEND_WHERE_BEGUN) else None
        mark = begun or error.problem_mark
        index = mark.line if mark else 0
    lines = text.split("\n")
    index = min(index, len(lines) - 1)
    if "cannot start any token" in said:
        problem, remedy = _odd_start(lines[index])
    else:
        problem, remedy = _message(said)
    return FileFault(file, first_line + index, problem, remedy)


def _odd_start(line: str) -> tuple[str, str]:
    if "\t" in line:
        return "a tab", "use spaces instead"
    return "a text cannot begin with '@', '`' or '%' here", _QUOTE


def _message(said: str) -> tuple[str, str]:
    for words, problem, remedy in _MESSAGES:
        if words in said:
            return problem, remedy
    return "this is not YAML", f"check colons, indentation and brackets, or {_QUOTE}"
