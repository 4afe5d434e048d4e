"""The words on buttons and in menus, one set a locale, written in `labels.j2`."""

from dataclasses import dataclass, fields
from pathlib import Path

from jinja2 import Template

from bot.domain.roles import Role
from bot.errors import TemplateError


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on buttons, over them, and in Telegram's menu."""

    brief: str
    questions: str
    agreements: str
    positions: str
    timeline: str
    sources: str
    topics: str
    help: str
    quotes: str
    earlier: str
    later: str
    up: str
    down: str
    report: str
    everywhere: str
    as_picture: str
    as_text: str
    as_known: str
    as_today: str
    rated_up: str
    rated_down: str
    rated_gone: str
    expired: str
    trouble: str
    report_placeholder: str
    ask_more: str
    rest: str
    none_of_these: str
    tell_me: str
    stop_waiting: str
    waiting_for: str
    complaints: str
    back_to_queue: str
    back_to_complaints: str
    add_to: str
    write_answer: str
    dismiss: str
    dismiss_reasons: dict[str, str]
    looked_at: str
    edit: str
    history: str
    still_true: str
    withdraw: str
    as_csv: str
    nothing_found: str
    subscribe: str
    unsubscribe: str
    everything: str
    at_once: str
    daily: str
    weekly: str
    only_corrections: str
    hours: str
    all_followed: str
    weekday: str
    weekdays: str
    zone: str
    quiet: str
    pause: str
    go_on: str
    stop: str
    days: str
    none_of_them: str
    corrections: str
    confirm: str
    cancel: str
    publish: str
    as_minor: str
    as_update: str
    as_correction: str
    signs: dict[str, str]
    approve: str
    send_back: str
    send_now: str
    take_back: str
    keep_mine: str
    throw_away: str
    all_fields: str
    save: str
    preview: str
    to_publish: str
    back: str
    another: str
    next: str
    skip: str
    clear: str
    change: str
    take_out: str
    add: str
    today: str
    wording: str
    new_facts: str
    was_wrong: str
    show_both: str
    fields: dict[str, str]
    menu: dict[str, str]
    contributor_menu: dict[str, str]
    editor_menu: dict[str, str]
    owner_menu: dict[str, str]

    def menu_for(self, role: Role | None) -> dict[str, str]:
        """Return what each command does that is listed for whoever has the role, the desk's commands last."""
        desk = {
            Role.CONTRIBUTOR: self.contributor_menu,
            Role.EDITOR: self.editor_menu,
            Role.OWNER: self.owner_menu,
        }
        menu = dict(self.menu)
        for each, names in desk.items():
            if role and role.covers(each):
                menu |= names
        return menu


def read_labels(template: Template, path: Path) -> Labels:
    """Return the labels that the template sets; raises TemplateError where one is missing or unknown."""
    given = {name: value for name, value in vars(template.module).items() if not name.startswith("_")}
    wanted = {field.name for field in fields(Labels)}
    if missing := wanted - given.keys():
        raise TemplateError(f"{path} does not set {', '.join(sorted(missing))}: add it.")
    if unknown := given.keys() - wanted:
        raise TemplateError(f"{path} sets {', '.join(sorted(unknown))}, which nothing shows: remove it.")
    return Labels(**given)
