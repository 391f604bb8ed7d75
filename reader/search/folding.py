"""Words as they are looked for: folded here, so that every database finds the same.

Compatibility forms, diacritics and case are folded; runs of Han and kana, which have no spaces, become pairs of
characters; nothing is stemmed. A word is what stands between all that is neither letter nor digit.
"""

import re
import unicodedata
from functools import lru_cache

#: A longer word is cut, in texts and in questions alike.
LONGEST_WORD = 64
#: So many bytes of different words a `tsvector` of PostgreSQL holds with room for their places (its end is at 1 MB).
MOST_BYTES = 500_000
#: So few words are never more, be each of them as long as it may.
FEW = MOST_BYTES // (4 * LONGEST_WORD)
#: Letters that no decomposition takes apart.
ALIKE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
#: The marks that make another sound of a kana are no diacritics.
KANA_MARKS = "\u3099\u309a"
#: What stands for each plain character: small letters and digits, and blanks.
PLAIN = "".join(one.lower() if one.isalnum() else " " for one in map(chr, range(128)))

WORD = re.compile(r"[^\W_]+")
NO_WORD = re.compile(r"[\W_]+")
PAIRED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{PAIRED}]+|[^{PAIRED}]+")
IS_PAIRED = re.compile(f"[{PAIRED}]")


def words_of(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    plain = text if text.isascii() else divided(text)
    if not plain.isascii():
        plain = unfolded(plain)
    if plain.isascii():
        return cut(plain.translate(PLAIN).split())
    return [part for word in WORD.findall(plain) for part in parts_of(word)]


def cut(words: list[str]) -> list[str]:
    is_any_long = max(map(len, words), default=0) > LONGEST_WORD
    return [word[:LONGEST_WORD] for word in words] if is_any_long else words


def divided(text: str) -> str:
    """The text with blanks for quotation marks, dashes and the like: without them most texts are plain."""
    for one in set(text):
        if not one.isascii() and divides(one):
            text = text.replace(one, " ")
    return text


@lru_cache(maxsize=65_536)
def divides(character: str) -> bool:
    """Whether it is no part of a word, nor a mark that may become one with the letter before."""
    return not unicodedata.category(character).startswith("M") and not NO_WORD.sub("", fold(character))


def unfolded(text: str) -> str:
    """The folded words with blanks between them. Of most texts little has to be folded: what stands between two blanks
    is folded by itself, and mostly it was folded before.
    """
    return " ".join([one.lower() if one.isascii() else bare(one) for one in text.split()])


def bare(piece: str) -> str:
    return known(piece) if len(piece) <= LONGEST_WORD else NO_WORD.sub(" ", fold(piece))


@lru_cache(maxsize=65_536)
def known(piece: str) -> str:
    return NO_WORD.sub(" ", fold(piece))


def fold(text: str) -> str:
    """Compatibility forms, diacritics and case folded; folding twice is folding once."""
    bare = drop_marks(unicodedata.normalize("NFKD", text))
    lower = drop_marks(unicodedata.normalize("NFKD", bare.casefold()))
    return unicodedata.normalize("NFC", lower.translate(ALIKE))


def drop_marks(text: str) -> str:
    return "".join([one for one in text if not unicodedata.combining(one) or one in KANA_MARKS])


@lru_cache(maxsize=65_536)
def parts_of(word: str) -> tuple[str, ...]:
    """The word itself, or what it is looked for by where it is written without spaces.

    The last character stands alone too: it begins no pair, and one character is looked for by what begins with it.
    """
    if not IS_PAIRED.search(word):
        return (word[:LONGEST_WORD],)
    found: list[str] = []
    for run in RUN.findall(word):
        if IS_PAIRED.match(run):
            found += [run[at : at + 2] for at in range(len(run))]
        else:
            found.append(run[:LONGEST_WORD])
    return tuple(found)


def is_paired(word: str) -> bool:
    return IS_PAIRED.match(word) is not None


def phrase_of(text: str) -> list[str]:
    """What is asked for by these words, one after the other: the lone last character of a run only if it is all."""
    words = words_of(text)
    return [
        word
        for at, word in enumerate(words)
        if not (is_paired(word) and len(word) == 1 and at and is_paired(words[at - 1]) and words[at - 1][-1] == word)
    ]


def within_bounds(words: list[str]) -> list[str]:
    """The words up to where the different ones are more than a database takes."""
    if len(words) <= FEW:
        return words
    seen: set[str] = set()
    room = MOST_BYTES
    for at, word in enumerate(words):
        if word not in seen:
            seen.add(word)
            room -= len(word.encode())
            if room < 0:
                return words[:at]
    return words
