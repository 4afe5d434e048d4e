"""Reading PA-X exports: what becomes of a row, and what a broken file is told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.agreement import Agreement, Laterality, Stage
from bot.domain.status import Reason, Status, status_on
from bot.importing.pax import read_export, records_of
from bot.importing.pax.signatories import split_signatories
from tests.importing.pax_sample import BASE, ROWS, Row, export

TODAY = date(2025, 3, 20)


def read(data: bytes, stored: dict[str, Agreement] | None = None) -> dict[str, Agreement]:
    """Return the agreements of an export that has no faults, by slug."""
    found = read_export("pax.csv", data, TODAY)
    assert found.faults == ()
    made, faults = records_of("pax.csv", found.rows, found.columns, stored or {})
    assert faults == ()
    return {str(agreement.slug): agreement for agreement in made}


def faults_of(data: bytes) -> list[str]:
    """Return the faults of an export as lines."""
    return [str(fault) for fault in read_export("pax.csv", data, TODAY).faults]


def test_a_row_becomes_an_agreement_with_all_that_it_says() -> None:
    """Title, date, places, codes, signatories and links stand in the record, each as PA-X has it."""
    protocol = read(export())["pax-1"]
    assert (protocol.title, protocol.stage) == ("Protocol of the Harbour Talks", Stage.CEASEFIRE)
    assert str(protocol.dates.signed and protocol.dates.signed.on) == "2014-09-05"
    assert protocol.countries == ("Northland", "Harbour")
    assert protocol.signatories == ("Ann Lee, for Northland", "Bo Ray, for the Harbour Council")
    assert protocol.signed_as == BASE["Part"]
    assert protocol.third_parties == ()
    assert protocol.third_parties_as == "Witnessed by:\n\nThe Herald of Peace"
    assert protocol.ucdp_id == "1113"
    assert protocol.links == (BASE["PAX_Hyperlink"], BASE["PDF_Hyperlink"])
    assert protocol.dataset
    assert (protocol.dataset.version, protocol.dataset.stage) == (2, "ceasefire: related")
    assert (protocol.dataset.type, protocol.dataset.status) == ("within a state", "Multiparty signed/agreed")


def test_nothing_is_invented() -> None:
    """No status beyond PA-X's own, no signature of what one side declared, no description where there is none."""
    found = read(export())
    assert found["pax-3"].laterality is Laterality.UNILATERAL
    assert found["pax-3"].dates.signed is None
    assert found["pax-4"].dates.signed is None
    assert "gives no description" in found["pax-2"].purpose.text
    for agreement in found.values():
        standing = status_on(agreement, TODAY)
        assert standing
        assert (standing.status, standing.reason) == (Status.UNCLEAR, Reason.NOT_IN_DATASET)
        assert status_on(agreement, date(2014, 9, 4)) is None


def test_what_a_text_refers_to_is_linked_where_only_one_agreement_is_called_so() -> None:
    """The protocol is named in full; "the peace agreement" may be any, and a later one cannot be meant."""
    twice = [*ROWS, BASE | {"AgtId": "5", "Agt": "Harbour Accord"}, BASE | {"AgtId": "6", "Agt": "Harbour Accord"}]
    names = "Protocol of the Harbour Talks and the Harbour Accord"
    later = BASE | {"AgtId": "7", "Agt": "Opening", "Dat": "01/01/2014", "OthAgr": names}
    found = read(export([*twice, later]))
    assert found["pax-2"].refers_to == ("pax-1",)
    assert found["pax-7"].refers_to == ()


def test_both_ways_to_write_a_date_and_both_ends_of_a_line_are_read() -> None:
    """The official form has ISO dates, a byte-order mark or none, and its own line ends."""
    row = BASE | {"Dat": "2014-09-05", "UcdpAgr": "NA"}
    without = ("description", "PAX_Hyperlink", "PDF_Hyperlink", "Reg")
    agreement = read(b"\xef\xbb\xbf" + export([row], without=without).replace(b"\r\n", b"\n"))["pax-1"]
    assert str(agreement.dates.signed and agreement.dates.signed.on) == "2014-09-05"
    assert agreement.ucdp_id is None
    assert agreement.links == ("https://www.peaceagreements.org/agreements/1/",)


def test_what_an_export_has_no_column_for_stays() -> None:
    """The official form lacks descriptions: it takes none away. An older coding changes nothing."""
    known = read(export())
    sparse = export([ROWS[0] | {"Agt": "Protocol of the Harbour"}], without=("description", "PDF_Hyperlink", "Part"))
    again = read(sparse, known)["pax-1"]
    assert again.title == "Protocol of the Harbour"
    assert (again.purpose, again.links, again.signed_as) == (
        known["pax-1"].purpose,
        known["pax-1"].links,
        known["pax-1"].signed_as,
    )
    assert read(export([ROWS[0] | {"Ver": "1", "Agt": "Older"}]), known) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"Dat": "31/02/2014"}, "Dat '31/02/2014' is no date"),
        ({"Dat": "09/15/2014"}, "is no date"),
        ({"Dat": "05/09/2094"}, "lies in the future"),
        ({"Dat": "05/09/1014"}, "lies before 1900"),
        ({"AgtId": "x1"}, "AgtId is 'x1'"),
        ({"PP": ""}, "PP is ''"),
        ({"Agt": " \n "}, "Agt is blank"),
        ({"PPName": "NA"}, "PPName is blank"),
        ({"Stage": "New"}, "unknown Stage 'New'"),
        ({"Status": "signed"}, "unknown Status 'signed'"),
        ({"PAX_Hyperlink": "javascript:alert(1)"}, "is no link"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(change: Row, told: str) -> None:
    """Line, what is wrong, and what to do; the other rows are read all the same."""
    found = read_export("pax.csv", export([ROWS[1], BASE | change, ROWS[3]]), TODAY)
    assert len(found.rows) == 2
    (fault,) = map(str, found.faults)
    assert fault.startswith("pax.csv:6: ")  # the row before it has line breaks in its cells
    assert told in fault


WHOLE = export()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "pax.csv:1: the file is empty"),
        (WHOLE.decode().encode("utf-16"), "encoded in UTF-16"),
        (WHOLE.replace(b"Lake talks", b"Lac \xe9t\xe9"), "pax.csv:9: the text is not encoded in UTF-8"),
        (WHOLE.replace(b"Lake", b"La\0ke"), "it holds a NUL"),
        (export(delimiter=";"), "set apart by semicolons"),
        (export(delimiter="\t"), "set apart by tabs"),
        (b"name,age\nAnn,7\n", "this is no export of PA-X: it lacks the columns Agt, AgtId, Con, Dat"),
        (export(without=["Dat"]), "it lacks the column Dat"),
        (WHOLE.replace(b"Contp", b"Con", 1), "two columns are called 'Con'"),
        (WHOLE[: WHOLE.index(b"Herald")], "the file ends within quotation marks"),
        (WHOLE[:-4], "the file ends in the middle of a line"),
        (WHOLE[: WHOLE.rindex(b",7,")], "cells where the header has 20"),
        (export([*ROWS, BASE]), "agreement 1 stands in line 2 already"),
        (export([BASE | {"description": "x" * 10_000_000}]), "a cell has more than 131,072 characters"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not encoded in UTF-8"),
    ],
)
def test_a_broken_file_is_told_what_is_wrong(data: bytes, told: str) -> None:
    """Truncated, mis-encoded, wrongly delimited, foreign, doubled or swollen: a clear line each."""
    assert any(told in line for line in faults_of(data)), faults_of(data)


@settings(max_examples=50)
@given(st.binary(max_size=300), st.integers(0, 2000), st.integers(0, 2000))
def test_no_damage_to_an_export_is_more_than_a_fault(junk: bytes, begin: int, length: int) -> None:
    """Whatever stands in the middle of a file, reading it ends in rows or faults and never in an error."""
    damaged = WHOLE[:begin] + junk + WHOLE[begin + length :]
    found = read_export("pax.csv", damaged, TODAY)
    assert found.rows or found.faults
    records_of("pax.csv", found.rows, found.columns, {})


@pytest.mark.parametrize(
    ("printed", "split"),
    [
        ("General Smith [UNPROFOR]; General Jones [VRS]", ("General Smith [UNPROFOR]", "General Jones [VRS]")),
        ("Ann Lee, Minister; Bo Ray", ("Ann Lee, Minister", "Bo Ray")),
        ("National Govt, FARC", ()),
        ("Commander: A; Commander: B", ()),
        ("Ukraine\nRussia; others", ()),
        ("Agreement not signed; parties listed", ()),
        ("Ann Lee (for; the council)", ()),
        ("Ann Lee; and others", ()),
        ("Ann Lee;", ()),
    ],
)
def test_signatories_are_split_only_where_that_is_certain(printed: str, split: tuple[str, ...]) -> None:
    """Semicolons between names are certain; commas, line breaks, notes and open brackets are not."""
    assert split_signatories(printed) == split
