"""Lengths of time: "five years", "2 to 3 years", "a year or two", "half a century", "a few months"."""

from dataclasses import dataclass, replace

from .calendar import Amount
from .numbers import ONES, TENS, digits_value, read_number
from .phrases import Phrases
from .tokens import Sentence
from .vocabulary import vocabulary
from .windows import Unit

_SINGULAR: dict[str, tuple[float, Unit]] = {
    "day": (1, "day"),
    "week": (1, "week"),
    "fortnight": (2, "week"),
    "month": (1, "month"),
    "quarter": (1, "quarter"),
    "year": (1, "year"),
    "decade": (1, "decade"),
    "century": (1, "century"),
}
PLURALS: dict[str, tuple[float, Unit]] = {f"{name}s": size for name, size in _SINGULAR.items() if name != "century"}
PLURALS |= {"centuries": (1, "century"), "yrs": (1, "year"), "mos": (1, "month"), "wks": (1, "week")}
UNITS = _SINGULAR | PLURALS | {"yr": (1, "year"), "mo": (1, "month")}
# Glued to a number only: "5y".
_GLUED: dict[str, tuple[float, Unit]] = {"y": (1, "year"), "wk": (1, "week")}
_FEW = Phrases(
    {
        "few|several|some|many|numerous|multiple|countless": True,
        "a few|handful|number|matter|couple_of_few (of|more|short)": True,
        "just a few": True,
        "a good few|many": True,
        "many|some more": True,
        "tens|dozens|hundreds|thousands of": True,
        "a_few|several hundred|thousand": True,
    }
)
_BOUNDS = Phrases(
    {
        "less|fewer|under|sooner than": "at_most",
        "less|fewer|sooner than": "at_most",
        "under": "at_most",
        "up to": "at_most",
        "at most|the_most": "at_most",
        "no|not more|longer than": "at_most",
        "as little|few|soon as": "at_most",
        "as little as": "at_most",
        "at least|minimum": "at_least",
        "a minimum of": "at_least",
        "more|longer|later than": "at_least",
        "no|not less|fewer|sooner than": "at_least",
        "well over": "at_least",
        "upwards of": "at_least",
    }
)
_ABOUT = vocabulary(
    """
    about around roughly approximately some maybe perhaps only just nearly almost probably possibly another say
    the circa between from anywhere somewhere ~ ≈ like merely mere exactly
    """
)
_LONGER = frozenset({"more", "full", "short", "long", "additional", "calendar", "further"})
_GOOD = frozenset({"good", "solid", "full", "mere", "whole", "cool"})
_VAST = vocabulary("hundred thousand million billion trillion")
_OR_SO = Phrases(
    {
        "(,) or so": "exact",
        "(,) give or take": "exact",
        "(,) or less|sooner|fewer|faster|under|earlier": "at_most",
        "(,) at (the) (very) most|latest|outside": "at_most",
        "(,) tops|max|maximum": "at_most",
        "(,) or more|longer|later": "at_least",
        "(,) at (the) (very) least|earliest": "at_least",
        "(,) minimum|min": "at_least",
    }
)
_JOINTS = Phrases(
    {
        "to|-|–|—|−|or|/|~": True,
        "- to|or -": True,
        ",": True,
        "(,) or|and (maybe|perhaps|even)": True,
        "(,|-|–|—) maybe|perhaps|possibly|even|or_even|or_maybe|or_perhaps|or_possibly": True,
    }
)
_OR_MORE = Phrases(
    {
        "(,) or|to|maybe|perhaps|possibly|or_maybe|or_perhaps|or_possibly two": 2,
        "(,) or|to|maybe|perhaps|possibly|or_maybe three": 3,
        "or so": 1,
        "and a half": 1.5,
        "and a quarter": 1.25,
    }
)


@dataclass(frozen=True, slots=True)
class Duration:
    """From `low` to `high` (None: nobody knows how long), in `unit`, and whether that is exact or only a bound.

    A `compound` one ("five-year") is a measure of something, not a time from now.
    """

    low: Amount | None
    high: Amount | None
    unit: Unit
    stop: int
    bound: str = "exact"
    compound: bool = False


def read_duration(s: Sentence, i: int) -> Duration | None:
    """A length of time and what bounds it."""
    if not s.words[i][:1].isdigit() and s.words[i] not in _WORDS:
        return None
    if s.words[i] in ("a", "an") and s.words[i + 1] not in AFTER_A:
        return None
    bound = "exact"
    for _ in range(3):
        found = _BOUNDS.read(s.words, i)
        if found:
            bound, i = found
        elif s.words[i] == "a" and s.words[i + 1] in _GOOD and s.words[i + 2] not in _SINGULAR:
            i += 2
        elif s.words[i] in _ABOUT and not (s.words[i] == "another" and s.words[i + 1] in _SINGULAR):
            i += 1
    plain = _few(s, i) or _half(s, i) or _unit_and_more(s, i) or _counted(s, i)
    return _finished(s, plain, bound) if plain else None


def _finished(s: Sentence, plain: Duration, bound: str) -> Duration:
    found = _OR_SO.read(s.words, plain.stop)
    if found is not None:
        return replace(plain, bound=found[0] if bound == "exact" else bound, stop=found[1])
    return plain if bound == "exact" else replace(plain, bound=bound)


def _few(s: Sentence, i: int) -> Duration | None:
    """ "a few years", "several decades", "years"."""
    found = _FEW.read(s.words, i)
    after = found[1] if found else i
    after += s.words[after] in ("more", "short", "long")
    size = PLURALS.get(s.words[after])
    if size is None or (found is None and s.before(i) in _VAST):
        return None
    stop = after + 1
    joint = s.words[stop] in ("or", "and", "to") and PLURALS.get(s.words[stop + 1])
    return Duration(None, None, size[1], stop + 2 if joint else stop)


def _half(s: Sentence, i: int) -> Duration | None:
    """ "half a century", "half century", "a quarter century"."""
    start = i + (s.words[i] == "a")
    share = {"half": 0.5, "quarter": 0.25}.get(s.words[start])
    after = start + 1
    after += s.words[after] in ("a", "an", "-") or (s.words[after] == "of" and s.words[after + 1] == "a") * 2
    size = _SINGULAR.get(s.words[after])
    if share is None or size is None or (share == 0.25 and size[1] not in ("century", "year")):
        return None
    amount = Amount.of(size[0] * share, size[1])
    return Duration(amount, amount, "month" if size[1] == "year" else size[1], after + 1)


def _unit_and_more(s: Sentence, i: int) -> Duration | None:
    """ "a year or two", "a year and a half", "year or two"."""
    start = i + (s.words[i] in ("a", "an", "one", "another"))
    size = _SINGULAR.get(s.words[start])
    more = _OR_MORE.read(s.words, start + 1) if size else None
    if size is None or more is None:
        return None
    factor, stop = more
    high = Amount.of(size[0] * factor, size[1])
    low = high if factor < 2 else Amount.of(size[0], size[1])
    return Duration(low, high, size[1], stop)


def _counted(s: Sentence, i: int) -> Duration | None:
    """ "5 years", "2-3 years", "five, ten or twenty years", "5+ years", "6 years 2 months 10 days"."""
    numbers = _numbers(s, i)
    if numbers is None:
        return None
    low, high, after = numbers
    plus = s.words[after] == "+"
    after += plus
    after = _past_ish(s, after)
    hyphen = s.words[after] == "-" and s.joined(after)
    after += hyphen
    after += s.words[after] in _LONGER
    size = _size(s, after, low)
    if size is None:
        return None
    duration = Duration(
        Amount.of(low * size[0], size[1]),
        Amount.of(high * size[0], size[1]),
        size[1],
        after + 1,
        "at_least" if plus else "exact",
        compound=hyphen and s.words[after] not in PLURALS,
    )
    return _and_more(s, duration) if low == high else duration


def _past_ish(s: Sentence, i: int) -> int:
    """The index after "five-ish" and "18 or so"."""
    if s.words[i : i + 2] == ["or", "so"]:
        return i + 2
    after = i + (s.words[i] == "-" and s.joined(i))
    return after + 1 if s.words[after] == "ish" and s.joined(after) else i


def _size(s: Sentence, i: int, count: float) -> tuple[float, Unit] | None:
    """What is counted. Hours are read by the day: "the next 48 hours"."""
    if s.words[i] == "hours":
        return (1 / 24, "day") if count and count % 24 == 0 else None
    return UNITS.get(s.words[i]) or (_GLUED.get(s.words[i]) if s.joined(i) else None)


def _numbers(s: Sentence, i: int) -> tuple[float, float, int] | None:
    first = read_number(s.words, i)
    if first is None or (s.words[i][:1].isdigit() and s.joined(i) and s.words[i - 1] not in "(\"'“‘~≈—"):
        return None
    low, after = first
    after += 3 * (s.words[after] == "(" and s.words[after + 1].isdigit() and s.words[after + 2] == ")")
    high = low
    for _ in range(4):
        joint = _JOINTS.read(s.words, after)
        more = read_number(s.words, joint[1]) if joint else None
        if more is None or s.words[joint[1] if joint else after] in ("a", "an") or more[0] < high:
            break
        high, after = more
    return low, high, after


def _and_more(s: Sentence, duration: Duration) -> Duration:
    """Smaller units after the first: "and a half", "2 months 10 days"."""
    if s.words[duration.stop : duration.stop + 3] == ["and", "a", "half"] and duration.unit in (
        "year",
        "month",
        "decade",
    ):
        amount = (duration.low or Amount()) + Amount.of(0.5, duration.unit)
        return replace(duration, low=amount, high=amount, stop=duration.stop + 3)
    for _ in range(2):
        after = duration.stop + (s.words[duration.stop] in ("and", ","))
        size = UNITS.get(s.words[after + 1])
        value = digits_value(s.words[after]) if s.words[after][:1].isdigit() else None
        if size is None or value is None:
            break
        amount = (duration.low or Amount()) + Amount.of(value * size[0], size[1])
        duration = replace(duration, low=amount, high=amount, unit=size[1], stop=after + 2)
    return duration


OPENERS = frozenset(
    {*ONES, *TENS, "a", "an", "half", "quarter", "couple", "dozen", "hundred", "thousand", "~", *PLURALS}
    | (_ABOUT - {"the", "from", "say", "like", "maybe", "perhaps"})
    | set(_FEW.openers)
    | set(_BOUNDS.openers)
)
#: What can follow "a" in a length of time: most of what follows it cannot, and need not be looked at any closer.
AFTER_A = frozenset(
    {*UNITS, *_GLUED, *_GOOD, *_LONGER, *_JOINTS.openers, *_FEW.seconds("a"), *_BOUNDS.seconds("a")}
    | {"couple", "pair", "dozen", "half", "quarter", "hours", "(", "+", "or", "-", "ish"}
)
_WORDS = OPENERS | _ABOUT | frozenset(UNITS)
