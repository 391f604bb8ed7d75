"""docs/scores.md, which people are shown: its examples are what the code computes."""

import re
from datetime import UTC, date, datetime, timedelta

from reader.scoring import (
    HEDGES,
    NO_RANKING_BELOW,
    Ending,
    Entry,
    Question,
    Score,
    baseline_points,
    baseline_score,
    brier,
    calibration,
    mean_brier,
    murphy,
    nominal_alpha,
    peer_scores,
    record_of,
    share_interval,
    standing_forecast,
    weighted_mean,
    wilson_interval,
)
from tests.conftest import ROOT

PAGE = re.sub(r"\s+", " ", (ROOT / "docs/scores.md").read_text())
TEN = [
    *[(p / 100, True) for p in (90, 80, 70, 60, 30)],
    *[(p / 100, False) for p in (80, 40, 30, 20, 10)],
]


def day(number: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def section(title: str) -> str:
    return re.split(r" #+ ", PAGE.partition(f"# {title} ")[2])[0]


def whole(*shares: float, to: str = " and ") -> str:
    return to.join(f"{100 * share:.0f}" for share in shares)


def signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")


def test_the_share_that_happened() -> None:
    told = section("The share that happened")
    over = date(2026, 12, 31)
    endings = [Ending.HAPPENED] * 6 + [Ending.MOSTLY, Ending.MOSTLY_NOT] + [Ending.DID_NOT_HAPPEN] * 2
    endings += [Ending.PARTLY, Ending.AMBIGUOUS] + [Ending.UNJUDGED] * 2
    record = record_of([Entry(over, each) for each in endings] + [Entry(date.max)] * 3, date(2027, 1, 1))

    assert f"Of a speaker's {record.due + record.pending} claims, {record.due} are over" in told
    assert f"{record.happened} of them happened: {whole(record.share or 0)} %" in told
    assert record.interval is not None
    assert f"between {whole(record.interval.low, record.interval.high)} %" in told
    wilson, more, few = wilson_interval(7, 10), share_interval(70, 100), share_interval(4, 9)
    assert f"is {whole(wilson.low, wilson.high, to=' to ')} %.)" in told
    assert f"it would be {whole(more.low, more.high, to=' to ')} %" in told
    assert f"reaches from {whole(few.low, few.high, to=' to ')} %" in told
    assert (record.scored, NO_RANKING_BELOW) == (10, 10)


def test_the_brier_score() -> None:
    squares = ", ".join(f"{round((p - came) ** 2, 4):.2f}" for p, came in TEN[:5])

    assert f"The squares are {squares} and" in section("The Brier score")
    assert f"Their mean is **{mean_brier(TEN):.3f}**" in section("The Brier score")


def test_what_is_known_is_not_foreseen() -> None:
    told, made = section("The Brier score"), [(day(10), 0.4), (day(69), 0.95)]
    known = standing_forecast(Question(day(0), day(366), ended=day(68)), made)
    unknown = standing_forecast(Question(day(0), day(366)), made)
    none = standing_forecast(Question(day(0), day(366), ended=day(68)), made[1:])

    assert (known, none) == (0.4, None)
    assert f"(0.40 − 1)² = **{brier(known or 0, True):.2f}**" in told
    assert f"(0.95 − 1)² = {brier(unknown or 0, True):.4f}." in told


def test_what_it_is_made_of() -> None:
    parts, told = murphy(TEN, bins=3), section("What it is made of")

    assert parts is not None
    assert parts == murphy(TEN, bins=len(calibration(TEN)))
    assert f"÷ 10 = {parts.reliability:.5f}, the resolution" in told
    assert f"÷ 10 = {parts.resolution:.2f}, the uncertainty 0.5 × 0.5 = {parts.uncertainty:.2f}" in told
    assert f"{parts.reliability:.5f} − {parts.resolution:.2f} + {parts.uncertainty:.2f} − {-parts.within:.5f}" in told


def test_calibration() -> None:
    told = section("Calibration")

    for point in calibration(TEN):
        row = f"| {whole(point.low, point.high, to='–')} % | {point.forecasts} | {100 * point.mean_forecast:.1f} % | "
        row += f"{whole(point.share)} % | {whole(point.band.low, point.band.high, to='–')} % |"
        assert row in told


def test_the_baseline_score() -> None:
    told, history = section("Baseline score"), [(day(20), 0.6), (day(50), 0.8)]
    full = baseline_score(Question(day(0), day(100)), history, True)
    early = baseline_score(Question(day(0), day(100), ended=day(70)), history, True)

    assert (
        f"makes {signed(baseline_points(0.99, True))} if it happens and {signed(baseline_points(0.99, False))}" in told
    )
    assert f"60 % makes {baseline_points(0.6, True):.1f} for 30 days" in told
    assert f"80 % makes {baseline_points(0.8, True):.1f} for 50 days" in told
    assert f"= **{full.points:.1f}**, with {whole(full.coverage)} % coverage" in told
    assert f"= **{early.points:.1f}**, with {whole(early.coverage)} %." in told
    assert f"= {weighted_mean([Score(41.8, 0.8), Score(21.5, 0.5)]):.1f}" in section("Peer score")


def test_the_peer_score() -> None:
    told, question = section("Peer score"), Question(day(0), day(100))
    one, two, three = (
        signed(score.points)
        for score in peer_scores(question, {p: [(day(0), p)] for p in (0.8, 0.5, 0.4)}, True).values()
    )
    later = peer_scores(question, {0.8: [(day(0), 0.8)], 0.5: [(day(0), 0.5)], 0.4: [(day(50), 0.4)]}, True)

    assert f"**{one}**, the second **{two}**, the third **{three}**" in told
    assert "have {}, {} and {}, the last".format(*(signed(score.points) for score in later.values())) in told


def test_the_agreement_of_readers() -> None:
    one, other = "0100000010", "1110010000"
    found, told = nominal_alpha([[*one], [*other]]), section("Agreement of readers")

    assert f"observed {found.observed:.4f}" in told
    assert f"= {found.expected:.4f}." in told
    assert f"**{found.alpha:.2f}**" in told


def test_hedges() -> None:
    for hedge in HEDGES:
        assert hedge.reading is not None
        row = f"| {hedge.phrase} | {hedge.reading.mean} | {hedge.reading.low}–{hedge.reading.high} |"
        assert row in section("Hedges")
