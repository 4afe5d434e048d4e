"""Words that people and attackers type: other scripts, markup, control characters, commands with random arguments."""

from random import Random
from typing import Final

HOSTILE: Final = (
    *("<b>", "</b>", "<a href='tg://user?id=1'>x</a>", "<script>alert(1)</script>", "<!--", "]]>", "&", "&lt;", "&#0;"),
    *("{{ 7 * 7 }}", "{% raw %}", "{% include 'labels.j2' %}", "{#", "${7*7}", "%s%n", "%(x)s", "{0.__class__}"),
    *("'; DROP TABLE records; --", '" OR 1=1 --', "\\", "`", "**", "__", "~~~", "[x](javascript:alert)", "[^1]"),
    *("../../etc/passwd", "file:///dev/zero", "https://example.org/?q=1#2", "@parley_test_bot", "@someone", "#tag"),
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u2028",
        "\u00ad",
        "\u0301",
        "\x00",
        "\x1b[31m",
        "\x85",
    ),
    *("\r\n", "\t", "  ", "\n\n", "\U000e0041", "\ufffd", "\uffff", "\U0010ffff", "e\u0301" * 20, "\u0e33" * 9),
    *(
        "مرحبا",
        "שלום",
        "Привіт",
        "Зеленський",
        "停戦",
        "한국어",
        "ไทย",
        "ß",
        "ǅ",
        "İ",
        "👍",
        "🇺🇦",
        "👩‍👩‍👧",
        "\U0001d518\U0001d52b",
    ),
    *(
        "Putin",
        "Zelensky",
        "a truce",
        "energy",
        "the Black Sea",
        "30 days",
        "who agreed to what?",
        "2025-03-18",
        "…",
        "“",
    ),
)
COMMANDS: Final = (
    *("start", "help", "ask", "topics", "brief", "questions", "agreements", "agreement", "positions", "party"),
    *("timeline", "asof", "sources", "subscribe", "unsubscribe", "subscriptions", "report", "privacy", "forgetme"),
    *("bulletin", "upload", "retire", "export", "news", "confirm", "rate", "inline", "agreed", "next", "changes"),
    *("corrections", "settings", "START", "a" * 200, "пуск", "", "/", "1", "drop_table", "agreed\u202e", "ask\x00"),
)
SLUGS: Final = (
    *("what-was-agreed", "energy-strikes-pause", "black-sea-ceasefire", "ukraine-ceasefire-2025", "russia", "trump"),
    *("q_what-was-agreed", "a_energy-strikes-pause", "p_ukraine-ceasefire-2025", "y_russia", "q_", "x_y", "ask", "-"),
    *("on 1.1", "on 99999999999999999999.1", "up 1.1", "down 0.0", "up 1.99", "on 1.1 2.1 3.1", "list", "end", "start"),
    *("p2", "p99999", "p0", "today", "yesterday", "2025-02-30", "9999-12-31", "0001-01-01", "18 March 2025", "known"),
    *("~", "~" + "A" * 22, "1", "-1", str(2**63), str(2**64), "1e309", "NaN", "٣", "yes", "no", "publish", "update"),
    *("123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi", "0", "²", "\u0660"),
)
LONGEST: Final = 4096  # characters, by the Bot API


def text(dice: Random, longest: int = LONGEST) -> str:
    """Return at least one and at most so many characters of anything."""
    kind = dice.random()
    if kind < 0.03:  # as long as may be
        return (dice.choice(HOSTILE) * longest)[:longest]
    pieces = [dice.choice(HOSTILE) for _ in range(dice.choice((1, 2, 3, 5, 8, 40)))]
    if kind < 0.15:
        pieces += ["".join(chr(_code_point(dice)) for _ in range(dice.randint(1, 60)))]
    dice.shuffle(pieces)
    return dice.choice((" ", "", "\n")).join(pieces)[:longest] or "?"


def question(dice: Random) -> str:
    """Return what somebody asks, in words that may have an answer."""
    words = (
        "what",
        "did",
        "Trump",
        "Putin",
        "agree",
        "on",
        "energy",
        "the",
        "truce",
        "when",
        "ends",
        "Kyiv",
        "who",
        "said",
    )
    return " ".join(dice.choice(words) for _ in range(dice.randint(1, 12))) + dice.choice(("", "?", "?!", "\u202e"))


def command(dice: Random, username: str = "") -> str:
    """Return a line with a command, most often one of ours, for the bot of that name where one is given."""
    name = dice.choice(COMMANDS)
    at = f"@{username}" if username else ""
    return f"/{name}{at}{_arguments(dice)}"[:LONGEST]


def data(dice: Random) -> str:
    """Return what a forged button carries: at most 64 bytes, as Telegram lets pass."""
    line = dice.choice((command(dice), "~" + text(dice, 30), text(dice, 60), dice.choice(SLUGS)))
    return line.encode()[:64].decode(errors="ignore") or "-"


def _arguments(dice: Random) -> str:
    kind = dice.random()
    if kind < 0.2:
        return ""
    gap = dice.choice((" ", " ", "\n", "  ", "\u00a0"))
    if kind < 0.6:
        return gap + " ".join(dice.choice(SLUGS) for _ in range(dice.randint(1, 3)))
    return gap + text(dice)


def _code_point(dice: Random) -> int:
    """Return any character that UTF-8 can write."""
    code = dice.choice((dice.randrange(0x80), dice.randrange(0x3000), dice.randrange(0x110000)))
    return code if not 0xD800 <= code < 0xE000 else 0xFFFD
