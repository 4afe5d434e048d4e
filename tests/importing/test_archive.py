"""A zip is read in memory: its files by process and place, or one fault; no path leads out and nothing explodes."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importing.archive import unpacked
from bot.importing.faults import FileFault
from bot.importing.text import MAX_BYTES


def zipped(*files: tuple[str, bytes], change: Callable[[zipfile.ZipInfo], None] | None = None) -> bytes:
    """Return a zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if change:
                change(info)
            archive.writestr(info, data)
    return packed.getvalue()


def link(info: zipfile.ZipInfo) -> None:
    """Make the entry a symbolic link."""
    info.external_attr = 0o120777 << 16


def test_files_are_found_by_their_process_and_place() -> None:
    """A zip of the folder and a zip of what is in it say the same; what systems add to zips is passed over."""
    files = (("process.yaml", b"p"), ("questions/a.md", b"q"))
    wanted = {("talks", "process.yaml"): b"p", ("talks", "questions/a.md"): b"q"}
    assert unpacked("talks.zip", zipped(*files)) == wanted
    inside = [(f"talks/{name}", data) for name, data in files]
    extra = [("talks/", b""), ("__MACOSX/talks/._a.md", b"x"), ("talks/.DS_Store", b"x"), ("README.md", b"x")]
    assert unpacked("any name.zip", zipped(*inside, *extra)) == wanted


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be read"),
        (b"PK\x03\x04 and no more", "cannot be read"),
        (zipped(("talks/a.yaml", b"x"))[:-8], "cannot be read"),
        (zipped(), "holds no files"),
        (zipped(("../etc/passwd", b"x")), "leads out"),
        (zipped(("talks/../../x.yaml", b"x")), "leads out"),
        (zipped(("/etc/passwd", b"x")), "leads out"),
        (zipped(("C:/x.yaml", b"x")), "leads out"),
        (zipped(("talks\\..\\x.yaml", b"x"), change=lambda info: setattr(info, "filename", "t\\..\\x")), "leads out"),
        (zipped(("talks/process.yaml", b"/etc/passwd"), change=link), "leads out"),
        (zipped(("Talks 2/process.yaml", b"x")), "in no process's folder"),
        (zipped(("talks/questions/deep/a.md", b"x")), "in no process's folder"),
        (zipped(("talks/a.yaml", b"0" * (MAX_BYTES + 1))), "too large unpacked"),
        (zipped(*((f"talks/agreements/a{n}.yaml", b"0" * MAX_BYTES) for n in range(9))), "too large unpacked"),
        (zipped(*((f"talks/agreements/a{n}.yaml", b"") for n in range(501))), "holds 501 files"),
    ],
)
def test_what_a_zip_must_not_do_is_refused(data: bytes, said: str) -> None:
    """Bombs, ways out, links, too many or broken: one fault that names it, and nothing is read."""
    found = unpacked("talks.zip", data)
    assert isinstance(found, FileFault)
    assert said in found.problem


def test_a_size_that_lies_is_not_believed() -> None:
    """Where the directory says that a bomb is small, it is read no further than that, and refused."""
    data = bytearray(zipped(("talks/a.yaml", b"0" * (3 * MAX_BYTES))))
    true = (3 * MAX_BYTES).to_bytes(4, "little")
    for _ in range(data.count(true)):
        place = data.index(true)
        data[place : place + 4] = (10).to_bytes(4, "little")
    found = unpacked("talks.zip", bytes(data))
    assert isinstance(found, FileFault) or all(len(content) <= 10 for content in found.values())


def test_the_same_place_twice_is_refused() -> None:
    """Two files of one name would let one be checked and the other published."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("talks/a.yaml", b"good"), ("talks/a.yaml", b"bad"))
    found = unpacked("talks.zip", data)
    assert isinstance(found, FileFault)
    assert "twice" in found.problem


@settings(max_examples=50)
@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 255))
def test_any_bytes_are_files_or_a_fault(noise: bytes, place: int, byte: int) -> None:
    """Neither noise nor a zip with a byte changed makes it raise."""
    spoilt = bytearray(zipped(("talks/a.yaml", b"- slug: x\n"), ("talks/process.yaml", noise)))
    spoilt[place % len(spoilt)] = byte
    for data in (noise, bytes(spoilt)):
        assert isinstance(unpacked("talks.zip", data), (dict, FileFault))
