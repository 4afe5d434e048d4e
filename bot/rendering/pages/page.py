"""What every page is."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Page:
    """What a template is rendered from."""

    template: ClassVar[str]
