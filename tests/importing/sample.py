"""A small, complete and valid content folder, and helpers to break it in one place at a time."""

from pathlib import Path
from typing import Final

from bot.importing import Content, check, read_content

FILES: Final = {
    "process.yaml": """\
title: The harbour talks
aliases: [harbour, port talks]
summary:
  - text: The two sides agreed to a pause.
    cite: [{source: herald, where: first section}]
parties: [northland, southland]
as_of: 2025-03-18
default: true
""",
    "parties.yaml": """\
- slug: northland
  name: Northland
  type: state
  aliases: [the North]
- slug: southland
  name: Southland
  type: state
""",
    "sources.yaml": """\
# where it all comes from
- slug: herald
  title: "A pause: what we know"
  publisher: The Herald
  type: outlet
  published: 2025-03-18
  pictures:
    - caption: The harbour
      credit: A. Photographer
- slug: text
  title: The text of the pause
  publisher: Northland
  type: primary text
  published: by 2025-03-18
""",
    "events.yaml": """\
- slug: call
  title: A call
  type: talks
  occurred: 2025-03-18
  actors: [northland, southland]
  text:
    - text: They spoke.
      cite:
        - source: herald
          where: first section
  agreements: [pause]
  as_of: 2025-03-18
""",
    "questions/what-was-agreed.md": """\
---
command: agreed
question: What was agreed?
paraphrases:
  - what did they agree on
type: fact
as_of: 2025-03-18
tags: [pause]
related: [who-is-bound]
agreements: [pause]
---
# Short

{confirmed} Both sides pause
attacks on the harbour.[^text]

# Full

{said to be} The order was given.[^h][^text] It holds.[^h]

{claimed: southland, by: the South} The North must leave.[^h]

{assessment: A. Writer} It may not last.[^h]

[^h]: herald | first section | "the words
  of the Herald"
[^text]: text
""",
    "questions/who-is-bound.md": """\
---
question: Who is bound by it?
type: explainer
as_of: 2025-03-18
---
# Short

Both sides.[^1]

[^1]: herald | "both sides"
""",
    "agreements/pause.yaml": """\
title: The pause
stage: ceasefire
purpose:
  text: To halt attacks on the harbour.
  cite: [{source: text}]
dates:
  announced:
    on: 2025-03-18
    cite: [{source: herald}]
  effective:
    on: unclear
    perhaps: 2025-03-19
    cite: [{source: herald}]
duration:
  words: 30 days
  days: 30
  cite: [{source: text}]
positions:
  - key: north-accepts
    party: northland
    stance: accepts
    text:
      text: The North accepts.
      cite: [{source: herald}]
    stated: 2025-03-18
    cite: [{source: herald}]
as_of: 2025-03-18
""",
    "probes.yaml": """\
- ask: what did they agree on the phone
  slug: what-was-agreed
- ask: who won the cup
  slug: none
- ask: the pause
  slug: [pause, talks]
  known_miss: true
""",
}


def write(folder: Path, files: dict[str, str] | None = None, process: str = "talks") -> Path:
    """Write `files` (the sample without them) as a process's folder inside `folder`, and return `folder`."""
    for name, text in (FILES if files is None else files).items():
        path = folder / process / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def broken(folder: Path, name: str, old: str, new: str) -> Content:
    """Write the sample with `old` in the file `name` replaced by `new`, and return what is read from it."""
    assert FILES[name].count(old) >= 1, f"{old!r} does not stand in {name}"
    return read_content(write(folder, FILES | {name: FILES[name].replace(old, new, 1)}))


def faults_after(folder: Path, name: str, old: str, new: str) -> list[str]:
    """Return every fault, as printed, of the sample with `old` in the file `name` replaced by `new`."""
    return [str(fault) for fault in check(broken(folder, name, old, new))]
