"""The status of an agreement on a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.agreement import Agreement
from bot.domain.dates import When
from bot.domain.status import Reason, Standing, Status, status_on
from tests.domain.examples import agreement, key_date, turn
from tests.strategies import near_days, timed_agreements

BEGUN = key_date("2025-03-01")
AGREED = turn("agreed", "2025-02-20")


def standing(day: str, *turns: dict[str, Any], **dates: dict[str, Any]) -> Standing | None:
    """Return the standing on `day` of an agreement of these turns and dates."""
    return status_on(agreement(status_events=turns, dates=dates), date.fromisoformat(day))


def on(text: str) -> When:
    """Return the date that `text` writes."""
    return When.model_validate(text)


def energy_pause(**dates: dict[str, Any]) -> Agreement:
    """Return the pause in strikes as the source tells it: 30 days, its start unclear, perhaps at once."""
    return agreement(
        dates={"effective": key_date("unclear", perhaps="2025-03-18")} | dates,
        duration={"words": "30 days", "days": 30, "cite": key_date("unclear")["cite"]},
        status_events=(turn("proposed", "by 2025-03-18"), turn("agreed", "between 2025-01-20 and 2025-03-18")),
    )


@pytest.mark.parametrize(
    ("day", "reason", "status"),
    [
        ("2025-03-18", Reason.START_UNCLEAR, Status.UNCLEAR),
        ("2025-03-20", Reason.START_UNCLEAR, Status.UNCLEAR),
        ("2025-04-17", Reason.START_UNCLEAR, Status.UNCLEAR),
        ("2025-04-18", Reason.IF_BEGUN, Status.DUE),
        ("2026-01-01", Reason.IF_BEGUN, Status.DUE),
    ],
)
def test_the_energy_pause_is_never_said_to_be_in_effect(day: str, reason: Reason, status: Status) -> None:
    """With an unclear start, 30 days from the day perhaps meant give a conditional end and no more than that."""
    assert status_on(energy_pause(), date.fromisoformat(day)) == Standing(status, reason, on("2025-04-17"))


def test_the_energy_pause_was_not_agreed_for_certain_before_the_article() -> None:
    """Agreed between January and 18 March: on a day between, it may or may not have come about."""
    assert status_on(energy_pause(), date(2025, 3, 17)) == Standing(Status.UNCLEAR, Reason.DATE_UNCLEAR)


def test_an_end_that_a_source_gives_comes_before_one_that_we_added_up() -> None:
    """Where a source declares the end, the sum of a possible start and the duration is not used."""
    pause = energy_pause(declared_end=key_date("2025-05-01"))
    assert status_on(pause, date(2025, 4, 25)) == Standing(Status.UNCLEAR, Reason.START_UNCLEAR)
    assert status_on(pause, date(2025, 5, 2)) == Standing(Status.DUE, due=on("2025-05-01"))


def test_a_duration_beyond_the_calendar_has_no_end() -> None:
    """A possible start so late that its end has no date leaves the end open, and breaks nothing."""
    pause = energy_pause(effective=key_date("unclear", perhaps="9999-12-30"))
    assert pause.conditional_end is None
    assert status_on(pause, date(2025, 3, 20)) == Standing(Status.UNCLEAR, Reason.START_UNCLEAR)
    assert status_on(energy_pause(effective=key_date("9999-12")), date(2025, 3, 20)) == Standing(Status.AGREED)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-19", None),
        ("2025-02-20", Standing(Status.AGREED)),
        ("2025-02-28", Standing(Status.AGREED)),
        ("2025-03-01", Standing(Status.IN_EFFECT, due=on("2025-03-31"))),
        ("2025-03-31", Standing(Status.IN_EFFECT, due=on("2025-03-31"))),
        ("2025-04-01", Standing(Status.DUE, due=on("2025-03-31"))),
    ],
)
def test_an_agreement_is_agreed_then_in_effect_then_due_to_have_ended(day: str, expected: Standing | None) -> None:
    """The last day of a truce is its last in effect; the day after, it was due to have ended, not ended."""
    assert standing(day, AGREED, effective=BEGUN, declared_end=key_date("2025-03-31")) == expected


@pytest.mark.parametrize(
    ("effective", "day", "status", "reason", "due"),
    [
        ("2025-03-01", "2025-03-31", Status.IN_EFFECT, Reason.COMPUTED, "2025-03-31"),
        ("2025-03-01", "2025-04-01", Status.DUE, Reason.COMPUTED, "2025-03-31"),
        (
            "between 2025-03-01 and 2025-03-10",
            "2025-03-31",
            Status.IN_EFFECT,
            Reason.COMPUTED,
            "between 2025-03-31 and 2025-04-09",
        ),
        ("2025-03", "2025-04-15", Status.UNCLEAR, Reason.START_NOT_CONFIRMED, None),
        ("2025-03", "2025-05-01", Status.DUE, Reason.COMPUTED, "between 2025-03-31 and 2025-04-30"),
        ("by 2025-03-10", "2025-03-11", Status.UNCLEAR, Reason.END_UNCLEAR, "by 2025-04-09"),
    ],
)
def test_thirty_days_from_a_known_start_are_an_end(
    effective: str, day: str, status: Status, reason: Reason, due: str | None
) -> None:
    """Where the start and the duration are recorded but no end, their sum is when it was due to end."""
    lasting = {"words": "30 days", "days": 30, "cite": BEGUN["cite"]}
    record = agreement(status_events=(AGREED,), dates={"effective": key_date(effective)}, duration=lasting)
    assert status_on(record, date.fromisoformat(day)) == Standing(status, reason, on(due) if due else None)


@pytest.mark.parametrize(
    ("extended_to", "day", "expected"),
    [
        ("2025-05-31", "2025-04-01", Standing(Status.IN_EFFECT, due=on("2025-05-31"))),
        ("2025-05-31", "2025-06-01", Standing(Status.DUE, due=on("2025-05-31"))),
        ("unclear", "2025-04-01", Standing(Status.UNCLEAR, Reason.END_UNCLEAR, on("unclear"))),
        ("2025-05", "2025-05-10", Standing(Status.UNCLEAR, Reason.END_UNCLEAR, on("2025-05"))),
    ],
)
def test_a_sourced_extension_moves_the_end(extended_to: str, day: str, expected: Standing) -> None:
    """With an extension the agreement stays in effect as long as that surely reaches."""
    ends = {"declared_end": key_date("2025-03-31"), "extended_to": key_date(extended_to)}
    assert standing(day, AGREED, effective=BEGUN, **ends) == expected


@pytest.mark.parametrize(
    ("turns", "dates", "expected"),
    [
        ((turn("proposed", "by 2025-03-18"),), {}, Standing(Status.PROPOSED)),
        ((turn("talks agreed", "2025-03-18"),), {}, Standing(Status.TALKS_AGREED)),
        ((turn("rejected", "by 2025-03-18"),), {}, Standing(Status.REJECTED)),
        ((turn("collapsed", "2025-03-10"),), {"effective": BEGUN}, Standing(Status.COLLAPSED)),
        ((AGREED,), {}, Standing(Status.UNCLEAR, Reason.START_NOT_RECORDED)),
        ((), {"signed": key_date("2025-03-01")}, Standing(Status.UNCLEAR, Reason.START_NOT_RECORDED)),
        ((), {"announced": BEGUN}, Standing(Status.UNCLEAR, Reason.DATE_UNCLEAR)),
        ((), {}, Standing(Status.UNCLEAR, Reason.DATE_UNCLEAR)),
        ((), {"effective": BEGUN}, Standing(Status.IN_EFFECT)),
        ((AGREED,), {"effective": key_date("by 2025-03-18")}, Standing(Status.IN_EFFECT)),
        ((AGREED,), {"effective": key_date("by 2025-03-21")}, Standing(Status.UNCLEAR, Reason.START_UNCLEAR)),
        ((AGREED,), {"effective": key_date("2025-03")}, Standing(Status.UNCLEAR, Reason.START_UNCLEAR)),
        ((AGREED,), {"effective": key_date("2025")}, Standing(Status.UNCLEAR, Reason.START_UNCLEAR)),
        ((AGREED,), {"effective": key_date("2025-04")}, Standing(Status.AGREED)),
        ((), {"effective": BEGUN, "ended": key_date("by 2025-03-18")}, Standing(Status.ENDED)),
        ((), {"effective": BEGUN, "ended": key_date("2025-03-21")}, Standing(Status.IN_EFFECT)),
        ((), {"effective": BEGUN, "ended": key_date("2025-03")}, Standing(Status.UNCLEAR, Reason.END_UNCLEAR)),
        ((), {"effective": BEGUN, "ended": key_date("unclear")}, Standing(Status.UNCLEAR, Reason.END_UNCLEAR)),
        ((turn("collapsed", "2025-03"),), {"effective": BEGUN}, Standing(Status.UNCLEAR, Reason.END_UNCLEAR)),
        ((turn("collapsed", "unclear"),), {"effective": BEGUN}, Standing(Status.UNCLEAR, Reason.END_UNCLEAR)),
        ((turn("collapsed", "2025-04"),), {"effective": BEGUN}, Standing(Status.IN_EFFECT)),
        ((turn("rejected", "2025-03-02"), turn("agreed", "2025-03-03")), {"effective": BEGUN}, Status.IN_EFFECT),
        ((turn("agreed", "2025-03-03"), turn("rejected", "2025-03-03")), {}, Standing(Status.REJECTED)),
        ((turn("rejected", "2025-03-03"), turn("proposed", "2025-03-02")), {}, Standing(Status.REJECTED)),
    ],
)
def test_what_held_on_20_march(
    turns: tuple[dict[str, Any], ...], dates: dict[str, dict[str, Any]], expected: Standing | Status
) -> None:
    """Each row of turns and dates gives the status, and the reason, that its sources allow and no more."""
    found = standing("2025-03-20", *turns, **dates)
    assert found == (expected if isinstance(expected, Standing) else Standing(expected))


def test_nothing_stands_before_the_first_that_is_known() -> None:
    """On a day before all of its dates there is nothing to say of an agreement."""
    assert standing("2025-02-19", AGREED, effective=BEGUN) is None
    assert standing("2025-02-19", effective=key_date("by 2025-03-01")) is not None


@settings(max_examples=200, deadline=None)
@given(timed_agreements(), near_days)
@example(energy_pause(), date(2025, 3, 18))
@example(energy_pause(effective=key_date("unclear", perhaps="9999-12-31")), date(2025, 3, 18))
def test_no_agreement_is_in_effect_beyond_what_its_sources_give(record: Agreement, day: date) -> None:
    """In effect: surely begun, and not past the first day on which it may have been due to end, or have ended."""
    found = status_on(record, day)
    if found is None or found.status is not Status.IN_EFFECT:
        return
    dates = record.dates
    assert dates.effective
    assert dates.effective.on.last
    assert dates.effective.on.last <= day
    due = dates.extended_to or dates.declared_end
    if due:
        assert due.on.first
        assert day <= due.on.first
    elif record.duration and record.duration.days:
        assert dates.effective.on.first
        assert (day - dates.effective.on.first).days <= record.duration.days
    if dates.ended:
        assert dates.ended.on.first
        assert dates.ended.on.first > day


@settings(max_examples=100, deadline=None)
@given(timed_agreements(), near_days, st.integers(1, 400))
def test_time_alone_never_brings_an_agreement_back(record: Agreement, day: date, days: int) -> None:
    """What was plainly due to have ended is not in effect, nor agreed and still to begin, on any later day."""
    found, later = status_on(record, day), status_on(record, day + timedelta(days=days))
    if found and later and found.status is Status.DUE and found.reason is Reason.PLAIN:
        assert later.status not in {Status.IN_EFFECT, Status.AGREED}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-25", Standing(Status.AGREED)),
        ("2025-04-01", Standing(Status.UNCLEAR, Reason.START_NOT_CONFIRMED)),
        ("2025-05-01", Standing(Status.UNCLEAR, Reason.START_NOT_CONFIRMED)),
    ],
)
def test_a_start_announced_for_after_our_newest_source_is_due_not_done(day: str, expected: Standing) -> None:
    """A record of 18 March cannot know that what was to begin on 1 April did."""
    assert standing(day, AGREED, effective=key_date("2025-04-01")) == expected


def test_whoever_signs_has_agreed_whatever_was_rejected_before() -> None:
    """Rejected on the first, signed on the tenth, in effect from the eleventh."""
    dates = {"signed": key_date("2025-03-10"), "effective": key_date("2025-03-11")}
    assert standing("2025-03-05", turn("rejected", "2025-03-01"), **dates) == Standing(Status.REJECTED)
    assert standing("2025-03-12", turn("rejected", "2025-03-01"), **dates) == Standing(Status.IN_EFFECT)
