"""People's names as bylines write them: telling them from other words, and lists of them apart."""

import re
from itertools import pairwise

from reader.intake.lines import key_of
from reader.intake.tables import words

MAX_NAME_WORDS = 5
MAX_NAMES = 12
JOINTS_ELSEWHERE = re.compile(r"\s(?:y|e|et|und|en)\s")
JOINTS = re.compile(r"\s*(?:,\s*(?:and|&|with)\s+|,|;|\s&\s|\band\b|\bwith\b)\s*", re.IGNORECASE)
EITHER_JOINT = re.compile(f"{JOINTS_ELSEWHERE.pattern}|{JOINTS.pattern}", re.IGNORECASE)
NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.׳-](?=[^\W\d_]))*[.'’׳]?")
HAN_NAME = re.compile("[\u4e00-\u9fff]{2,3}")
# Where they report from: "Jane Doe in Berlin and John Roe in Tel Aviv".
PLACE = re.compile(r"\s+in\s+[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+)?(?:\s+and\s+(?=[A-Z])|$)")
INITIAL = re.compile(r"[A-Z]\.")
# "By" in German, French, Spanish, Portuguese, Italian and Dutch; alone it proves nothing ("Von Neumann Machines").
BY_ELSEWHERE = re.compile(r"(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor)\s+(?P<rest>.+)")
LETTERS = re.compile(r"[^\W\d_]+")
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
# What people do, not what they are called: "Jane Doe, Chief Strategy Officer".
POSITIONS = words("""
    officer director engineer manager president analyst correspondent reporter journalist scientist researcher
    strategist economist columnist ceo cto cfo coo cmo cio cpo cso ciso vp evp svp founder cofounder co-founder
    counsel consultant spokesperson spokesman spokeswoman adviser advisor contributor architect developer
    redakteur redakteurin korrespondent korrespondentin geschäftsführer geschäftsführerin journaliste rédacteur
    rédactrice directeur directrice redactor redactora redacteur directora direttore
""")
POSITION_STARTS = words("""
    chief head senior junior staff lead principal deputy vice managing executive associate assistant general global
    professor prof editor author writer fellow chair chairman chairwoman partner host member secretary minister
    visiting research contributing guest special political technology business science policy leiter leiterin
""")


def is_position(text: str) -> bool:
    """Whether the words say what somebody does: "Staff Writer", "Head of Platform", "CEO"."""
    parts = text.lower().replace("&", " ").split()
    if not parts:
        return False
    return bool(POSITIONS.intersection(parts)) or (parts[0] in POSITION_STARTS and (len(parts) > 2 or _is_rank(parts)))


def _is_rank(parts: list[str]) -> bool:
    """Whether one or two words are a rank in themselves, and not the name of a Mr Head or a Ms Page."""
    return len(parts) == 1 or parts[1] in POSITION_STARTS | POSITIONS | {"at", "of", "for"}


def split_names(text: str, *, lenient: bool = False) -> tuple[str, ...]:
    """Split "Jane Doe, John Roe and Max Moe"; () unless the first is a name. Titles ("Staff Writer") are left out.

    `lenient` is for lines that say "by": there a single word ("by noahpinion") is a name too.
    """
    said_by = BY_ELSEWHERE.fullmatch(text)
    if said_by and all(looks_like_name(part) for part in EITHER_JOINT.split(said_by["rest"])):
        text = said_by["rest"]
    text = PLACE.sub(lambda place: " and " if place[0].endswith(" ") else "", text)
    if all(looks_like_name(part) for part in JOINTS_ELSEWHERE.split(text)):
        text = JOINTS_ELSEWHERE.sub(" and ", text)
    parts = [part.strip(" .") if part.count(".") < 2 else part.strip() for part in JOINTS.split(text.strip(" ."))]
    parts = [_lowered(part) for part in parts]
    names = tuple(part for part in parts if part and key_of(part).replace(" ", "") not in SUFFIXES)
    names = _without_positions(names)
    if not names or len(names) > MAX_NAMES:
        return ()
    if lenient:
        return names if all(_could_be_signature(name) for name in names) else ()
    return names if all(looks_like_name(name) for name in names) and not is_position(names[0]) else ()


def _without_positions(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what the people do, departments too ("Jane Doe, Vice President, Growth, and John Roe")."""
    kept = list(parts[:1])
    for before, part in pairwise(parts):
        if not (is_position(part) or (is_position(before) and not looks_like_name(part))):
            kept.append(part)
    return tuple(kept)


def _lowered(name: str) -> str:
    """Undo capitals throughout, which a page's style sheet made of a name ("JANE DOE")."""
    if not name.isupper() or " " not in name:
        return name
    return LETTERS.sub(lambda word: word[0] if _is_initials(word[0]) else _capitalised(word[0]), name)


def _capitalised(word: str) -> str:
    return word.lower() if word.lower() in PARTICLES else word.capitalize()


def _is_initials(word: str) -> bool:
    """Whether capitals stay as they are: "J", "JP" and "AJ", but not the short names "BO" and "ED"."""
    return len(word) == 1 or (len(word) == 2 and (word[1] == "J" or not set(word) & set("AEIOUY")))


def looks_like_name(text: str) -> bool:
    """Whether the words could be a person's name: two to five, capitalised, none of them an everyday word.

    Scripts without capitals tell less: there a name has two or three words, or in Chinese two or three characters.
    """
    if HAN_NAME.fullmatch(text):
        return True
    parts = text.split()
    most = 3 if text.lower() == text.upper() else MAX_NAME_WORDS
    if not 2 <= len(parts) <= most or len(text) > 60:
        return False
    if not all(_is_name_word(part) for part in parts):
        return False
    return parts[-1].lower() not in PARTICLES and sum(part.lower() not in PARTICLES for part in parts) >= 2


def _is_name_word(word: str) -> bool:
    bare = word.strip(",()").replace("“", "").replace("”", "")
    if bare.lower() in PARTICLES:
        return True
    if NAME_WORD.fullmatch(bare) is None or (bare.lower().rstrip(".") in NO_NAME_WORDS and not INITIAL.fullmatch(bare)):
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
