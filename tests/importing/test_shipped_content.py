"""The content that ships has no faults."""

from pathlib import Path

import pytest

from bot.errors import NoContent
from bot.importing import check, read_content

CONTENT = Path(__file__).parents[2] / "content"


def test_the_content_that_ships_has_no_faults() -> None:
    """Every file below content/ reads, passes the gate, and its probes lead somewhere."""
    try:
        content = read_content(CONTENT)
    except NoContent as reason:
        pytest.skip(f"nothing to check yet: {reason}")
    assert [str(fault) for fault in check(content)] == []
