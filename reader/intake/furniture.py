"""Whether a line is furniture, and how surely: the questions that the rules ask of the phrase tables."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps

from reader.intake import elsewhere, wordings
from reader.intake import phrases as said
from reader.intake.lines import MAX_PHRASE_LENGTH, key_of
from reader.intake.tables import NUMBER, alternatives, phrases

REMEMBERED = 4096  # lines: a page asks of each several times, a site's pages share theirs
MAX_EDGE_LENGTH, MAX_EDGE_PATTERN = 60, 120
# How words are written that are said and not pressed: a sentence of one word, a stage direction, an utterance.
SAID = re.compile(r"""["“”‘'«„(\u2014\u2013].*|-\s.*|.*[.?]""")
MOST_BUTTON_WORDS = 2
BARE_COUNT = re.compile(rf"{NUMBER}|--|[∙·•|/+×✕♡♥❤…]+|\W{{1,3}}")
DIVIDER = re.compile(r"[-–—*_=~•·∙#\s]{3,}|⁂|❦")
ADDRESS = re.compile(r"\s*[(<\[]?\s?https?://[^\s)>\]]+\s?[)>\]]?")

Patterns = tuple[tuple[str, re.Pattern[str]], ...]


def remembered(question: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Keep the answers about the lines that were asked of last; about what is longer than any furniture it is none."""
    cached = lru_cache(REMEMBERED)(question)

    @wraps(question)
    def answer(text: str) -> str | None:
        return cached(text) if len(text) <= MAX_PHRASE_LENGTH else None

    return answer


def _phrase_table(groups: Mapping[str, str]) -> dict[str, str]:
    return {key_of(phrase): reason for reason, block in groups.items() for phrase in phrases(block)}


def _pattern_table(groups: Mapping[str, str]) -> Patterns:
    return tuple((reason, alternatives(block)) for reason, block in groups.items())


_PHRASES = _phrase_table(said.PHRASES)
_EDGE_PHRASES = _phrase_table(said.EDGE_PHRASES) | _phrase_table(elsewhere.EDGE_PHRASES)
_PATTERNS = _pattern_table(wordings.PATTERNS) + _pattern_table(elsewhere.PATTERNS)
_LOOSE = _pattern_table(wordings.LOOSE)
_CLOSINGS = _pattern_table(wordings.CLOSINGS)
_ENDINGS = _pattern_table(wordings.ENDINGS) + _pattern_table(elsewhere.ENDINGS)
_EDGES = _pattern_table(wordings.EDGES)


@remembered
def furniture(text: str) -> str | None:
    """Return why this whole line is furniture wherever it stands, or None."""
    reason = None if _is_said(text) else _PHRASES.get(key_of(_without_address(text)))
    return reason or _first(_PATTERNS, text)


@remembered
def loose_furniture(text: str) -> str | None:
    """Return why this line is furniture unless it stands inside the running text, or None."""
    return _first(_LOOSE, text)


@remembered
def edge_furniture(text: str) -> str | None:
    """Return why this line is furniture if it stands at an edge of the piece or beside other furniture, or None."""
    if len(text) > MAX_EDGE_PATTERN or text.endswith(","):
        return None
    if len(text) > MAX_EDGE_LENGTH or _is_said(text):
        return _first(_EDGES, text)
    if BARE_COUNT.fullmatch(text):
        return said.COUNTING
    return _EDGE_PHRASES.get(key_of(text)) or _first(_EDGES, text)


@remembered
def closing(text: str) -> str | None:
    """Return what begins here if nothing of the piece can follow the line, whatever does follow, or None."""
    return _first(_CLOSINGS, text)


@remembered
def ending(text: str) -> str | None:
    """Return what begins here if the line closes the piece unless running text follows it, or None."""
    reason = furniture(text)
    return reason if reason in wordings.ENDING_REASONS else _first(_ENDINGS, text)


def is_divider(text: str) -> bool:
    return len(text) < 100 and DIVIDER.fullmatch(text) is not None


def _is_said(text: str) -> bool:
    """Whether one or two words that could be a button's are punctuated like a sentence or speech."""
    if text.count(" ") >= MOST_BUTTON_WORDS or text.endswith(("...", "…")) or not any(map(str.isalpha, text)):
        return False
    return SAID.fullmatch(text) is not None


def _without_address(text: str) -> str:
    """Take off the address that a mail's plain text puts behind a link's words."""
    return ADDRESS.sub("", text) or text


def _first(table: Patterns, text: str) -> str | None:
    if len(text) > MAX_PHRASE_LENGTH:
        return None
    plain = _without_address(text).replace("’", "'")
    return next((reason for reason, pattern in table if pattern.fullmatch(plain)), None)
