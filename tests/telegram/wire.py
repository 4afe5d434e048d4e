"""Raw parameters of a request, whichever of Telegram's four ways it used to carry them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from tests.telegram.errors import ApiError, malformed
from tests.telegram.payload import JsonObject, Upload


@dataclass(frozen=True, slots=True)
class RawRequest:
    """Texts still to be read by type (query and forms), values with a type of their own (JSON), and files."""

    texts: Mapping[str, str]
    values: JsonObject
    files: Mapping[str, Upload]

    @property
    def names(self) -> list[str]:
        """Every parameter's name, in the order it came; a file named by an attach:// parameter is not one."""
        attached = {text.removeprefix("attach://") for text in self.texts.values() if text.startswith("attach://")}
        return [*self.texts, *self.values, *(name for name in self.files if name not in attached)]


async def read_request(request: web.Request) -> RawRequest:
    """Return the request's parameters. Raises ApiError for a body that is not what its content type says."""
    try:
        return await _read(request)
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large", malformed=True) from None


async def _read(request: web.Request) -> RawRequest:
    texts = {name: str(value) for name, value in request.query.items()}
    if request.method != "POST" or not request.can_read_body:
        return RawRequest(texts, {}, {})
    if request.content_type == "application/json":
        return RawRequest(texts, _json_object(await request.text()), {})
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return await _read_form(request, texts)
    raise malformed(f'unsupported content type "{request.content_type}"')


def _json_object(body: str) -> JsonObject:
    try:
        value = json.loads(body)
    except ValueError:
        raise malformed("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise malformed("can't parse JSON object: an object is expected")
    return value


async def _read_form(request: web.Request, texts: dict[str, str]) -> RawRequest:
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except ValueError as error:
        raise ApiError(400, f"Bad Request: can't parse the form: {error}", malformed=True) from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        elif isinstance(value, str):
            texts[name] = value
        else:  # a part with a content type of its own and no file name
            texts[name] = bytes(value).decode()
    return RawRequest(texts, {}, files)
