"""The finder: words, misspelt and shortened, lead to the records that have them."""

from bot.search.finder import Findable, Finder

NAMES = {
    "protocol": "Protocol on the results of consultations (Harbour Protocol)",
    "memorandum": "Memorandum of 19 September 2014",
    "package": "Package of Measures for the Implementation of the Harbour Agreements",
    "lake": "Lake Ceasefire Agreement",
    "grain": "Initiative on the Safe Transportation of Grain",
}
TEXTS = {
    "memorandum": "It carries out the harbour protocol, and names the peacekeepers.",
    "lake": "Prisoners are exchanged. The river stays closed.",
    "grain": "Ships pass the sea.",
}
FINDER = Finder(
    Findable(key, name, ((TEXTS.get(key, ""), 0.6),), (("Zakharchenko, Plotnitski", 0.5),) if key == "package" else ())
    for key, name in NAMES.items()
)


def found(text: str) -> list[str]:
    """Return the keys of what the words find, best first."""
    return [hit.key for hit in FINDER.find(text).ranked]


def test_names_count_more_than_texts() -> None:
    """What is called so comes first, then what only tells of it; what has nothing of it is left out."""
    assert found("harbour") == ["protocol", "package", "memorandum"]
    assert found("grain deal")[0] == "grain"


def test_slips_are_forgiven() -> None:
    """A letter missing, doubled or changed, in several words at once."""
    assert found("safe transpotation of graain")[0] == "grain"
    assert found("lake ceasefyre agreemnt")[0] == "lake"
    assert found("plotnitsky") == ["package"]


def test_what_no_record_has_is_told() -> None:
    """Unknown words are named, and find nothing by themselves; marks and blanks find nothing at all."""
    assert FINDER.find("xylophone grain").unknown == ("xylophone",)
    assert found("xylophone") == []
    assert not FINDER.knows("xylophone")
    assert FINDER.knows("prisoner")
    assert found("") == found("…!") == []


def test_the_share_says_how_much_was_found_and_where() -> None:
    """All of it in the name, or half of it in a text."""
    (best, *_) = FINDER.find("lake ceasefire").ranked
    assert (best.share, best.named) == (1, 1)
    (only,) = FINDER.find("peacekeepers").ranked
    assert (only.share, only.named) == (1, 0)


def test_any_text_can_be_asked_for() -> None:
    """Long texts and other alphabets cost nothing but a look."""
    assert found("Мир " * 500) == []
    assert found("harbour " * 5000)[0] == "protocol"
