"""getFile: the download itself is a plain GET, which the server answers without any of this."""

from collections.abc import Mapping

from tests.telegram.handlers.kind import Handler
from tests.telegram.params import Params
from tests.telegram.payload import Json
from tests.telegram.world import World


async def get_file(world: World, params: Params) -> Json:
    """Return where a file can be fetched from, up to 20 MB."""
    file = world.files.open(params.string("file_id"))
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


HANDLERS: Mapping[str, Handler] = {"getFile": get_file}
