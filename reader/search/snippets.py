"""The passage around what was asked for, with marks; whatever the text holds, it is text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from reader.search.folding import words_of
from reader.search.language import Query, Term

BEFORE, LENGTH = 70, 240
#: What a word may have that is spelled otherwise than it is looked for.
FOLDED = re.compile(r"[^\W\x00-\x7f]|_|[\u0300-\u036f]")
WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*[\w\u0300-\u036f]*")
PLAIN = frozenset(map(chr, range(128))) - {"_"}
#: In a longer text the words are looked for in the beginning only, where they are not written as they were asked for.
LOOKED_THROUGH = 60_000
#: Letters that a pattern takes for others, though their small ones are not these, or are more than one.
OTHER_CASES = "\u017f\u0130\u0131"
#: More letters than any text has.
LONGEST = 1 << 40


def snippet(text: str, query: Query) -> SafeString:
    """Some of the text, from shortly before the first words asked for."""
    spans = spans_in(text, query.terms, LENGTH)
    start = beginning_of(text, max(0, spans[0][0] - BEFORE)) if spans else 0
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = text.rfind(" ", start + LENGTH // 2, end) if " " in text[start + LENGTH // 2 : end] else end
    shown = marked(text[start:end], [(a - start, b - start) for a, b in spans if a >= start and b <= end])
    return SafeString(f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}")


def whole(text: str, query: Query, most: int = 300) -> SafeString:
    """The text itself, from its start, with marks."""
    cut = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return marked(cut, spans_in(cut, query.terms))


def beginning_of(text: str, at: int) -> int:
    """The start of a word near there."""
    if at == 0:
        return 0
    space = text.find(" ", at, at + BEFORE // 2)
    return at if space < 0 else space + 1


def marked(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return SafeString("".join([*parts, escape(text[last:])]).replace("\n", " "))


def spans_in(text: str, terms: Sequence[Term], most: int = LONGEST) -> list[tuple[int, int]]:
    """Where these words stand, first in their own spelling, else however a text spells them.

    No further than so many letters behind the first: of a long text only its snippet is shown.
    """
    if not terms:
        return []
    pattern = pattern_of(tuple(terms))
    start = earliest(text, terms)
    if start is not None and (first := pattern.search(text, start)):
        until = max(first.end(), first.start() + most + BEFORE)
        return [hit.span() for hit in pattern.finditer(text, first.start(), until)]
    beginning = text[:LOOKED_THROUGH]
    return folded_spans(beginning, terms) if has_folded(beginning) else plain_spans(beginning, terms)


def earliest(text: str, terms: Sequence[Term]) -> int | None:
    """Where at the earliest one of the terms may stand; nowhere, if a look at their letters is enough to say so.

    A hundred times as quick as a pattern, which has to look at each letter's case and at what is before each word.
    """
    sought = [term.words for term in terms]
    if any(one in text for one in OTHER_CASES) or not all(word.isascii() for words in sought for word in words):
        return 0
    small = text.lower()
    return min((small.index(words[0]) for words in sought if all(word in small for word in words)), default=None)


def has_folded(text: str) -> bool:
    """Whether it has one of `FOLDED`: mostly none of the few different characters is that are not plain."""
    return any(map(FOLDED.match, {*text} - PLAIN))


def plain_spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """The same as `folded_spans`, of a text whose words need no folding; mostly only its title says what is asked."""
    alone = tuple(
        Term((word,), term.is_prefix and at == len(term.words) - 1)
        for term in terms
        for at, word in enumerate(term.words)
    )
    if alone == tuple(terms):
        return []
    return [(hit.start(), hit.end()) for hit in pattern_of(alone).finditer(text)]


@lru_cache(maxsize=256)
def pattern_of(terms: tuple[Term, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(one_of, sorted(terms, key=lambda term: -len(term.words)))), re.IGNORECASE)


def one_of(term: Term) -> str:
    words = list(term.words)
    if any(not word.isascii() for word in words):  # pairs of characters overlap: "人工", "工智" are 人工智
        joined = words[0] + "".join(word[-1] if len(word) > 1 else word for word in words[1:])
        return re.escape(joined)
    tail = r"\w*" if term.is_prefix else r"\b"
    return r"\b" + r"[\W_]+".join(map(re.escape, words)) + tail


def folded_spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where a word folds to one that was asked for; of exact words each alone."""
    wanted = {word for term in terms for word in term.words}
    begun = tuple(term.words[-1] for term in terms if term.is_prefix)
    return [
        (hit.start(), hit.end())
        for hit in WORD.finditer(text)
        if may_be(hit[0].lower(), wanted, begun)
        and any(one in wanted or (begun and one.startswith(begun)) for one in words_of(hit[0]))
    ]


def may_be(word: str, wanted: set[str], begun: tuple[str, ...]) -> bool:
    """Whether it has to be folded to know: most words of a text are plain, and are or are not what was asked for."""
    return word in wanted or not word.isascii() or "_" in word or (bool(begun) and word.startswith(begun))
