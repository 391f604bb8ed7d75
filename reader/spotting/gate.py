"""Which sentences are worth a second look: those with a cue, in English. Everything behind the gate is dearer."""

from collections.abc import Sequence

from reader.spotting.lexicon import CUES, ELSEWHERE, ENGLISH
from reader.spotting.tokens import Tokens

#: Shorter than this a sentence does not tell its language.
FEWEST = 12
SAMPLE = 200  # sentences


def passes(tokens: Tokens) -> bool:
    """Whether anything in the sentence could speak of what is to come."""
    return not CUES.isdisjoint(tokens.words) or "LATER" in tokens.kinds or "THISYEAR" in tokens.kinds


def is_english(words: Sequence[str]) -> bool:
    """Whether the small words of a sentence are English, or it is too short to say."""
    if len(words) < FEWEST:
        return True
    english = len(ENGLISH.intersection(words))
    return english > 0 and english >= len(ELSEWHERE.intersection(words))


def speaks_english(reading: Sequence[Tokens]) -> bool:
    """Whether a whole reading is in English, by the small words of its first sentences."""
    english = elsewhere = 0
    for tokens in reading[:SAMPLE]:
        english += len(ENGLISH.intersection(tokens.words))
        elsewhere += len(ELSEWHERE.intersection(tokens.words))
    return english >= elsewhere
