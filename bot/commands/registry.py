"""Every command there is. /help, the menu and the tests are made from this list."""

from typing import Final

from bot.commands.agreement import agreement
from bot.commands.agreements import agreements
from bot.commands.ask import ask
from bot.commands.asof import asof
from bot.commands.brief import brief
from bot.commands.bulletin import bulletin
from bot.commands.changes import changes
from bot.commands.command import Command
from bot.commands.confirm import confirm
from bot.commands.corrections import corrections
from bot.commands.digest import digest
from bot.commands.export import export
from bot.commands.forgetme import forgetme
from bot.commands.help import help_
from bot.commands.inline import inline
from bot.commands.news import news
from bot.commands.outbox import outbox
from bot.commands.party import party
from bot.commands.positions import positions
from bot.commands.privacy import privacy
from bot.commands.questions import questions
from bot.commands.rate import rate
from bot.commands.report import report
from bot.commands.retire import retire
from bot.commands.roles import Role
from bot.commands.sources import sources
from bot.commands.start import start
from bot.commands.subscribe import subscribe, unsubscribe
from bot.commands.subscriptions import subscriptions
from bot.commands.timeline import timeline
from bot.commands.topics import topics
from bot.commands.upload import upload

COMMANDS: Final[tuple[Command, ...]] = (
    Command("start", start, empty=True),
    Command("help", help_, empty=True),
    Command("ask", ask),
    Command("topics", topics),
    Command("brief", brief, reads=True),
    Command("questions", questions, reads=True),
    Command("agreements", agreements, reads=True),
    Command("agreement", agreement, reads=True),
    Command("positions", positions, reads=True),
    Command("party", party, reads=True),
    Command("timeline", timeline, reads=True),
    Command("asof", asof),
    Command("sources", sources, reads=True),
    Command("changes", changes),
    Command("corrections", corrections, empty=True),
    Command("subscribe", subscribe, manages=True),
    Command("unsubscribe", unsubscribe, manages=True),
    Command("subscriptions", subscriptions, manages=True),
    Command("report", report),
    Command("privacy", privacy, empty=True),
    Command("forgetme", forgetme, empty=True),
    Command("bulletin", bulletin, role=Role.OWNER),
    Command("outbox", outbox, empty=True, role=Role.OWNER),
    Command("upload", upload, empty=True, role=Role.OWNER),
    Command("retire", retire, role=Role.OWNER),
    Command("export", export, role=Role.OWNER),
    Command("news", news, listed=False),
    Command("digest", digest, listed=False),
    Command("confirm", confirm, listed=False, empty=True),
    Command("rate", rate, listed=False, notifies=True),
    Command("inline", inline, listed=False),
)
