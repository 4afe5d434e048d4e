"""The command line, as real processes."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.forked import run
from tests.telegram import Call, FakeTelegram

QUESTION = "What did Trump and Putin agree on the telephone?"


def parley(
    folder: Path, *arguments: str, stdin: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run parley in `folder` with nothing of the outside's settings."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return run(folder, arguments, {**outside, **environment}, stdin.encode() if isinstance(stdin, str) else stdin)


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the one line of a failure that only the operator can mend."""
    assert done.returncode == 2, done.stderr.decode()
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, done.stderr.decode()
    return lines[0]


def test_ask_answers_in_words(tmp_path: Path) -> None:
    """A question on the command line is answered with its source, nothing folded."""
    done = parley(tmp_path, "ask", QUESTION)
    assert done.returncode == 0, done.stderr
    assert "Putin has already given the order" in done.stdout.decode()
    assert "blue News" in done.stdout.decode()


def test_ask_speaks_json_a_line_a_question(house: Path) -> None:
    """For `-`, each line of standard input gets one object with the contract's keys, whatever the line holds."""
    lines = [QUESTION, "recipe for borscht", "", "{{ 7*7 }} \u202e <b>", "x" * 6000]
    done = parley(house, "ask", "--json", "-", stdin="\n".join(lines).encode() + b"\n\xff\xfe\n")
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 5
    for answer in answers:
        assert list(answer) == ["question", "outcome", "answer", "suggestions", "text"]
        assert answer["outcome"] in {"answer", "suggestions", "none"}
    assert answers[0]["outcome"] == "answer"
    assert answers[0]["answer"]["kind"] == "question"
    assert answers[0]["answer"]["slug"] == "what-was-agreed"
    assert 0 < answers[0]["answer"]["score"] <= 1
    assert answers[1]["answer"] is None
    assert answers[3]["outcome"] == "none"


@pytest.mark.parametrize("command", ["run", "chat", "ask", "check", "import", "probe"])
def test_help_explains_each_command_with_an_example(tmp_path: Path, command: str) -> None:
    """`parley COMMAND --help` ends with an example of its use."""
    done = parley(tmp_path, command, "--help")
    assert done.returncode == 0
    assert f"Example: {'PARLEY' if command == 'run' else 'parley'}" in done.stdout.decode()


def test_used_wrongly_is_exit_code_two(tmp_path: Path) -> None:
    """An unknown command or option is explained, with exit code 2."""
    assert parley(tmp_path, "frobnicate").returncode == 2
    assert parley(tmp_path).returncode == 2
    assert parley(tmp_path, "import", "x", "--change", "huge").returncode == 2


def test_check_names_each_fault_with_its_line(tmp_path: Path) -> None:
    """A folder with faults lists them and exits with 1."""
    folder = tmp_path / "content" / "talks"
    folder.mkdir(parents=True)
    (folder / "process.yaml").write_text("titel: Talks\nas_of: 2025-02-30\nsummary:\n  - text: No source\n")
    done = parley(tmp_path, "check", "content")
    assert done.returncode == 1
    report = done.stdout.decode()
    assert "talks/process.yaml:1: unknown key 'titel'" in report
    assert "did you mean 'title'?" in report
    assert "talks/process.yaml:2: " in report


def test_import_says_what_it_added_changed_and_left(tmp_path: Path) -> None:
    """The first import adds, the second leaves, a changed file needs to be told how; nothing is half done."""
    shipped, copy = ROOT / "content", tmp_path / "content"
    subprocess.run(["cp", "-r", str(shipped), str(copy)], check=True)
    first = parley(tmp_path, "import", "content")
    assert first.returncode == 0, first.stderr
    assert first.stdout.decode().startswith("Added 19 (")
    assert parley(tmp_path, "import", "content").stdout.decode() == "Added 0; changed 0; left 19.\n"
    process = copy / "ukraine-ceasefire-2025" / "process.yaml"
    process.write_text(process.read_text().replace("ceasefire talks 2025", "talks of 2025"))
    refused = parley(tmp_path, "import", "content")
    assert refused.returncode == 1
    assert "process ukraine-ceasefire-2025" in refused.stderr.decode()
    changed = parley(tmp_path, "import", "content", "--change", "minor", "--note", "shorter title")
    assert changed.stdout.decode() == "Added 0; changed 1 (process ukraine-ceasefire-2025); left 18.\n"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PARLEY_LOG_LEVEL": "LOUD"}, "PARLEY_LOG_LEVEL is wrong: use one of DEBUG, INFO, WARNING, ERROR"),
        ({"PARLEY_TELEGRAM_TOKEN": "secret-without-colon"}, "PARLEY_TELEGRAM_TOKEN is wrong: a token looks like"),
        ({"PARLEY_TELEGRAM_API_URL": "ftp://x"}, "PARLEY_TELEGRAM_API_URL is wrong: it must begin with https://"),
        ({"PARLEY_OWNER_IDS": "ann"}, "PARLEY_OWNER_IDS is wrong"),
        ({"PARLEY_BROADCAST_RATE": "0"}, "PARLEY_BROADCAST_RATE is wrong"),
        ({"PARLEY_DATABASE_URL": "nonsense"}, "write PARLEY_DATABASE_URL like sqlite+aiosqlite:///parley.db"),
        ({"PARLEY_DATABASE_URL": "sqlite+aiosqlite://"}, "must name a file"),
        ({"PARLEY_DATABASE_URL": "sqlite+aiosqlite:////nowhere/at/all.db"}, "cannot be opened"),
        ({"PARLEY_TEMPLATES_DIR": "/nowhere"}, "check PARLEY_TEMPLATES_DIR"),
        ({"PARLEY_CONTENT_DIR": "/nowhere"}, "/nowhere"),
        ({"PARLEY_DATABASE_URL": "postgresql+asyncpg://localhost/x"}, "a driver that is not installed"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    """Whatever the operator set wrongly is named in one line that says what to do, with exit code 2."""
    line = one_line(parley(tmp_path, "ask", QUESTION, **environment))
    assert said in line
    assert "secret-without-colon" not in line


def test_a_database_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    """A newer database, a foreign one and a file that is none are each refused in one line."""
    newer, foreign, none = tmp_path / "newer.db", tmp_path / "foreign.db", tmp_path / "none.db"
    assert parley(tmp_path, "ask", QUESTION, PARLEY_DATABASE_URL=f"sqlite+aiosqlite:///{newer}").returncode == 0
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    connection.close()
    none.write_text("this is no database, however long it may be " * 100)
    for path, said in ((newer, "newer Parley"), (foreign, "not Parley's"), (none, "is no database")):
        line = one_line(parley(tmp_path, "ask", QUESTION, PARLEY_DATABASE_URL=f"sqlite+aiosqlite:///{path}"))
        assert said in line


def test_what_the_env_file_holds_is_checked(house: Path) -> None:
    """A line that is no setting is named with its number; a name that is none is warned of with the nearest."""
    (house / ".env").write_text("PARLEY_LOG_LEVEL=INFO\nthis is no setting\n")
    assert ".env:2: this is no setting" in one_line(parley(house, "ask", QUESTION))
    (house / ".env").write_text("PARLEY_TELEGRAM_TOKN=1\nPARLEY_LOG_LEVEL=\n")
    done = parley(house, "ask", QUESTION)
    assert done.returncode == 0
    assert "did you mean PARLEY_TELEGRAM_TOKEN?" in done.stderr.decode()


@pytest.mark.parametrize(("name", "text"), [("words.j2", "{% if %}"), ("help.j2", "{{ nope }}"), ("helpp.j2", "")])
def test_every_template_is_checked_at_start(tmp_path: Path, name: str, text: str) -> None:
    """One that others import, a name that is not given, and a file of no page are found before a reader meets them."""
    subprocess.run(["cp", "-r", str(ROOT / "templates"), str(tmp_path / "templates")], check=True)
    (tmp_path / "templates" / "en" / name).write_text(text)
    assert name in one_line(parley(tmp_path, "ask", QUESTION, PARLEY_TEMPLATES_DIR="templates"))


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    """A template that does not compile keeps Parley from starting, and says where."""
    subprocess.run(["cp", "-r", str(ROOT / "templates"), str(tmp_path / "templates")], check=True)
    (tmp_path / "templates" / "en" / "answer.j2").write_text("fine\n{% if %}\n")
    line = one_line(parley(tmp_path, "ask", QUESTION, PARLEY_TEMPLATES_DIR="templates"))
    assert "answer.j2:2" in line


def test_broken_content_keeps_an_empty_database_empty(tmp_path: Path) -> None:
    """Content with faults is not published; each start says so in one line and ends with 2."""
    folder = tmp_path / "content" / "talks"
    folder.mkdir(parents=True)
    (folder / "process.yaml").write_text("title: [\n")
    for _ in range(2):
        line = one_line(parley(tmp_path, "ask", QUESTION, PARLEY_CONTENT_DIR="content"))
        assert "talks/process.yaml:" in line
        assert "parley check content" in line


def test_an_unreachable_server_is_one_clear_line(house: Path) -> None:
    """Where nothing listens, `parley run` says so without the token and ends with 2."""
    done = parley(
        house,
        "run",
        PARLEY_TELEGRAM_TOKEN="123456789:AAaaBBbbCCccDDddEEee",
        PARLEY_TELEGRAM_API_URL="http://127.0.0.1:9",
        PARLEY_LOG_LEVEL="DEBUG",
    )
    assert done.returncode == 2
    text = done.stderr.decode()
    assert text.splitlines()[-1].startswith("parley: Telegram cannot be reached at http://127.0.0.1:9")
    assert "AAaaBBbbCCccDDddEEee" not in text
    assert "Traceback" not in text


async def start(folder: Path, telegram: FakeTelegram, **environment: str) -> asyncio.subprocess.Process:
    """Start `parley run` against the fake server."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
        env={
            **outside,
            "PYTHONPATH": str(ROOT),
            "PARLEY_TELEGRAM_TOKEN": telegram.token,
            "PARLEY_TELEGRAM_API_URL": telegram.url,
            **environment,
        },
    )


async def finished(process: asyncio.subprocess.Process, seconds: float) -> str:
    """Return the log of a process that ends by itself within that time."""
    try:
        _, log = await asyncio.wait_for(process.communicate(), seconds)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return log.decode()


async def test_the_real_process_answers_and_stops_on_sigterm(house: Path) -> None:
    """`parley run` answers over HTTP, keeps the token out of its log at every level, and stops within 5 s."""
    async with FakeTelegram() as telegram:
        chat = telegram.person(first_name="Ann").private_chat()
        process = await start(house, telegram, PARLEY_LOG_LEVEL="DEBUG")
        chat.send("/agreed")
        (answer,) = await chat.wait_for_messages(timeout=30)
        assert "blue News" in answer.text
        process.send_signal(signal.SIGTERM)
        log = await finished(process, 5)
        assert process.returncode == 0
        assert telegram.token.partition(":")[2] not in log
        assert "Traceback" not in log
        assert telegram.refusals == []


async def test_a_wrong_token_is_one_clear_line(house: Path) -> None:
    """A token that Telegram does not know ends the start with 2 and is not shown."""
    async with FakeTelegram() as telegram:
        process = await start(house, telegram, PARLEY_TELEGRAM_TOKEN="123456789:AAaaBBbbCCccDDddEEee")
        log = await finished(process, 30)
    assert process.returncode == 2
    assert log.splitlines()[-1].startswith("parley: Telegram does not know the token")
    assert "AAaaBBbbCCccDDddEEee" not in log


async def test_a_question_taken_in_is_answered_even_after_sigkill(house: Path) -> None:
    """Killed before it could send, the next start answers what the inbox holds, and Telegram need not ask again."""
    async with FakeTelegram() as telegram:
        reached = asyncio.Event()

        async def hold(call: Call) -> None:
            if call.method == "sendMessage" and not reached.is_set():
                reached.set()
                await asyncio.Event().wait()

        telegram.interceptors.append(hold)
        chat = telegram.person(first_name="Ann").private_chat()
        first = await start(house, telegram)
        chat.send("/agreed")
        await asyncio.wait_for(reached.wait(), 30)
        first.kill()
        await first.wait()
        second = await start(house, telegram)
        (answer,) = await chat.wait_for_messages(timeout=30)
        assert "blue News" in answer.text
        second.send_signal(signal.SIGTERM)
        await finished(second, 5)
        chat.quiet()
