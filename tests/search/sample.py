"""A small corpus to search: two talks in invented places, with questions, an agreement, parties and briefs."""

from typing import Final

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document

HARBOUR: Final = "harbour-talks"
BORDER: Final = "border-talks"

AGREED: Final = Document(
    Kind.QUESTION,
    "what-was-agreed",
    HARBOUR,
    (
        "What exactly did Marenko and Halvorsen agree?",
        "what was agreed",
        "what came out of the meeting in Port Alba",
        "result of the phone call",
        "fishing",
    ),
    (
        "Marenko agreed to open the harbour to fishing boats for forty days.",
        "Halvorsen had proposed this on the telephone.",
        "The patrols in Port Alba withdraw as soon as possible.",
    ),
)
NEXT: Final = Document(
    Kind.QUESTION,
    "what-happens-next",
    HARBOUR,
    ("What happens next in the talks?", "what now", "when do the talks continue", "where do they meet next"),
    ("The delegations meet again in Port Alba in June.", "No day has been named."),
)
DEMANDS: Final = Document(
    Kind.QUESTION,
    "marenkos-demands",
    HARBOUR,
    ("What does Marenko demand?", "northland's conditions", "does northland want a lighthouse"),
    ("Northland insists on a lighthouse.", "It refuses a complete ceasefire."),
)
PAUSE: Final = Document(
    Kind.AGREEMENT,
    "harbour-pause",
    HARBOUR,
    ("Pause in the blockade of the harbour", "harbour truce"),
    ("The blockade of the harbour is suspended for forty days.", "harbour truce: end date when does it end"),
)
BORDER_AGREED: Final = Document(
    Kind.QUESTION,
    "border-agreed",
    BORDER,
    ("What was agreed about the border?", "where does the fence run"),
    ("The fence stays where it stands.", "Shepherds may cross on Sundays."),
)
HARBOUR_BRIEF: Final = Document(Kind.PROCESS, HARBOUR, HARBOUR, ("The harbour talks", "summary", "latest news"))
BORDER_BRIEF: Final = Document(Kind.PROCESS, BORDER, BORDER, ("The border talks", "summary", "latest news"))
NORTHLAND: Final = Document(
    Kind.PARTY,
    "northland",
    HARBOUR,
    ("Northland", "Marenko", "who is Northland", "who is Marenko"),
    ("Ivo Marenko is the president of Northland.",),
)
SOUTHLAND: Final = Document(
    Kind.PARTY,
    "southland",
    HARBOUR,
    ("Southland", "Halvorsen", "who is Southland", "who is Halvorsen"),
    ("Grete Halvorsen governs Southland.",),
)

CORPUS: Final = Corpus(
    (AGREED, NEXT, DEMANDS, PAUSE, BORDER_AGREED, HARBOUR_BRIEF, BORDER_BRIEF, NORTHLAND, SOUTHLAND),
    (
        ("Northland", "Marenko", "Ivo Marenko", "the White Palace", "Northlandic president", "Northlandic", "N.L."),
        ("Southland", "Halvorsen", "Grete Halvorsen", "the southern government"),
    ),
)
