"""getUpdates and the webhook methods."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from tests.telegram.errors import bad_request, malformed
from tests.telegram.handlers.kind import Handler
from tests.telegram.params import Params
from tests.telegram.payload import Json, JsonObject, Upload
from tests.telegram.webhook import DEFAULT_CONNECTIONS, is_local
from tests.telegram.world import World

LONGEST_POLL = 50
_PORTS = {None, 80, 88, 443, 8443}
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(world: World, params: Params) -> Json:
    """Return the waiting updates, or wait for one."""
    world.updates.allow(params.array("allowed_updates"))
    seconds = min(max(params.integer("timeout") or 0, 0), LONGEST_POLL)
    return await world.updates.poll(params.integer("offset") or 0, params.integer("limit") or 100, seconds)


async def set_webhook(world: World, params: Params) -> Json:
    """Store the address; an empty one deletes it. What is delivered there is for webhook.py to know."""
    url = params.string("url")
    if not url:
        return await delete_webhook(world, params)
    _check_address(url)
    if not _SECRET.fullmatch(params.string("secret_token")):
        raise malformed("secret token contains unallowed characters")
    _drop_if_asked(world, params)
    world.updates.allow(params.array("allowed_updates"))
    webhook: JsonObject = {name: value for name, value in params.values.items() if not isinstance(value, Upload)}
    webhook["has_custom_certificate"] = "certificate" in params
    world.updates.set_webhook(webhook)
    return True


async def delete_webhook(world: World, params: Params) -> Json:
    """Go back to getUpdates."""
    _drop_if_asked(world, params)
    world.updates.set_webhook({})
    return True


async def get_webhook_info(world: World, _: Params) -> Json:
    """Return what setWebhook stored, but for its secret, and how delivery goes."""
    updates = world.updates
    info: JsonObject = {
        "url": updates.webhook_url,
        "has_custom_certificate": bool(updates.webhook.get("has_custom_certificate")),
        "pending_update_count": len(updates.pending),
    }
    if updates.webhook_fault is not None:
        info["last_error_date"], info["last_error_message"] = updates.webhook_fault
    if updates.webhook_url:
        info["max_connections"] = updates.webhook.get("max_connections", DEFAULT_CONNECTIONS)
    if "ip_address" in updates.webhook:
        info["ip_address"] = updates.webhook["ip_address"]
    if updates.allowed:
        info["allowed_updates"] = updates.allowed
    return info


def _check_address(url: str) -> None:
    """Raise ApiError for an address that Telegram would not post to; one on this machine passes, here only."""
    if is_local(url):
        return
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _drop_if_asked(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.drop()


HANDLERS: Mapping[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
