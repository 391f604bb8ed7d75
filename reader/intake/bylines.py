"""Who wrote it and when: lines like "By Jane Doe and John Roe / Mar 3, 2024" or "Jane Doe's avatar".

A byline is only what consists of such parts and nothing else; a sentence that names people and dates is none.
"""

import re
from dataclasses import dataclass, replace

from reader.intake.dates import Dated, find_date, likeliest, read_date
from reader.intake.furniture import furniture
from reader.intake.lines import key_of
from reader.intake.names import merge_names, split_names
from reader.intake.numbering import NUMBERED, YEAR

PARTS = re.compile(
    r"\s*[|·•∙⋅]\s*|\s+[—–/-]+\s+|\.\s+(?=(?:last |first )?(?:updated|published|posted)\b)", re.IGNORECASE
)
AVATAR = re.compile(r"(?P<names>.{1,80}?)['’]s?\s+avatar", re.IGNORECASE)
BY = re.compile(
    r"(?:an? )?(?:(?:guest|cross|re)[- ]?)?"
    r"(?:(?:post(?:ed)?|published|written|words|story|essay|article|text|analysis|memo)\s+)?"
    r"by\b:?\s+(?P<rest>.+)",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"(?:(?:authors?|text)(?:\(s\))?(?:\s?[:：]|\s+by\b)|(?:作者|撰文|文|著者|記者|记者|글)\s?[:：]|"
    r"(?:автор|מאת|بقلم)(?:\s?:|\s))\s*(?P<rest>.+)",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?", re.IGNORECASE)
LABEL_ALONE = re.compile(
    r"(?:an? )?(?:(?:guest )?post(?:ed)? by|written by|words by|published by|story by|by|authors?):?", re.IGNORECASE
)
READING_TIME = re.compile(
    r"(?:(?:est(?:imated|\.)? )?(?:reading time|read time|time to read|lesezeit|lesedauer|temps de lecture|"
    r"tiempo de lectura|tempo di lettura|tempo de leitura|leestijd)\s?[:\s]\s*(?:ca\.? )?)?"
    r"(?:~|about )?\d{1,3}[\s-]?min(?:ut)?(?:[eo]?n?s?|i|uti)\.?(?:[\s-](?:read|listen|watch|reading time))?",
    re.IGNORECASE,
)
PAID = re.compile(r"(?:paid|member[- ]only(?: story)?|(?:for )?(?:paid )?subscribers only)", re.IGNORECASE)
OTHER_PARTS = re.compile(
    r"(?:free|public|preview|no|\d[\d,.]*[km]?)?\s*(?:comments?|likes?|views?|claps?|responses?|free|public|preview)",
    re.IGNORECASE,
)
# How a forum counts: "212 points by tidepool 5 hours ago | hide | 143 comments".
POINTS = re.compile(r"\d+ points? by (?P<name>\S{2,30}) .{2,40}? ago(?: \|.{0,100})?", re.IGNORECASE)
CHANGED = re.compile(
    r"\(?(?:last |recently )?(?:updated|modified|edited|revised)\b(?: on| at)?:?\s*(?P<rest>.*?)\)?", re.IGNORECASE
)
DATE_WORDS = re.compile(
    r"(?:(?:first |originally )?(?:posted|published|date[d]?|sent|released|issued|launched|written)\b(?: on| at| in)?|"
    r"on|in|veröffentlicht|erschienen|publiée?|publicado|pubblicato|gepubliceerd|опубликовано|am|vom|le|el|il|op|em):?$|"
    r"\b(?:veröffentlicht am|erschienen am|publiée? le|publicado el|publicado em|pubblicato il|gepubliceerd op)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says of the author and the date; `has_date` is true of a date that cannot be read, too."""

    authors: tuple[str, ...] = ()
    dated: Dated | None = None
    has_date: bool = False
    signed: bool = False  # "by", "'s avatar": the names cannot be a title
    paid: bool = False
    timed: bool = False  # a reading time
    numbered: bool = False  # the number of an issue

    def __or__(self, other: "Byline") -> "Byline":
        return Byline(
            authors=merge_names(self.authors, other.authors),
            dated=likeliest(self.dated, other.dated),
            has_date=self.has_date or other.has_date,
            signed=self.signed or other.signed,
            paid=self.paid or other.paid,
            timed=self.timed or other.timed,
            numbered=self.numbered or other.numbered,
        )

    def is_by(self, authors: tuple[str, ...]) -> bool:
        """Whether all whom this names are among the authors."""
        return bool(authors) and {key_of(name) for name in self.authors} <= {key_of(name) for name in authors}


def parse_byline(text: str) -> Byline | None:
    """Return what the line says if it is nothing but a byline, else None. Bare names alone are not enough."""
    if len(text) > 200:
        return None
    avatar = AVATAR.fullmatch(text)
    if avatar:
        return Byline(authors=split_names(avatar["names"]) or (avatar["names"].strip(),), signed=True)
    points = POINTS.fullmatch(text)
    if points:
        return Byline(authors=(points["name"],), has_date=True, signed=True)
    merged = Byline()
    parts = [part for part in (piece.strip() for piece in PARTS.split(text.rstrip("."))) if part]
    for part in parts:
        read = _parse_part(part) or _parse_year(part, parts)
        if read is None:
            return None
        merged |= read
    says_something = merged.has_date or merged.signed or merged.paid or merged.timed
    return merged if says_something else None


def is_label(text: str) -> bool:
    """Whether the line only announces the author, whose name stands in the next one ("Written by")."""
    return len(text) < 30 and LABEL_ALONE.fullmatch(text) is not None


def _parse_part(part: str) -> Byline | None:
    if PAID.fullmatch(part):
        return Byline(paid=True)
    if READING_TIME.fullmatch(part):
        return Byline(timed=True)
    if NUMBERED.fullmatch(part):
        return Byline(numbered=True)
    if OTHER_PARTS.fullmatch(part) or CLOCK.fullmatch(part) or part.lower() in {"edited", "updated"} or furniture(part):
        return Byline()
    changed = CHANGED.fullmatch(part)
    if changed:
        return Byline(has_date=True) if find_date(changed["rest"]) else None
    found = find_date(part)
    if found is None:
        return _parse_names(part)
    before, after = part[: found.start].strip(" ,("), part[found.end :].strip(" ,)")
    around = _around_date(before), _around_date(after)
    if around[0] is None or around[1] is None:
        return None
    return replace(around[0] | around[1], has_date=True, dated=found.dated)


def _parse_year(part: str, parts: list[str]) -> Byline | None:
    """Read a bare year, or a season's, beside the number of an issue; anywhere else it could be of a title."""
    match = YEAR.fullmatch(part) if any(map(NUMBERED.fullmatch, parts)) else None
    return Byline(dated=read_date(match["year"]), has_date=True) if match else None


def _around_date(text: str) -> Byline | None:
    """Read what stands beside the date in the same part: nothing, "Posted on", a changed date, or names."""
    text = DATE_WORDS.sub("", text).strip(" ,:")
    if not text:
        return Byline()
    return _parse_part(text)


def _parse_names(part: str) -> Byline | None:
    signed = BY.fullmatch(part) or LABELLED.fullmatch(part)
    if signed is not None:
        names = split_names(signed["rest"], lenient=True)
        return Byline(authors=names, signed=True) if names else None
    names = split_names(part)
    return Byline(authors=names) if names else None
