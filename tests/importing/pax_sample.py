"""A small export in PA-X's columns: made up, but for the shape of its rows."""

import csv
import io
from collections.abc import Iterable
from typing import Final

Row = dict[str, str]
BASE: Final[Row] = {
    "Con": "Northland/(Harbour)",
    "Contp": "Government/territory",
    "PP": "7",
    "PPName": "Harbour peace process",
    "Reg": "Europe and Eurasia",
    "AgtId": "1",
    "Ver": "2",
    "Agt": "Protocol of the Harbour Talks",
    "Dat": "05/09/2014",
    "Status": "Multiparty signed/agreed",
    "Agtp": "Intra",
    "Stage": "Cea",
    "StageSub": "Rel",
    "Part": "Ann Lee, for Northland; Bo Ray, for the Harbour Council",
    "ThrdPart": "Witnessed by:\r\n\r\nThe Herald of Peace",
    "OthAgr": "",
    "UcdpAgr": "1113.0",
    "description": "The sides stop firing on the pier. Prisoners go home.",
    "PAX_Hyperlink": "https://www.peaceagreements.org/agreements/1/",
    "PDF_Hyperlink": "https://www.peaceagreements.org/media/1.pdf",
}
ROWS: Final[tuple[Row, ...]] = (
    BASE,
    BASE
    | {
        "AgtId": "2",
        "Agt": "Memorandum of 19 September 2014",
        "Dat": "19/09/2014",
        "StageSub": "CeaMix",
        "OthAgr": "Page 1: the Protocol of the Harbour Talks;\nand the peace agreement",
        "description": "",
    },
    BASE
    | {
        "AgtId": "3",
        "PP": "9",
        "PPName": "Lake talks",
        "Con": "Southland",
        "Agt": "Declaration on the Grain Ships",
        "Dat": "22/07/2022",
        "Status": "Unilateral document",
        "Stage": "Pre",
        "StageSub": "Conf",
        "Part": "Southland\nthe Lake Front",
        "ThrdPart": "NA",
    },
    BASE | {"AgtId": "4", "Agt": "Draft of the Lake", "Dat": "01/02/2023", "Status": "Status unclear", "Part": ""},
)


def export(rows: Iterable[Row] = ROWS, *, without: Iterable[str] = (), delimiter: str = ",") -> bytes:
    """Return an export with these rows, lacking the columns `without`."""
    columns = [name for name in BASE if name not in set(without)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
