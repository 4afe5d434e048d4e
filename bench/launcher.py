"""Runs one command and prints how long it took and how much memory it held, as JSON.

A process of its own, and one that imports next to nothing: until a child has executed its own program it counts its
parent's memory as its own, so that a large parent would be measured instead of a small child.

    python launcher.py FILE COMMAND…    what the command prints goes into FILE
"""

import json
import os
import sys
import time


def main() -> None:
    file, *command = sys.argv[1:]
    output = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    started = time.perf_counter()
    redirected = [(os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=redirected)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)  # macOS counts bytes, the others kilobytes
    print(json.dumps({"seconds": seconds, "peak": peak, "code": os.waitstatus_to_exitcode(status)}))


if __name__ == "__main__":
    main()
