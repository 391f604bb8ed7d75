"""A track record: how much there is of each ending, and where the share that happened may lie."""

from collections.abc import Sequence
from itertools import accumulate

from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.reports.pictures.scales import place
from reader.scoring import Interval

WIDTH, EDGE = 600, 16
LEFT, RIGHT = EDGE, WIDTH - EDGE
HATCH = SafeString(
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path class="hatch" d="M0 6 6 0"/></pattern>'
)

BAR = '<svg class="picture endings" viewBox="0 0 {width} 26" aria-hidden="true"><defs>{hatch}</defs>{parts}</svg>'
PART = '<rect class="part" data-part="{part}" x="{x}" y="3" width="{width}" height="20"{fill}/>'
SCALE = (
    '<svg class="picture share-scale" viewBox="0 0 {width} 58" aria-hidden="true">'
    '<path class="scale-line" d="M{left} 20H{right}"/>{ticks}{band}{place}</svg>'
)
TICK = '<path class="scale-tick" d="M{x} 14v12"/><text x="{beside}" y="48" text-anchor="{anchor}">{words}</text>'
BAND = '<rect class="band" x="{x}" y="13" width="{width}" height="14" rx="2"/>'
PLACE = '<path class="place" d="M{x} 9l9 11-9 11-9-11Z"/>'


def endings(counts: Sequence[tuple[str, int]]) -> SafeString:
    """One bar of all that is over, a part for each ending in proportion; empty where nothing is."""
    total = sum(count for _, count in counts)
    if not total:
        return NOTHING
    ends = [0.0, *(part * (WIDTH - 2) / total for part in accumulate(count for _, count in counts))]
    parts = [
        fill(
            PART,
            part=name,
            x=place(1 + ends[at]),
            width=place(ends[at + 1] - ends[at]),
            fill=SafeString(' fill="url(#hatch)"') if name == "partly" else NOTHING,
        )
        for at, (name, count) in enumerate(counts)
        if count
    ]
    return fill(BAR, width=WIDTH, hatch=HATCH, parts=together(parts))


def share_scale(share: float | None, interval: Interval | None) -> SafeString:
    """The share on the way from none to all, with its interval."""
    band = NOTHING
    if interval:
        band = fill(BAND, x=place(at(interval.low)), width=place(at(interval.high) - at(interval.low)))
    return fill(
        SCALE,
        width=WIDTH,
        left=LEFT,
        right=RIGHT,
        ticks=together(tick(percent) for percent in (0, 25, 50, 75, 100)),
        band=band,
        place=fill(PLACE, x=place(at(share))) if share is not None else NOTHING,
    )


def tick(percent: int) -> SafeString:
    anchor = {0: "start", 100: "end"}.get(percent, "middle")
    x = at(percent / 100)
    beside = {0: x - 1, 100: x + 1}.get(percent, x)
    return fill(TICK, x=place(x), beside=place(beside), anchor=anchor, words=f"{percent} %")


def at(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)
