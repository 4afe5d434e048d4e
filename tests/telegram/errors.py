"""What a refused call raises: the code and words of the answer, and whether the request itself was at fault."""

from tests.telegram.payload import JsonObject

STRICTNESS = "(fake server strictness)"


class ApiError(Exception):
    """An answer with "ok": false.

    `malformed` marks a request that no state of Telegram would have made right (an unknown parameter, a text too long,
    HTML that does not parse). Those are recorded in `telegram.refusals`; an answer such as "chat not found" is not.
    """

    def __init__(
        self, code: int, description: str, *, malformed: bool = False, parameters: JsonObject | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.malformed = malformed
        self.parameters = parameters

    def body(self) -> JsonObject:
        """Return the JSON that Telegram answers with."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> ApiError:
    """Return a 400 about the state of things: the same call may be right at another time."""
    return ApiError(400, f"Bad Request: {words}")


def malformed(words: str) -> ApiError:
    """Return a 400 about the request itself, to be recorded as a refusal."""
    return ApiError(400, f"Bad Request: {words}", malformed=True)


def stricter(words: str) -> ApiError:
    """Return a 400 for what Telegram would let pass, or where its own words are not known."""
    return malformed(f"{words} {STRICTNESS}")


def forbidden(words: str) -> ApiError:
    """Return a 403."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """Return a 409."""
    return ApiError(409, f"Conflict: {words}")
