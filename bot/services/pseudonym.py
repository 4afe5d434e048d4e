"""Pseudonyms: what stands for a reader in ratings and reports."""

import hashlib
import hmac
from typing import Final


class Pseudonyms:
    """Keyed hashes of readers' ids. The key lives outside the database, so that the database alone names nobody."""

    def __init__(self, secret: bytes) -> None:
        """Derive the key from a secret of the installation, for this one use."""
        self._key: Final = hashlib.sha256(b"parley reader pseudonyms\0" + secret).digest()

    def __repr__(self) -> str:
        """Return a form without the key."""
        return "Pseudonyms()"

    def of(self, reader: int) -> str:
        """Return the reader's pseudonym: 32 hexadecimal digits, always the same under one key."""
        return hmac.new(self._key, str(reader).encode(), hashlib.sha256).hexdigest()[:32]
