"""Years, decades and centuries, and which four digits are a year at all."""

from dataclasses import replace

from . import calendar
from .numbers import TENS, read_ordinal, read_spelled_year
from .periods import Period
from .tokens import Sentence
from .vocabulary import vocabulary

FIRST_YEAR, LAST_YEAR = 1900, 2199
# Nouns that a plain number counts, so that "2024 GPUs" is an amount.
COUNTED = vocabulary(
    """
    gpus tpus cpus chips cards accelerators cores servers nodes machines robots drones satellites cars phones
    devices users people humans persons employees workers engineers researchers scientists developers customers
    subscribers students patients participants respondents members voters residents jobs startups companies
    firms countries cities states dollars euros pounds usd eur yen yuan bucks cents percent per tokens
    parameters params flops flop tflops petaflops exaflops watts kw mw gw kwh mwh twh kg km miles meters metres
    feet mm cm ms hz mhz ghz bytes bits kb mb gb tb pb words pages lines characters papers models datasets
    samples examples images videos photos songs books files documents prompts queries questions answers tasks
    tests points times steps epochs layers heads neurons units pieces items copies seconds minutes hours days
    weeks months years decades cases deaths votes seats games matches calories respectively kilometers
    kilometres elements entries rows columns articles messages posts tweets
    """
)
MODALS = vocabulary("will would could may might shall should can won are")
# What may follow a year that no preposition introduces ("2024 will be …").
_AFTER_BARE = (
    vocabulary(
        """
    will would could may might shall should can won won't is isn was wasn has had does and or but as with at for
    by in on to if before when where because than that than so then brings brought sees looks marks promises ends
    begins starts rolls dawns hits passes becomes turns feels gives goes belongs comes seems remains arrives isn't
    it we i they there at
    onwards onward probably maybe perhaps possibly likely until through till thru rather instead even the a an
    """
    )
    | MODALS
)
# An event named by its year ("the 2028 election").
EVENTS = vocabulary(
    """
    election elections olympics midterms midterm campaign primaries primary season budget summit census cup
    games cycle term models lineup roadmap edition deadline target targets predictions outlook median estimate
    goal goals timeline forecast
    """
)
_NOT_A_NAME = vocabulary(
    """
    the a an my our this so but and then maybe perhaps if why what could expect is will by or that when while
    where yes no think say probably likely possibly until year say fy cy fiscal calendar call welcome make
    consider take picture imagine come spring summer autumn fall winter early mid late
    """
)
_COUNTING = vocabulary(
    """
    over than nearly almost only just exactly number page room section line issue no version model chapter
    figure table step iteration level rank score scores scored pass passes exceed exceeds surpass surpasses rating
    elo worth cost costs beat beats top all some these those its least most every each another plus
    of year office windows xbox area route highway
    """
)
_DETERMINERS = vocabulary("the a an my your our his her their its this every any")
_BEGINNINGS = vocabulary("In By Before During Until After From Since")
_TOTALS = vocabulary(
    """
    total sum number average out all one class most each some any maximum minimum up batch score rating elo price
    cost figure value record speed rate fee salary population
    """
)
_BEFORE_A_JOINT = vocabulary("early mid middle late end pre post q1 q2 q3 q4 h1 h2")
_CLOSING = frozenset(".,;:!?)]}\"'”’…—–-|*~/+\n")
_OPENING = frozenset("([{\"'“‘…—|*~≈")
_BEFORE_A_CENTURY = frozenset({"the", "-", "early", "mid", "late"})
_DECADE_WORDS = {word[:-1] + "ies": number for word, number in TENS.items()} | {"tens": 10, "teens": 10}


def year_number(word: str) -> int | None:
    """The year that four digits can be: 1900 to 2199."""
    if len(word) != 4 or not word.isascii() or not word.isdigit():
        return None
    number = int(word)
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def stands_free(s: Sentence, i: int, stop: int) -> bool:
    """Whether no character is glued to these tokens as in "$2030", "GPT-2025", "2024-era", "2030%" and "1:2030"."""
    if s.joined(i) and s.words[i - 1] not in _OPENING and not _follows_a_joint(s, i):
        return False
    if not s.joined(stop):
        return True
    mark = s.words[stop]
    if mark == "'s":
        return True
    glued = s.words[stop + 1] if mark in "-:'.–~/+" and s.joined(stop + 1) else ""
    return mark in _CLOSING and (
        not glued.isalnum() or (mark in "-–~/" and (_ends_a_range(glued) or glued in _BEFORE_A_JOINT))
    )


def _follows_a_joint(s: Sentence, i: int) -> bool:
    """Whether the mark before is the joint of "mid-2027", "2026–2028" or "May/2028" and not of "GPT-2025"."""
    if i < 2 or s.words[i - 1] not in "-–—~/":
        return False
    previous = s.words[i - 2]
    return previous in _BEFORE_A_JOINT or year_number(previous) is not None or _ends_a_range(previous)


def _ends_a_range(word: str) -> bool:
    return year_number(word) is not None or (len(word) == 2 and word.isdigit())


def stands_alone(s: Sentence, i: int, stop: int) -> bool:
    """Whether a year without a preposition is a year here, and no amount, name or edition."""
    previous, after = s.before(i), s.words[stop]
    if previous in _COUNTING or (previous and s.written(i - 1)[0] in "$€£¥#©@=+^_/%"):
        return False
    if _is_name(s, i - 1) and not (after in MODALS and s.written(stop)[0].isupper()):
        return False
    if previous in _DETERMINERS:
        return after in EVENTS or s.words[stop + 1] in EVENTS or after in ("'s", ",", ".", "+", "")
    if after == ")" and previous in ("(", ",", ".") and s.words[i] == str(s.said_on.year):
        return False
    return is_free_after(s, stop)


def is_free_after(s: Sentence, stop: int) -> bool:
    """Whether no noun follows that the number could count or call by its year."""
    return not s.words[stop][:1].isalnum() or s.words[stop] in _AFTER_BARE


def _is_name(s: Sentence, i: int) -> bool:
    word = s.written(i)
    return word[:1].isalpha() and not word.islower() and word.lower() not in _NOT_A_NAME


def counts_something(s: Sentence, i: int, stop: int) -> bool:
    """Whether the number at `i`, after a preposition, counts the noun that follows: "runs in 2024 data centers"."""
    if s.written(i - 1) in _BEGINNINGS:
        return False
    if s.words[stop] in COUNTED or (s.words[stop] == "data" and s.words[stop + 1] in ("centers", "centres")):
        return s.words[stop + 1] not in MODALS and s.words[stop + 1] != "'ll"
    return s.before(i) == "of" and i > 1 and s.words[i - 2] in _TOTALS


def read_year(s: Sentence, i: int, *, after_operator: bool) -> Period | None:
    """ "2027", "the year 2027", "FY2027", "fiscal 2027", "twenty twenty-seven"."""
    if s.words[i] in ("year", "calendar", "fiscal", "fy", "cy", "financial"):
        return _named_year(s, i)
    if s.words[i][:2] in ("fy", "cy") and s.words[i][2:].isdigit():
        return _year_of_digits(s.words[i][2:], i + 1)
    number = year_number(s.words[i])
    if number is None:
        return _spelled(s, i)
    stop = _past_ish(s, i + 1)
    if not stands_free(s, i, stop) or counts_something(s, i, stop):
        return None
    if not after_operator and not stands_alone(s, i, stop):
        return None
    return _year(number, stop)


def _past_ish(s: Sentence, i: int) -> int:
    """The index after "2030ish" or "2030-ish"."""
    after = i + (s.words[i] == "-")
    return after + 1 if s.words[after] == "ish" and s.joined(i) and s.joined(after) else i


def _year(number: int, stop: int) -> Period:
    return Period.of(calendar.year(number), "year", "year", stop)


def _named_year(s: Sentence, i: int) -> Period | None:
    """After the word "year" any four digits are one."""
    after = i + 1 + (s.words[i + 1] == "year")
    digits = s.words[after]
    if len(digits) not in (2, 4) or not digits.isascii() or not digits.isdigit() or digits == "0000":
        return None
    if len(digits) == 2 and s.words[i] in ("year", "calendar"):
        return None
    return _year_of_digits(digits, after + 1)


def _year_of_digits(digits: str, stop: int) -> Period | None:
    if not digits.isascii() or len(digits) not in (2, 4):
        return None
    return _year(int(digits) + (2000 if len(digits) == 2 else 0), stop)


def _spelled(s: Sentence, i: int) -> Period | None:
    found = read_spelled_year(s.words, i)
    if found is None:
        return None
    decade = _spelled_decade(s, i)
    return decade or _year(*found)


def read_decade(s: Sentence, i: int) -> Period | None:
    """ "2030s", "2030's", "'30s", "the thirties", "twenty-thirties"."""
    word = s.words[i]
    if word == "'" and s.joined(i + 1) and len(s.words[i + 1]) == 3:
        return _digits_decade(s, s.words[i + 1], i + 2)
    if word[:1].isdigit():
        return _digits_decade(s, word, i + 1)
    if word in _DECADE_WORDS and s.before(i) == "the":
        return _decade(s, _nearest(s, _DECADE_WORDS[word]), i + 1)
    return _spelled_decade(s, i)


def _digits_decade(s: Sentence, word: str, stop: int) -> Period | None:
    if s.words[stop] == "'s" and s.joined(stop) and s.before(stop - 1) == "the":
        word, stop = word + "s", stop + 1
    digits = word[:-1]
    if word[-1] != "s" or not digits.isascii() or not digits.isdigit() or digits[-1] != "0":
        return None
    if len(digits) == 2:
        apostrophe = s.before(stop - 1) == "'" and s.joined(stop - 1)
        if not apostrophe and "the" not in s.words[max(0, stop - 4) : stop]:
            return None
        return _decade(s, _nearest(s, int(digits)), stop)
    return _decade(s, int(digits), stop) if year_number(digits) else None


def _spelled_decade(s: Sentence, i: int) -> Period | None:
    for opening in (("twenty",), ("twenty", "-"), ("two", "thousand", "and"), ("two", "thousand")):
        after = i + len(opening)
        if tuple(s.words[i:after]) == opening and s.words[after] in _DECADE_WORDS:
            return _decade(s, 2000 + _DECADE_WORDS[s.words[after]], after + 1)
    return None


def _nearest(s: Sentence, tens: int) -> int:
    """The decade of these tens whose first year is nearest."""
    century = s.said_on.year // 100 * 100
    return min((century + tens + step for step in (-100, 0, 100)), key=lambda first: abs(first - s.said_on.year))


def _decade(s: Sentence, first: int, stop: int) -> Period:
    period = Period.of(calendar.decade(first), "decade", "decade", stop)
    return replace(period, running=period.start <= s.said_on)


def read_century(s: Sentence, i: int) -> Period | None:
    """ "21st century", "twenty-first century", and not "21st century surveillance"."""
    found = read_ordinal(s.words, i)
    if found is None:
        return None
    number, after = found
    hyphen = s.words[after] == "-"
    after += hyphen
    if s.words[after] not in ("century", "c") or not 15 <= number <= 99:
        return None
    if not is_free_after(s, after + 1) and (hyphen or s.before(i) not in _BEFORE_A_CENTURY):
        return None
    period = Period.of(calendar.century(number), "century", "century", after + 1)
    return replace(period, running=period.start <= s.said_on)


YEAR_WORDS = (
    frozenset({"year", "calendar", "fiscal", "financial", "fy", "cy", "two", "twenty"} | set(_DECADE_WORDS))
    | {f"{kind}{number:02}" for kind in ("fy", "cy") for number in range(100)}
    | {f"{kind}{number}" for kind in ("fy", "cy") for number in range(FIRST_YEAR, LAST_YEAR + 1)}
)
