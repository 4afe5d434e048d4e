"""Every command there is. /help, the menu and the tests are made from this list."""

from typing import Final

from bot.commands.agreement import agreement
from bot.commands.agreements import agreements
from bot.commands.ask import ask
from bot.commands.asof import asof
from bot.commands.audit import audit
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
from bot.commands.sources import sources
from bot.commands.start import start
from bot.commands.subscribe import subscribe, unsubscribe
from bot.commands.subscriptions import subscriptions
from bot.commands.team import grant, revoke, team
from bot.commands.timeline import timeline
from bot.commands.topics import topics
from bot.commands.upload import upload
from bot.commands.writing.beginning import correct, drafts, edit, new, revert
from bot.commands.writing.dialogue import cancel, pressed, typed
from bot.commands.writing.held import approve, held
from bot.commands.writing.previewing import preview_draft
from bot.commands.writing.publishing import publish
from bot.domain.roles import Role

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
    Command("new", new, empty=True, role=Role.CONTRIBUTOR),
    Command("edit", edit, role=Role.CONTRIBUTOR),
    Command("drafts", drafts, empty=True, role=Role.CONTRIBUTOR),
    Command("preview", preview_draft, empty=True, role=Role.CONTRIBUTOR),
    Command("cancel", cancel, empty=True, role=Role.CONTRIBUTOR),
    Command("publish", publish, empty=True, role=Role.EDITOR),
    Command("correct", correct, role=Role.EDITOR),
    Command("revert", revert, role=Role.EDITOR),
    Command("approve", approve, empty=True, role=Role.EDITOR),
    Command("bulletin", bulletin, role=Role.EDITOR),
    Command("outbox", outbox, empty=True, role=Role.EDITOR),
    Command("upload", upload, empty=True, role=Role.EDITOR),
    Command("retire", retire, role=Role.EDITOR),
    Command("export", export, role=Role.EDITOR),
    Command("team", team, empty=True, role=Role.EDITOR),
    Command("audit", audit, empty=True, role=Role.EDITOR),
    Command("grant", grant, empty=True, role=Role.OWNER),
    Command("revoke", revoke, empty=True, role=Role.OWNER),
    Command("news", news, listed=False),
    Command("digest", digest, listed=False),
    Command("confirm", confirm, listed=False, empty=True),
    Command("draft", pressed, listed=False, empty=True, role=Role.CONTRIBUTOR),
    Command("typed", typed, listed=False, empty=True, role=Role.CONTRIBUTOR),
    Command("held", held, listed=False, empty=True, role=Role.EDITOR),
    Command("rate", rate, listed=False, notifies=True),
    Command("inline", inline, listed=False),
)
