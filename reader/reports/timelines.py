"""The claims of a record along time, as far as the address says and a page has room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from reader.claims.bars import some_time_after
from reader.claims.moons import moon
from reader.claims.scale import Outcome
from reader.claims.verdicts import Status
from reader.claims.windows import in_words
from reader.core.markup import NOTHING, fill, together
from reader.reports.pictures import timeline as drawing
from reader.reports.record_queries import wordings
from reader.reports.tracks import Stake
from reader.scoring import Ending

#: More lanes than this nobody compares: the years lead to the rest.
MOST_LANES = 30
#: Where years are many, a link leads to ten of them.
MOST_YEARS = 14
#: A claim about the year 2500 leaves the others their room: so far from today the drawing ends.
REACH = 25

#: How an ending is drawn and called, as everywhere.
FACES: Mapping[Ending, tuple[str | None, int | None]] = {
    Ending.HAPPENED: (Status.RESOLVED, Outcome.HAPPENED),
    Ending.MOSTLY: (Status.RESOLVED, Outcome.MOSTLY),
    Ending.PARTLY: (Status.RESOLVED, Outcome.PARTLY),
    Ending.MOSTLY_NOT: (Status.RESOLVED, Outcome.MOSTLY_NOT),
    Ending.DID_NOT_HAPPEN: (Status.RESOLVED, Outcome.DID_NOT_HAPPEN),
    Ending.AMBIGUOUS: (Status.AMBIGUOUS, None),
    Ending.ANNULLED: (Status.ANNULLED, None),
    Ending.UNJUDGED: (None, None),
}
WORDS: Mapping[Ending, str] = {ending: ending.value.capitalize() for ending in Ending} | {
    Ending.UNJUDGED: "Not judged yet"
}

ROW = (
    '<tr role="row"><th role="rowheader" scope="row"><a href="{url}" dir="auto">{words}</a></th>'
    '<td role="cell" class="lane-cell">{lane}<span class="facts">{said}<span>{window}</span><span>{moon}{ending}</span>'
    "</span></td></tr>\n"
)
FACT = "<span>{words}</span>"


@dataclass(frozen=True, slots=True)
class Zoom:
    """The years that the address names; without them, all."""

    first: int | None = None
    last: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Zoom":
        """Years in the wrong order are turned round; one alone is the only one; what is no year is none."""
        years = sorted(year for name in ("from", "to") if (year := year_in(query.get(name, ""))))
        return cls(years[0], years[-1]) if years else cls()

    @property
    def days(self) -> tuple[date, date] | None:
        return (date(self.first, 1, 1), date(self.last, 12, 31)) if self.first and self.last else None


def year_in(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= 4 and int(text) else None


@dataclass(frozen=True, slots=True)
class Timeline:
    axis: SafeString
    rows: SafeString
    zoom: Zoom
    shown: int
    #: How many claims lie in the years shown, and how many name no day.
    within: int
    undated: int
    #: From which year to which a link leads, its words, and whether it is the one that is followed.
    years: Sequence[tuple[int, int, str, bool]]


def timeline_of(stakes: Iterable[Stake], zoom: Zoom, today: date) -> Timeline:
    dated, undated = [], 0
    for stake in stakes:
        if stake.starts:
            dated.append(stake)
        else:
            undated += 1
    within = [stake for stake in dated if is_within(stake, zoom)]
    shown = nearest(within, zoom, today)
    days = drawing.scale(*(zoom.days or extent(shown, today)))
    ground = drawing.ground(days, today)
    words = wordings({stake.claim_id for stake in shown})
    return Timeline(
        axis=drawing.axis(days),
        rows=together(
            row(stake, words.get(stake.claim_id, ""), drawing.lane(lane_of(stake), days, ground)) for stake in shown
        ),
        zoom=zoom,
        shown=len(shown),
        within=len(within),
        undated=undated,
        years=year_links(dated, zoom),
    )


def is_within(stake: Stake, zoom: Zoom) -> bool:
    if zoom.days is None or stake.starts is None:
        return True
    first, last = zoom.days
    return stake.starts <= last and (stake.ends is None or stake.ends >= first)


def nearest(stakes: Sequence[Stake], zoom: Zoom, today: date) -> list[Stake]:
    """As many as have room, those that end next to today (or to the years shown), in the order of their ends."""
    if len(stakes) > MOST_LANES:
        first, last = zoom.days or (today, today)
        around = min(max(today, first), last)
        stakes = nsmallest(
            MOST_LANES, stakes, key=lambda one: (abs((one.ends or date.max) - around), one.claim_id, one.is_reversed)
        )
    return sorted(stakes[:MOST_LANES], key=lambda one: (one.ends or date.max, one.claim_id, one.is_reversed))


def extent(stakes: Iterable[Stake], today: date) -> tuple[date, date]:
    """Whole years from the first day of any of them to the last, but not too far from today."""
    days = [today]
    for stake in stakes:
        days += [day for day in (stake.starts, stake.said_on) if day]
        days.append(stake.ends or some_time_after(max(today, stake.starts or today)))
    first = max(min(days).year, today.year - REACH, 1)
    last = min(max(days).year, today.year + REACH, 9999)
    return date(first, 1, 1), date(last, 12, 31)


def lane_of(stake: Stake) -> drawing.Lane:
    status, outcome = FACES[outcome_of(stake)]
    return drawing.Lane(stake.starts, stake.ends, stake.said_on, outcome if outcome is not None else status or "")


def outcome_of(stake: Stake) -> Ending:
    """What became of the claim itself, whatever they said of it."""
    return stake.ending.reversed if stake.is_reversed else stake.ending


def row(stake: Stake, words: str, lane: SafeString) -> SafeString:
    said = f"said {in_words(stake.said_on)}" if stake.said_on else ""
    denied = "said that it will not" if stake.is_reversed else ""
    return fill(
        ROW,
        url=reverse("claim", args=[stake.claim_id]),
        words=words,
        lane=lane,
        said=together(fill(FACT, words=fact) for fact in (said, denied) if fact) or NOTHING,
        window=window_in_words(stake),
        moon=moon(*FACES[outcome_of(stake)]),
        ending=WORDS[outcome_of(stake)],
    )


def window_in_words(stake: Stake) -> str:
    if stake.starts is None:
        return "No day named"
    if stake.ends is None:
        return f"from {in_words(stake.starts)} on"
    if stake.starts == stake.ends:
        return f"on {in_words(stake.ends)}"
    return f"{in_words(stake.starts)} – {in_words(stake.ends)}"


def year_links(stakes: Iterable[Stake], zoom: Zoom) -> list[tuple[int, int, str, bool]]:
    """The years in which windows end, by tens where they are many."""
    years = sorted({stake.ends.year for stake in stakes if stake.ends})
    if len(years) > MOST_YEARS:
        tens = sorted({year // 10 * 10 for year in years})[:MOST_YEARS]
        spans = [(max(ten, 1), ten + 9) for ten in tens if ten < 9990]
    else:
        spans = [(year, year) for year in years]
    return [
        (first, last, f"{first}" if first == last else f"{first}–{last}", (first, last) == (zoom.first, zoom.last))
        for first, last in spans
    ]
