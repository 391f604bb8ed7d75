"""Numbers as they are written: "12", "2.5", "twenty-five", "a couple of", "the 3rd", "two thousand and thirty"."""

from collections.abc import Sequence

from .vocabulary import numbered

Read = tuple[float, int]

ONES = numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
TENS = {
    word: tens * 10 for word, tens in numbered("twenty thirty forty fifty sixty seventy eighty ninety", first=2).items()
}
_SCALES = {"hundred": 100, "thousand": 1000}
_ORDINAL_ONES = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
) | {"thirtieth": 30}
_COUNTS = frozenset({*ONES, *TENS, *_SCALES, "a", "an", "another", "half", "couple", "pair", "dozen"})
_LONGEST = 7


def read_number(words: Sequence[str], i: int) -> Read | None:
    """A count of things: digits, number words, "a couple (of)", "half a dozen", "two and a half"."""
    if words[i] not in _COUNTS and not words[i][:1].isdigit():
        return None
    found = _plain_number(words, i)
    if (
        found is None
        or words[i] in ("a", "an", "another")
        or list(words[found[1] : found[1] + 3]) != ["and", "a", "half"]
    ):
        return found
    return found[0] + 0.5, found[1] + 3


def _plain_number(words: Sequence[str], i: int) -> Read | None:
    word = words[i]
    if word[:1].isdigit():
        digits = digits_value(word)
        return None if digits is None else (digits, i + 1)
    if word in ("a", "an", "another"):
        return _collective(words, i + 1) or (1, i + 1)
    if word == "half" and words[i + 1] == "a" and words[i + 2] == "dozen":
        return 6, i + 3
    return _collective(words, i) or _cardinal(words, i)


def digits_value(word: str) -> float | None:
    """What digits say: "12", "2.5", "1,000"; None for "1.2.3", "10x" or more digits than any count of years has."""
    plain = word.replace(",", "")
    if len(plain) > _LONGEST or not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        return None
    return float(plain)


def _collective(words: Sequence[str], i: int) -> Read | None:
    if words[i] in ("couple", "pair"):
        return 2, i + 1 + (words[i + 1] == "of")
    return (12, i + 1) if words[i] == "dozen" else None


def _cardinal(words: Sequence[str], i: int) -> Read | None:
    found = _below_hundred(words, i)
    if found is None:
        return (_SCALES[words[i]], i + 1) if words[i] in _SCALES else None
    value, i = found
    scale = _SCALES.get(words[i])
    return (value, i) if scale is None else (value * scale, i + 1)


def _below_hundred(words: Sequence[str], i: int) -> Read | None:
    if words[i] in ONES:
        return ONES[words[i]], i + 1
    if words[i] not in TENS:
        return None
    after = i + 1 + (words[i + 1] == "-")
    one = ONES.get(words[after], 0)
    return (TENS[words[i]] + one, after + 1) if 0 < one < 10 else (TENS[words[i]], i + 1)


def read_ordinal(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """ "3rd", "third", "twenty-first"."""
    word = words[i]
    if word in _ORDINAL_ONES:
        return _ORDINAL_ONES[word], i + 1
    if word[:1].isdigit() and word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdigit() and len(word) < 6:
        return int(word[:-2]), i + 1
    if word in TENS:
        after = i + 1 + (words[i + 1] == "-")
        one = _ORDINAL_ONES.get(words[after], 0)
        return (TENS[word] + one, after + 1) if 0 < one < 10 else None
    return None


def read_spelled_year(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """ "two thousand (and) thirty", "twenty thirty-one", "twenty twenty-seven"."""
    if words[i] == "two" and words[i + 1] == "thousand":
        after = i + 2 + (words[i + 2] == "and")
        rest = _below_hundred(words, after)
        return (2000 + int(rest[0]), rest[1]) if rest else (2000, i + 2)
    if words[i] != "twenty":
        return None
    after = i + 1 + (words[i + 1] == "-")
    rest = _below_hundred(words, after)
    return (2000 + int(rest[0]), rest[1]) if rest and rest[0] >= 10 else None


ORDINALS = frozenset(_ORDINAL_ONES) | frozenset(TENS)
