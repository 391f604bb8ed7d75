"""What readers give a claim: their figures as a picture, and each with its reason."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from statistics import median

from django.utils.safestring import SafeString

from reader.claims.page_queries import CrowdRow, OwnRow
from reader.core.markup import NOTHING, fill, moment, together

#: The picture: twenty columns of five per cent each.
COLUMNS, WIDE, TALL, PAD = 20, 30, 84, 20
PICTURE = """<svg class="crowd" viewBox="0 0 640 128" role="img" aria-label="{label}">{columns}\
<path class="crowd-line" d="M20 98h600"/>{marks}<text x="20" y="122">1&#160;%</text>\
<text x="320" y="122" text-anchor="middle">50&#160;%</text>\
<text x="620" y="122" text-anchor="end">99&#160;%</text></svg>"""
COLUMN = '<rect class="crowd-column" x="{x}" y="{y}" width="26" height="{height}"/>'
MEDIAN = '<path class="crowd-median" d="M{x} 8v96"/>'
MINE = '<path class="crowd-mine" d="M{x} 104l-7-12h14z"/>'
ROW = """<li class="crowd-row"><p class="facts">\
<strong class="percent">{percent}&nbsp;%</strong><span>{name}</span>{day}</p>
{reason}</li>
"""
REASON = '<p class="crowd-reason" dir="auto">{reason}</p>'
WITHDRAWN = SafeString('<strong class="percent">withdrawn</strong>')
OWN = "<li>{percent}{day}</li>"
OWN_PERCENT = '<strong class="percent">{percent}&nbsp;%</strong>'


def picture(figures: Sequence[int], mine: int | None) -> SafeString:
    """How the figures lie, with the median as a line and one's own as a mark; empty where nobody's is known."""
    if not figures:
        return NOTHING
    middle = median(figures)
    counts = [0] * COLUMNS
    for figure in figures:
        counts[figure // 5] += 1
    unit = TALL / max(counts)
    columns = [
        fill(COLUMN, x=PAD + WIDE * at + 2, y=round(98 - number * unit), height=max(2, round(number * unit)))
        for at, number in enumerate(counts)
        if number
    ]
    label = f"{count_of(len(figures))}, from {min(figures)} to {max(figures)} %, the median {middle:g} %"
    marks = [fill(MEDIAN, x=x(middle)), fill(MINE, x=x(mine)) if mine is not None else NOTHING]
    return fill(PICTURE, label=label, columns=together(columns), marks=together(marks))


def x(percent: float) -> int:
    return round(PAD + 6 * percent)


def count_of(count: int) -> str:
    return "1 forecast" if count == 1 else f"{count:,} forecasts"


def crowd_rows(rows: Iterable[CrowdRow], me: int | None) -> list[SafeString]:
    return [crowd_row(row, "You" if row.owner_id == me else row.name) for row in rows]


@lru_cache(maxsize=512)
def crowd_row(row: CrowdRow, name: str) -> SafeString:
    reason = fill(REASON, reason=row.reason) if row.reason else NOTHING
    return fill(ROW, percent=row.percent, name=name, day=moment(row.made_at), reason=reason)


def own_rows(history: Sequence[OwnRow]) -> list[SafeString]:
    """One's own figures, the newest first."""
    return [
        fill(
            OWN,
            percent=WITHDRAWN if row.percent is None else fill(OWN_PERCENT, percent=row.percent),
            day=moment(row.made_at),
        )
        for row in history
    ]
