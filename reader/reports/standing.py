"""A reader's figures in words, with the drawing of their calibration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from reader.claims.moons import moon
from reader.core.markup import NOTHING
from reader.reports.pictures.curves import curve
from reader.reports.scorecards import Called, Group, Scorecard
from reader.reports.sections import whole
from reader.reports.timelines import FACES, WORDS
from reader.scoring import NO_RANKING_BELOW, Bin

#: The figures over time count what was withdrawn too, for as long as it stood.
TIMED = "timed"
FORECAST_WORDS: Mapping[str, str] = {
    Group.SCORED: "Scored forecasts",
    TIMED: "Forecasts that stood for a time",
    Group.WITHDRAWN: "Withdrawn before the end: for that time alone",
    Group.HINDSIGHT: "Given when it was known already: not scored",
    Group.PARTLY: "Happened partly: counted, not scored",
    Group.AMBIGUOUS: "Ambiguous: unclear what happened",
    Group.ANNULLED: "Annulled: unclear what was asked",
    Group.UNJUDGED: "Due, not judged yet",
    Group.PENDING: "Not over yet",
}
#: What the table of the record counts, in its order.
COUNTED = (
    Group.SCORED,
    Group.WITHDRAWN,
    Group.HINDSIGHT,
    Group.PARTLY,
    Group.AMBIGUOUS,
    Group.ANNULLED,
    Group.UNJUDGED,
    Group.PENDING,
)


class BinLine(NamedTuple):
    """A line of the table beside the calibration curve; `place` is the number of its bin, from 0."""

    place: int
    forecasts: str
    number: int
    mean: str
    happened: str
    band: str


class ForecastLine(NamedTuple):
    """A forecast with what it was scored."""

    claim_id: int
    statement: str
    moon: SafeString
    ending: str
    percent: str
    brier: str
    baseline: str
    peer: str
    others: int
    coverage: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a scorecard, as they are shown; empty where there is none."""

    scored: int
    timed: int
    brier: str
    #: Reliability, resolution, uncertainty and what is within the groups; they make the Brier score.
    parts: Sequence[tuple[str, str, str]]
    baseline: str
    peer: str
    coverage: str
    curve: SafeString
    bins: Sequence[BinLine]
    counted: Sequence[tuple[str, str, int]]

    @classmethod
    def of(cls, card: Scorecard) -> "Figures":
        parts = card.parts
        return cls(
            scored=len(card.group(Group.SCORED)),
            timed=len(card.timed),
            brier=f"{parts.brier:.3f}" if parts else "",
            parts=parts_in_words(card),
            baseline=points(card.baseline),
            peer=points(card.peer),
            coverage=whole(card.coverage),
            curve=curve(card.bins) if card.bins else NOTHING,
            bins=[bin_line(one, card.bin_of(one.low)) for one in card.bins],
            counted=[(group, FORECAST_WORDS[group], len(card.group(group))) for group in COUNTED],
        )

    @property
    def is_small(self) -> bool:
        return self.scored < NO_RANKING_BELOW

    @property
    def is_empty(self) -> bool:
        return not any(count for _, _, count in self.counted)


def parts_in_words(card: Scorecard) -> list[tuple[str, str, str]]:
    parts = card.parts
    if parts is None:
        return []
    return [
        ("reliability", signed(parts.reliability), "how far what you said is from what came; 0 is best"),
        (
            "− resolution",
            signed(parts.resolution),
            "how well you tell apart what comes from what does not; more is better",
        ),
        ("+ uncertainty", signed(parts.uncertainty), "how hard the questions were; not your doing"),
        ("+ within", signed(parts.within), "what differs inside the groups of the curve"),
    ]


def signed(value: float) -> str:
    """Three places, with a true minus sign; what rounds to zero has none."""
    return f"{value:.3f}".replace("-0.000", "0.000").replace("-", "−")


def points(value: float | None) -> str:
    """Points always bear their sign; what rounds to zero has none."""
    if value is None:
        return ""
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def bin_line(one: Bin, place: int) -> BinLine:
    return BinLine(
        place,
        span(one),
        one.forecasts,
        f"{100 * one.mean_forecast:.1f} %",
        whole(one.share),
        f"{100 * one.band.low:.0f}–{100 * one.band.high:.0f} %",
    )


def span(one: Bin) -> str:
    return f"{100 * one.low:.0f}–{100 * one.high:.0f} %"


def forecast_lines(card: Scorecard, group: str) -> list[ForecastLine]:
    return [forecast_line(one) for one in (card.timed if group == TIMED else card.group(group))]


def bin_lines(card: Scorecard, place: int) -> tuple[str, list[ForecastLine]]:
    """What the forecasts in one bin of the calibration curve have in common, in words, and these forecasts."""
    spans = [span(one) for one in card.bins if card.bin_of(one.low) == place]
    return " of ".join([FORECAST_WORDS[Group.SCORED], *spans]), [forecast_line(one) for one in card.in_bin(place)]


def forecast_line(one: Called) -> ForecastLine:
    return ForecastLine(
        one.claim.claim_id,
        one.claim.statement,
        moon(*FACES[one.ending]),
        WORDS[one.ending],
        whole(one.p),
        f"{one.brier:.3f}" if one.brier is not None else "",
        points(one.baseline.points if one.baseline else None),
        points(one.peer.points if one.peer else None),
        one.others,
        whole(one.baseline.coverage if one.baseline else None),
    )
