"""`python -m bot`: the same as `parley`."""

from bot.cli import main

raise SystemExit(main())
