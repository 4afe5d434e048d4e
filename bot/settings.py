"""Settings: read once from the environment and `.env`, checked, and passed in."""

import logging
import os
import re
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from rapidfuzz.process import extractOne

from bot.env_file import names_in
from bot.errors import SettingsError
from bot.shipped import shipped

_LOG: Final = logging.getLogger(__name__)
_PREFIX: Final = "PARLEY_"
_FILE: Final = ".env"
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_TELEGRAM: Final = "https://api.telegram.org"
_HTTPS: Final = 443
_PORTS: Final = frozenset({_HTTPS, 80, 88, 8443})  # where Telegram posts to, by the Bot API
_WEBHOOK: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::([0-9]{1,5}))?(/[A-Za-z0-9._~:/-]*)?")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HEALTH: Final = "/healthz"  # the health page has it, on the same port
_FREE_RATE: Final = 30  # messages a second, by Telegram's own figures
_LISTEN: Final = ("127.0.0.1", 8080)
_PORT_LIMIT: Final = 65536


def _empty_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _ids(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _level(value: str) -> str:
    if value.upper() not in _LEVELS:
        raise ValueError(f"use one of {', '.join(_LEVELS)}")
    return value.upper()


def _token(value: SecretStr | None) -> SecretStr | None:
    if value is not None:
        number, colon, secret = value.get_secret_value().partition(":")
        if not (number.isdigit() and colon and secret) or any(part.isspace() for part in secret):
            raise ValueError("a token looks like 123456789:AAE…; copy the whole of what @BotFather gave you")
    return value


def _http(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("it must begin with https:// or http://")
    return value.rstrip("/")


def _webhook(value: str | None) -> str | None:
    if value is not None:
        parts = _WEBHOOK.fullmatch(value)
        if not parts or not 0 < int(parts[1] or _HTTPS) < _PORT_LIMIT:
            raise ValueError("write https://, your host and a path of letters, digits and -._~:/ only")
        if parts[2] == _HEALTH:
            raise ValueError(f"{_HEALTH} is the health page's; take another path")
    return value


def _secret(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("take 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return value


def _address(value: object) -> object:
    if not isinstance(value, str):
        return value
    host, _, port = value.strip().rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    plain = ":" not in bare or bare != host  # an IPv6 address needs its brackets
    if not bare or not plain or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < _PORT_LIMIT:
        raise ValueError("write host:port, for example 127.0.0.1:8080 or [::1]:8080")
    return bare, int(port)


class Settings(BaseSettings):
    """Everything that can be set. `.env.example` lists the same, with what each means."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_ignore_empty=True,
        env_file=_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
    )

    telegram_token: Annotated[SecretStr | None, BeforeValidator(_empty_is_none), AfterValidator(_token)] = None
    telegram_api_url: Annotated[str, AfterValidator(_http)] = _TELEGRAM
    database_url: str = "sqlite+aiosqlite:///parley.db"
    owner_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    desk_chat_id: Annotated[int | None, BeforeValidator(_empty_is_none)] = None
    content_dir: Path = Field(default_factory=lambda: shipped("content"))
    templates_dir: Path = Field(default_factory=lambda: shipped("templates"))
    broadcast_rate: Annotated[float, Field(gt=0, le=1000)] = 25  # messages a second
    publish_hold: Annotated[int, Field(ge=0, le=3600)] = 120  # seconds in which a publication can be taken back
    paid_broadcast: bool = False  # above 30 a second; Telegram takes Stars for each message
    correction_days: Annotated[int, Field(gt=0, le=3650)] = 90  # how far back messages are corrected
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    webhook_url: Annotated[str | None, BeforeValidator(_empty_is_none), AfterValidator(_webhook)] = None
    webhook_listen: Annotated[
        tuple[str, int] | None, NoDecode, BeforeValidator(_address), BeforeValidator(_empty_is_none)
    ] = None
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_empty_is_none), AfterValidator(_secret)] = None

    @property
    def webhook(self) -> tuple[str, str] | None:
        """Return where Telegram is to deliver, and the secret it shows there; None where it is polled."""
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        return self.webhook_url, self.webhook_secret.get_secret_value()

    @property
    def listen(self) -> tuple[str, int] | None:
        """Return the host and port to listen on; None where nothing is to be served."""
        return self.webhook_listen or (_LISTEN if self.webhook_url else None)

    @model_validator(mode="after")
    def _free_or_paid(self) -> Self:
        if self.broadcast_rate > _FREE_RATE and not self.paid_broadcast:
            raise ValueError(
                f"PARLEY_BROADCAST_RATE is wrong: above {_FREE_RATE} a second Telegram takes Stars for each message; "
                "set PARLEY_PAID_BROADCAST=true if you want that"
            )
        return self

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if self.webhook_url is None:
            if self.webhook_secret is not None:
                raise ValueError("PARLEY_WEBHOOK_SECRET is set without PARLEY_WEBHOOK_URL: set both or neither")
            return self
        if self.webhook_secret is None:
            raise ValueError("PARLEY_WEBHOOK_URL is set without PARLEY_WEBHOOK_SECRET: set both or neither")
        if self.telegram_api_url == _TELEGRAM:  # a Bot API server of one's own takes other addresses too
            if not self.webhook_url.startswith("https://"):
                raise ValueError("PARLEY_WEBHOOK_URL is wrong: Telegram delivers to https:// only")
            if (urlsplit(self.webhook_url).port or _HTTPS) not in _PORTS:
                raise ValueError("PARLEY_WEBHOOK_URL is wrong: Telegram delivers to ports 443, 80, 88 and 8443 only")
        return self


def read_settings() -> Settings:
    """Return the settings; raises SettingsError with one line that names each wrong one and never its value.

    A name that is no setting is warned of: most likely it is one misspelt.
    """
    _warn_of_unknown({*os.environ, *names_in(Path(_FILE))})
    try:
        return Settings()
    except ValidationError as error:
        lines = (_line(fault["loc"], _reason(fault)) for fault in error.errors(include_input=False))
        raise SettingsError("; ".join(dict.fromkeys(lines)) + ". See .env.example.") from None


def _warn_of_unknown(names: set[str]) -> None:
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    for name in sorted(names):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            match = extractOne(name.upper(), known)
            _LOG.warning("%s is no setting and was ignored; did you mean %s?", name, match[0])


def _line(location: tuple[int | str, ...], reason: str) -> str:
    """Return what is wrong with a setting; a reason for several together names them itself."""
    return f"{_PREFIX}{location[0]}".upper() + f" is wrong: {reason}" if location else reason


def _reason(fault: ErrorDetails) -> str:
    """Return what to write instead, for the kinds of fault that settings can have."""
    known = {
        "int_parsing": "write a whole number (several separated by commas, where several are wanted)",
        "float_parsing": "write a number",
        "greater_than": "it must be greater than 0",
        "greater_than_equal": "it must be 0 or more",
        "less_than_equal": f"it must be at most {fault.get('ctx', {}).get('le')}",
        "bool_parsing": "write true or false",
    }
    return known.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
