"""reply_markup: the four kinds there are, checked to the last button."""

from collections.abc import Callable

from tests.telegram.errors import ApiError, malformed, stricter
from tests.telegram.links import button_link_fault
from tests.telegram.payload import Json, JsonObject, as_object

CALLBACK_DATA_BYTES = 64
BUTTONS_LIMIT = 100
ROW_LIMIT = 8
PLACEHOLDER_LIMIT = 64

_ACTIONS = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "login_url": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "copy_text": dict,
    "callback_game": dict,
    "pay": bool,
    "disabled": dict,
}
_LOOKS = {"text": str, "icon_custom_emoji_id": str, "style": str}
_KEY_ACTIONS = {
    "request_users": dict,
    "request_chat": dict,
    "request_managed_bot": dict,
    "request_contact": bool,
    "request_location": bool,
    "request_poll": dict,
    "web_app": dict,
}
_KEYBOARD_OPTIONS = {
    "is_persistent": bool,
    "resize_keyboard": bool,
    "one_time_keyboard": bool,
    "input_field_placeholder": str,
    "selective": bool,
    "force_reply": bool,
}


def check_markup(markup: JsonObject | None, *, inline_only: bool = False) -> None:
    """Raise ApiError unless Telegram would show the markup. Edits and inline results take inline keyboards only."""
    if markup is None:
        return
    if "inline_keyboard" in markup:
        _check_fields(markup, {"inline_keyboard": list, "force_reply": bool}, "InlineKeyboardMarkup")
        _check_rows(markup["inline_keyboard"], "inline_keyboard", _check_inline_button)
    elif inline_only:
        raise malformed("inline keyboard expected")
    elif "keyboard" in markup:
        _check_fields(markup, {"keyboard": list} | _KEYBOARD_OPTIONS, "ReplyKeyboardMarkup")
        _check_rows(markup["keyboard"], "keyboard", _check_key)
    elif "remove_keyboard" in markup:
        _check_fields(markup, {"remove_keyboard": bool, "selective": bool}, "ReplyKeyboardRemove")
    elif "force_reply" in markup:
        options = {"force_reply": bool, "input_field_placeholder": str, "selective": bool}
        _check_fields(markup, options, "ForceReply")
    else:
        raise malformed("object expected as reply markup")
    placeholder = markup.get("input_field_placeholder", "-")
    if not isinstance(placeholder, str) or not 1 <= len(placeholder) <= PLACEHOLDER_LIMIT:
        raise stricter(f"input_field_placeholder must be 1-{PLACEHOLDER_LIMIT} characters long")


def _check_rows(rows: Json, name: str, check_button: Callable[[JsonObject], None]) -> None:
    if not isinstance(rows, list):
        raise _cannot(f'Field "{name}" must be of type Array')
    count = 0
    for row in rows:
        if not isinstance(row, list):
            raise _cannot(f'Field "{name}" must be an Array of Arrays')
        if len(row) > ROW_LIMIT:
            raise stricter(f"{len(row)} buttons in a row, at most {ROW_LIMIT}")
        if not row:
            raise stricter(f"an empty row in {name}")
        for button in row:
            if not isinstance(button, dict):
                raise _cannot("Object expected as a button")
            check_button(button)
            count += 1
    if count > BUTTONS_LIMIT:
        raise stricter(f"{count} buttons, at most {BUTTONS_LIMIT}")


def _check_inline_button(button: JsonObject) -> None:
    _check_fields(button, _ACTIONS | _LOOKS, "inline keyboard button")
    _check_label(button)
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise stricter(f"a button with more than one action: {', '.join(actions)}")
    data, url = button.get("callback_data"), button.get("url")
    if isinstance(data, str) and not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
        raise malformed("BUTTON_DATA_INVALID")
    if isinstance(url, str) and (fault := button_link_fault(url)):
        raise malformed(f"inline keyboard button URL '{url}' is invalid: {fault}")
    for name in button.keys() & {"web_app", "login_url"}:
        target = as_object(button[name]).get("url")
        if not isinstance(target, str) or not target.startswith("https://") or button_link_fault(target):
            raise malformed(f"inline keyboard button {name} URL '{target}' is invalid: Only HTTPS links are allowed")


def _check_key(button: JsonObject) -> None:
    _check_fields(button, _KEY_ACTIONS | _LOOKS, "keyboard button")
    _check_label(button)
    actions = [name for name in _KEY_ACTIONS if name in button]
    if len(actions) > 1:
        raise stricter(f"a button with more than one action: {', '.join(actions)}")


def _check_label(button: JsonObject) -> None:
    label = button.get("text")
    if not isinstance(label, str):
        raise malformed('can\'t parse keyboard button: Field "text" must be of type String')
    if not label.strip():
        raise stricter("a button without a label")


def _check_fields(item: JsonObject, fields: dict[str, type], what: str) -> None:
    for name, value in item.items():
        if name not in fields:
            raise stricter(f"unknown field {name} in {what}")
        if not isinstance(value, fields[name]):
            raise _cannot(f'Field "{name}" must be of type {fields[name].__name__}')


def _cannot(reason: str) -> ApiError:
    return malformed(f"can't parse reply keyboard markup JSON object: {reason}")
