"""Telegram's HTML becomes plain text."""

import subprocess
import sys

import pytest

from bot.channels.terminal import render_plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Bold</b> and <i>italic</i>", "Bold and italic"),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#x27;d&#x27;", "a <b> & \"c\" 'd'"),
        ('<a href="https://a.example/x">A title</a>.', "A title (https://a.example/x)."),
        ('<a href="https://a.example/x?a=1&amp;b=2">t</a>', "t (https://a.example/x?a=1&b=2)"),
        ('<a href="https://a.example/">https://a.example</a>', "https://a.example"),
        ('<a href="https://t.me/x?start=q_y">t.me/x?start=q_y</a>', "t.me/x?start=q_y"),
        ('<a href="javascript:alert(1)">odd</a>', "odd"),
        ("one\n\n<blockquote expandable>\ntwo\n\nthree\n</blockquote>\n\nfour", "one\n\ntwo\n\nthree\n\nfour"),
        ("[bold]no markup[/bold] :smile: [link=x]", "[bold]no markup[/bold] :smile: [link=x]"),
        ("&#27;[31mred &lt;script&gt;", "[31mred <script>"),
        ("<b>never closed", "never closed"),
        ("", ""),
        ("<blockquote> \n </blockquote>", ""),
    ],
)
def test_plain_text_is_what_a_reader_sees(html: str, text: str) -> None:
    """Tags go, addresses stay where they differ, nothing is folded."""
    assert render_plain(html) == text


def test_plain_text_loads_no_prompt() -> None:
    """`parley ask` needs the plain text, and must not wait for a prompt that it never shows."""
    code = "import bot.channels.terminal, sys; print([m for m in ('rich', 'prompt_toolkit') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
