"""`python -m tests.telegram`: start the server by itself and talk to a bot from the keyboard."""

import argparse
import asyncio
import contextlib

from tests.telegram.console import converse
from tests.telegram.server import DEFAULT_CREDENTIALS


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.telegram",
        description="A strict fake Telegram to try a bot by hand. Point the bot's API address at the URL it prints.",
    )
    parser.add_argument("--port", type=int, default=8081, help="the port to listen on (0: any free one)")
    parser.add_argument("--token", default=DEFAULT_CREDENTIALS, help="the only token it accepts")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(converse(options.port, options.token))


if __name__ == "__main__":
    main()
