"""The head of a memo or a forwarded mail: From, To, Date, Subject, and the note of whoever passed it on above it."""

import re
from dataclasses import replace

from reader.intake.bylines import parse_byline
from reader.intake.dates import read_date
from reader.intake.furniture import edge_furniture, furniture, is_divider
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.mailfields import (
    FIELD,
    MailHead,
    is_marker,
    is_memo_heading,
    read_field,
    read_fields_in_a_row,
    read_values,
)

HEAD = "a mail's head"
MEMO = "a memo's heading"
NOTE = "a note above the forwarded mail"
# How a web mail shows a message: who, the address, when.
WEB_MAIL = re.compile(
    r"(?P<from>[^<>]{2,100}?\s*<[^<>\s@]{1,64}@[^<>\s]{1,100}>)\s*(?:unsubscribe)?\s*(?P<date>.{0,60})", re.IGNORECASE
)
WITHIN = 25  # lines; a head stands at the top
MOST_FORWARDS = 5
FEWEST_LEADING = 10  # words of a sentence that leads to a mail it quotes
LONGEST_NOTE = 80  # words of whoever passed the mail on
ROLES = {"from": Role.AUTHOR, "date": Role.DATE, "subject": Role.TITLE}
OTHER_FIELD = re.compile(r"\w[\w-]{0,14}\s?[:：].{0,200}")


def sort_mail_head(sheet: Sheet) -> MailHead | None:
    """Claim the lines of a mail's or a memo's head; None where there is none. Of several the innermost counts."""
    head = _web_mail_head(sheet) or _head_below(sheet, 0)
    for _ in range(MOST_FORWARDS if head else 0):
        inner = _head_below(sheet, head.end if head else 0)
        if head is None or inner is None:
            break
        head = replace(inner, title=inner.title or head.title, dated=inner.dated or head.dated)
    return head


def _web_mail_head(sheet: Sheet) -> MailHead | None:
    """Claim the line with which a web mail opens a message, and what it shows below (the reader's own address)."""
    for position, entry in enumerate(sheet.entries[:WITHIN]):
        if read_field(entry.text) or is_marker(entry.text):
            return None
        match = WEB_MAIL.fullmatch(entry.text) if entry.open and len(entry.text) < 250 else None
        if match is None:
            continue
        entry.claim(Role.AUTHOR)
        end = position + 1
        date = match["date"]
        while end < len(sheet.entries) and _is_below_sender(sheet.entries[end]):
            date = date or sheet.entries[end].text
            sheet.entries[end].claim(Role.FURNITURE, HEAD)
            end += 1
        above = [e for e in sheet.entries[:position] if e.open and not edge_furniture(e.text)]
        title = above[-1] if above and not above[-1].is_prose else None
        if title:
            title.claim(Role.TITLE)
        return read_values({"from": match["from"], "date": date, "subject": title.text if title else ""}, end)
    return None


def _is_below_sender(entry: Entry) -> bool:
    text = entry.text
    return len(text) < 100 and bool(FIELD.fullmatch(text) or read_date(text) or text.lower() == "to me")


def _head_below(sheet: Sheet, start: int) -> MailHead | None:
    """Claim the first head below a position, and what may stand above it."""
    fields = _fields(sheet, start)
    if not fields:
        return None
    first, end = min(fields), max(fields) + 1
    kinds = {kind for values in fields.values() for kind in values}
    above = [entry for entry in sheet.entries[start:first] if entry.open]
    forwarded = len(fields) == 1 or any(is_marker(entry.text) for entry in above[-2:])
    if not _may_follow(above, kinds, nested=start > 0, forwarded=forwarded):
        return None
    values = {kind: value for found in reversed(fields.values()) for kind, value in found.items()}
    if "subject" not in values and not forwarded and not start:
        values["subject"] = _title_above(above)
    for position in range(first, end):
        _claim_field(sheet.entries[position], fields.get(position, {}))
    mailed = forwarded or "@" in values.get("from", "") or any(entry.is_prose for entry in above)
    _claim_above(above, forwarded=mailed)
    return read_values(values, end)


def _claim_above(above: list[Entry], *, forwarded: bool) -> None:
    """Claim the note of whoever passed a mail on, or the letterhead of a memo."""
    for entry in above:
        if entry.open:
            entry.claim(Role.FURNITURE, HEAD if is_marker(entry.text) else NOTE if forwarded else MEMO)


def _may_follow(above: list[Entry], kinds: set[str], *, nested: bool, forwarded: bool) -> bool:
    """Whether a head with such fields can stand below these lines: a letterhead, or a note to whom it was sent on.

    A piece that quotes a mail has a byline or a heading above it, or more than a note's words.
    """
    if any(entry.level or _dates_or_signs(entry.text) for entry in above if not is_marker(entry.text)):
        return False
    if (nested and above and not forwarded) or _is_piece(above):
        return False
    if forwarded or not any(entry.is_prose for entry in above):
        return len(kinds) > 1
    return len(kinds) > 2 and "from" in kinds


def _is_piece(above: list[Entry]) -> bool:
    """Whether the lines are a piece that has begun: long, or a title and a text above the mail."""
    last = next((e for e in reversed(above) if not is_marker(e.text) and not is_divider(e.text)), None)
    if last is None or sum(entry.words for entry in above) > LONGEST_NOTE:
        return last is not None
    first = above[0].text
    titled = first is not last.text and above[0].words > 1 and not first.endswith((".", ",", "!", "?", ":", "-"))
    return (last.is_prose and titled) or (last.text.endswith(":") and last.words >= FEWEST_LEADING)


def _dates_or_signs(text: str) -> bool:
    byline = parse_byline(text)
    return byline is not None and (byline.has_date or byline.signed)


def _title_above(above: list[Entry]) -> str:
    lines = [e for e in above if not is_memo_heading(e.text) and not edge_furniture(e.text) and not is_divider(e.text)]
    if len(lines) != 1 or lines[0].is_prose:
        return ""
    lines[0].claim(Role.TITLE)
    return lines[0].text


def _fields(sheet: Sheet, start: int) -> dict[int, dict[str, str]]:
    """Return the fields of the first head below a position, by their own positions."""
    found: dict[int, dict[str, str]] = {}
    for position, entry in enumerate(sheet.entries[start : start + WITHIN], start):
        if not entry.open or entry.fixed:
            continue
        in_a_row = {} if found else read_fields_in_a_row(entry.text)
        if in_a_row:
            return {position: in_a_row}
        field = read_field(entry.text)
        if field:
            found[position] = {field[0]: field[1]}
        elif found and (position - max(found) > 2 or _ends_head(entry)):
            break
    return found


def _ends_head(entry: Entry) -> bool:
    return entry.is_prose or is_marker(entry.text) or furniture(entry.text) is not None


def _claim_field(entry: Entry, values: dict[str, str]) -> None:
    """Claim one line of a head, or what stands between two: a field nobody knows, or the rest of a long one."""
    if not entry.open:
        return
    role = ROLES.get(next(iter(values)), Role.FURNITURE) if len(values) == 1 else Role.FURNITURE
    if values or OTHER_FIELD.fullmatch(entry.text[:300]) or "@" in entry.text:
        entry.claim(role, HEAD if role is Role.FURNITURE else "")
