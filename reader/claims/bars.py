"""A window in time, drawn as a bar on the years around it."""

from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reader.claims.windows import Windowed, WindowKind

WIDTH, HEIGHT, PAD = 640, 44, 8
BAR_TOP, BAR_HEIGHT = 8, 12


def window_bar(window: Windowed, said_on: date | None, today: date) -> SafeString:
    """An SVG of the window between the day it was said and the day it ends, with today's tick; empty without days."""
    if window.window_start is None:
        return SafeString("")
    end = window.window_end or some_time_after(max(today, window.window_start))
    days = [day for day in (said_on, today, window.window_start, end) if day]
    scale = Scale(date(min(days).year, 1, 1), date(max(days).year, 12, 31))
    left, right = scale.x(window.window_start), scale.x(end)
    soft = window.window_end is None or window.window_kind != WindowKind.WINDOW
    return format_html(
        '<svg class="window-bar" viewBox="0 0 {} {}" role="img" aria-label="{}; today is {}">{}'
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>{}'
        '<line class="window-today" x1="{}" x2="{}" y1="2" y2="28"/></svg>',
        WIDTH,
        HEIGHT,
        window.window_in_words,
        f"{today.day} {today:%B %Y}",
        scale.years(),
        "window-span window-soft" if soft else "window-span",
        left,
        BAR_TOP,
        round(max(right - left, 3), 1),
        BAR_HEIGHT,
        BAR_HEIGHT / 2 if soft else 1,
        scale.tick(said_on) if said_on else "",
        scale.x(today),
        scale.x(today),
    )


def some_time_after(day: date) -> date:
    """How far an open window is drawn: to where there are still days."""
    return day + min(timedelta(days=730), date.max - day)


class Scale:
    """Days to pixels."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        return round(PAD + (WIDTH - 2 * PAD) * (day - self.first).days / self.days, 1)

    def years(self) -> SafeString:
        count = self.last.year - self.first.year + 1
        step = max(1, -(-count // 8))
        years = range(self.first.year, self.last.year + 1, step)
        return format_html_join(
            "",
            '<line class="window-year" x1="{}" x2="{}" y1="4" y2="28"/><text x="{}" y="42">{}</text>',
            ((self.x(day), self.x(day), self.x(day) + 3, day.year) for day in (date(year, 1, 1) for year in years)),
        )

    def tick(self, day: date) -> SafeString:
        return format_html('<circle class="window-said" cx="{}" cy="14" r="4"/>', self.x(day))
