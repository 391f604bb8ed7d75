"""Windows in time, as claims and statements keep them."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from reader import horizons

#: The rule of a window whose days a reader chose.
SET_BY_A_READER = "reader"


class WindowKind(models.TextChoices):
    WINDOW = "window", "Between two days"
    OPEN = "open", "From a day on"
    VAGUE = "vague", "Vague"
    NONE = "none", "No time given"


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def between_in_words(first: date | None, last: date | None, said: Callable[[date], str] = in_words) -> str:
    """A day that is only known to lie between two, as exactly as it is known: a month, a year; empty where unknown."""
    if first is None:
        return ""
    if last is None or last == first:
        return said(first)
    return f"{first:%B %Y}" if last.month == first.month else f"{first.year}"


def window_in_words(kind: str, start: date | None, end: date | None) -> str:
    if start is None:
        return "No day named" if kind == WindowKind.VAGUE else "No time given"
    if end is None:
        return f"From {in_words(start)} on"
    return in_words(end) if start == end else f"{in_words(start)} – {in_words(end)}"


def briefly(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def window_briefly(kind: str, start: date | None, end: date | None) -> str:
    """For a line of a list: whole years and months by their names, other days with short months."""
    if start is None:
        return window_in_words(kind, start, end)
    if end is None:
        return f"From {briefly(start)} on"
    next_day = end + timedelta(days=1) if end < date.max else end
    if (start.day, next_day.day) == (1, 1) and (start.month, next_day.month) == (1, 1):
        return f"{start.year}" if start.year == end.year else f"{start.year} – {end.year}"
    if (start.day, next_day.day) == (1, 1) and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    return briefly(end) if start == end else f"{briefly(start)} – {briefly(end)}"


def window_of(thing: "Windowed") -> tuple[str, date | None, date | None]:
    """Kind, first and last day: two windows are the same if these are."""
    return thing.window_kind, thing.window_start, thing.window_end


def from_an_unknown_day(kind: str, words: str, rule: str, said_on: date | None) -> str:
    """Words that become days once it is known when they were said, as they are shown till then; empty where they do
    not: where there are none, or days were read from them, or a reader chose that there are none.
    """
    waits = kind == WindowKind.NONE and words and rule != SET_BY_A_READER and said_on is None
    return f"“{words}”, from a day that is not known yet" if waits else ""


class Windowed(models.Model):
    """A window in time: inclusive days, how exact the wording was, and the rule that read it."""

    window_kind = models.CharField(max_length=6, choices=WindowKind, default=WindowKind.NONE)
    window_start = models.DateField(null=True, blank=True)
    window_end = models.DateField(null=True, blank=True)
    window_precision = models.CharField(max_length=10, blank=True)
    window_rule = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    window_kind=WindowKind.WINDOW,
                    window_start__isnull=False,
                    window_end__isnull=False,
                    window_end__gte=F("window_start"),
                )
                | Q(window_kind=WindowKind.OPEN, window_start__isnull=False, window_end__isnull=True)
                | Q(
                    window_kind__in=[WindowKind.VAGUE, WindowKind.NONE],
                    window_start__isnull=True,
                    window_end__isnull=True,
                ),
                name="%(class)s_window_matches_its_kind",
            )
        ]

    @property
    def window_in_words(self) -> str:
        return window_in_words(self.window_kind, self.window_start, self.window_end)

    @property
    def window_rule_in_words(self) -> str:
        """How the days were read from the wording; empty for a rule that this version no longer knows."""
        if self.window_rule == SET_BY_A_READER:
            return "Set by a reader."
        try:
            return horizons.explain(self.window_rule)
        except KeyError:
            return ""
