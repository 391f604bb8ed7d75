"""A period by its own name, whatever kind of name that is."""

from . import calendar
from .dates import (
    read_day_first,
    read_feast,
    read_month,
    read_numeric,
    read_season,
    read_tomorrow,
    read_weekday,
    read_year_first,
)
from .periods import Period
from .relative import read_relative
from .tokens import Sentence
from .years import MODALS, read_century, read_decade, read_year

_BY_NUMBER = (read_numeric, read_year_first, read_day_first, read_century, read_decade)
_BY_WORD = (
    read_relative,
    read_month,
    read_year_first,
    read_season,
    read_weekday,
    read_feast,
    read_tomorrow,
    read_day_first,
    read_century,
    read_decade,
)


def read_named(s: Sentence, i: int, *, after_operator: bool) -> Period | None:
    """The period named at `i`, an article before it included."""
    i += s.words[i] == "the"
    for reader in _BY_NUMBER if s.words[i][:1].isdigit() else _BY_WORD:
        period = reader(s, i)
        if period is not None:
            return period if after_operator or not period.bound else None
    return read_year(s, i, after_operator=after_operator) or read_short_year(s, i, after_operator=after_operator)


def read_short_year(s: Sentence, i: int, *, after_operator: bool) -> Period | None:
    """ "’27", after an operator or before a verb only."""
    word = s.words[i + 1]
    if (
        not (after_operator or s.words[i + 2] in MODALS or s.words[i + 2] == "is")
        or s.words[i] != "'"
        or not s.joined(i + 1)
        or len(word) != 2
        or not word.isdigit()
    ):
        return None
    if s.joined(i) or not word.isascii():
        return None
    return Period.of(calendar.year(2000 + int(word)), "year", "year", i + 2)
