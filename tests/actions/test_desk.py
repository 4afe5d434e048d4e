"""`parley desk`: the same gate, second editor and audit as on Telegram, for scripts."""

import sqlite3
from pathlib import Path

import pytest

from bot.cli import main
from tests.conftest import ROOT

FILE = ROOT / "content" / "ukraine-ceasefire-2025" / "questions" / "what-was-agreed.md"


@pytest.fixture
def house(house: Path) -> Path:
    """Return the folder with a changed file in it besides."""
    changed = FILE.read_text(encoding="utf-8").replace("question: What did", "question: What exactly did", 1)
    (house / FILE.name).write_text(changed, encoding="utf-8")
    return house


def rows(house: Path, query: str) -> list[tuple[object, ...]]:
    """Return what the database says."""
    connection = sqlite3.connect(house / "parley.db")
    try:
        with connection:
            return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_script_publishes_corrects_withdraws_and_appoints(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each does what it says, once, and the audit names who; what would break something else is refused."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["desk", *arguments])
        return code, "".join(capsys.readouterr())

    code, said = run("publish", FILE.name)
    assert (code, "--change KIND" in said) == (1, True)
    assert run("correct", FILE.name, "--note", "the title was wrong", "--since", "1")[0] == 0
    assert run("publish", FILE.name) == (0, "Nothing to publish: it is all published as it is.\n")
    assert run("publish", "missing.md")[0] == 2
    code, said = run("retire", "putins-position", "--note", "gone")
    assert (code, "unknown question 'putins-position'" in said) == (1, True)
    assert "no record is called moon" in run("retire", "moon", "--note", "gone")[1]
    assert run("retire", "event/trump-truth-social-statement", "--note", "taken down")[0] == 0
    assert run("grant", "8", "editor", "Anna") == (0, "8 is editor now.\n")
    assert run("revoke", "8")[0] == 0
    assert run("revoke", "8")[0] == 1
    (house / FILE.name).write_text("---\nquestion: x\n---\n# Short\n\nNo source.\n", encoding="utf-8")
    code, said = run("publish", FILE.name, "--change", "minor", "--note", "x")
    assert (code, "paragraph without citation" in said) == (1, True)
    found = rows(house, "SELECT change, note, author FROM revisions ORDER BY publication DESC LIMIT 2")
    assert [(change, note) for change, note, _ in found] == [
        ("retraction", "taken down"),
        ("correction", "the title was wrong"),
    ]
    assert all(str(author).startswith("shell:") for *_, author in found)
    assert rows(house, "SELECT since FROM corrections ORDER BY publication")[0] == (1,)
    did = [did for (did,) in rows(house, "SELECT did FROM audit WHERE who LIKE 'shell:%' ORDER BY id")]
    assert did == ["confirmed", "published", "confirmed", "published", "granted", "revoked"]


def test_a_script_waits_for_a_second_editor_too(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a process wants four eyes, what a shell publishes waits for approval on Telegram."""
    process = ROOT / "content" / "ukraine-ceasefire-2025" / "process.yaml"
    (house / "process.yaml").write_text(process.read_text(encoding="utf-8") + "four_eyes: true\n", encoding="utf-8")
    assert main(["desk", "publish", "process.yaml", "--change", "minor", "--note", "four eyes"]) == 0
    assert main(["desk", "publish", FILE.name, "--change", "minor", "--note", "a better title"]) == 1
    assert "No. 2 waits for a second editor: /approve 2" in capsys.readouterr().out
    assert rows(house, "SELECT state FROM proposals ORDER BY id") == [("done",), ("waiting",)]


def test_a_script_works_the_queue_and_takes_the_numbers(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list, an entry dismissed with a reason, wordings added through the gate, and the days as CSV."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["desk", *arguments])
        return code, "".join(capsys.readouterr())

    def asks(words: str, reader: str) -> None:
        values = f"('2025-03-20 12:00:00.000000', '{reader}', 'ukraine-ceasefire-2025', '{words}', 'open', '')"
        rows(house, f"INSERT INTO missed (at, reader, process, words, state, reason) VALUES {values}")  # noqa: S608

    assert run("queue") == (0, "")
    for words, reader in (("Who won the regatta?", "a"), ("Who won the regatta", "b"), ("Is it tall?", "a")):
        asks(words, reader)
    code, said = run("queue")
    assert (code, said.splitlines()[0]) == (
        *(0, "1\t2 readers\tukraine-ceasefire-2025\tWho won the regatta? | Who won the regatta"),
    )
    assert '"readers": 1' in run("queue", "--json")[1].splitlines()[1]
    assert run("dismiss", "3", "not ours") == (0, "Dismissed: Is it tall?\n")
    assert run("dismiss", "3", "not ours")[0] == 1
    assert run("add", "1", "moon")[0] == 1
    code, said = run("add", "1", "what-was-agreed")
    assert (code, said.startswith("Published: publication ")) == (0, True)
    assert "has these wordings already" in run("add", "1", "what-was-agreed")[1]
    assert rows(house, "SELECT did FROM audit WHERE did = 'dismissed'") == [("dismissed",)]
    assert "waiting for an answer: 2" in run("stats")[1]
    assert main(["desk", "stats", "--csv"]) == 0
