"""Baseline and peer scores: Metaculus' own examples, the same computed day by day, and what must always hold."""

import math
import random
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from math import e

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gmean

from reader.scoring import (
    Forecast,
    Question,
    Score,
    baseline_points,
    baseline_score,
    peer_points,
    peer_scores,
    standing_forecast,
    weighted_mean,
)


def day(number: float) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def near(points: float, coverage: float) -> object:
    return pytest.approx((points, coverage), abs=1e-9)


TEN_DAYS = Question(day(0), day(10))
HALF_OF_THEM = Question(day(0), day(10), ended=day(5))


@pytest.mark.parametrize(
    ("p", "happened", "points"),
    [
        (0.5, True, 0),
        (0.5, False, 0),
        (0.9, True, 84.79969066),
        (0.1, True, -232.19280949),
        (0.9, False, -232.19280949),
        (2 ** (-1 / 2), True, 50),
        (2 ** (-3 / 2), True, -50),
        (0.999, True, 99.8557),
        (0.001, True, -896.5784),
    ],
)
def test_baseline_points_are_those_of_metaculus(p: float, happened: bool, points: float) -> None:
    """The values in Metaculus' tests (tests/unit/test_scoring/test_score_math.py), and the bounds in its FAQ."""
    assert baseline_points(p, happened) == pytest.approx(points, abs=5e-5)


def test_a_score_is_averaged_over_time_as_in_the_faq() -> None:
    """ "Do all my predictions count toward my score?": five days, with forecasts from the second one on."""
    question = Question(day(0), day(5))
    history = [(day(1), 0.4), (day(2), 0.7), (day(4), 0.8)]

    assert [round(baseline_points(p, True)) for _, p in history] == [-32, 49, 68]
    points, coverage = astuple(baseline_score(question, history, True))
    assert (round(points, 4), coverage) == (26.5399, 0.8)


def test_an_early_end_keeps_honesty_best_as_in_the_faq() -> None:
    """ "Score truncation example": 20 % for an event in week 1, 5 % later; expectations with and without the cut."""
    early, late = Question(day(0), day(52), ended=day(1)), Question(day(0), day(52))

    def expected(first: float, *, cut: bool) -> tuple[int, int, int]:
        at_first = baseline_score(early, [(day(0), first)], True).points if cut else baseline_points(first, True)
        history = [(day(0), first), (day(1), 0.05)]
        yes, no = baseline_score(late, history, True).points, baseline_score(late, history, False).points
        return round(at_first), round(yes), round(0.2 * at_first + 0.04 * yes + 0.76 * no)

    assert expected(0.24, cut=False) == (-106, -328, 36)
    assert expected(0.99, cut=False) == (99, -324, 68)
    assert expected(0.24, cut=True) == (-2, -328, 56)
    assert expected(0.99, cut=True) == (2, -324, 48)


@pytest.mark.parametrize(
    ("question", "history", "score"),
    [
        (TEN_DAYS, [(0, 0.5)], Score(0, 1)),
        (TEN_DAYS, [(3, 0.5)], Score(0, 0.7)),
        (TEN_DAYS, [(5, 0.9)], Score(84.79969066 / 2, 0.5)),
        (HALF_OF_THEM, [(0, 0.9)], Score(84.79969066 / 2, 0.5)),
        (HALF_OF_THEM, [(5, 0.9)], Score(0, 0)),
        (TEN_DAYS, [(-3, 0.1), (-1, 0.9)], Score(84.79969066, 1)),
        (TEN_DAYS, [(10, 0.9), (12, 0.1)], Score(0, 0)),
        (TEN_DAYS, [], Score(0, 0)),
        (Question(day(0), day(10), ended=day(-1)), [(0, 0.9)], Score(0, 0)),
        (Question(day(0), day(10), ended=day(30)), [(0, 0.9)], Score(84.79969066, 1)),
    ],
)
def test_a_forecast_counts_while_it_stands(
    question: Question, history: list[tuple[float, float]], score: Score
) -> None:
    found = baseline_score(question, [(day(when), p) for when, p in history], True)

    assert (found.points, found.coverage) == pytest.approx(astuple(score), abs=1e-7)


def test_of_two_at_the_same_moment_the_later_one_stands() -> None:
    assert standing_forecast(TEN_DAYS, [(day(1), 0.2), (day(1), 0.6)]) == 0.6


@pytest.mark.parametrize(
    ("question", "stood"), [(TEN_DAYS, 0.8), (HALF_OF_THEM, 0.4), (Question(day(-9), day(0)), None)]
)
def test_the_standing_forecast_is_that_of_the_end(question: Question, stood: float | None) -> None:
    assert standing_forecast(question, [(day(7), 0.8), (day(2), 0.4)]) == stood


def test_peer_points_are_those_of_the_faq() -> None:
    """ "What is the Peer score?": log scores of −1, 1 and 2, here all 3 lower, as those of probabilities are."""
    alex, bailey, cory = e**-4, e**-2, e**-1

    assert peer_points(alex, [bailey, cory], True) == pytest.approx(-250)
    assert peer_points(bailey, [alex, cory], True) == pytest.approx(50)
    assert peer_points(cory, [alex, bailey], True) == pytest.approx(200)


@pytest.mark.parametrize("happened", [True, False])
@pytest.mark.parametrize("field", [[0.1, 0.9], [0.4, 0.6], [0.1, 0.5, 0.9], [0.1, 0.3, 0.6, 0.9], [0.9, 0.9]])
def test_peer_scores_are_those_of_metaculus(field: list[float], happened: bool) -> None:
    """The fields in Metaculus' tests: each against the geometric mean of the others."""
    found = peer_scores(TEN_DAYS, {number: [(day(0), p)] for number, p in enumerate(field)}, happened)

    for number, p in enumerate(field):
        others = field[:number] + field[number + 1 :]
        came, theirs = (p, others) if happened else (1 - p, [1 - other for other in others])
        assert astuple(found[number]) == near(100 * math.log(came / gmean(theirs)), 1)
        assert peer_points(p, others, happened) == pytest.approx(found[number].points, abs=1e-10)


def test_peers_may_join_later_as_in_metaculus_tests() -> None:
    found = peer_scores(TEN_DAYS, {"a": [(day(0), 0.1)], "b": [(day(0), 0.5)], "c": [(day(5), 0.9)]}, True)

    assert found["a"].points == pytest.approx(50 * (math.log(0.1 / 0.5) + math.log(0.1 / gmean([0.5, 0.9]))))
    assert found["b"].points == pytest.approx(50 * (math.log(0.5 / 0.1) + math.log(0.5 / gmean([0.1, 0.9]))))
    assert astuple(found["c"]) == near(50 * math.log(0.9 / gmean([0.1, 0.5])), 0.5)


def test_alone_one_has_no_points_but_coverage() -> None:
    assert peer_scores(TEN_DAYS, {"a": [(day(2), 0.9)], "b": []}, True) == {"a": Score(0, 0.8), "b": Score(0, 0)}
    assert peer_points(0.9, [], True) == 0


def test_the_mean_over_questions_is_weighted_by_coverage() -> None:
    assert weighted_mean([Score(41.8, 0.8), Score(21.5, 0.5)]) == pytest.approx(48.6923, abs=5e-5)
    assert weighted_mean([Score(0, 0)]) is None
    assert weighted_mean([]) is None


@pytest.mark.parametrize("p", [0, 1, -0.5, 50, math.nan])
def test_certainty_is_refused(p: float) -> None:
    for refuse in (
        lambda: baseline_points(p, True),
        lambda: baseline_score(TEN_DAYS, [(day(1), p)], False),
        lambda: peer_points(0.5, [p], True),
        lambda: peer_scores(TEN_DAYS, {"a": [(day(1), p)]}, True),
    ):
        with pytest.raises(ValueError, match="not between 0 and 1"):
            refuse()


@pytest.mark.parametrize("closes", [0, -1])
def test_a_question_that_closes_before_it_opens_is_refused(closes: int) -> None:
    with pytest.raises(ValueError, match="closes after"):
        Question(day(0), day(closes))


percents = st.integers(1, 99).map(lambda percent: percent / 100)
#: Forecasts at whole days, so that a day by day computation is exact; no two of one reader at once.
histories = st.dictionaries(st.integers(-2, 12), percents, max_size=5).map(
    lambda made: [(day(when), p) for when, p in made.items()]
)
fields = st.dictionaries(st.integers(0, 9), histories, max_size=6)
questions = st.one_of(st.none(), st.integers(0, 12)).map(
    lambda ended: Question(day(0), day(10), None if ended is None else day(ended))
)


def on(number: int, history: list[Forecast]) -> float | None:
    made = [forecast for forecast in history if forecast[0] <= day(number)]
    return max(made)[1] if made else None


@given(questions, fields, st.booleans())
def test_it_is_the_mean_of_the_days(question: Question, field: dict[int, list[Forecast]], happened: bool) -> None:
    days = [number for number in range(10) if day(number) < question.end]
    found = peer_scores(question, field, happened)

    for who, history in field.items():
        stood = [(number, p) for number in days if (p := on(number, history)) is not None]
        alone = sum(baseline_points(p, happened) for _, p in stood) / 10
        beside = 0.0
        for number, p in stood:
            others = [on(number, other) for name, other in field.items() if name != who]
            beside += peer_points(p, [other for other in others if other is not None], happened) / 10
        assert astuple(baseline_score(question, history, happened)) == near(alone, len(stood) / 10)
        assert astuple(found[who]) == near(beside, len(stood) / 10)


@given(questions, fields, st.booleans())
def test_peer_points_add_up_to_nothing(question: Question, field: dict[int, list[Forecast]], happened: bool) -> None:
    assert sum(score.points for score in peer_scores(question, field, happened).values()) == pytest.approx(0, abs=1e-9)


@given(questions, fields, st.booleans(), st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order(
    question: Question, field: dict[int, list[Forecast]], happened: bool, chance: random.Random
) -> None:
    shuffled = {who: chance.sample(field[who], len(field[who])) for who in chance.sample(sorted(field), len(field))}

    assert peer_scores(question, shuffled, happened) == peer_scores(question, field, happened)
    for who, history in field.items():
        assert baseline_score(question, shuffled[who], happened) == baseline_score(question, history, happened)
        assert standing_forecast(question, shuffled[who]) == standing_forecast(question, history)


@given(percents, percents)
def test_honesty_is_best(belief: float, said: float) -> None:
    """Proper: nobody expects more by saying something else than they believe."""

    def expected(p: float) -> float:
        return belief * baseline_points(p, True) + (1 - belief) * baseline_points(p, False)

    assert expected(said) <= expected(belief) + 1e-9
