"""What a folder may hold, and what is said of everything else."""

from pathlib import Path

import pytest

from bot.errors import NoContent
from bot.importing import check, read_content
from tests.importing.sample import FILES, write

KNOWN = "process.yaml, parties.yaml, sources.yaml, events.yaml, probes.yaml, questions/, agreements/"


def _faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check(read_content(folder))]


@pytest.mark.parametrize("name", ["missing", "empty", "file"])
def test_a_folder_without_content_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    """A folder that is missing, empty or no folder at all raises NoContent with one line naming it."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "sub").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoContent) as refusal:
        read_content(tmp_path / name)
    assert str(tmp_path / name) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("source.yaml", "talks/source.yaml:1: unknown file 'source.yaml': did you mean 'sources.yaml'?"),
        ("events.yml", "talks/events.yml:1: unknown file 'events.yml': did you mean 'events.yaml'?"),
        ("x.pdf", f"talks/x.pdf:1: unknown file 'x.pdf': a process's folder holds {KNOWN}"),
        (
            "questions/a.txt",
            "talks/questions/a.txt:1: 'a.txt' is no question: name it by its slug, ending in .md: <slug>.md",
        ),
        (
            "agreements/a.yml",
            "talks/agreements/a.yml:1: 'a.yml' is no agreement: name it by its slug, ending in .yaml: <slug>.yaml",
        ),
        ("question/a.md", "talks/question:1: unknown file 'question': did you mean 'questions/'?"),
        ("../notes.md", "notes.md:1: 'notes.md' is in no process's folder: move it into one"),
    ],
)
def test_an_unknown_file_is_told_with_what_it_could_be(tmp_path: Path, name: str, expected: str) -> None:
    """A file that content does not know is never passed over in silence."""
    assert _faults(write(tmp_path, {**FILES, name: "x"})) == [expected]


@pytest.mark.parametrize(
    "name", ["README.md", ".notes", "events.yaml~", "questions/README.md", "../README.md", "../x.png"]
)
def test_readmes_dotfiles_and_backups_are_passed_over(tmp_path: Path, name: str) -> None:
    """Files that are no content by custom are no fault."""
    assert _faults(write(tmp_path, {**FILES, name: "x"})) == []


def test_a_process_folder_without_process_file_is_told_once(tmp_path: Path) -> None:
    """The missing file is the one fault; that its records now belong to nothing is not told besides."""
    write(tmp_path, {"process.yaml": FILES["process.yaml"].replace("parties: [northland, southland]\n", "")}, "first")
    write(tmp_path, {name: text for name, text in FILES.items() if name == "sources.yaml"}, "second")
    expected = "second/process.yaml:1: no process.yaml in this folder: write it, with title, summary and as_of"
    assert _faults(tmp_path) == [expected]


def test_a_folder_whose_name_is_no_slug_is_told(tmp_path: Path) -> None:
    """A process's folder must be named by a slug."""
    expected = "My Talks:1: the folder's name 'My Talks' is no slug: rename it: use 1 to 40 of a-z, 0-9 and -"
    assert _faults(write(tmp_path, process="My Talks")) == [expected]


def test_a_file_whose_name_is_no_slug_is_told(tmp_path: Path) -> None:
    """A question's file must be named by a slug."""
    files = {**FILES, "questions/Who Else.md": FILES["questions/who-is-bound.md"]}
    problem = "the file's name 'Who Else' is no slug: rename it: use 1 to 40 of a-z, 0-9 and -"
    assert _faults(write(tmp_path, files)) == [f"talks/questions/Who Else.md:1: {problem}"]


@pytest.mark.parametrize("name", ["sources.yaml", "questions/who-is-bound.md", "agreements"])
def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    """What stands outside the folder is not read, by whatever link, and nothing is said of what then lacks."""
    folder = write(tmp_path / "content")
    inside, outside = folder / "talks" / name, tmp_path / "outside"
    inside.rename(outside)
    inside.symlink_to(outside)
    problem = "a link that leads out of the folder, or nowhere: put the file or folder itself here"
    assert _faults(folder) == [f"talks/{name}:1: {problem}"]


def test_a_process_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A whole process cannot be linked in from elsewhere."""
    write(tmp_path / "elsewhere", process="other")
    folder = write(tmp_path / "content")
    (folder / "other").symlink_to(tmp_path / "elsewhere" / "other")
    problem = "a link that leads out of the folder, or nowhere: put the file or folder itself here"
    assert _faults(folder) == [f"other:1: {problem}"]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    """A link to another file of the same content is read like a file."""
    write(tmp_path)
    (tmp_path / "talks" / "questions" / "who-is-bound.md").rename(tmp_path / ".kept")
    (tmp_path / "talks" / "questions" / "who-is-bound.md").symlink_to(tmp_path / ".kept")
    assert _faults(tmp_path) == []


def test_a_folder_where_a_file_must_be_is_told(tmp_path: Path) -> None:
    """A folder named like a file is a fault, not a crash."""
    (write(tmp_path) / "talks" / "questions" / "x.md").mkdir()
    assert _faults(tmp_path) == ["talks/questions/x.md:1: this is no file: put a file of this name here"]


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the operating system refuses is a fault that names the reason."""
    write(tmp_path)
    opened = Path.open

    def refuse(path: Path, mode: str = "r") -> object:
        if path.name == "sources.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert _faults(tmp_path) == ["talks/sources.yaml:1: cannot be read: Permission denied: let Parley's user read it"]


def test_text_in_another_encoding_is_told_at_its_line(tmp_path: Path) -> None:
    """A file that is not UTF-8 is reported at the first byte that shows it."""
    (write(tmp_path) / "talks" / "parties.yaml").write_bytes("- slug: a\n  name: Café\n".encode("latin-1"))
    assert _faults(tmp_path) == ["talks/parties.yaml:2: the text is not UTF-8: save the file with the encoding UTF-8"]


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    """More than 1 MiB is no content, and is not parsed."""
    (write(tmp_path) / "talks" / "sources.yaml").write_bytes(b"#" * (1024 * 1024 + 1))
    expected = "the file is larger than 1 MiB: split it, or remove what is not content"
    assert _faults(tmp_path) == [f"talks/sources.yaml:1: {expected}"]


def test_a_file_name_cannot_break_the_line_of_its_fault(tmp_path: Path) -> None:
    """Whatever a file is called, its fault prints as one line."""
    found = _faults(write(tmp_path, {**FILES, "a\nb\x1b.yaml": "x"}))
    assert found == [f"talks/a b?.yaml:1: unknown file 'a b?.yaml': a process's folder holds {KNOWN}"]
