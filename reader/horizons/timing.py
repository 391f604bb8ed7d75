"""Lengths of time counted from the day it was said: "within five years", "in 18 months", "a decade away"."""

from dataclasses import replace

from . import calendar
from .calendar import Amount
from .context import happened, is_demanded, is_expected, is_past, looks_ahead, looks_back, sums_up
from .dates import NAMES
from .durations import PLURALS, UNITS, Duration, read_duration
from .numbers import read_number
from .phrases import Phrases
from .ranges import read_span
from .readings import Reading, beside, dated, from_day_on, vague
from .tokens import Sentence
from .vocabulary import vocabulary
from .windows import Unit

NEXT = frozenset({"next", "coming", "upcoming", "following", "ensuing"})
_OVER = Phrases(
    {
        "sometime|some_time|anytime|any_time in|over|within|during": True,
        "at some|any point|time|stage in|over|within|during": True,
        "in|over|within|during|for|throughout|across|through|inside": True,
        "over|in|during the course of": True,
    }
)
_WITHIN = Phrases({"within|inside (of)": True, "in under": True, "in the space of": True})
_THIS_TIME = Phrases({"by|before (this|the_same|about_this) time next": True})
_AFTERWARDS = Phrases(
    {
        "from now|today": True,
        "away|out|off|hence|ahead": True,
        "to go": True,
        "in|into the future": True,
        "down the line|road|track|pike": True,
        "' (time)": True,
    }
)
_BACKWARDS = Phrases(
    {
        "ago|old|earlier|prior|later|before|after|back|since": True,
        "- old|olds": True,
        "of experience|age": True,
        "thereafter|afterwards|afterward|apart|running|straight": True,
        "into": True,
    }
)
_GIVERS = vocabulary("i we 'd would he she they experts people")
_GIVEN = frozenset({"it", "this", "that"})
_GIVEN_TO = vocabulary("of to for from old more")
_POINT: dict[Unit, Unit] = {"decade": "year", "century": "year", "half": "month"}
_ARE = vocabulary("is are am be 's 're 'm still just only now")
_LONG = frozenset({"year", "decade", "century"})
_AFTER_SOMETHING = frozenset({"of", "after", "following", "thereafter", "afterwards"})
_HAS = frozenset({"have", "has", "'ve", "got"})
_PERHAPS = frozenset({"perhaps", "maybe", "about", "only", "just", "at", "probably", "around", "roughly"})
_AT_MOST = frozenset({"tops", "max", "outside"})
_SAYING = frozenset({"say", "guess", "estimate", "guesstimate"})
_IS = frozenset({"is", "are", "of", ":", "at", "on", "'s"})
_ESTIMATES = vocabulary("median timeline timelines guess estimate forecast prediction answer bet mode mean")
_PERIOD_NOUNS = vocabulary("period window timeframe timeline horizon span timescale stretch")
DUE = frozenset({"be", "take", "takes", "taking", "need", "needs", "require", "requires"})


def read_next(s: Sentence, i: int) -> Reading | None:
    """ "over the next five years", "in the coming decade", "the next few years"."""
    opener = _OVER.read(s.words, i)
    after = opener[1] if opener else i
    article = s.words[after] in ("the", "these", "this", "our")
    after += article
    turned = _count_first(s, after)
    if turned is not None:
        return _until(s, i, turned)
    if s.words[after] not in NEXT:
        return _ahead(s, i, after) if article else None
    duration = read_duration(s, after + 1)
    if duration is not None and not duration.compound:
        return _until(s, i, duration)
    return _rolling(s, i, after + 1, opened=opener is not None and s.words[i] != "for") if article else None


def _count_first(s: Sentence, i: int) -> Duration | None:
    """ "5 upcoming years"."""
    count = read_number(s.words, i) if s.words[i] not in ("a", "an") else None
    if count is None or s.words[count[1]] not in NEXT:
        return None
    size = PLURALS.get(s.words[count[1] + 1])
    if size is None:
        return None
    amount = Amount.of(count[0] * size[0], size[1])
    return Duration(amount, amount, size[1], count[1] + 2)


def _rolling(s: Sentence, i: int, unit_at: int, *, opened: bool) -> Reading | None:
    """ "in the next year" is a year from now on; "the next quarter" by itself is the calendar's."""
    size = UNITS.get(s.words[unit_at])
    if size is None or s.words[unit_at] in PLURALS or not (opened or size[1] in _LONG):
        return None
    amount = Amount.of(*size)
    stop = unit_at + 1
    calendars = dated(s, i, stop, calendar.following(size[1], s.said_on), size[1], "next.in")
    return beside(_until(s, i, Duration(amount, amount, size[1], stop)), calendars if size[0] == 1 else None)


def _ahead(s: Sentence, i: int, unit_at: int) -> Reading | None:
    """ "in the years to come", "the decade ahead"."""
    few = s.words[unit_at] in ("few", "many", "coming")
    size = UNITS.get(s.words[unit_at + few])
    stop = unit_at + few + 1
    if size is None or not (s.words[stop] == "ahead" or s.words[stop : stop + 2] == ["to", "come"]):
        return None
    stop += 1 if s.words[stop] == "ahead" else 2
    if s.words[unit_at + few] in PLURALS:
        return vague(s, i, stop, size[1], "duration.vague")
    amount = Amount.of(*size)
    return _until(s, i, Duration(amount, amount, size[1], stop))


def read_by_this_time(s: Sentence, i: int) -> Reading | None:
    """ "by this time next year" is a year from now."""
    found = _THIS_TIME.read(s.words, i)
    size = UNITS.get(s.words[found[1]]) if found else None
    if found is None or size is None:
        return None
    amount = Amount.of(*size)
    return _until(s, i, Duration(amount, amount, size[1], found[1] + 1))


def read_within(s: Sentence, i: int) -> Reading | None:
    """ "within five years", "inside of a decade", "in under two years"."""
    opener = _WITHIN.read(s.words, i)
    duration = _duration(s, opener[1] + (s.words[opener[1]] == "a")) if opener else None
    if opener is not None and (duration is None or not duration.compound):
        duration = _duration(s, opener[1])
    if duration is None:
        return None
    if is_demanded(s, i):
        return Reading(None, duration.stop)
    is_after = s.words[duration.stop] in _AFTER_SOMETHING and s.before(i) not in _ARE
    if is_after and s.words[duration.stop + 1] not in ("now", "today"):
        return Reading(None, duration.stop)
    return _until(s, i, _from_now(s, duration))


def _from_now(s: Sentence, duration: Duration) -> Duration:
    """The same, with "from today" or "of now" after it."""
    if s.words[duration.stop] in ("from", "of") and s.words[duration.stop + 1] in ("now", "today"):
        return replace(duration, stop=duration.stop + 2)
    return duration


def _duration(s: Sentence, i: int) -> Duration | None:
    """A length of time, a compound one only in "a five-year period"."""
    duration = read_duration(s, i)
    if duration is None or not duration.compound:
        return duration
    return replace(duration, stop=duration.stop + 1) if s.words[duration.stop] in _PERIOD_NOUNS else None


def read_in(s: Sentence, i: int) -> Reading | None:
    """ "in five years", "in 2 to 3 years", "in at least a decade"."""
    after = i + 1
    duration = read_duration(s, after)
    if duration is None or duration.compound:
        return None
    if s.words[after] == "the":
        return Reading(None, duration.stop)
    if _BACKWARDS.read(s.words, duration.stop) and s.words[duration.stop] not in ("into", "later", "since", "before"):
        return Reading(None, duration.stop + 1)
    tail = _AFTERWARDS.read(s.words, duration.stop)
    stop = tail[1] if tail and s.words[duration.stop] in ("'", "from") else duration.stop
    if sums_up(s, i, stop) or (s.words[after] in PLURALS and stop == after + 1):
        return Reading(None, duration.stop)
    if duration.unit == "day" and duration.high and s.words[after] == "a":
        return Reading(None, duration.stop)
    return _at(s, i, duration, stop)


def read_away(s: Sentence, i: int) -> Reading | None:
    """ "five years from now", "decades away"; "ten years ago", "two years old" and rates are read as nothing."""
    duration = read_duration(s, i)
    if duration is None:
        return None
    if _is_time_left(s, i, duration):
        return _until(s, i, duration)
    if _BACKWARDS.read(s.words, duration.stop) or duration.compound:
        return Reading(None, duration.stop + 1)
    tail = _AFTERWARDS.read(s.words, duration.stop)
    if tail is None and (_lacks_its_now(s, i, duration) or _is_an_estimate(s, i, duration)):
        tail = True, duration.stop
    if tail is None:
        return _to_come(s, i, duration)
    is_behind = looks_back(s, i) and s.before(i) not in _ARE
    if is_behind or is_past(s.before(i)) or (duration.unit == "day" and s.words[duration.stop] == "off"):
        return Reading(None, tail[1])
    return _at(s, i, duration, tail[1]) if s.words[duration.stop] != "'" else None


def _is_time_left(s: Sentence, i: int, duration: Duration) -> bool:
    """ "we have perhaps five years to …", "it has 18 months before …"."""
    k = i - 1
    while k > 0 and s.words[k] in _PERHAPS:
        k -= 1
    has = k >= 0 and s.words[k] in _HAS
    return has and s.words[duration.stop] in ("left", "before", "until", "to", "remaining")


def _lacks_its_now(s: Sentence, i: int, duration: Duration) -> bool:
    """ "we are five years from …", "two years until …"."""
    return s.words[duration.stop] in ("until", "till") or (s.words[duration.stop] == "from" and s.before(i) in _ARE)


def _is_an_estimate(s: Sentence, i: int, duration: Duration) -> bool:
    """ "I'd say 5+ years", "my median is ten years", "three years, tops", "A year, maybe two."."""
    last = s.words[duration.stop - 1]
    if last in _AT_MOST or s.before(i) in _SAYING or (s.before(i) in _IS and i > 1 and s.words[i - 2] in _ESTIMATES):
        return s.words[duration.stop] != "of"
    stands_alone = i == s.first_of_sentence(i) or s.before(i) in (":", "—", "–")
    return stands_alone and duration.low != duration.high and not s.words[duration.stop][:1].isalnum()


def _to_come(s: Sentence, i: int, duration: Duration) -> Reading | None:
    if s.words[duration.stop : duration.stop + 2] != ["to", "come"]:
        return None
    return _until(s, i, replace(duration, stop=duration.stop + 2))


def read_due(s: Sentence, i: int) -> Reading | None:
    """ "will take ten years", "could be decades before …"."""
    duration = read_duration(s, i + 1)
    if duration is None or duration.compound or not is_expected(s, i):
        return None
    if s.words[duration.stop] in ("of", "old") or _AFTERWARDS.read(s.words, duration.stop):
        return None
    if s.before(i) in ("'t", "not") and s.words[i] == "take":
        return _until(s, i, duration)
    if s.words[i] == "be" and s.words[duration.stop] not in ("before", "until", "till"):
        return None
    return _at(s, i, duration, duration.stop)


def read_given(s: Sentence, i: int) -> Reading | None:
    """ "I give it five years", "give it five years"."""
    if s.before(i) not in _GIVERS and s.words[i + 1] not in _GIVEN:
        return None
    for start in range(i + 1, i + 6):
        is_counted = s.words[start] != "the" and (s.words[start] != "a" or s.words[start - 1] in _GIVEN)
        duration = read_duration(s, start) if is_counted else None
        if duration is not None:
            given = not duration.compound and duration.high is not None and s.words[duration.stop] not in _GIVEN_TO
            return _until(s, start, duration) if given else None
    return None


def read_lasting(s: Sentence, i: int) -> Reading | None:
    """ "over ten years it will fall", "it will take up room for years"."""
    duration = read_duration(s, i + 1)
    if duration is None or duration.compound or s.words[duration.stop] == "of" or not looks_ahead(s, i):
        return None
    if _AFTERWARDS.read(s.words, duration.stop) or _BACKWARDS.read(s.words, duration.stop) or happened(s, i, i + 1):
        return None
    return None if s.words[i] == "for" and duration.high is not None else _until(s, i, duration)


def read_another(s: Sentence, i: int) -> Reading | None:
    """ "another five years" is a point, "for another five years" all the time until then."""
    lasting = s.words[i] == "for"
    duration = read_duration(s, i + 1)
    if duration is None or duration.compound or s.words[duration.stop] == "of":
        return None
    more = "another" in s.words[i : duration.stop] or "more" in s.words[i : duration.stop]
    if not more or looks_back(s, i):
        return None
    return _until(s, i, duration) if lasting else _at(s, i, duration, duration.stop)


def read_past(s: Sentence, i: int) -> Reading | None:
    """Rates and what lies behind: "every two years", "over the past decade", "since 2019", "so far this year"."""
    found = PAST.read(s.words, i)
    if found is None:
        return None
    period = read_span(s, found[1], after_operator=True) if found[0] == "since" else None
    after = found[1] + (s.words[found[1]] in ("the", "other"))
    duration = read_duration(s, after)
    if period is not None or duration is not None:
        return Reading(None, max(found.stop for found in (period, duration) if found))
    return Reading(None, after + 1) if s.words[after] in UNITS or s.words[after] in NAMES else None


PAST: Phrases[str] = Phrases(
    {
        "(in|over|within|during|for|throughout|across) (the|these|our) past|last|previous|preceding|prior": "behind",
        "every|each|per": "rate",
        "(ever) since (about|around|at_least)": "since",
        "earlier|already|previously (in|during) this|the": "behind",
        "so far (in|during) this|the": "behind",
        "aged|age": "age",
    }
)


def _until(s: Sentence, i: int, duration: Duration) -> Reading:
    """All the time from the day it was said to the end of the longest length."""
    if duration.high is None:
        return vague(s, i, duration.stop, duration.unit, "duration.vague")
    end = duration.high.after(s.said_on)
    return dated(s, i, duration.stop, (s.said_on, end), duration.unit, "duration.within")


def _at(s: Sentence, i: int, duration: Duration, stop: int) -> Reading:
    """The time when a length of time is over."""
    if duration.high is None or duration.low is None:
        return vague(s, i, stop, duration.unit, "duration.vague")
    first, last = duration.low.after(s.said_on), duration.high.after(s.said_on)
    if duration.bound == "at_least":
        return from_day_on(s, i, stop, first, duration.unit, "duration.at_least")
    if duration.bound == "at_most":
        return dated(s, i, stop, (s.said_on, last), duration.unit, "duration.within")
    until_then = dated(s, i, stop, (s.said_on, last), duration.unit, "duration.within")
    if first != last:
        return beside(dated(s, i, stop, (first, last), duration.unit, "duration.range"), until_then)
    unit = _POINT.get(duration.unit, duration.unit)
    return beside(dated(s, i, stop, calendar.containing(unit, first), unit, "duration.in"), until_then)


NEXT_OPENERS = NEXT | frozenset(_OVER.openers) | {"the", "these", "this"}
WITHIN_OPENERS = frozenset(_WITHIN.openers)
