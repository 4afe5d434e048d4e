"""What is written about Parley is true of it."""

import re

from bot.settings import Settings
from tests.conftest import ROOT


def test_the_example_settings_are_the_settings() -> None:
    """.env.example names every setting and no other, each with its default or empty."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = dict(
        re.findall(r"^#? ?(PARLEY_[A-Z_]+)=(.*)$", line)[0] for line in lines if "PARLEY_" in line and "=" in line
    )
    assert set(named) == {f"PARLEY_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        written = named[f"PARLEY_{name.upper()}"]
        if field.default_factory is None:
            assert written in {"", str(field.default)}, name


def test_every_command_of_the_readme_is_a_target() -> None:
    """Each `make x` that the documents name exists in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"):
        used = set(re.findall(r"`make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert used <= targets, name


def test_the_locks_name_no_addresses() -> None:
    """Lock files carry versions and hashes, never where to get them."""
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^--", text, re.MULTILINE)
        for block in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE):
            assert not block.strip() or "--hash=sha256:" in block, block[:80]
