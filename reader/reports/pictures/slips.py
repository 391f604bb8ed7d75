"""A date that was pushed out: a line for each time one was named, from the day of saying it to the day named."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.reports.pictures.scales import Days, grid, labels, place
from reader.reports.pictures.timeline import EDGE, HEAD, SAID, TODAY, WIDTH

ROW = 30
PICTURE = (
    '<svg class="picture slips" viewBox="0 0 {width} {height}" aria-hidden="true">{grid}{today}{line}{rows}{labels}'
    "</svg>"
)
LINE = '<polyline class="slip" points="{points}"/>'
REACH = '<path class="lead" d="M{start} {y}H{end}"/>'
NAMED = '<path class="named" d="M{x} {top}v16"/>'

#: When a date was said, as far as that is known, and which.
Named = tuple[date | None, date]


def slips(named: Sequence[Named], days: Days, today: date) -> SafeString:
    """The dates from top to bottom in the order in which they were named, joined by a line."""
    height = ROW * len(named) + HEAD
    ends = [(days.x(end), ROW * (at + 0.5)) for at, (_, end) in enumerate(named)]
    return fill(
        PICTURE,
        width=WIDTH,
        height=height,
        grid=grid(days, height),
        today=fill(TODAY, x=place(days.x(today)), height=height - HEAD) if days.shows(today) else NOTHING,
        line=fill(LINE, points=" ".join(f"{place(x)},{place(y)}" for x, y in ends)),
        rows=together(row(one, at, days) for at, one in enumerate(named)),
        labels=labels(days, height - 8),
    )


def row(one: Named, at: int, days: Days) -> SafeString:
    said_on, end = one
    y = ROW * (at + 0.5)
    mark = fill(NAMED, x=place(days.x(end)), top=place(y - 8))
    if said_on is None:
        return mark
    reach = fill(REACH, start=place(days.x(said_on)), end=place(days.x(end)), y=place(y))
    return together([reach, fill(SAID, x=place(days.x(said_on)), y=place(y)), mark])


def scale(named: Sequence[Named], today: date) -> Days:
    known = [day for said_on, end in named for day in (said_on, end) if day]
    first, last = min([*known, today]), max([*known, today])
    return Days(date(first.year, 1, 1), date(last.year, 12, 31), EDGE, WIDTH - EDGE)
