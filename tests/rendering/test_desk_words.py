"""Every short word that a command says to an owner has its sentence."""

import re

import pytest

from bot.rendering.engine import Templates
from bot.rendering.limits import visible
from bot.rendering.pages.desk import DeskPage
from tests.conftest import ROOT

TEMPLATES = Templates(ROOT / "templates")
SAID = {
    state
    for path in (ROOT / "bot" / "commands").rglob("*.py")
    for state in re.findall(r'DeskPage\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))
}
WRITTEN = set(re.findall(r'state == "([^"]+)"', (ROOT / "templates" / "en" / "desk.j2").read_text(encoding="utf-8")))


def test_what_is_said_is_what_is_written() -> None:
    """No command uses a word that the template lacks, and no sentence stands there unused."""
    assert SAID == WRITTEN


@pytest.mark.parametrize("state", sorted(SAID))
@pytest.mark.parametrize("count", [1, 2])
def test_each_word_fits_a_message(state: str, count: int) -> None:
    """Each is a short sentence, however long and odd the title in it."""
    text = TEMPLATES.render(DeskPage(state, "<b>&\n" * 500, count), "en")
    assert 10 < len(visible(text)) < 1000
    assert "<b>&" not in text
