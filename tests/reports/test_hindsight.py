"""Whatever anybody forecasts once the outcome is known, nobody's figures change by it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reader.reports.forecast_queries import ForecastClaim, ForecastRow
from reader.reports.rescoring import figures_of
from reader.reports.scorecards import Group, Scorecard, card

OPENED, DAYS = datetime(2026, 1, 1, tzinfo=UTC), 100
ENDS, TODAY = date(2026, 4, 10), date(2026, 5, 1)
READERS = (1, 2, 3)
#: Who, on which hour of the claim's time, how likely; None withdraws.
GIVEN = st.tuples(st.sampled_from(READERS), st.integers(0, 24 * DAYS - 1), st.one_of(st.none(), st.integers(1, 99)))


def claim(known: int | None) -> ForecastClaim:
    day = (OPENED + timedelta(days=known)).date() if known is not None else None
    judged = datetime(2026, 4, 20, tzinfo=UTC)
    return ForecastClaim(7, "Herds come", OPENED, ENDS, "resolved", 100, None, judged, day)


def rows(given: list[tuple[int, int, int | None]]) -> list[ForecastRow]:
    made = sorted(given, key=lambda one: one[1])
    return [ForecastRow(7, who, OPENED + timedelta(hours=hour), percent, None) for who, hour, percent in made]


def cards(known: int | None, made: list[ForecastRow]) -> dict[int, Scorecard]:
    """Of each reader, from the claim that they forecast, if they did."""
    forecast_by = {row.owner_id for row in made}
    return {who: card([claim(known)] * (who in forecast_by), made, who, TODAY) for who in READERS}


def figures(known: int | None, made: list[ForecastRow]) -> list[list[object]]:
    return [figures_of(one) for one in cards(known, made).values()]


@given(st.lists(GIVEN, max_size=20), st.integers(0, DAYS))
def test_hindsight_changes_no_figure(made: list[tuple[int, int, int | None]], known: int) -> None:
    foreseen = [one for one in made if one[1] < 24 * known]

    assert figures(known, rows(made)) == figures(known, rows(foreseen))


@given(st.lists(GIVEN, max_size=20), st.integers(0, DAYS))
def test_the_order_of_the_rows_of_different_moments_changes_none(
    made: list[tuple[int, int, int | None]], known: int
) -> None:
    moments = {(who, hour): percent for who, hour, percent in made}
    told = rows([(who, hour, percent) for (who, hour), percent in moments.items()])

    assert figures(known, told) == figures(known, sorted(told, key=lambda row: (row.owner_id, row.made_at)))


@given(st.lists(GIVEN, max_size=20), st.integers(0, DAYS))
def test_whoever_forecast_something_in_time_is_never_told_of_hindsight(
    made: list[tuple[int, int, int | None]], known: int
) -> None:
    for who, one in cards(known, rows(made)).items():
        hours = [hour for reader, hour, _ in made if reader == who]
        for called in one.called:
            assert (called.group == Group.HINDSIGHT) == (min(hours) >= 24 * known)
            assert called.baseline is None or called.baseline.coverage <= known / DAYS + 1e-9


@given(st.lists(GIVEN, max_size=20))
def test_the_day_after_the_window_is_as_good_as_none(made: list[tuple[int, int, int | None]]) -> None:
    assert figures(DAYS, rows(made)) == figures(None, rows(made))
