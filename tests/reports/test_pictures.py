"""Drawings: well-formed, without a style or a script, and with each thing in its place."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from reader.claims.moons import FACES
from reader.reports.pictures import curves, scales, shares, slips, timeline
from reader.scoring import calibration, share_interval

YEARS = timeline.scale(date(2024, 1, 1), date(2026, 12, 31))
TODAY = date(2025, 7, 2)
days = st.dates()


def parts(drawing: SafeString) -> list[ElementTree.Element]:
    """All elements of a drawing that obeys the policy."""
    assert "style=" not in drawing
    assert "<script" not in drawing
    root = ElementTree.fromstring(drawing)
    assert (root.tag, root.get("aria-hidden")) == ("svg", "true")
    return list(root.iter())


def of_class(drawing: SafeString, name: str) -> list[ElementTree.Element]:
    return [part for part in parts(drawing) if name in (part.get("class") or "").split()]


def lane(starts: date | None, ends: date | None, said_on: date | None = None, face: int | str = "") -> SafeString:
    return timeline.lane(timeline.Lane(starts, ends, said_on, face), YEARS, timeline.ground(YEARS, TODAY))


def test_a_bar_lies_between_its_days() -> None:
    drawing = lane(date(2025, 1, 1), date(2025, 12, 31), date(2024, 7, 1))
    [bar], [said] = of_class(drawing, "bar"), of_class(drawing, "said")

    assert float(bar.get("x", "")) == YEARS.x(date(2025, 1, 1))
    assert float(bar.get("x", "")) + float(bar.get("width", "")) == pytest.approx(YEARS.x(date(2025, 12, 31)), abs=0.2)
    assert float(said.get("cx", "")) == YEARS.x(date(2024, 7, 1))
    assert of_class(drawing, "today")


def test_an_open_end_fades() -> None:
    bars = of_class(lane(date(2025, 1, 1), None), "bar")

    assert [bar.get("opacity") for bar in bars] == [None, "0.7", "0.45", "0.2"]


@pytest.mark.parametrize("face", FACES)
def test_every_outcome_has_its_moon(face: int | str) -> None:
    drawing = lane(date(2025, 1, 1), date(2025, 12, 31), face=face)

    assert len(of_class(drawing, "moon")) == 1
    assert str(FACES[face]) in drawing


@pytest.mark.parametrize(
    ("starts", "ends"), [(None, None), (date(2027, 1, 1), date(2028, 1, 1)), (date(2020, 1, 1), date(2021, 1, 1))]
)
def test_what_is_out_of_sight_is_not_drawn(starts: date | None, ends: date | None) -> None:
    drawing = lane(starts, ends, date(2019, 1, 1))

    assert not of_class(drawing, "bar") + of_class(drawing, "said") + of_class(drawing, "moon")


@given(days, st.none() | days, st.none() | days, days, days)
def test_nothing_leaves_the_drawing(
    starts: date, ends: date | None, said_on: date | None, one: date, other: date
) -> None:
    scale = timeline.scale(min(one, other), max(one, other))
    if ends:
        starts, ends = min(starts, ends), max(starts, ends)
    drawing = timeline.lane(timeline.Lane(starts, ends, said_on), scale, timeline.ground(scale, TODAY))

    for bar in of_class(drawing, "bar"):
        assert 0 <= float(bar.get("x", "")) <= timeline.WIDTH
        assert float(bar.get("x", "")) + float(bar.get("width", "")) <= timeline.WIDTH


@given(days, days)
def test_ticks_are_few_and_in_order(one: date, other: date) -> None:
    scale = scales.Days(min(one, other), max(one, other), 0, 600)
    ticks = scale.ticks()

    assert len(ticks) <= scales.MOST_TICKS + 1
    assert ticks == sorted(ticks)
    assert all(scale.shows(day) and day.day == 1 for day in ticks)


def test_few_years_are_told_by_their_months() -> None:
    scale = scales.Days(date(2025, 1, 1), date(2025, 12, 31), 0, 600)

    assert [scale.words(day) for day in scale.ticks()] == ["2025", "Apr", "Jul", "Oct"]


def test_the_endings_fill_one_bar() -> None:
    drawing = shares.endings([("happened", 3), ("did-not-happen", 1), ("partly", 0), ("not-judged", 2)])
    widths = {part.get("data-part"): float(part.get("width", "")) for part in of_class(drawing, "part")}

    assert list(widths) == ["happened", "did-not-happen", "not-judged"]
    assert sum(widths.values()) == pytest.approx(shares.WIDTH - 2, abs=0.2)
    assert widths["happened"] == pytest.approx(3 * widths["did-not-happen"], abs=0.2)
    assert shares.endings([("happened", 0)]) == ""


def test_the_share_lies_in_its_interval() -> None:
    drawing = shares.share_scale(0.7, share_interval(7, 10))
    [band] = of_class(drawing, "band")
    left, width = float(band.get("x", "")), float(band.get("width", ""))

    assert left < shares.at(0.7) < left + width
    assert not of_class(shares.share_scale(None, None), "band")


def test_a_curve_has_a_dot_and_a_band_for_each_bin() -> None:
    bins = calibration([(0.1, False), (0.2, False), (0.5, True), (0.9, True), (0.95, True)])
    drawing = curves.curve(bins)
    dots = of_class(drawing, "dot")

    assert len(dots) == len(of_class(drawing, "band")) == len(bins) == 3
    assert float(dots[0].get("cy", "")) == curves.up(0)
    assert float(dots[-1].get("cx", "")) == pytest.approx(curves.across(0.925), abs=0.1)


def test_dates_that_moved_are_joined_by_a_line() -> None:
    named: list[slips.Named] = [(date(2023, 1, 1), date(2024, 12, 31)), (None, date(2026, 12, 31))]
    drawing = slips.slips(named, slips.scale(named, TODAY), TODAY)
    [line] = of_class(drawing, "slip")

    assert len(line.get("points", "").split()) == 2
    assert (len(of_class(drawing, "named")), len(of_class(drawing, "said"))) == (2, 1)
