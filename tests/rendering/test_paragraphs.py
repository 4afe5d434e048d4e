"""Paragraphs of what the desk writes."""

from bot.rendering.markup import paragraphs


def test_empty_lines_part_paragraphs_and_lines_stay_lines() -> None:
    """Bold and italics become tags, all else is shown as it was typed."""
    shown = paragraphs("\n**One** <b>\ntwo  three\n\n \n*Four* & five\n")
    assert shown == ("<b>One</b> &lt;b&gt;\ntwo three", "<i>Four</i> &amp; five")
    assert paragraphs(" \n\n") == ()
