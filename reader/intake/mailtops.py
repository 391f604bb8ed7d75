"""What a newsletter's mail has on top: a preheader, the link to its page on the web, the letter's name, its number."""

import re
from collections.abc import Mapping

from reader.intake.bylines import Byline, parse_byline
from reader.intake.findings import Masthead
from reader.intake.furniture import edge_furniture
from reader.intake.lines import Entry, Role, Sheet, key_of
from reader.intake.publications import is_publication_name, is_section, sounds_like_publication
from reader.intake.titles import can_be_title, is_salutation

PREHEADER = "a mail's preheader"
WEB_VERSION = re.compile(
    r".{0,60}\b(?:view|read|see|open|trouble)\b.{0,60}\b(?:browser|online|web|webpage)\b.{0,80}|"
    r".{0,60}\b(?:im browser|webversion|online[- ]version|navigateur|navegador|nel browser|in (?:uw|je) browser)\b"
    r".{0,60}",
    re.IGNORECASE,
)
WITHIN, LONGEST_NOTICE = 4, 120
MOST_BELOW = 6


def read_mail_top(sheet: Sheet, head: Masthead) -> None:
    """Tell the preheader above the link to the web version from a title, and the letter's name below it."""
    entries = sheet.entries[head.start :]
    notice = next((n for n, entry in enumerate(entries[:WITHIN]) if _is_notice(entry)), 0)
    above = [entry for entry in entries[:notice] if entry.open and not edge_furniture(entry.text)]
    if len(above) != 1 or head.title is not None:
        return
    below = _lines_below(entries[notice + 1 : notice + 1 + MOST_BELOW])
    named = len(below) == 1 and is_publication_name(below[0].text)
    numbered = any(byline and byline.numbered for byline in map(_byline, entries[notice + 1 : notice + 4]))
    if named and (numbered or sounds_like_publication(below[0].text)) and can_be_title(above[0]):
        _name(head, below[0])
        head.title = above[0].text
        above[0].claim(Role.TITLE)
    elif below:
        above[0].claim(Role.FURNITURE, PREHEADER)


def read_numbered_name(sheet: Sheet, head: Masthead, bylines: Mapping[int, Byline]) -> None:
    """Read the name above "Issue 12 | March 2024": what has numbers is a letter, if the title can stand elsewhere."""
    at = next((position for position in sorted(bylines) if bylines[position].numbered), None)
    if at is None:
        return
    above = [e for p, e in enumerate(sheet.entries[head.start : at], head.start) if p not in bylines and _may_name(e)]
    below = next((e for p, e in enumerate(sheet.entries[at + 1 :], at + 1) if e.open and p not in bylines), None)
    if head.publication and any(key_of(e.text) == key_of(head.publication) for e in above):
        return
    if not above:
        between = [e for p, e in enumerate(sheet.entries[at + 1 : max(bylines)], at + 1) if p not in bylines]
        above = [entry for entry in between if _may_name(entry)][:-1]
    if not above or not is_publication_name(above[-1].text) or is_section(above[-1].text):
        return
    titled = head.title is not None or (below is not None and can_be_title(below) and not below.is_prose)
    if titled or (len(above) > 1 and sounds_like_publication(above[-1].text)):
        _name(head, above[-1])
    elif len(above) > 1 and sounds_like_publication(above[0].text):
        _name(head, above[0])


def _is_notice(entry: Entry) -> bool:
    return entry.role is Role.FURNITURE and len(entry.text) < LONGEST_NOTICE and bool(WEB_VERSION.fullmatch(entry.text))


def _lines_below(entries: list[Entry]) -> list[Entry]:
    """Return the lines that can be a name or a title: up to the byline, the salutation or the running text."""
    lines: list[Entry] = []
    for entry in entries:
        if not entry.open or edge_furniture(entry.text):
            continue
        if entry.is_prose or is_salutation(entry.text) or _byline(entry):
            break
        lines.append(entry)
    return lines


def _byline(entry: Entry) -> Byline | None:
    return parse_byline(entry.text)


def _may_name(entry: Entry) -> bool:
    return entry.open and not entry.is_prose and edge_furniture(entry.text) is None


def _name(head: Masthead, entry: Entry) -> None:
    head.publication = entry.text
    entry.claim(Role.PUBLICATION)
