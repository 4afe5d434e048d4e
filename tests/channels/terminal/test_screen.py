"""What the screen of a person looks like."""

import io

import pytest
from rich.console import Console

from bot.channels.terminal.blocks import parse
from bot.channels.terminal.rich_screen import RichScreen
from bot.channels.terminal.sheet import Numbered, Piece, Sheet

LINK = '<a href="https://a.example/x">A title</a>'


def shown(html: str, *, width: int = 40, links: bool = False, colour: bool = False, fold: int = 0) -> str:
    """Return what the screen is sent for a message."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        _environ={},
    )
    screen = RichScreen(console, links=links, unfold="More")
    screen.show(Sheet([Piece(block, fold if screen.folds(block) else 0) for block in parse(html)]))
    return stream.getvalue()


def test_addresses_are_written_out_or_behind_their_texts() -> None:
    """A terminal without links shows the address in parentheses, one with links carries it unseen."""
    assert shown(LINK) == "\nA title (https://a.example/x)\n"
    hidden = shown(LINK, links=True, colour=True)
    assert "]8;" in hidden
    assert ";https://a.example/x\x1b\\" in hidden
    assert "(https" not in hidden


def test_list_items_hang() -> None:
    """The second line of an item stands below the first word of its first line."""
    assert shown("• one two three four\n12. one two three four", width=18) == (
        "\n• one two three\n  four\n12. one two three\n    four\n"
    )


def test_a_quotation_has_a_bar_at_each_line() -> None:
    """A quotation is told from the rest."""
    assert shown("a\n\n<blockquote>one\ntwo</blockquote>") == "\na\n\n▎ one\n▎ two\n"


def test_only_what_is_long_is_folded() -> None:
    """Three lines are shown as they are, of four the first two and the number that unfolds them."""
    three, four = "\n".join("abc"), "\n".join("abcd")
    assert shown(f"<blockquote expandable>{three}</blockquote>", fold=1) == "\n▎ a\n▎ b\n▎ c\n"
    assert shown(f"<blockquote expandable>{four}</blockquote>", fold=1) == "\n▎ a\n▎ b …\n▎ 1) More\n"


@pytest.mark.parametrize("width", [20, 40, 80])
def test_endless_words_and_wide_letters_are_cut_to_the_width(width: int) -> None:
    """Neither a word without spaces nor letters of two columns get past the edge."""
    html = f"{'x' * 10_000} <b>{'語' * 500}</b> [bold]"
    lines = shown(html, width=width).splitlines()
    assert max(len(line) + line.count("語") for line in lines) < width


def test_buttons_that_do_not_fit_a_line_take_the_next() -> None:
    """A row breaks between buttons, and a long label between its words."""
    stream = io.StringIO()
    screen = RichScreen(Console(file=stream, width=20, color_system=None), links=False, unfold="More")
    row = [Numbered(1, "Sources"), Numbered(2, "Next"), Numbered(3, "A label of several words")]
    screen.show(Sheet((), [row]))
    assert stream.getvalue() == "\n1) Sources\n2) Next\n3) A label of\n   several words\n"


def test_hostile_records_are_only_shown() -> None:
    """Neither markup nor emoji codes nor escapes of a record reach the terminal as such."""
    assert shown("[bold]x[/] :smile: &#27;[31m\u202e") == "\n[bold]x[/] :smile: [31m\n"
    odd = shown('<a href="https://a.example/&#27;]8;;evil">t</a>', links=True, colour=True)
    assert odd.count("\x1b]") == 2
