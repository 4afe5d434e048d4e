"""References to revisions, as buttons and logs carry them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.revision import RevisionRef
from tests.strategies import PIECES


@given(st.integers(0, 10**14), st.integers(0, 10**6))
def test_a_reference_reads_back_from_what_it_writes(record: int, number: int) -> None:
    """Record and number survive being written into a button."""
    ref = RevisionRef(record, number)
    assert RevisionRef.parse(str(ref)) == ref


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "12", "12.", ".3", "1.2.3", "a.b", "1.b", "-1.2", "+1.2", "1. 2", " 1.2", "1.2\n", "1,2", "1e3.2"),
        *("٣.٤", "\uff11.\uff12", "1.²", "1" * 16 + ".1", "1." + "9" * 400, "1_0.2", "0x1.2", "\x001.2"),
    ],
)
def test_what_is_no_reference_is_none(text: str) -> None:
    """Signs, blanks, digits of other alphabets, and numbers that no database holds are refused."""
    assert RevisionRef.parse(text) is None


@given(st.lists(st.one_of(st.sampled_from([*PIECES, ".", "1", "٣"]), st.text(max_size=4)), max_size=5).map("".join))
def test_hostile_text_never_raises(text: str) -> None:
    """Whatever a button or a reader sends is a reference that fits 64 bits, or none."""
    ref = RevisionRef.parse(text)
    assert ref is None or max(ref.record, ref.number) < 2**63
