"""Settings: read once from the environment and `.env`, checked, and passed in."""

import logging
import os
from pathlib import Path
from typing import Annotated, Final

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from rapidfuzz.process import extractOne

from bot.errors import SettingsError
from bot.shipped import shipped

_LOG: Final = logging.getLogger(__name__)
_PREFIX: Final = "PARLEY_"
_FILE: Final = ".env"
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")


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


class Settings(BaseSettings):
    """Everything that can be set. `.env.example` lists the same, with what each means."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    telegram_token: Annotated[SecretStr | None, BeforeValidator(_empty_is_none), AfterValidator(_token)] = None
    telegram_api_url: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///parley.db"
    owner_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    desk_chat_id: Annotated[int | None, BeforeValidator(_empty_is_none)] = None
    content_dir: Path = Field(default_factory=lambda: shipped("content"))
    templates_dir: Path = Field(default_factory=lambda: shipped("templates"))
    broadcast_rate: Annotated[float, Field(gt=0, le=1000)] = 25  # messages a second
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"


def read_settings() -> Settings:
    """Return the settings; raises SettingsError with one line that names each wrong one and never its value.

    A name that is no setting is warned of: most likely it is one misspelt.
    """
    try:
        _warn_of_unknown()
        return Settings()
    except ValidationError as error:
        lines = (
            f"{_name(fault['loc'])} is wrong: {_reason(fault['msg'])}" for fault in error.errors(include_input=False)
        )
        raise SettingsError("; ".join(dict.fromkeys(lines)) + ". See .env.example.") from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not in UTF-8: save it again as UTF-8.") from None


def _warn_of_unknown() -> None:
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    written = {*os.environ, *dotenv_values(_FILE, encoding="utf-8")}
    for name in sorted(written - known):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            match = extractOne(name.upper(), known)
            _LOG.warning("%s is no setting and was ignored; did you mean %s?", name, match[0])


def _name(location: tuple[int | str, ...]) -> str:
    return f"{_PREFIX}{location[0]}".upper()


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
