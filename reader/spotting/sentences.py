"""Cutting a text into sentences, with the exact place of each.

Offsets are code points, as everywhere. A newline ends a sentence, for the text of a piece has one between any two
blocks, list items and cells; within a line a stop does, unless it belongs to an abbreviation, an initial, a number or
an ordinal. Quotes, brackets, footnote marks and emoji that touch the stop belong to the sentence before.

Every rule looks at a few characters around a stop, so the time is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.spotting.abbreviations import AFTER_ORDINALS, JOINING, NUMBERED, OPENING, TITLES, TRAILING


class Span(NamedTuple):
    """``text[start:end]`` is a sentence, without white space around it."""

    start: int
    end: int


_STOPS = ".!?…‼⁇⁈⁉؟۔।॥։።"
_CLOSERS = "\"'”’“‘»›«‹)\\]}*_¹²³⁰⁴-⁹"
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d"
_WIDE_STOPS, _WIDE_CLOSERS = "。！？｡．", "”’」』）】》〉〕］｣"
_LINE = re.compile("[^\n]+")
#: A stop with all that clings to it. It takes the whole of a run, so that no run is looked at twice.
_STOP = re.compile(
    f"(?P<wide>[{_WIDE_STOPS}][{_WIDE_STOPS}{_STOPS}{_WIDE_CLOSERS}{_EMOJI}]*+)"
    rf"|[{_STOPS}](?:[{_STOPS}{_CLOSERS}{_WIDE_CLOSERS}{_EMOJI}]++|\[\d{{1,3}}\]|[ \xa0]\.(?!\w))*"
)
_ANY_STOP = re.compile(f"[{_STOPS}]")
#: The word before a stop and the one behind it: none that matters is longer.
_REACH = 24
_LAST_WORD = re.compile(r"(?<!\w)[^\W\d_](?:[\w.-]*\w)?\Z")
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\Z")
_NEXT_WORD = re.compile(r"[\s\"'“”‘’„‚«»‹›()\[\]{}¿¡*_–—-]*(\w[\w'’]*)?")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]+)*\Z")
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\Z")


def split(text: str) -> list[Span]:
    """The sentences of a text, in order; together they hold all of it but white space."""
    return [span for line in _LINE.finditer(text) for span in _sentences(text, Span(*line.span()))]


def _sentences(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for stop in _STOP.finditer(text, *line):
        if _ends(text, Span(start, line.end), stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, line.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    sentence = text[start:end]
    if words := sentence.strip():
        start += len(sentence) - len(sentence.lstrip())
        yield Span(start, start + len(words))


def _ends(text: str, rest: Span, stop: re.Match[str]) -> bool:
    """Whether a sentence ends behind this stop, in the rest of its line."""
    if stop["wide"] or stop.end() == rest.end:
        return True
    if not text[stop.end()].isspace():
        return False
    following = _NEXT_WORD.match(text, stop.end(), min(stop.end() + _REACH, rest.end))
    word = (following and following[1]) or ""
    if word[:1].islower() and word.islower():  # names like iPhone and xAI may begin one
        return False
    if _ANY_STOP.findall(stop[0]) != ["."]:
        return True
    before = text[max(rest.start, stop.start() - _REACH) : stop.start()]
    begins_here = stop.start() - rest.start <= _REACH
    return not (begins_here and _LIST_NUMBER.match(before)) and _full_stop_ends(before, word)


def _full_stop_ends(before: str, word: str) -> bool:
    """Whether a single stop behind these words, and before this one, ends a sentence."""
    if _ORDINAL.search(before):
        return word.casefold() not in AFTER_ORDINALS
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    if _is_abbreviated(last[0], word):
        return False
    if _INITIALS.match(last[0]):
        return word.casefold() in OPENING and (len(last[0]) > 1 or _stands_alone(before[: last.start()]))
    return True


def _is_abbreviated(last: str, word: str) -> bool:
    """Whether the word before the stop is an abbreviation that this word goes on from."""
    known = last.casefold()
    if word[:1].isdigit() and (known in NUMBERED or known in TRAILING):
        return True
    return (known in TITLES and last.istitle()) or (known in JOINING and (last[1:].islower() or len(last) == 1))


def _stands_alone(before: str) -> bool:
    """Whether an initial behind these words is a label ("plan B"), not of a name ("George W")."""
    words = before.split()
    return bool(words) and words[-1].islower()
