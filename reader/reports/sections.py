"""A track record as a page shows it: figures in words, each with the way to the claims behind it, and drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString

from reader.claims.moons import moon
from reader.claims.windows import in_words
from reader.core.remembering import until_something_happens
from reader.library.models import Person
from reader.reports.drift import Drift, drifts
from reader.reports.ledgers import Ledger, chosen, ledgers_of
from reader.reports.pictures import shares, slips
from reader.reports.record_queries import Subject, sayings, updates_by, wordings
from reader.reports.timelines import FACES, Timeline, Zoom, timeline_of
from reader.reports.tracks import Part, Track, track_of
from reader.scoring import Ending, Interval, Record

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: So many records are kept in memory, each of some 50 kB.
MOST_KEPT = 100
#: What readers do all day, and no record counts: a mark is in none before it is said to be somebody's prediction.
IN_NO_RECORD = Q(subject_kind="note") | Q(subject_kind="highlight", verb="marked") | Q(verb="forecast")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of a record: the moon, the words, how many, and the address of the claims."""

    part: str
    moon: SafeString
    words: str
    count: int
    query: str


class Choice(NamedTuple):
    """A ledger that the record could be made from instead."""

    words: str
    query: str
    is_current: bool


class Slip(NamedTuple):
    """A line of dates with its drawing, and a row of the table for each of them."""

    drift: Drift
    words: str
    picture: SafeString
    rows: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """All that the record of one subject is shown with."""

    ledger: Ledger
    choices: Sequence[Choice]
    record: Record
    lines: Sequence[Line]
    total: Line
    pending: Line
    late: Line
    rated: Line
    disputed: Line
    endings: SafeString
    scale: SafeString
    slips: Sequence[Slip]
    timeline: Timeline
    #: Where the lists behind the figures are.
    address: str
    #: What the address of this page says of the ledger, to be kept in those that lead on.
    of: str

    @property
    def share(self) -> str:
        return whole(self.record.share)

    @property
    def interval(self) -> str:
        return interval_in_words(self.record.interval)

    @property
    def difficulty(self) -> str:
        return f"{self.record.difficulty:.1f}" if self.record.difficulty is not None else ""


def whole(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def interval_in_words(interval: Interval | None) -> str:
    return f"{100 * interval.low:.0f} and {100 * interval.high:.0f} %" if interval else ""


#: The endings as the table and the bar have them: which claims, how they are drawn, and their words.
ENDINGS = (
    (Part.HAPPENED, Ending.HAPPENED, "Turned out as said, or mostly"),
    (Part.FAILED, Ending.DID_NOT_HAPPEN, "Turned out otherwise, or mostly"),
    (Part.PARTLY, Ending.PARTLY, "Partly"),
    (Part.AMBIGUOUS, Ending.AMBIGUOUS, "Ambiguous: unclear what happened"),
    (Part.ANNULLED, Ending.ANNULLED, "Annulled: unclear what was asked"),
    (Part.UNJUDGED, Ending.UNJUDGED, "Due, not judged yet"),
)


def section_of(user: "AnyUser", subject: Subject, query: QueryDict, today: date) -> Section:
    """The record of `subject` from the ledger that the address names, as far as `user` has one."""
    ledgers = ledgers_of(user, subject)
    ledger = chosen(ledgers, query.get("of", ""))
    of = urlencode({"of": ledger.key}) if ledger != ledgers[0] else ""
    section = section_from(ledger, subject, of, Zoom.read(query), today)
    return replace(section, choices=choices(ledgers, ledger))


@until_something_happens(MOST_KEPT, but=IN_NO_RECORD)
def section_from(ledger: Ledger, subject: Subject, of: str, zoom: Zoom, today: date) -> Section:
    """The same for all who see the ledger."""
    track = track_of(sayings(subject, ledger), today)
    counts = track.counts
    return Section(
        ledger=ledger,
        choices=[],
        record=track.record,
        lines=[line(part, ending, words, counts, of) for part, ending, words in ENDINGS],
        total=plain(Part.COHORT, "All whose window has ended", counts, of),
        pending=plain(Part.PENDING, "Not over yet", counts, of),
        late=plain(Part.LATE, "Said or added too late to count", counts, of),
        rated=plain(Part.RATED, "with a difficulty", counts, of),
        disputed=plain(Part.DISPUTED, "disputed", counts, of),
        endings=shares.endings([(part, counts[part]) for part, _, _ in ENDINGS]),
        scale=shares.share_scale(track.record.share, track.record.interval),
        slips=slips_of(subject, track, today),
        timeline=timeline_of(track.stakes, zoom, today),
        address=f"{subject.get_absolute_url()}record/",
        of=of,
    )


def choices(ledgers: Sequence[Ledger], current: Ledger) -> list[Choice]:
    if len(ledgers) < 2:
        return []
    queries = ["?", *(f"?{urlencode({'of': ledger.key})}" for ledger in ledgers[1:])]
    return [Choice(ledger.name, query, ledger == current) for ledger, query in zip(ledgers, queries, strict=True)]


def line(part: Part, ending: Ending, words: str, counts: dict[Part, int], of: str) -> Line:
    return replace(plain(part, words, counts, of), moon=moon(*FACES[ending]))


def plain(part: Part, words: str, counts: dict[Part, int], of: str) -> Line:
    query = "&".join(filter(None, [of, f"counted={part}"]))
    return Line(part, SafeString(), words, counts[part], query)


def slips_of(subject: Subject, track: Track, today: date) -> list[Slip]:
    if not isinstance(subject, Person):
        return []
    found = drifts(track.stakes, updates_by(subject))
    words = wordings({drift.steps[-1].claim_id for drift in found}) if found else {}
    return [slip(drift, words.get(drift.steps[-1].claim_id, ""), today) for drift in found]


def slip(drift: Drift, words: str, today: date) -> Slip:
    named = [(step.said_on, step.ends) for step in drift.steps]
    rows = [
        (
            f"/claims/{step.claim_id}/",
            in_words(step.said_on) if step.said_on else "Day not known",
            in_words(step.ends),
            moved_in_words(step.moved),
        )
        for step in drift.steps
    ]
    return Slip(drift, words, slips.slips(named, slips.scale(named, today), today), rows)


def moved_in_words(days: int | None) -> str:
    if days is None:
        return "first named"
    if not days:
        return "the same day"
    count = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"{count} later" if days > 0 else f"{count} earlier"
