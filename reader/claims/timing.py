"""The windows that the words of a passage name, as a claim keeps one of them."""

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils import timezone

from reader import horizons
from reader.claims.models import TIME_TEXT_LENGTH
from reader.claims.windows import SET_BY_A_READER, WindowKind, window_in_words
from reader.library.models import Article
from reader.library.precision import Precision

#: How much of a quote is read for time wording, in code points: the whole of a long piece would take seconds.
MOST_READ = 5_000
#: More readings of one passage only confuse.
MOST_READINGS = 5
#: Where nobody knows when a piece was published, its words are read as of these days: what they name on both of them
#: does not depend on the day.
SOME_DAYS = (date(1983, 3, 9), date(2000, 1, 1))
#: Where in the words a window was read, and how.
Place = tuple[int, str, str, date | None]


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
            "window_precision": "" if self.is_relative else self.precision,
            "window_rule": "" if self.is_relative else self.rule,
        }

    @property
    def is_relative(self) -> bool:
        """Whether its words become days once it is known when they were said."""
        return self.kind == WindowKind.NONE and bool(self.time_text) and self.rule != SET_BY_A_READER

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

    Without that day, words that count from it ("next year") have no days: of those only the words can be shown.
    """
    words = quote[:MOST_READ]
    if article.published is None:
        return undated_horizons(words, timezone.localdate(article.added_at))[:MOST_READINGS]
    read = [as_horizon(window) for window in windows_of(words, article.published) if is_ahead(window.end, article)]
    return list({horizon.window: horizon for horizon in reversed(read)}.values())[::-1][:MOST_READINGS]


def read_horizon(quote: str, article: Article) -> Horizon:
    """The likeliest of them."""
    return next(iter(read_horizons(quote, article)), Horizon())


def undated_horizons(words: str, arrived: date) -> list[Horizon]:
    """What words mean that were said on an unknown day: the days of what names its time whatever that day was, and of
    what counts from it the words alone. It was said no later than on the day it came here, and so begins there.
    """
    settled, seen = settled_horizons(words), windows_of(words, arrived)
    found = [
        begun(settled.pop(place_of(window)), arrived) if place_of(window) in settled else in_words_alone(window)
        for window in seen
    ]
    was_over = [begun(horizon, arrived) for horizon in settled.values()]
    once = {(one.window, one.is_relative and one.time_text): one for one in reversed([*found, *was_over])}
    return list(once.values())[::-1]


def settled_horizons(words: str) -> dict[Place, Horizon]:
    """Those that are the same whatever day it was said on; without a first day where that is the day itself."""
    one, other = ({place_of(window): unbegun(window, day) for window in windows_of(words, day)} for day in SOME_DAYS)
    same = {place: horizon for place, horizon in one.items() if other.get(place) == horizon}
    return {place: one for place, one in same.items() if one.start or one.end or one.kind == WindowKind.VAGUE}


def place_of(window: horizons.Window) -> Place:
    return window.at, window.rule, window.kind, window.end


def windows_of(words: str, said_on: date) -> list[horizons.Window]:
    return horizons.parse(words, said_on, by=settings.BY_MEANS)


def unbegun(window: horizons.Window, said_on: date) -> Horizon:
    horizon = as_horizon(window)
    return replace(horizon, start=None) if horizon.start == said_on else horizon


def begun(horizon: Horizon, arrived: date) -> Horizon:
    counts = horizon.start is None and horizon.end is not None
    return replace(horizon, start=min(arrived, horizon.end or arrived)) if counts else horizon


def in_words_alone(window: horizons.Window) -> Horizon:
    return replace(as_horizon(window), kind=WindowKind.NONE, start=None, end=None)


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
