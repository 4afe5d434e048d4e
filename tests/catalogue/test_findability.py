"""The gate's warnings: a change after which readers would get the wrong answer."""

from dataclasses import dataclass

from bot.catalogue.findability import findability_of
from bot.domain.base import Kind
from bot.domain.findability import misled
from bot.domain.gate import GateWarning, note_over
from bot.domain.record import Record
from tests.domain.examples import SAID, question, world

HARBOUR = question("harbour", question="Who guards the harbour?", paraphrases=("which navy watches the port",))
PRISONERS = question("prisoners", question="When are prisoners exchanged?", paraphrases=("prisoner swap date",))


@dataclass(frozen=True)
class Asked:
    """A probe."""

    ask: str
    slugs: tuple[str, ...] = ()
    process: str = "talks"
    known_miss: bool = False


def warned(*changes: Record, probes: tuple[Asked, ...] = ()) -> tuple[GateWarning, ...]:
    """Return the warnings of publishing `changes` beside two questions that nobody can mix up."""
    published, after = world(HARBOUR, PRISONERS), world(HARBOUR, PRISONERS, *changes)
    changed = [(record.kind, str(record.slug)) for record in changes]
    before = findability_of(published.values())
    return misled(after, changed, probes, before=before, after=findability_of(after.values()))


def test_questions_that_readers_cannot_mix_up_are_let_pass() -> None:
    """A new question, new paraphrases and other statements bring no warning, nor does a probe that finds its answer."""
    fishing = question("fishing", question="May trawlers fish in the bay?", paraphrases=("are trawlers allowed",))
    asked = (Asked("who guards the harbour", ("harbour",)), Asked("who won the world cup"))
    assert warned(fishing, probes=asked) == ()
    assert warned(HARBOUR.model_copy(update={"paraphrases": ("who patrols the harbour",)}), probes=asked) == ()


def test_a_question_like_a_published_one_is_warned_of_with_every_wording_that_misleads() -> None:
    """Wherever readers would get the other answer, the warning says at which wording, which answer, and what to do."""
    (taken,) = warned(question("guards", question="How many guards?", paraphrases=("prisoner swap date",)))
    assert (taken.kind, taken.slug, taken.path) == (Kind.QUESTION, "guards", ("question",))
    assert taken.problem == (
        "who asks “prisoner swap date” would get this instead of the answer to “When are prisoners exchanged?”"
    )
    assert "make this a paraphrase of the other" in taken.remedy
    (lost,) = warned(question("swap", question="How many guards?", paraphrases=("Which navy watches the port",)))
    assert (lost.slug, lost.path) == ("swap", ("paraphrases", 0))
    assert lost.problem.endswith("would get the answer to “Who guards the harbour?”")


def test_a_probe_is_warned_of_only_where_it_is_newly_answered_wrongly() -> None:
    """What was wrong before, is not answered, or is known to miss is no fault of the change."""
    probe = Asked("when was the lighthouse repainted", ())
    keepers = question("keepers", question="When was the lighthouse repainted?", short=(SAID,))
    (found,) = warned(keepers, probes=(probe, Asked("prisoner swap date", ())))
    assert (found.kind, found.slug) == (Kind.QUESTION, "keepers")
    assert found.problem == "who asks “when was the lighthouse repainted” would get this, but nothing here answers that"
    assert warned(keepers, probes=(Asked(probe.ask, known_miss=True),)) == ()
    assert warned(keepers, probes=(Asked(probe.ask, ("keepers",)),)) == ()
    note = note_over("new", (found,))
    assert note.startswith("new (published over 1 of the gate's warnings: question keepers: who asks")
    assert note_over("new", ()) == "new"
