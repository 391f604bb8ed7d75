"""The page on which a repository of papers shows an abstract: "Title:…", "Authors:…", "[Submitted on …]"."""

import re

from reader.intake.bylines import Byline
from reader.intake.dates import find_date
from reader.intake.findings import Masthead
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.names import split_names

AROUND = "the page around the abstract"
FIELD = re.compile(r"(?P<key>title|authors?|abstract)\s?:\s?(?P<value>.*)", re.IGNORECASE | re.DOTALL)
SUBMITTED = re.compile(r"\[?(?:submitted|posted|published) on .{6,160}", re.IGNORECASE)
BELOW = re.compile(
    r"(?:comments|subjects|cite as|journal reference|doi|report number|(?:msc|acm)[ -]class(?:es)?|keywords|"
    r"submission history|related doi)\b\s?:?.*",
    re.IGNORECASE,
)
WITHIN = 20  # lines


def read_abstract_page(sheet: Sheet) -> Masthead | None:
    """Claim all but the abstract and return what the page says; None unless it has title, authors and abstract."""
    top = sheet.entries[:WITHIN]
    found = {m["key"].lower().rstrip("s"): (n, m["value"]) for n, m in enumerate(map(_field, top)) if m}
    if len(found) < 3 or found["abstract"][0] != max(position for position, _ in found.values()):
        return None
    submitted = next((n for n, entry in enumerate(top) if SUBMITTED.fullmatch(entry.text[:200])), None)
    date = find_date(top[submitted].text) if submitted is not None else None
    start = found["abstract"][0] + (not found["abstract"][1])
    _claim_around(sheet, {found["title"][0]: Role.TITLE, found["author"][0]: Role.AUTHOR, submitted: Role.DATE}, start)
    return Masthead(
        title=found["title"][1],
        byline=Byline(split_names(found["author"][1]), date.dated if date else None, has_date=date is not None),
        end=start,
    )


def _field(entry: Entry) -> re.Match[str] | None:
    return FIELD.fullmatch(entry.text) if entry.open else None


def _claim_around(sheet: Sheet, roles: dict[int | None, Role], start: int) -> None:
    below = False
    for position, entry in enumerate(sheet.entries):
        below = below or (position > start and BELOW.fullmatch(entry.text[:200]) is not None)
        if position in roles:
            entry.claim(roles[position])
        elif position < start or below:
            entry.claim(Role.FURNITURE, AROUND)
