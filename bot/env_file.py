"""The file `.env`: which names it sets, and what is wrong with it; pydantic-settings reads the values themselves."""

from pathlib import Path

from dotenv.parser import parse_stream

from bot.errors import SettingsError


def names_in(path: Path) -> set[str]:
    """Return the names that the file sets, none where there is no file.

    Raises SettingsError where it cannot be read, or holds a line that is no setting.
    """
    try:
        with path.open(encoding="utf-8") as file:
            bindings = list(parse_stream(file))
    except FileNotFoundError:
        return set()
    except UnicodeDecodeError:
        raise SettingsError(f"The file {path} is not in UTF-8: save it again as UTF-8.") from None
    except OSError as error:
        raise SettingsError(f"The file {path} cannot be read ({error.strerror}): check its permissions.") from None
    for binding in bindings:
        if binding.error:
            raise SettingsError(f"{path}:{binding.original.line}: this is no setting: write NAME=value.")
    return {binding.key for binding in bindings if binding.key}
