"""The windows that the words of a passage name, as a claim keeps one of them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from reader import horizons
from reader.claims.models import TIME_TEXT_LENGTH
from reader.claims.windows import WindowKind, window_in_words
from reader.library.models import Article, Precision

#: How much of a quote is read for time wording, in code points: the whole of a long piece would take seconds.
MOST_READ = 5_000
#: More readings of one passage only confuse.
MOST_READINGS = 5
#: Where nobody knows when a piece was published, its words are read as of this day, and no day of theirs is kept.
SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """A window as a claim keeps it, with the words it was read from."""

    kind: str = WindowKind.NONE
    start: date | None = None
    end: date | None = None
    precision: str = ""
    rule: str = ""
    time_text: str = ""

    def as_fields(self) -> dict[str, object]:
        return {
            "window_kind": self.kind,
            "window_start": self.start,
            "window_end": self.end,
            "window_precision": self.precision,
            "window_rule": self.rule,
        }

    @property
    def window(self) -> tuple[str, date | None, date | None]:
        return self.kind, self.start, self.end

    @property
    def in_words(self) -> str:
        return window_in_words(*self.window)

    @property
    def rule_in_words(self) -> str:
        return horizons.explain(self.rule)


def read_horizons(quote: str, article: Article) -> list[Horizon]:
    """The windows that the words of the quote may name, seen from the day the article was published; the likeliest
    first, and each window once.

    Without that day only the words can be shown: "next year" has no meaning then.
    """
    if article.published is None:
        return []
    windows = horizons.parse(quote[:MOST_READ], article.published, by=settings.BY_MEANS)
    read = [as_horizon(window) for window in windows if is_ahead(window.end, article)]
    return list({horizon.window: horizon for horizon in reversed(read)}.values())[::-1][:MOST_READINGS]


def read_horizon(quote: str, article: Article) -> Horizon:
    """The likeliest of them. Of an undated article only the words are kept, so that they can be read once it has a
    date."""
    if article.published is None:
        return Horizon(time_text=next((read.time_text for read in undated_horizons(quote)), ""))
    return next(iter(read_horizons(quote, article)), Horizon())


def undated_horizons(quote: str) -> list[Horizon]:
    """The time wording of a quote of which nobody knows the day, with its rules; the days themselves mean nothing."""
    windows = horizons.parse(quote[:MOST_READ], SOME_DAY, by=settings.BY_MEANS)
    first_of_each = {window.at: as_horizon(window) for window in reversed(windows)}
    return list(first_of_each.values())[::-1][:MOST_READINGS]


def as_horizon(window: horizons.Window) -> Horizon:
    return Horizon(
        kind=window.kind,
        start=window.start,
        end=window.end,
        precision=window.precision,
        rule=window.rule,
        time_text=window.span[:TIME_TEXT_LENGTH],
    )


def is_ahead(end: date | None, article: Article) -> bool:
    """Whether a window that ends then had not ended when the article was published: nobody predicts the past."""
    said = article.said_no_later_than
    return end is None or said is None or end >= said


def is_doubtful(article: Article) -> bool:
    """Whether the windows are counted from the first day of the month or year in which it was published."""
    return article.published is not None and article.published_precision != Precision.DAY
