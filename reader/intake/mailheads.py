"""The head of a memo or a forwarded mail: From, To, Date, Subject."""

import re
from dataclasses import dataclass

from reader.intake.dates import Dated, read_date
from reader.intake.furniture import edge_furniture
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.names import looks_like_name, split_names

FIELD = re.compile(
    r"(?P<name>from|to|cc|bcc|date|sent|subject|re|reply-to|memorandum for|distribution|classification)\s?:"
    r"\s*(?P<value>.*)",
    re.IGNORECASE,
)
MEMO = re.compile(
    r"(?:(?:internal|confidential|private)[ ,]*)*(?:memo(?:randum)?|forwarded message|original message)(?::.{2,150})?",
    re.IGNORECASE,
)
REPLIED = re.compile(r"(?:(?:re|fwd?|aw|wg)\s?:\s*)+", re.IGNORECASE)
ADDRESS = re.compile(r"\s*[<(\[][^>)\]]*@[^>)\]]*[>)\]]|\s*\S+@\S+")
ROLE_ADDRESS = re.compile(
    r"\b(?:hello|hi|news|newsletter|info|no-?reply|team|contact|mail|editors?|letters?)@", re.IGNORECASE
)
FROM_A_LETTER = re.compile(r"(?P<person>.{2,60}?)\s(?:from|at)\s(?P<letter>.{2,60})", re.IGNORECASE)
# How a web mail shows a message: who, the address, when.
WEB_MAIL = re.compile(
    r"(?P<from>[^<>]{2,100}?\s*<[^<>\s@]{1,64}@[^<>\s]{1,100}>)\s*(?:unsubscribe)?\s*(?P<date>.{0,60})", re.IGNORECASE
)
WITHIN = 25  # lines; a head stands at the top


@dataclass(frozen=True, slots=True)
class MailHead:
    title: str | None = None
    authors: tuple[str, ...] = ()
    sender: str | None = None  # of a mail that no person signs: the newsletter
    dated: Dated | None = None
    end: int = 0  # position of the first entry after it


def sort_mail_head(sheet: Sheet) -> MailHead | None:
    """Claim the lines of a mail's or a memo's head; None where there is none (two fields at least, close together)."""
    web_mail = _web_mail_head(sheet)
    if web_mail:
        return web_mail
    fields = [(position, match) for position, match in _fields(sheet) if match]
    if len({match["name"].lower() for _, match in fields}) < 2:
        return None
    values: dict[str, str] = {}
    for position, match in fields:
        name, value = match["name"].lower(), match["value"].strip()
        values.setdefault("subject" if name == "re" else "date" if name == "sent" else name, value)
        sheet.entries[position].claim(*_role(name))
    end = fields[-1][0] + 1
    for entry in sheet.entries[: fields[-1][0]]:
        if entry.open and MEMO.fullmatch(entry.text.strip("-–—= ")[:200]):
            entry.claim(Role.FURNITURE, "a memo's heading")
    return _read(values, end)


def _web_mail_head(sheet: Sheet) -> MailHead | None:
    """Claim the line with which a web mail opens a message, and what it shows below (the reader's own address)."""
    for position, entry in enumerate(sheet.entries[:WITHIN]):
        if FIELD.fullmatch(entry.text[:300]):
            return None
        match = WEB_MAIL.fullmatch(entry.text) if entry.open and len(entry.text) < 250 else None
        if match is None:
            continue
        entry.claim(Role.AUTHOR)
        end = position + 1
        date = match["date"]
        while end < len(sheet.entries) and _is_below_sender(sheet.entries[end]):
            date = date or sheet.entries[end].text
            sheet.entries[end].claim(Role.FURNITURE, "a mail's head")
            end += 1
        above = [e for e in sheet.entries[:position] if e.open and not edge_furniture(e.text)]
        title = above[-1] if above and not above[-1].is_prose else None
        if title:
            title.claim(Role.TITLE)
        return _read({"from": match["from"], "date": date, "subject": title.text if title else ""}, end)
    return None


def _is_below_sender(entry: Entry) -> bool:
    text = entry.text
    return len(text) < 100 and bool(FIELD.fullmatch(text) or read_date(text) or text.lower() == "to me")


def _fields(sheet: Sheet) -> list[tuple[int, re.Match[str] | None]]:
    found: list[tuple[int, re.Match[str] | None]] = []
    for position, entry in enumerate(sheet.entries[:WITHIN]):
        match = FIELD.fullmatch(entry.text) if len(entry.text) < 300 and entry.open else None
        if match is None and (_is_running_text(entry) or (found and position - found[-1][0] > 2)):
            break
        if match:
            found.append((position, match))
    return found


def _is_running_text(entry: Entry) -> bool:
    return entry.open and entry.is_prose


def _role(name: str) -> tuple[Role, str]:
    roles = {"from": Role.AUTHOR, "date": Role.DATE, "sent": Role.DATE, "subject": Role.TITLE, "re": Role.TITLE}
    role = roles.get(name, Role.FURNITURE)
    return role, "a mail's head" if role is Role.FURNITURE else ""


def _read(values: dict[str, str], end: int) -> MailHead:
    role_address = ROLE_ADDRESS.search(values.get("from", ""))
    sender = ADDRESS.sub("", values.get("from", "")).strip(" \"'") or None
    names = _names(sender) if sender and not role_address else ()
    return MailHead(
        title=REPLIED.sub("", values.get("subject", "")).strip() or None,
        authors=names,
        sender=sender if not names else _letter(sender),
        dated=read_date(values.get("date", "")),
        end=end,
    )


def _letter(sender: str | None) -> str | None:
    """Return the newsletter of "Jane Doe from Some Letter"."""
    match = FROM_A_LETTER.fullmatch(sender or "")
    return match["letter"] if match and looks_like_name(match["person"]) else None


def _names(sender: str) -> tuple[str, ...]:
    """Return the people in "Jane Doe, Staff Engineer" or "Jane Doe from Some Letter"."""
    names = split_names(sender)
    if names:
        return names
    first = re.split(r",|\s[|–—(-]\s?|\s(?:from|at|of)\s", sender)[0].strip()
    return (first,) if looks_like_name(first) else ()
