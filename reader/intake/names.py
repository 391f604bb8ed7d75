"""People's names as bylines write them: telling them from other words, and lists of them apart."""

import re

from reader.intake.lines import key_of
from reader.intake.tables import words

MAX_NAME_WORDS = 5
MAX_NAMES = 12
JOINTS = re.compile(r"\s*(?:,\s*(?:and|&|with)\s+|,|;|\s&\s|\band\b|\bwith\b)\s*", re.IGNORECASE)
NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?")
PARTICLES = words("van von der den de da di du del della la le al el bin ibn ben dos ter ten y af zu")
SUFFIXES = words("phd md jr sr esq mba")
NO_NAME_WORDS = words("""
    the a an of for to in on with and or but from this that these those is are was were be will why how what
    when where who your our my his her their hello hi hey dear everyone friends team all read share subscribe
    sign log follow listen open more about home archive posts next previous new top latest part chapter issue
    episode weekly daily newsletter monday tuesday wednesday thursday friday saturday sunday january february
    march june july august september october november december breaking news update opinion analysis
    introduction conclusion summary overview background contents free paid comments discussion notes podcast
    help privacy terms not no
""")


def split_names(text: str, *, lenient: bool = False) -> tuple[str, ...]:
    """Split "Jane Doe, John Roe and Max Moe"; () unless the first is a name. Titles ("Staff Writer") are left out.

    `lenient` is for lines that say "by": there a single word ("by noahpinion") is a name too.
    """
    parts = [part.strip(" .") if part.count(".") < 2 else part.strip() for part in JOINTS.split(text.strip(" ."))]
    parts = [_lowered(part) for part in parts]
    names = tuple(part for part in parts if part and key_of(part).replace(" ", "") not in SUFFIXES)
    if not names or len(names) > MAX_NAMES:
        return ()
    if lenient:
        return names if all(_could_be_signature(name) for name in names) else ()
    return names if all(looks_like_name(name) for name in names) else ()


def _lowered(name: str) -> str:
    """Undo capitals throughout, which a page's style sheet made of a name ("JANE DOE")."""
    if not name.isupper() or " " not in name:
        return name
    return " ".join(part.capitalize() if len(part) > 2 and "." not in part else part for part in name.split())


def looks_like_name(text: str) -> bool:
    """Whether the words could be a person's name: two to five, capitalised, none of them an everyday word."""
    parts = text.split()
    if not 2 <= len(parts) <= MAX_NAME_WORDS or len(text) > 60:
        return False
    if not all(_is_name_word(part) for part in parts):
        return False
    return parts[-1].lower() not in PARTICLES and sum(part.lower() not in PARTICLES for part in parts) >= 2


def _is_name_word(word: str) -> bool:
    bare = word.strip(",()").replace("“", "").replace("”", "")
    if bare.lower() in PARTICLES:
        return True
    if NAME_WORD.fullmatch(bare) is None or bare.lower().rstrip(".") in NO_NAME_WORDS:
        return False
    return bare[0].isupper() or not bare[0].isascii()


def _could_be_signature(text: str) -> bool:
    """Whether a name that "by" announces can be one: a pen name of one word, or an organisation, too."""
    parts = text.split()
    if not parts or len(parts) > MAX_NAME_WORDS or len(text) > 60:
        return False
    if len(parts) == 1:
        return NAME_WORD.fullmatch(text) is not None and text.lower() not in NO_NAME_WORDS
    if looks_like_name(text):
        return True
    return text[0].isupper() and all(part[0].isupper() or part in ("of", "the", "and") for part in parts)


def merge_names(*groups: tuple[str, ...]) -> tuple[str, ...]:
    """Join lists of names in order, each person once (case and blanks aside)."""
    seen: dict[str, str] = {}
    for name in (name for group in groups for name in group):
        seen.setdefault(key_of(name), name)
    return tuple(seen.values())
