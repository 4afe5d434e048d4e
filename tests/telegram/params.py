"""Raw parameters read and checked against the table of methods: what is left is safe for a handler to use."""

import json
from collections.abc import Mapping

from tests.telegram.errors import ApiError, malformed, stricter
from tests.telegram.methods import METHODS, Kind, Parameter
from tests.telegram.payload import Json, JsonObject, Upload, Value, as_int, as_list, as_object, as_str
from tests.telegram.wire import RawRequest

# Telegram's own words where a required parameter is missing.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "user_id": "invalid user_id specified",
}
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Params:
    """The checked parameters of one call, each read by its type; None or an empty value where it is absent."""

    def __init__(self, values: Mapping[str, Value], attached: Mapping[str, Upload] | None = None) -> None:
        self.values = values
        self.attached = attached or {}  # uploads that an object among the values names as attach://

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def integer(self, name: str) -> int | None:
        """Return a number, or None."""
        return as_int(self.values[name]) if name in self.values else None

    def string(self, name: str, default: str = "") -> str:
        """Return a string."""
        return as_str(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        """Return a boolean, False where absent."""
        return self.values.get(name) is True

    def object(self, name: str) -> JsonObject | None:
        """Return an object, or None."""
        return as_object(self.values[name]) if name in self.values else None

    def array(self, name: str) -> list[Json] | None:
        """Return an array, or None."""
        return as_list(self.values[name]) if name in self.values else None


def read_params(method: str, raw: RawRequest) -> Params:
    """Return the call's parameters with their types. Raises ApiError for the first fault found."""
    table = {parameter.name: parameter for parameter in METHODS[method]}
    attached = {
        name: file
        for name, file in raw.files.items()
        if name not in table and any(f'"attach://{name}"' in text for text in raw.texts.values())
    }
    for name in raw.names:
        if name not in table and name not in attached:
            raise stricter(f"unknown parameter {name}")
    values: dict[str, Value] = {}
    for parameter in table.values():
        value = _read(parameter, raw)
        if value is None:
            if parameter.required:
                raise _missing(parameter.name)
            continue
        _check_encoding(value)
        _check_limits(parameter, value)
        values[parameter.name] = value
    return Params(values, attached)


def _missing(name: str) -> ApiError:
    return malformed(_MISSING[name]) if name in _MISSING else stricter(f'parameter "{name}" is required')


def _read(parameter: Parameter, raw: RawRequest) -> Value:
    """Return the parameter's value, or None where it was not given."""
    name = parameter.name
    if name in raw.values:
        return _typed(parameter, raw.values[name])
    if name in raw.files:
        return _typed(parameter, raw.files[name])
    if name not in raw.texts:
        return None
    text = raw.texts[name]
    if Kind.FILE in parameter.kinds and text.startswith("attach://"):
        attached = raw.files.get(text.removeprefix("attach://"))
        if attached is None:
            raise malformed("file not found: wrong attached file name")
        return attached
    return _from_text(parameter, text)


def _from_text(parameter: Parameter, text: str) -> Value:
    kinds = parameter.kinds
    if Kind.INTEGER in kinds and text.removeprefix("-").isdecimal() and text.isascii():
        return int(text)
    if Kind.STRING in kinds:
        return text
    if Kind.BOOLEAN in kinds and text.lower() in _TRUTHS:
        return _TRUTHS[text.lower()]
    if kinds & (Kind.OBJECT | Kind.ARRAY):
        try:
            return _typed(parameter, json.loads(text))
        except ValueError:
            raise malformed(f"can't parse {_spoken(parameter.name)} JSON object") from None
    raise _wrong_type(parameter, text)


def _typed(parameter: Parameter, value: Value) -> Value:
    if value is None:
        return None
    if not _kind_of(value) & parameter.kinds:
        raise _wrong_type(parameter, value)
    return value


def _kind_of(value: Value) -> Kind:
    """Return the one kind of a value; no kind at all for a fraction, which no supported parameter takes."""
    for python_type, kind in (
        (bool, Kind.BOOLEAN),  # before int, whose subclass it is
        (int, Kind.INTEGER),
        (str, Kind.STRING),
        (dict, Kind.OBJECT),
        (list, Kind.ARRAY),
        (Upload, Kind.FILE),
    ):
        if isinstance(value, python_type):
            return kind
    return Kind(0)


def _wrong_type(parameter: Parameter, value: Value) -> ApiError:
    wanted = " or ".join((kind.name or "").lower() for kind in parameter.kinds)
    return stricter(f'parameter "{parameter.name}" must be of type {wanted}, not {str(value)[:60]!r}')


def _check_encoding(value: Value) -> None:
    """Raise ApiError for half of a surrogate pair, which JSON can spell and UTF-8 cannot."""
    if isinstance(value, Upload | int):
        return
    try:
        (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()
    except UnicodeEncodeError:
        raise malformed("strings must be encoded in UTF-8") from None


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _check_limits(parameter: Parameter, value: Value) -> None:
    name = parameter.name
    if isinstance(value, str):
        if parameter.values and value not in parameter.values:
            raise malformed("unsupported parse_mode" if name == "parse_mode" else f"wrong parameter {name} in request")
        if parameter.longest is not None and not (parameter.shortest or 0) <= len(value) <= parameter.longest:
            raise malformed(f"{_spoken(name)} must be {parameter.shortest}-{parameter.longest} characters long")
    elif isinstance(value, int):
        too_small = parameter.least is not None and value < parameter.least
        if too_small or (parameter.most is not None and value > parameter.most):
            raise malformed(f"{name} must be between {parameter.least} and {parameter.most}")
