"""A calibration curve: what was forecast against what happened, with a band for each point."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from reader.core.markup import fill, together
from reader.reports.pictures.scales import place
from reader.scoring import Bin

SIDE, LEFT, TOP = 300, 52, 12
WIDTH, HEIGHT = LEFT + SIDE + 22, TOP + SIDE + 52
PICTURE = (
    '<svg class="picture curve" viewBox="0 0 {width} {height}" aria-hidden="true">'
    '<rect class="frame" x="{left}" y="{top}" width="{side}" height="{side}"/>{ticks}'
    '<path class="ideal" d="M{left} {bottom}L{right} {top}"/>{bands}<polyline class="line" points="{points}"/>{dots}'
    '<text x="{middle}" y="{foot}" text-anchor="middle">forecast</text></svg>'
)
TICK = (
    '<path class="tick" d="M{x} {top}v{side}M{left} {y}h{side}"/>'
    '<text x="{x}" y="{below}" text-anchor="middle">{percent}</text>'
    '<text x="{beside}" y="{level}" text-anchor="end">{words}</text>'
)
BAND = '<path class="band" d="M{x} {low}V{high}M{left} {low}h10M{left} {high}h10"/>'
DOT = '<circle class="dot" cx="{x}" cy="{y}" r="{r}"/>'


def curve(bins: Sequence[Bin]) -> SafeString:
    """A dot for each bin, larger where it has more forecasts; whoever is in tune is on the diagonal."""
    most = max((point.forecasts for point in bins), default=1)
    return fill(
        PICTURE,
        width=WIDTH,
        height=HEIGHT,
        side=SIDE,
        left=LEFT,
        right=LEFT + SIDE,
        top=TOP,
        bottom=TOP + SIDE,
        middle=LEFT + SIDE // 2,
        foot=HEIGHT - 8,
        ticks=together(tick(percent) for percent in (0, 25, 50, 75, 100)),
        bands=together(band(point) for point in bins),
        points=" ".join(f"{place(across(point.mean_forecast))},{place(up(point.share))}" for point in bins),
        dots=together(
            fill(
                DOT,
                x=place(across(point.mean_forecast)),
                y=place(up(point.share)),
                r=place(4 + 4 * (point.forecasts / most) ** 0.5),
            )
            for point in bins
        ),
    )


def tick(percent: int) -> SafeString:
    x, y = across(percent / 100), up(percent / 100)
    return fill(
        TICK,
        x=place(x),
        y=place(y),
        top=TOP,
        left=LEFT,
        side=SIDE,
        below=TOP + SIDE + 20,
        beside=LEFT - 8,
        level=place(y + 5),
        percent=percent,
        words=f"{percent} %" if percent in (0, 100) else percent,
    )


def band(point: Bin) -> SafeString:
    x = across(point.mean_forecast)
    return fill(BAND, x=place(x), left=place(x - 5), low=place(up(point.band.low)), high=place(up(point.band.high)))


def across(share: float) -> float:
    return LEFT + share * SIDE


def up(share: float) -> float:
    return TOP + SIDE - share * SIDE
