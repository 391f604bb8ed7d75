"""Track records: what is in the cohort, what is scored, and what must not change it."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.scoring import NO_RANKING_BELOW, Ending, Entry, has_ended, record_of, share_interval

TODAY = date(2027, 6, 15)
OVER, RUNNING = TODAY - timedelta(days=1), TODAY


def entries(**counts: int) -> list[Entry]:
    return [Entry(OVER, Ending[name.upper()]) for name, times in counts.items() for _ in range(times)]


def test_it_counts_what_is_scored_and_what_is_not() -> None:
    made = entries(happened=6, mostly=1, mostly_not=1, did_not_happen=2, partly=1, ambiguous=1, annulled=3, unjudged=2)
    record = record_of([*made, Entry(RUNNING), Entry(None)], TODAY)

    assert (record.scored, record.happened, record.share) == (10, 7, 0.7)
    assert record.interval == share_interval(7, 10)
    assert (record.partly, record.ambiguous, record.annulled, record.unjudged) == (1, 1, 3, 2)
    assert (record.due, record.pending) == (17, 2)


def test_what_came_true_early_counts_from_the_end_of_its_window_on() -> None:
    early = Entry(date(2027, 12, 31), Ending.HAPPENED)

    assert record_of([early], date(2027, 12, 31)).scored == 0
    assert record_of([early], date(2027, 12, 31)).pending == 1
    assert record_of([early], date(2028, 1, 1)).happened == 1


@pytest.mark.parametrize(("ends", "over"), [(OVER, True), (RUNNING, False), (date.max, False), (None, False)])
def test_the_last_day_belongs_to_the_window(ends: date | None, over: bool) -> None:
    assert has_ended(ends, TODAY) == over


def test_of_nothing_there_is_a_record_without_a_share() -> None:
    record = record_of([], TODAY)

    assert (record.share, record.interval, record.difficulty, record.due) == (None, None, None, 0)
    assert not record.is_ranked


@pytest.mark.parametrize(("scored", "ranked"), [(NO_RANKING_BELOW - 1, False), (NO_RANKING_BELOW, True)])
def test_below_ten_nobody_is_ranked(scored: int, ranked: bool) -> None:
    record = record_of(entries(happened=scored, partly=50, unjudged=50), TODAY)

    assert record.is_ranked == ranked


def test_the_difficulty_is_that_of_what_is_scored() -> None:
    rated = [Entry(OVER, Ending.HAPPENED, difficulty) for difficulty in (2, 3, 3, 5)]
    others = [Entry(OVER, Ending.PARTLY, 1), Entry(RUNNING, Ending.HAPPENED, 1), Entry(OVER, Ending.HAPPENED)]
    record = record_of(rated + others, TODAY)

    assert (record.difficulty, record.rated, record.scored) == (3.25, 4, 5)


@pytest.mark.parametrize("difficulty", [0, 0.5, 6])
def test_a_difficulty_off_the_scale_is_refused(difficulty: float) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        record_of([Entry(OVER, Ending.HAPPENED, difficulty)], TODAY)


@pytest.mark.parametrize(
    ("outcome", "ending", "happened"),
    [
        (1, Ending.HAPPENED, True),
        (0.75, Ending.MOSTLY, True),
        (0.5, Ending.PARTLY, None),
        (0.25, Ending.MOSTLY_NOT, False),
        (0, Ending.DID_NOT_HAPPEN, False),
    ],
)
def test_an_outcome_is_scored_by_what_it_says(outcome: float, ending: Ending, happened: bool | None) -> None:
    assert Ending.of(outcome) is ending
    assert ending.happened is happened
    assert ending.reversed is Ending.of(1 - outcome)


@pytest.mark.parametrize("ending", [Ending.AMBIGUOUS, Ending.ANNULLED, Ending.UNJUDGED])
def test_without_an_outcome_nothing_is_scored(ending: Ending) -> None:
    assert ending.happened is None
    assert ending.reversed is ending


@pytest.mark.parametrize("outcome", [0.1, 2, -1])
def test_what_is_no_outcome_is_refused(outcome: float) -> None:
    with pytest.raises(ValueError, match="no outcome"):
        Ending.of(outcome)


days = st.one_of(st.none(), st.integers(-3, 3).map(lambda number: TODAY + timedelta(days=number)))
claims = st.lists(st.builds(Entry, days, st.sampled_from(Ending), st.one_of(st.none(), st.floats(1, 5))), max_size=40)


@given(claims)
def test_every_claim_is_counted_once(made: list[Entry]) -> None:
    record = record_of(made, TODAY)

    assert record.due + record.pending == len(made)
    assert record.happened <= record.scored <= record.due
    if record.share is not None and record.interval is not None:
        assert record.interval.low <= record.share <= record.interval.high
    if record.difficulty is not None:
        assert 1 <= record.difficulty <= 5


@given(claims, st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order(made: list[Entry], chance: random.Random) -> None:
    assert record_of(chance.sample(made, len(made)), TODAY) == record_of(made, TODAY)


@given(claims)
def test_whoever_said_the_opposite_has_the_opposite_record(made: list[Entry]) -> None:
    record = record_of(made, TODAY)
    opposite = record_of([Entry(each.ends, each.ending.reversed, each.difficulty) for each in made], TODAY)

    assert opposite.happened == record.scored - record.happened
    assert (opposite.scored, opposite.partly, opposite.due) == (record.scored, record.partly, record.due)
