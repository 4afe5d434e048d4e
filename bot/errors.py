"""Every error Parley raises on purpose.

    ParleyError
    ├── OperatorError            one clear line for whoever runs Parley, exit code 2
    │   ├── SettingsError        a setting is missing or wrong
    │   ├── TemplateError        a template is missing, broken, or asks for what it is not given
    │   ├── NoContent            a folder named as content holds none
    │   ├── BrokenContent        the content that is to fill an empty database has faults
    │   ├── UsageError           the command line names too little or too much
    │   ├── FileRefused          a file or folder to be written is there already, or cannot be written
    │   ├── StorageError         the database cannot be opened, read or written
    │   │   ├── NewerDatabase    it was written by a newer Parley
    │   │   └── StorageBusy      another process holds it; trying again can help
    │   └── ChannelError         Telegram cannot be reached or refuses us
    │       ├── TokenRefused     the token is wrong or revoked
    │       └── Unreachable      no answer from the server; trying again can help
    ├── PictureFailed            a picture could not be painted
    ├── BackupRefused            a backup failed a check: damaged, or not Parley's, exit code 1
    ├── ContentRefused           content has faults; carries each with file and line, exit code 1
    └── ChangeNeeded             an import would change published records and was not told how, exit code 1

`key` names the entry of `templates/<locale>/failures.j2` that a reader sees; the exception's own text is for the log
and the operator and never reaches a reader. `retry` says whether trying the same thing again can help.
"""

from typing import ClassVar


class ParleyError(Exception):
    """The root of the tree: something Parley names, so that nobody meets a bare traceback."""

    key: ClassVar[str] = "unexpected"
    retry: ClassVar[bool] = False
    exit_code: ClassVar[int] = 2


class OperatorError(ParleyError):
    """What only the operator can mend; its text is one line that says what to do."""


class SettingsError(OperatorError):
    """A setting is missing or wrong."""


class TemplateError(OperatorError):
    """A template is missing, does not compile, or asks for a value that it is not given."""


class NoContent(OperatorError):
    """A folder named as content holds none."""


class UsageError(OperatorError):
    """The command line names too little, or two things that exclude each other."""


class FileRefused(OperatorError):
    """A file or folder that was to be written is there already, or cannot be written."""


class BrokenContent(OperatorError):
    """The content that is to fill an empty database has faults."""


class StorageError(OperatorError):
    """The database cannot be opened, read or written."""

    key = "not_saved"
    retry = True


class NewerDatabase(StorageError):
    """The database was written by a newer Parley than this one."""

    retry = False


class StorageBusy(StorageError):
    """Another process held the database for longer than the busy timeout."""


class ChannelError(OperatorError):
    """Telegram cannot be reached or refuses us."""


class TokenRefused(ChannelError):
    """The token is wrong or was revoked."""


class Unreachable(ChannelError):
    """The server did not answer."""

    retry = True


class PictureFailed(ParleyError):
    """A picture could not be painted."""


class BackupRefused(ParleyError):
    """A backup failed a check: it is damaged, or not Parley's. Nothing was written."""

    exit_code = 1


class ContentRefused(ParleyError):
    """Content has faults; `report` holds a line for each, with file, line and what to do."""

    exit_code = 1

    def __init__(self, report: tuple[str, ...]) -> None:
        super().__init__("\n".join(report))
        self.report = report


class ChangeNeeded(ParleyError):
    """An import would change published records and was not told which kind of change it is."""

    exit_code = 1
