"""Claims along time: a bar for the window, a dot for the day it was said, a moon for what became of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from reader.claims.moons import FACES
from reader.core.markup import NOTHING, fill, together
from reader.reports.pictures.scales import Days, grid, labels, place

WIDTH, HEIGHT, HEAD = 600, 34, 24
#: What is kept free at either side, for the moon at an end.
EDGE = 14
TOP, THICK = 11, 12
#: An open end fades in so many steps, each so wide.
FADE, STEP = (0.7, 0.45, 0.2), 12

AXIS = '<svg class="picture axis" viewBox="0 0 {width} {height}" aria-hidden="true">{grid}{labels}</svg>'
LANE = (
    '<svg class="picture lane" viewBox="0 0 {width} {height}" aria-hidden="true">{ground}{lead}{bar}{said}{moon}</svg>'
)
TODAY = '<path class="today" d="M{x} 0V{height}"/>'
LEAD = '<path class="lead" d="M{start} {y}H{end}"/>'
BAR = '<rect class="bar" x="{x}" y="{y}" width="{width}" height="{height}" rx="1"{more}/>'
SAID = '<circle class="said" cx="{x}" cy="{y}" r="4"/>'
MOON = '<g class="moon" transform="translate({x} {y})"><circle class="behind" cx="8" cy="8" r="8"/>{face}</g>'


@dataclass(frozen=True, slots=True)
class Lane:
    """A claim as it is drawn; without `ends` its window is open, and without `starts` it has none."""

    starts: date | None
    ends: date | None
    said_on: date | None
    #: What became of it, as `moons.FACES` names it: an outcome, a status, or nothing.
    face: int | str = ""


def scale(first: date, last: date) -> Days:
    return Days(first, last, EDGE, WIDTH - EDGE)


def axis(days: Days) -> SafeString:
    return fill(AXIS, width=WIDTH, height=HEAD, grid=grid(days, HEAD), labels=labels(days, HEAD - 8))


def ground(days: Days, today: date) -> SafeString:
    """What stands behind every lane: the years, and today."""
    mark = fill(TODAY, x=place(days.x(today)), height=HEIGHT) if days.shows(today) else NOTHING
    return together([grid(days, HEIGHT), mark])


def lane(one: Lane, days: Days, behind: SafeString) -> SafeString:
    """One claim, on the scale and the ground that all of a timeline share."""
    middle = TOP + THICK / 2
    return fill(
        LANE,
        width=WIDTH,
        height=HEIGHT,
        ground=behind,
        lead=lead(one, days, middle),
        bar=window(one, days),
        said=fill(SAID, x=place(days.x(one.said_on)), y=place(middle))
        if one.said_on and days.shows(one.said_on)
        else NOTHING,
        moon=moon(one, days, middle),
    )


def lead(one: Lane, days: Days, y: float) -> SafeString:
    """A line from the day it was said to where the window begins, where that is later."""
    if not (one.said_on and one.starts) or one.said_on >= one.starts or one.starts < days.first:
        return NOTHING
    return fill(LEAD, start=place(days.x(one.said_on)), end=place(days.x(one.starts)), y=place(y))


def window(one: Lane, days: Days) -> SafeString:
    """The bar: its ends are hard where they are days, and an open one fades."""
    if one.starts is None or one.starts > days.last or (one.ends and one.ends < days.first):
        return NOTHING
    left, right = days.x(one.starts), days.x(one.ends or days.last)
    if one.ends is not None:
        return bar(left, max(right - left, 3))
    step = min(STEP, (right - left) / (len(FADE) + 1))
    solid = right - left - step * len(FADE)
    fading = (bar(left + solid + step * at, step, part) for at, part in enumerate(FADE))
    return together([bar(left, solid), *fading])


def bar(x: float, width: float, opacity: float | None = None) -> SafeString:
    more = fill(' opacity="{opacity}"', opacity=opacity) if opacity else NOTHING
    return fill(BAR, x=place(x), y=TOP, width=place(width), height=THICK, more=more)


def moon(one: Lane, days: Days, y: float) -> SafeString:
    """At the end of the window, where there is one in sight."""
    if one.ends is None or not days.shows(one.ends):
        return NOTHING
    return fill(MOON, x=place(days.x(one.ends) - 8), y=place(y - 8), face=SafeString(FACES[one.face]))
