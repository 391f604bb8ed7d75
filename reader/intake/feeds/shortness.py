"""Whether a feed gives a piece whole, or only its beginning."""

import re

from reader.core.sanitising import clean, text_of
from reader.intake.feeds.documents import Entry

#: A summary of more words than this is the piece.
FEWEST_WORDS = 120
MOST_OF_ENDING = 160
CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.{3}|&hellip;)\s*\]|…|\.{3}|"
    r"\b(?:read (?:more|on|the (?:rest|full|whole)\b.{0,40})|continue reading\b.{0,80}|keep reading|"
    r"full (?:story|article)|weiterlesen|lire la suite|seguir leyendo|"
    r"the post .{1,120} appeared first on .{1,80}))\W*$",
    re.IGNORECASE,
)
APPEARED = re.compile(
    r"the post .{1,200} (?:appeared|first appeared)(?: first)? on .{1,100}$", re.IGNORECASE | re.DOTALL
)


def is_short(entry: Entry) -> bool:
    """Whether there is more at its address than the feed tells."""
    text = text_of(clean(entry.html)).strip()
    said = APPEARED.sub("", text).rstrip()
    if not said:
        return True
    if CUT_OFF.search(said[-MOST_OF_ENDING:]):
        return True
    return entry.is_summary and len(said.split()) < FEWEST_WORDS
