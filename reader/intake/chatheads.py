"""The head of a message copied from a chat or a social network: a name, then a handle or the time of day."""

import re

from reader.intake.bylines import CLOCK, Byline
from reader.intake.furniture import edge_furniture, furniture
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.names import looks_like_name

HANDLE = re.compile(r"@\w{2,30}")
SENT = re.compile(rf"\[?(?:(?:today|yesterday)(?: at)? )?{CLOCK.pattern}\]?|{HANDLE.pattern}", re.IGNORECASE)
SINCE = re.compile(r"[·•∙]|[·•∙]?\s?\d{1,2}\s?(?:s|m|min|h|hr|d|w|mo|y)s?(?: ago)?", re.IGNORECASE)
EMOJI = re.compile(r":[a-z0-9_+-]{2,30}:")
BEFORE = re.compile(rf"\[{CLOCK.pattern}\] (?P<name>.+)", re.IGNORECASE)
BEHIND = re.compile(rf"(?P<name>.+?)(?: {EMOJI.pattern})?,? (?:{SENT.pattern})", re.IGNORECASE)
AGE = re.compile(r"\d{1,2}\s?(?:s|m|min|h|hr|d|w|mo|yr?)\s?[•·]\s?(?:edited\s?[•·]?)?\s?.{0,30}", re.IGNORECASE)
LINES_ABOVE = 14  # navigation and buttons


def read_chat_head(sheet: Sheet) -> tuple[int, Byline] | None:
    """Claim a head at the top; return the position after it and who wrote the message, None where there is none."""
    for position, entry in enumerate(sheet.entries[:LINES_ABOVE]):
        if not entry.open:
            continue
        if entry.is_prose:
            return None
        names, end = _head_at(sheet.entries, position)
        if names:
            for inside in sheet.entries[position:end]:
                inside.claim(Role.AUTHOR)
            _claim_title(sheet.entries[:position])
            return end, Byline(authors=names, signed=True)
    return None


def _claim_title(above: list[Entry]) -> None:
    """Claim the only line above the name that is no button: a title (a long post has one)."""
    lines = [entry for entry in above if entry.open and not (edge_furniture(entry.text) or furniture(entry.text))]
    if len(lines) == 1:
        lines[0].claim(Role.TITLE)


def _is_dated_below(entries: list[Entry], position: int) -> bool:
    """Whether what somebody does, and how long ago they posted, stand below a name ("CFO", "3d • Edited")."""
    below = entries[position + 1 : position + 3]
    return len(below) == 2 and below[0].words <= 20 and AGE.fullmatch(below[1].text[:60]) is not None


def _head_at(entries: list[Entry], position: int) -> tuple[tuple[str, ...], int]:
    text = entries[position].text
    if len(text) > 100:
        return (), position
    whole = BEFORE.fullmatch(text) or BEHIND.fullmatch(text)
    if whole:
        return ((whole["name"],) if looks_like_name(whole["name"]) else ()), position + 1
    end = position + 1
    while end < len(entries) and EMOJI.fullmatch(entries[end].text[:40]):
        end += 1
    if _is_dated_below(entries, position):
        return ((text,) if looks_like_name(text) else ()), position + 3
    sent = end < len(entries) and len(entries[end].text) < 60 and SENT.fullmatch(entries[end].text)
    handle = bool(sent) and text and HANDLE.fullmatch(entries[end].text) is not None
    end += 1
    while end < len(entries) and len(entries[end].text) < 20 and SINCE.fullmatch(entries[end].text):
        end += 1
    return ((text,) if sent and (looks_like_name(text) or handle) else ()), end
