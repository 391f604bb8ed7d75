"""The threshold that a sentence names ("at least $1 trillion"), where its words leave no doubt of which side counts.

A figure alone says nothing of that: "half of all code" may be much or little, "10× cheaper" is beside what it was,
and what is denied, doubted or a length of time is no threshold. Then there is nothing to propose.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from reader.spotting.lexicon import words as vocabulary

_FIGURE = r"\d[\d,.]*(?<![,.])"
_MONEY = rf"[$€£¥]\s?{_FIGURE}(?:\s?(?:trillion|billion|million|thousand|tn|bn|[TBMKk])\b)?"
_EACH = r"(?:\s+(?:per|a|an)\s+(?:million\s+|thousand\s+)?[a-z]+)?"
_SHARE = rf"{_FIGURE}\s?(?:%|per\s?cent\b|percent\b|percentage\s+points\b)"
_PART = r"(?:half|a\s+third|one\s+third|two[\s-]thirds|a\s+quarter|one\s+quarter|three[\s-]quarters)"
#: What follows what is counted, and is no part of it.
_AFTER = "|".join(
    sorted(
        vocabulary("""
            by in of on at and or to with before after until within per a an the will over for from as than this next
            during if unless when while is are have has can may might could would
        """)
    )
)
_WORD = rf"(?:\s+(?!(?:{_AFTER})\b)[a-z][\w-]*)"
#: One word in the plural, or a few as far as something follows that ends them: a verb would else be taken along.
_THINGS = rf"(?:{_WORD}(?<=[^s]s)(?!\w)|{_WORD}{{1,3}}?(?=\s+(?:{_AFTER})\b|\s*[.,;:!?)”]|\s*$))"
_NOUN = rf"(?:\s?(?:trillion|billion|million|thousand|hundred)\b)?{_THINGS}"
_OF = rf"\s+of(?:\s+all)?(?:\s+the)?{_THINGS}"
_AMOUNT = rf"(?:{_MONEY}{_EACH}|{_SHARE}(?:{_OF})?|{_PART}{_OF}|{_FIGURE}{_NOUN})"

#: What stands before an amount, and how a criterion says it; the longer wording first, for it holds the shorter one.
_BOUNDS = (
    (r"at\s+least|no\s+(?:less|fewer)\s+than|not\s+less\s+than|a\s+minimum\s+of|reach(?:es)?|hits?", "at least"),
    (r"at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of", "at most"),
    (r"more\s+than|upwards\s+of|above|in\s+excess\s+of|exceeds?|surpass(?:es)?|tops?", "more than"),
    (r"fewer\s+than", "fewer than"),
    (r"less\s+than|below|under", "less than"),
)
_BOUNDED = [(re.compile(rf"\b(?:{bound})\s+(?P<amount>{_AMOUNT})", re.IGNORECASE), said) for bound, said in _BOUNDS]
_BETWEEN = re.compile(rf"\bbetween\s+(?:{_MONEY}|{_FIGURE}\s?%?)\s+and\s+{_AMOUNT}", re.IGNORECASE)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_UNIT = r"(?:second|minute|hour|day|week|month|quarter|year|decade|centur(?:y|ie))s?"
#: How long something takes, or how often something is as much as it was.
_OF_TIME = re.compile(rf"\b{_UNIT}\b|[×x](?=\W|$)|\b(?:times|fold)\b", re.IGNORECASE)
_GOES_ON = re.compile(rf"[\s-]?(?:{_UNIT}\b|[×x](?=\W|$)|times\b|fold\b)", re.IGNORECASE)
_DATED = re.compile(rf"\b(?:{_MONTH}|Q)\s?\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|\b{_FIGURE}\s?{_UNIT}\b")
#: Where a number stands that is no part of a name.
_ANY_FIGURE = re.compile(rf"(?<![\w.-]){_FIGURE}|\b{_PART}\b")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_NEARLY = re.compile(r"\b(?:about|around|roughly|nearly|almost|some|approximately|up\s+to)\s*$", re.IGNORECASE)
#: What turns a bound round, or asks or doubts instead of saying.
_DOUBT = re.compile(
    r"\b(?:no|not|never|nobody|nothing|none|neither|nor|without|unlikely|doubt\w*|whether|fail\w*|refus\w*|instead|rather)\b"
    r"|n['’]t\b|\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """`words` of the sentence, exactly, and what a criterion says instead of them."""

    words: str
    plain: str


def read_threshold(sentence: str, beside: Iterable[str] = ()) -> Threshold | None:
    """The one threshold of a sentence. `beside` are words of it that say something else: a condition, a probability."""
    text = sentence
    for words in filter(None, beside):
        text = text.replace(words, " " * len(words))
    found = list(islice(_bounds_in(text), 2))
    if len(found) != 1:
        return None
    match, plain = found[0]
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if _DOUBT.search(rest) or _has_other_figures(rest) or _is_of_time(text, match):
        return None
    return Threshold(match[0], " ".join(plain.split()))


def _bounds_in(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Those that overlap no other: "more than" within "no more than" is none."""
    taken: list[tuple[int, int]] = []
    for pattern, said in [(_BETWEEN, ""), *_BOUNDED]:
        for match in pattern.finditer(text):
            if not any(match.start() < end and match.end() > start for start, end in taken):
                taken.append(match.span())
                yield match, f"{said} {match['amount']}" if said else match[0].lower()


def _has_other_figures(rest: str) -> bool:
    """Whether it names another number than that: which of the two would count is anybody's guess."""
    return any(not _YEAR.fullmatch(one[0]) for one in _ANY_FIGURE.finditer(_DATED.sub(" ", rest)))


def _is_of_time(text: str, match: re.Match[str]) -> bool:
    is_near = _NEARLY.search(text[: match.start()])
    return bool(is_near or _OF_TIME.search(match[0]) or _GOES_ON.match(text, match.end()))
