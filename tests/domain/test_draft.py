"""Forms and drafts: every field is a record's own, steps come in order, and plain values are changed without loss."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.domain.base import Kind, Path
from bot.domain.difference import between
from bot.domain.draft import Draft, completed, field_of, next_step, reopened, slug_of, step_before, steps
from bot.domain.forms import BULLETIN, FORMS, Entry, Field, all_fields, field_at
from bot.domain.kinds import MODELS
from bot.domain.plain import Values, at, dropped, filled, of_json, put
from bot.domain.reserved import RESERVED_COMMANDS
from bot.importing.pydantic_faults import types_in
from bot.rendering.engine import Templates
from tests.conftest import NOW, ROOT
from tests.domain.examples import agreement, position, question


def draft(form: str = "question", **values: object) -> Draft:
    """Return a draft that holds these values."""
    written = of_json(values)
    assert isinstance(written, dict)
    return Draft(1, form, "talks", 7, NOW, NOW, 1, None, written)


def fits(model: type[BaseModel], fields: tuple[Field, ...]) -> None:
    """Check that each field is one of the model's, down to the parts of parts."""
    for field in fields:
        owner = model
        for step in field.path:
            assert step in owner.model_fields, (owner, step)
            inner = [kind for kind in types_in(owner.model_fields[step].annotation) if issubclass(kind, BaseModel)]
            owner = inner[0] if inner else owner
        if field.parts:
            fits(owner, field.parts)


def test_every_field_of_a_form_is_a_field_of_its_record() -> None:
    """No form asks for what no record has; what a record must have is asked for; and each field has a name to show."""
    labels = Templates(ROOT / "templates").labels("en").fields
    assert set(FORMS) == {*(kind.value for kind in Kind), BULLETIN}
    for name, form in FORMS.items():
        assert {part.split(".")[-1] for part, _ in all_fields(form)} <= set(labels)
        if name != BULLETIN:
            model = MODELS[Kind(name)]
            fits(model, form)
            asked = {field.path[0] for field in form if field.required}
            needed = {key for key, entry in model.model_fields.items() if entry.is_required()}
            assert needed - {"process"} <= asked
        for _, field in all_fields(form):
            typed = field.entry in {Entry.LINE, Entry.TEXT, Entry.LINES, Entry.DAY, Entry.WHEN, Entry.CITES}
            assert bool(field.example) == typed, field.name


def test_steps_go_through_a_form_in_order_and_back() -> None:
    """Each next step is the first that is empty behind; back is the one before; who claims is asked of claims only."""
    started = draft(question="What?", short=[{"text": "This.", "certainty": "claimed"}])
    assert steps(started.fields, started.values)[:5] == (
        ("question",),
        ("short", 0, "text"),
        ("short", 0, "cite"),
        ("short", 0, "party"),
        ("short", 1),
    )
    assert next_step(started, ("question",)) == ("short", 0, "cite")
    assert next_step(started, ("question",), after=("short",)) == ("as_of",)
    assert step_before(started, ("short", 0, "cite")) == ("short", 0, "text")
    assert step_before(started, ("question",)) is None
    whole = draft("bulletin", text="Hello")
    assert next_step(whole, ("text",)) is None


def test_what_follows_from_the_rest_is_filled_in() -> None:
    """A position's key and its own citation come from what it says; a published one's come anew when that changes."""
    said = position()
    del said["key"], said["cite"]
    values = completed(draft("agreement", positions=[said, said]))
    assert at(values, ("positions", 0, "key")) == "northland-accepts"
    assert at(values, ("positions", 1, "key")) == "northland-accepts-2"
    assert at(values, ("positions", 0, "cite")) == [{"source": "herald"}]
    again = reopened(values)
    assert not filled(again, ("positions", 0, "cite"))
    assert at(again, ("positions", 0, "key")) == "northland-accepts"
    assert completed(replace(draft("agreement"), values=again)) == values


def test_a_difference_is_told_where_it_is() -> None:
    """A new paragraph before others is one difference; what is the same is none."""
    said = {"text": "They agreed.", "cite": ({"source": "herald"},)}
    old, new = question(short=(said,)), question(short=({**said, "text": "New."}, said), tags=("talks",))
    assert between(old, old) == ()
    found = {(item.path, item.old, item.new) for item in between(old, new)}
    assert found == {
        (("short", 0, "text"), "", "New."),
        (("short", 0, "cite", 0, "source"), "", "herald"),
        (("tags", 0), "", "talks"),
    }
    assert {(item.old, item.new) for item in between(new, old)} == {("New.", ""), ("herald", ""), ("talks", "")}
    assert any(item.path == ("title",) for item in between(None, agreement()))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("What was agreed?", "what-was-agreed"),
        ("Łódź & Zürich", "odz-zurich"),
        ("x" * 60, "x" * 40),
        ("a " * 60, "a-" * 19 + "a"),
        ("Что?", ""),
    ],
)
def test_a_title_makes_a_slug(title: str, slug: str) -> None:
    """Plain small letters, whole words, at most forty characters; none where the title has none."""
    assert slug_of(title) == slug


paths = st.lists(st.sampled_from(["short", "text", "cite", "a", 0, 1, 2]), min_size=1, max_size=4)


@settings(max_examples=30)
@given(st.lists(st.tuples(paths, st.text(max_size=3)), max_size=4), paths)
def test_values_are_put_and_dropped_at_any_path(
    changes: list[tuple[list[str | int], str]], path: list[str | int]
) -> None:
    """Whatever the path, nothing raises, and what was put is there unless it was past a list's end."""
    values: Values = {}
    for where, text in changes:
        before = values
        values = put(values, ("x", *where), text)
        assert at(values, ("x", *where)) in [text, at(before, ("x", *where))]
    full: Path = ("x", *path)
    assert not filled(dropped(values, full), full) or isinstance(path[-1], int)
    assert field_at(FORMS["question"], full) is None
    assert field_of(draft(), ("short", 0, "text")) is not None


def test_no_question_can_take_a_command_of_the_desks() -> None:
    """Each command of the registry is reserved, the ones behind buttons too."""
    assert {"draft", "held", "approve", "typed", "grant", "team", "audit"} <= RESERVED_COMMANDS
