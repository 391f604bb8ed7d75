"""The small language of the search box. Every text is a question; what is not understood is looked for as words.

tag: author: publication: kind: phase: by:me team: before: after: "exact words" word* -not
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from reader.search.folding import is_paired, phrase_of

#: More is cut, and the reader is told.
LONGEST = 500
MOST_WORDS = 24
#: With fewer letters nearly every word begins.
SHORTEST_PREFIX = 2
MOST_HINTS = 3

NAMES = ("tag", "author", "publication", "kind", "phase", "by", "team", "before", "after")
#: Other words for the same.
ALSO = {
    "from": "after",
    "since": "after",
    "until": "before",
    "speaker": "author",
    "person": "author",
    "in": "publication",
}
KINDS = {
    "article": ("articles", "piece", "pieces"),
    "highlight": ("highlights", "mark", "marks"),
    "prediction": ("predictions",),
    "evidence": (),
    "question": ("questions",),
    "note": ("notes",),
    "claim": ("claims",),
    "person": ("people", "persons"),
    "publication": ("publications",),
    "tag": ("tags",),
}
KIND_NAMES = {name: kind for kind, others in KINDS.items() for name in (kind, *others)}
PHASES = ("undated", "upcoming", "live", "due", "judged", "disputed")

PIECE = re.compile(r'(?P<minus>-)?(?:(?P<name>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))|(?P<quote>")')
#: What other searches know, and what is meant by it there.
OPERATOR = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b")
STAR = re.compile(r"\*+\w{2,}\*?$|\w+\*\w+\*?$")
SIGN = re.compile(r"^[+^|](?=.)|[{}]|^\|+$")
#: So much alike is a name that was mistyped.
ALIKE = 0.7
CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\x00": " "})


@dataclass(frozen=True, slots=True)
class Term:
    """Words one after the other; of the last one only its beginning, where `is_prefix`."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked, as far as it was understood, and what there is to say about the rest."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    not_filters: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: to be without something is no question."""
        return not (self.terms or self.filters)

    def values(self, name: str) -> list[str]:
        return [value for one, value in self.filters if one == name]


@dataclass(slots=True)
class Reading:
    """A query in the making."""

    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    not_filters: list[tuple[str, str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def hint(self, text: str) -> None:
        if text not in self.hints and len(self.hints) < MOST_HINTS:
            self.hints.append(text)


def parse(text: str, *, typing: bool = False) -> Query:
    """The question that a text asks; of one that is still being typed the last word may go on."""
    reading = Reading()
    given = text.translate(CURLY)
    if len(given) > LONGEST:
        given = given[:LONGEST]
        reading.hint(f"Only the first {LONGEST} characters were looked for.")
    is_open = typing and given.count('"') % 2 == 1
    if is_open:
        given += '"'  # which its writer has not come to yet
    pieces = list(PIECE.finditer(given))
    for piece in pieces:
        goes_on = (
            typing and piece is pieces[-1] and piece.end() == len(given) and (is_open or piece["bare"] is not None)
        )
        take(piece, reading, goes_on=goes_on)
    if sum(len(term.words) for term in reading.terms) > MOST_WORDS:
        reading.terms = list(first_words(reading.terms))
        reading.hint(f"Only the first {MOST_WORDS} words were looked for.")
    if (reading.without or reading.not_filters) and not (reading.terms or reading.filters):
        reading.hint("Say what to look for, too: a minus only leaves things out.")
    if given.strip() and not (reading.terms or reading.filters or reading.hints):
        reading.hint("There is no letter and no digit in that. Try a word.")
    return Query(
        given.strip(),
        tuple(dict.fromkeys(reading.terms)),
        tuple(dict.fromkeys(reading.without)),
        tuple(dict.fromkeys(reading.filters)),
        tuple(dict.fromkeys(reading.not_filters)),
        tuple(reading.hints),
    )


def first_words(terms: list[Term]) -> Iterator[Term]:
    room = MOST_WORDS
    for term in terms:
        if room > 0:
            yield Term(term.words[:room], term.is_prefix and len(term.words) <= room)
        room -= len(term.words)


def take(piece: re.Match[str], reading: Reading, *, goes_on: bool) -> None:
    if piece["quote"]:
        reading.hint("A quotation mark has no partner; it was left out.")
        return
    value = piece["quoted"] if piece["quoted"] is not None else piece["bare"]
    name = (piece["name"] or "").lower()
    name = ALSO.get(name, name)
    if not piece["name"] and value.endswith(":") and value[:-1].lower() in (*NAMES, *ALSO):
        reading.hint(f"{value} wants something right behind it.")
        return
    if name in NAMES:
        take_filter(name, value, reading, negated=bool(piece["minus"]))
        return
    if hint := mistaken(piece):
        reading.hint(hint)
    if piece["name"]:
        value = f"{piece['name']} {value}"
    words = tuple(phrase_of(value))
    if not words:
        return
    starred = piece["bare"] is not None and value.endswith("*")
    term = Term(words, may_begin(words[-1], reading, starred=starred, goes_on=goes_on))
    (reading.without if piece["minus"] else reading.terms).append(term)


def may_begin(word: str, reading: Reading, *, starred: bool, goes_on: bool) -> bool:
    """Whether a word stands for all that begin with it."""
    if starred and not is_paired(word) and len(word) < SHORTEST_PREFIX:
        reading.hint(f"A star needs at least {SHORTEST_PREFIX} letters before it.")
    return (starred or goes_on or is_paired(word)) and begins_words(word)


def begins_words(word: str) -> bool:
    """Whether few enough words begin so; of a pair of characters all of it is a word."""
    return len(word) == 1 if is_paired(word) else len(word) >= SHORTEST_PREFIX


def take_filter(name: str, value: str, reading: Reading, *, negated: bool) -> None:
    value = value.strip()
    if not value:
        reading.hint(f"{name}: wants something right behind it.")
        return
    if hint := misunderstood(name, value):
        reading.hint(hint)
        return
    if name == "kind":
        value = KIND_NAMES[value.lower()]
    elif name in ("phase", "by"):
        value = value.lower()
    if negated and name in ("before", "after"):
        name, negated = ("after" if name == "before" else "before"), False
    (reading.not_filters if negated else reading.filters).append((name, value))


def misunderstood(name: str, value: str) -> str:
    """What to say of a value that is none of the few that there are."""
    if name == "kind" and value.lower() not in KIND_NAMES:
        return f"There is no kind “{shortened(value)}”. There are: {', '.join(KINDS)}."
    if name == "phase" and value.lower() not in PHASES:
        return f"There is no phase “{shortened(value)}”. There are: {', '.join(PHASES)}."
    if name == "by" and value.lower() != "me":
        return "by: knows only “by:me”. For an author or a speaker, write author:"
    if name in ("before", "after") and day_of(value) is None:
        return f"“{shortened(value)}” is no date. Write 2024, 2024-05 or 2024-05-17."
    return ""


def mistaken(piece: re.Match[str]) -> str:
    """What to say of words that look like something else: a filter that there is not, an operator, a sign."""
    name, bare = piece["name"], piece["bare"] or ""
    if name and not bare.startswith("//"):
        near = get_close_matches(name.lower(), (*NAMES, *ALSO), n=1, cutoff=ALIKE)
        if near:
            return f"There is no filter “{shortened(name)}:”. Did you mean “{near[0]}:”?"
        return f"“{shortened(name)}:” is no filter, so it was looked for as a word."
    if operator := OPERATOR.search(bare):
        return f"{operator[0]} was looked for as a word: all words must be there, and a minus leaves one out."
    if STAR.match(bare):
        return "A star works only at the end of a word: “forec*”."
    if sign := SIGN.search(bare):
        return f"The sign {sign[0]} means nothing here. Quotation marks, a minus and a star do."
    return ""


def shortened(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:39]}…"


def day_of(value: str, *, last: bool = False) -> date | None:
    """The first day that a date can mean, or the last."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", value, re.ASCII)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        months = month or (12 if last else 1)
        return date(year, months, day or (monthrange(year, months)[1] if last else 1))
    except (ValueError, IndexError):
        return None
