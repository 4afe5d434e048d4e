"""What PyYAML says about broken YAML, said so that an editor knows what to do."""

from yaml import MarkedYAMLError, YAMLError

from bot.importing.faults import FileFault

QUOTE = 'put the whole text in "quotation marks"'

_TAB = ("a tab", "use spaces instead")
_BACKSLASH = ("a backslash inside quotation marks", "leave it out, or use 'single' quotation marks")

# (words of the message, problem, remedy): the first entry whose words occur in it counts. libyaml, the parser in C, and
# PyYAML's own name the same context and often another problem; the words are those of both.
_MESSAGES = (
    ("tab character", *_TAB),
    ("character '\\t' that cannot start", *_TAB),
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        f"{QUOTE} if the colon is part of it; else check the indentation here and the colon in the line above",
    ),
    ("mapping keys are not allowed", "a text cannot begin with '?' here", QUOTE),
    ("sequence entries are not allowed", "a list begins in the middle of a line", "begin it on a line of its own"),
    ("quoted scalar found unexpected", "a quotation mark is never closed", "close it where the quote ends"),
    ("unknown escape", *_BACKSLASH),
    ("hexdecimal", *_BACKSLASH),
    ("hexadecimal", *_BACKSLASH),
    ("scanning an alias", "a text cannot begin with '*' here", QUOTE),
    ("scanning an anchor", "a text cannot begin with '&' here", QUOTE),
    ("scanning a tag", "a text cannot begin with '!' here", QUOTE),
    ("parsing a tag", "a text cannot begin with '!' here", QUOTE),
    ("directive", "a line cannot begin with '%' here", QUOTE),
    ("block scalar", "'|' or '>' with text after it", "begin the text on the next line, indented"),
    ("simple key", "this line is neither 'key: value' nor '- item'", "check its colon and its indentation"),
    ("flow sequence", "a '[' is never closed, or a comma is missing", f"close it with ']', or {QUOTE}"),
    ("flow mapping", "a '{' is never closed, or a comma is missing", f"close it with '}}', or {QUOTE}"),
    (
        "flow node",
        "a '[' or '{' is never closed, or has a comma too many",
        f"close it and put one comma between two items, or {QUOTE}",
    ),
    ("block node", "a text cannot begin with ',', ']' or '}' here", QUOTE),
    ("block collection", "a line that does not belong to the list", "begin it with '- ', or indent it like the others"),
    (
        "block mapping",
        "a line that does not fit",
        f"indent it like the keys around it; {QUOTE} if it has quotation marks, brackets or other signs in it",
    ),
    ("document start", "a line that belongs to nothing above it", "remove the line '...' above it, or this one"),
)
# Of these the beginning is the place to mend; the end may be the end of the file.
_MEND_WHERE_BEGUN = ("simple key", "quoted scalar", "flow sequence", "flow mapping")


def fault_of(error: YAMLError, file: str, text: str, first_line: int) -> FileFault:
    """Return the fault that a PyYAML error means; `first_line` is the line of the file that `text` begins on."""
    said = " ".join(str(error).split())
    index, column = 0, 0
    if isinstance(error, MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}"
        begun = error.context_mark if any(words in said for words in _MEND_WHERE_BEGUN) else None
        mark = begun or error.problem_mark
        index, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    index = min(index, len(lines) - 1)
    if "flow node" in said:
        index = next((above for above in range(index, -1, -1) if _is_open(lines[above])), index)
    problem, remedy = _odd_start(lines[index][column:]) if "cannot start any token" in said else _message(said)
    return FileFault(file, first_line + index, problem, remedy)


def _is_open(line: str) -> bool:
    return line.count("[") > line.count("]") or line.count("{") > line.count("}")


def _odd_start(rest: str) -> tuple[str, str]:
    return _TAB if rest.startswith("\t") else ("a text cannot begin with '@', '`' or '%' here", QUOTE)


def _message(said: str) -> tuple[str, str]:
    for words, problem, remedy in _MESSAGES:
        if words in said:
            return problem, remedy
    return "this is not YAML", f"check colons, indentation and brackets, or {QUOTE}"
