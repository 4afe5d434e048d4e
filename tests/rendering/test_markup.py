"""Inline Markdown of content: bold and italics, and everything else as it was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.limits import visible
from bot.rendering.markup import inline
from tests.strategies import PIECES, words
from tests.telegram.textual import read_text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain words", "plain words"),
        ("**bold** and *italic*", "<b>bold</b> and <i>italic</i>"),
        ("__bold__ and _italic_", "<b>bold</b> and <i>italic</i>"),
        ("***both***", "<i><b>both</b></i>"),
        ("*italic **bold** italic*", "<i>italic <b>bold</b> italic</i>"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2<i>3</i>4"),
        ("**not closed", "**not closed"),
        ("not opened**", "not opened**"),
        ("*a **b* c**", "<i>a <i><i>b</i> c</i></i>"),
        ("* a star", "* a star"),
        ("****", "****"),
        ("a\nb\n\n  c", "a b c"),
        ("# no heading", "# no heading"),
        ("> no quote", "&gt; no quote"),
        ("- no list", "- no list"),
        ("`no code` ~~no strike~~", "`no code` ~~no strike~~"),
        ("[no link](https://e.org)", "[no link](https://e.org)"),
        ("<b>no tag</b> &amp; no entity", "&lt;b&gt;no tag&lt;/b&gt; &amp;amp; no entity"),
        ("**<i>**", "<b>&lt;i&gt;</b>"),
        (r"\*no escape\*", r"\<i>no escape\</i>"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
        ("\"quotes\" and 'more'", "&#34;quotes&#34; and &#39;more&#39;"),
        ("", ""),
    ],
)
def test_only_bold_and_italics_are_markup(typed: str, shown: str) -> None:
    """What an editor typed is shown as typed, but for the two kinds of emphasis, and escaped."""
    assert inline(typed) == shown


@settings(max_examples=200, deadline=None)
@given(st.one_of(words, st.lists(st.sampled_from([*PIECES, "*", "**", "_", "a", " "]), max_size=12).map("".join)))
def test_any_words_give_html_that_telegram_takes(typed: str) -> None:
    """Whatever is typed, tags are balanced, and without its stars and underscores nothing of it is lost."""

    def bare(text: str) -> str:
        return "".join(text.replace("*", "").replace("_", "").split())

    html = str(inline(typed))
    shown = read_text(html, "HTML", None)
    assert {entity.type for entity in shown.entities} <= {"bold", "italic"}
    assert bare(visible(html)) == bare(typed.replace("\0", "\ufffd"))


def test_marks_are_rewritten_in_every_run_of_words() -> None:
    """The rewriting sees plain words only, inside and outside of emphasis, and what it gives is escaped."""
    seen: list[str] = []

    def rewrite(text: str) -> str:
        seen.append(text)
        return f"<{text}>"

    assert inline("one **two** three", rewrite) == "&lt;one &gt;<b>&lt;two&gt;</b>&lt; three&gt;"
    assert seen == ["one ", "two", " three"]
