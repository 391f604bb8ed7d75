"""Amounts in one writing, so that exact equals are equal: "half of" and "50 %", "$1tn" and "$1,000 billion", "2×" and
"doubles", "two" and "2".

What is only nearly the same ("a third", "33 %") stays as it is written, and so do words that count something else or
nothing: "the second half of 2027", "double down", "twice a week", "Python 3.10".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Match = re.Match[str]

_ONES = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBERED = _ONES | _TENS | {"zero": 0, "ten": 10, "eleven": 11, "twelve": 12, "a": 1, "an": 1, "one": 1, "half a": 0.5}
_SCALES = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "t": 10**12,
}  # fmt: skip
_PARTS = {"half": 50, "quarter": 25, "fifth": 20, "tenth": 10}
_FOLD = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twice": 2, "twofold": 2, "two-fold": 2, "triple": 3,
    "triples": 3, "tripled": 3, "tripling": 3, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    "hundredfold": 100,
}  # fmt: skip

_DIGITS = r"\d{1,15}(?:,\d{3})*(?:\.\d{1,6})?(?![.,]?\d)"
_FIGURE = rf"(?<![\w.,/-]){_DIGITS}"
_WORD = rf"\b(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_ONES)}|one)|{'|'.join(_ONES | _TENS)}|zero|ten|eleven|twelve)\b"
_COUNT = rf"(?:{_FIGURE}|{_WORD})"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|mn|bn|tn)\b"
#: What half of may be over, and is no amount.
_TIME = r"(?:the\s+)?(?:years?|months?|days?|decades?|centur(?:y|ies)|hours?|weeks?|time|next|this|(?:19|20|21)\d\d)\b"
_OF = rf"(?=\s+of\s+(?!{_TIME}))"
#: Halves of something else: "the second half of it".
_WHICH = ("first", "second", "other", "latter", "later", "early", "last", "next", "better", "upper", "lower", "bottom")
_NOT_ITS_OTHER = "".join(rf"(?<!\b{which}\s)" for which in _WHICH)
_MOVES = r"(?:f[ae]ll|drop|shrink|declin|decreas|ris|rose|gr[eo]w|increas|climb|cut|reduc|lower|rais)\w*"


@dataclass(frozen=True, slots=True)
class Amount:
    """Where it stands, and how it is written everywhere."""

    start: int
    end: int
    written: str


def _value(number: str) -> Decimal:
    word = number.lower()
    if "-" in word:
        tens, _, one = word.partition("-")
        return Decimal(_TENS[tens] + _NUMBERED[one])
    return Decimal(str(_NUMBERED[word])) if word in _NUMBERED else Decimal(word.replace(",", ""))


def _plainly(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _money(found: Match) -> str:
    return f"{found['sign']}{_plainly(_value(found['count']) * _SCALES[found['scale'].lower()])}"


def _scaled(found: Match) -> str:
    value = _value(" ".join(found["count"].lower().split()))
    for scale in re.findall("[a-z]+", found["scales"].lower()):
        value *= _SCALES[scale]
    return _plainly(value)


def _share(found: Match) -> str:
    return f"{_plainly(_value(found['count']))}%"


def _part(found: Match) -> str:
    return f"{_plainly(_value((found['count'] or 'one').strip()) * _PARTS[found['part'].lower()])}%"


def _times(found: Match) -> str:
    return f"{_plainly(_value(found['count']))}fold"


def _fold(found: Match) -> str:
    return f"{_FOLD[found[0].lower()]}fold"


def _number(found: Match) -> str:
    return _plainly(_value(found[0]))


_WRITTEN: list[tuple[re.Pattern[str], Callable[[Match], str]]] = [
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in [
        (rf"(?P<sign>[$€£¥])\s?(?P<count>{_DIGITS})(?:\s?(?P<scale>{_SCALE}|[kmbt]\b))", _money),
        (
            rf"(?P<count>{_COUNT}|\b(?:half\s+a|an?|one)\b(?=\s+{_SCALE}))(?P<scales>(?:[\s-]?{_SCALE})+|k\b)",
            _scaled,
        ),
        (rf"(?P<count>{_COUNT})\s?(?:%|per\s?cent\b)", _share),
        (
            rf"(?P<count>{_COUNT})(?:\s?[x×](?!\s?\d)(?!\w)|-?fold\b|\s+times\b(?=\s+(?:as|more|the|\w{{2,}}er)\b))",
            _times,
        ),
        (rf"\b(?P<count>an?|one|two|three|four)[\s-](?P<part>quarter|fifth|tenth)s?\b{_OF}", _part),
        (rf"{_NOT_ITS_OTHER}(?<![\w-])(?P<count>an?\s)?(?P<part>half)\b{_OF}", _part),
        (r"(?<=\bby\s)(?P<count>an?\s)?(?P<part>half)\b(?!-|\s+(?:an?|past|of)\b)", _part),
        (
            rf"(?:(?<=\bthan\s)|(?<=\bleast\s))(?P<count>an?\s)?(?P<part>half)\b(?!-|\s+(?:an?|past|of)\b|\s+{_TIME})",
            _part,
        ),
        (rf"\b{_MOVES}\s+by\s+(?P<amount>(?P<count>an?|one)\s(?P<part>quarter|fifth|tenth))\b(?!-)", _part),
        (
            rf"(?<![\w-])(?:{'|'.join(_FOLD)})\b(?!-|\s+(?:down|digits?|standards?|takes?|checks?|an?|per|in|weekly|daily)\b)",
            _fold,
        ),
        (rf"{_WORD}|(?<![\w.,/-])\d{{1,3}}(?:,\d{{3}})+(?![.,]?\d)", _number),
    ]
]


def amounts_in(text: str) -> list[Amount]:
    """Those that another writing may be equal to, in their order."""
    taken: list[Amount] = []
    for pattern, written in _WRITTEN:
        for found in pattern.finditer(text):
            start, end = found.span("amount" if "amount" in pattern.groupindex else 0)
            if all(end <= one.start or start >= one.end for one in taken):
                taken.append(Amount(start, end, written(found)))
    return sorted(taken, key=lambda one: one.start)


def in_one_writing(text: str, amounts: list[Amount]) -> str:
    """The words with each of their amounts as it is written everywhere."""
    pieces, at = [], 0
    for one in amounts:
        pieces += [text[at : one.start], one.written]
        at = one.end
    return "".join([*pieces, text[at:]])
