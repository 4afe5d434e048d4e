"""`parley ask` and `parley probe`."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from bot.app import App, opened, utc_now
from bot.channels.terminal import render_plain
from bot.commands.ask import QUESTION_LIMIT
from bot.commands.finding import find
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.search.finding import Hit, Outcome
from bot.settings import Settings


async def ask(arguments: Namespace, settings: Settings) -> int:
    """Answer the question, or one a line of standard input; returns 0 whatever the outcomes."""
    async with opened(settings) as app:
        await app.parts.catalogue.understand()
        for question in _questions(arguments.question):
            text = await _text(app, question)
            if arguments.json:
                print(await _as_json(app, question, text))
            else:
                print(_in_words(arguments.question, question, text))
            sys.stdout.flush()
    return 0


def _questions(given: str) -> Iterator[str]:
    if given != "-":
        yield given
        return
    for line in sys.stdin.buffer:
        question = line.decode("utf-8", "replace").strip()
        if question:
            yield question


def _in_words(given: str, question: str, text: str) -> str:
    """Return the answer, and where several are asked the question above it and a rule below."""
    return text if given != "-" else f"> {question}\n\n{text}\n\n---"


async def _text(app: App, question: str) -> str:
    reader, chat = Reader(0, "", "en"), Chat(0, ChatKind.TERMINAL)
    reply = await app.router.reply(Request(reader, chat, "ask", question, utc_now(), noted=False))
    return "\n\n".join(render_plain(message.html) for message in reply.messages)


async def _as_json(app: App, question: str, text: str) -> str:
    """Return the line of the contract; a question too long to be one has the outcome "none"."""
    short = " ".join(question.split())
    snapshot = app.parts.catalogue.current
    process = snapshot.default_process()
    asked = short if len(short) <= QUESTION_LIMIT else ""
    finding = await find(app.parts, snapshot, asked, process.record.slug if process else None)
    answered = finding.outcome is Outcome.ANSWER
    return json.dumps(
        {
            "question": question,
            "outcome": finding.outcome.value,
            "answer": _hit(finding.hits[0]) if answered else None,
            "suggestions": [_hit(hit) for hit in finding.hits[1 if answered else 0 :]],
            "text": text,
        },
        ensure_ascii=False,
    )


def _hit(hit: Hit) -> dict[str, str | float]:
    return {"kind": hit.kind.value, "slug": hit.slug, "score": round(hit.score, 4)}
