"""`python -m bench`: what Parley costs and how fast it is, beside stock echo bots of two libraries in the same run.

Absolute numbers belong to the machine they were seen on; the ratios, taken round by round in one run, travel further.
Everything stays on the loopback address, is bounded in count and time, and ends by itself. Unix only: time and memory
of a process come from wait4 and, where there is one, from /proc.

Where things are
    __main__.py          the command line: which parts to run, how long, and where to write
    plan.py              how many of each thing a run does
    house.py             the folder and the environment that a run works in, and a database with the content that ships
    startup.py           time and memory from nothing to the first answer; launcher.py measures one process
    imports.py           which packages the start is spent on (`--explain`)
    in_process.py        commands a second through the router, with and without the ledger
    loopback.py          whole bots over HTTP: Parley, echo_ptb.py, echo_aiogram.py; bots.py runs them;
                         unpaced.py is Parley without the waits that Telegram demands
    transport.py         sendMessage alone, beside the other libraries'; transport_client.py is its process
    search.py            finding answers: speed, memory, quality, SQLite's full-text search beside it
    fitting.py           fits the weights of search anew; a program of its own
    pax.py               two thousand agreements: import, first answer, a page, a picture
    server.py            the Bot API that they all talk to; updates.py is what it hands out
    figures.py           medians, spread, ratios
    table.py             what is printed
    machine.py           what it ran on
"""

import bot  # noqa: F401 - before NumPy: it says how many threads that may take
