"""The claims of a record along time, as far as the address says and a page has room."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.http import QueryDict
from django.utils.safestring import SafeString

from reader.claims.bars import some_time_after
from reader.claims.moons import moon
from reader.claims.scale import Outcome
from reader.claims.verdicts import Status
from reader.claims.windows import in_words
from reader.core.markup import fill, together
from reader.reports.pictures import timeline as drawing
from reader.reports.record_queries import wordings
from reader.reports.tracks import ENDLESS, Stake, by_end, day_of
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
#: Whether it came as they said: a thing that did not happen is a hit of whoever denied it.
HELD: Mapping[bool | None, str] = {True: ", as said", False: ", not as said", None: ""}

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


def timeline_of(stakes: Sequence[Stake], zoom: Zoom, today: date) -> Timeline:
    dated = [stake for stake in stakes if stake.starts]
    within = within_years(dated, zoom)
    shown = [Dated.of(stake) for stake in nearest(within, zoom, today)]
    days = drawing.scale(*(zoom.days or extent(shown, today)))
    ground = drawing.ground(days, today)
    words = wordings({claim.stake.claim_id for claim in shown})
    return Timeline(
        axis=drawing.axis(days),
        rows=together(
            row(claim, words.get(claim.stake.claim_id, ""), drawing.lane(claim.lane, days, ground)) for claim in shown
        ),
        zoom=zoom,
        shown=len(shown),
        within=len(within),
        undated=len(stakes) - len(dated),
        years=year_links(dated, zoom),
    )


def within_years(stakes: Sequence[Stake], zoom: Zoom) -> Sequence[Stake]:
    """Those of which a day of the window lies in the years shown."""
    if zoom.days is None:
        return stakes
    first, last = (day.isoformat() for day in zoom.days)
    return [one for one in stakes if (one.starts or "") <= last and one.ends >= first]


def nearest(stakes: Sequence[Stake], zoom: Zoom, today: date) -> list[Stake]:
    """As many as have room, those that end next to today (or to the years shown), in the order of their ends."""
    in_order = sorted(stakes, key=by_end)
    if len(in_order) <= MOST_LANES:
        return in_order
    first, last = zoom.days or (today, today)
    around = min(max(today, first), last)
    at = bisect_left(in_order, around.isoformat(), key=attrgetter("ends"))
    near = in_order[max(0, at - MOST_LANES) : at + MOST_LANES]
    near.sort(key=lambda stake: abs((day_of(stake.ends) or date.max) - around))
    return sorted(near[:MOST_LANES], key=by_end)


@dataclass(frozen=True, slots=True)
class Dated:
    """A claim of which the days are read, to be drawn."""

    stake: Stake
    starts: date | None
    ends: date | None
    said_on: date | None

    @classmethod
    def of(cls, stake: Stake) -> "Dated":
        return cls(stake, day_of(stake.starts), day_of(stake.ends), day_of(stake.said_on))

    @property
    def outcome(self) -> Ending:
        """What became of the claim itself, whatever they said of it."""
        return self.stake.ending.reversed if self.stake.is_reversed else self.stake.ending

    @property
    def lane(self) -> drawing.Lane:
        status, outcome = FACES[self.outcome]
        return drawing.Lane(self.starts, self.ends, self.said_on, outcome if outcome is not None else status or "")


def extent(claims: Iterable[Dated], today: date) -> tuple[date, date]:
    """Whole years from the first day of any of them to the last, but not too far from today."""
    days = [today]
    for claim in claims:
        days += [day for day in (claim.starts, claim.said_on) if day]
        days.append(claim.ends or some_time_after(max(today, claim.starts or today)))
    first = max(min(days).year, today.year - REACH, 1)
    last = min(max(days).year, today.year + REACH, 9999)
    return date(first, 1, 1), date(last, 12, 31)


def row(claim: Dated, words: str, lane: SafeString) -> SafeString:
    said = f"said {in_words(claim.said_on)}" if claim.said_on else ""
    denied = "said that it will not" if claim.stake.is_reversed else ""
    late = "said or added too late to count" if claim.stake.is_late else ""
    return fill(
        ROW,
        url=f"/claims/{claim.stake.claim_id}/",
        words=words,
        lane=lane,
        said=together(fill(FACT, words=fact) for fact in (said, denied, late) if fact),
        window=window_in_words(claim),
        moon=moon(*FACES[claim.outcome]),
        ending=f"{WORDS[claim.outcome]}{HELD[claim.stake.ending.happened]}",
    )


def window_in_words(claim: Dated) -> str:
    if claim.starts is None:
        return "No day named"
    if claim.ends is None:
        return f"from {in_words(claim.starts)} on"
    if claim.starts == claim.ends:
        return f"on {in_words(claim.ends)}"
    return f"{in_words(claim.starts)} – {in_words(claim.ends)}"


def year_links(stakes: Iterable[Stake], zoom: Zoom) -> list[tuple[int, int, str, bool]]:
    """The years in which windows end, by tens where they are many."""
    years = sorted(map(int, {stake.ends[:4] for stake in stakes if stake.ends != ENDLESS}))
    if len(years) > MOST_YEARS:
        tens = sorted({year // 10 * 10 for year in years})[:MOST_YEARS]
        spans = [(max(ten, 1), ten + 9) for ten in tens if ten < 9990]
    else:
        spans = [(year, year) for year in years]
    return [
        (first, last, f"{first}" if first == last else f"{first}–{last}", (first, last) == (zoom.first, zoom.last))
        for first, last in spans
    ]
