"""The list of properties that a note app's export puts under the title: "Owner: …", "Date: …", "Status: …"."""

import re

from reader.intake.bylines import Byline
from reader.intake.dates import read_date
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.names import split_names
from reader.intake.tables import alternatives

PROPERTY = re.compile(r"(?P<key>[A-Za-z][A-Za-z /_-]{1,24}):\s+(?P<value>.{1,150})")
AUTHOR = alternatives("(?:author|owner|creator|created by|written by|by|writer)s?")
DATE = alternatives(r"""
    (?:published|publish(?:ed)? (?:date|on|at)|date|date published|publication date)
    (?:posted(?: on)?|created(?: at| on| time)?)
""")
OTHER = alternatives(r"""
    (?:status|tags?|type|categor(?:y|ies)|last edited(?: by| time)?|edited|updated|modified|source|url|link|related|
        version|reviewers?|team|project|priority|topics?|keywords?|aliases|rating|audience|doc(?:ument)? type)
""")
WITHIN = 12  # lines
FEWEST = 2


def read_properties(sheet: Sheet) -> tuple[int, Byline] | None:
    """Claim the list; return the position after it and what it says, None unless it has two known properties."""
    found = [(p, match) for p, e in enumerate(sheet.entries[:WITHIN]) if (match := _property(e))]
    positions = [position for position, _ in found]
    if len(found) < FEWEST or positions[-1] - positions[0] >= len(positions) + 1:
        return None
    if not any(AUTHOR.fullmatch(match["key"]) or DATE.fullmatch(match["key"]) for _, match in found):
        return None
    byline = Byline()
    for position, match in found:
        said = _said(match)
        byline |= said
        sheet.entries[position].claim(*_role(said))
    return positions[-1] + 1, byline


def _property(entry: Entry) -> re.Match[str] | None:
    match = PROPERTY.fullmatch(entry.text) if entry.open and len(entry.text) < 200 else None
    known = match and any(table.fullmatch(match["key"]) for table in (AUTHOR, DATE, OTHER))
    return match if known else None


def _said(match: re.Match[str]) -> Byline:
    if AUTHOR.fullmatch(match["key"]):
        return Byline(authors=split_names(match["value"], lenient=True), signed=True)
    dated = read_date(match["value"]) if DATE.fullmatch(match["key"]) else None
    return Byline(dated=dated, has_date=dated is not None)


def _role(said: Byline) -> tuple[Role, str]:
    if said.authors or said.has_date:
        return (Role.AUTHOR if said.authors else Role.DATE), ""
    return Role.FURNITURE, "a property"
