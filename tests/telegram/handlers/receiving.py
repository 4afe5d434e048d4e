"""getUpdates and the webhook methods."""

from collections.abc import Mapping

from tests.telegram.errors import bad_request
from tests.telegram.handlers.kind import Handler
from tests.telegram.params import Params
from tests.telegram.payload import Json, Upload
from tests.telegram.world import World

LONGEST_POLL = 50


async def get_updates(world: World, params: Params) -> Json:
    """Return the waiting updates, or wait for one."""
    world.updates.allow(params.array("allowed_updates"))
    seconds = min(max(params.integer("timeout") or 0, 0), LONGEST_POLL)
    return await world.updates.poll(params.integer("offset") or 0, params.integer("limit") or 100, seconds)


async def set_webhook(world: World, params: Params) -> Json:
    """Store the address; an empty one deletes it. Nothing is delivered there."""
    url = params.string("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _drop_if_asked(world, params)
    world.updates.allow(params.array("allowed_updates"))
    world.updates.set_webhook(url)
    world.webhook = {name: value for name, value in params.values.items() if not isinstance(value, Upload)}
    if "certificate" in params:
        world.webhook["has_custom_certificate"] = True
    return True


async def delete_webhook(world: World, params: Params) -> Json:
    """Go back to getUpdates."""
    _drop_if_asked(world, params)
    world.updates.set_webhook("")
    world.webhook = {}
    return True


async def get_webhook_info(world: World, _: Params) -> Json:
    """Return what setWebhook stored, but for its secret."""
    info: dict[str, Json] = {
        "url": world.updates.webhook_url,
        "has_custom_certificate": bool(world.webhook.get("has_custom_certificate")),
        "pending_update_count": len(world.updates.pending),
    }
    for name in ("ip_address", "max_connections"):
        if name in world.webhook:
            info[name] = world.webhook[name]
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _drop_if_asked(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.drop()


HANDLERS: Mapping[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
