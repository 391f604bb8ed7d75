"""The table of contents that a page puts above a piece: its label, and the headings that it says over."""

import re

from reader.intake.lines import Role, Sheet, key_of

CONTENTS = "a table of contents"
LABEL = re.compile(
    r"(?:table of contents|contents|in this (?:post|article|issue|essay|piece)|on this page|inhaltsverzeichnis|inhalt|"
    r"sommaire|table des matières|índice|contenido|indice)\s?:?",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"(?:[-*•–]|\d{1,2}(?:\.\d{1,2}){0,2}[.)]?)\s+")
LONGEST_LABEL, LONGEST_ENTRY = 40, 160


def claim_contents(sheet: Sheet) -> None:
    """Claim each label with the lines below it that come once more further down, as the headings they lead to."""
    for position, entry in enumerate(sheet.entries):
        if entry.open and not entry.fixed and len(entry.text) < LONGEST_LABEL and LABEL.fullmatch(entry.text):
            end = _end(sheet, position + 1)
            for claimed in sheet.entries[position:end] if end > position + 1 else ():
                claimed.claim(Role.FURNITURE, CONTENTS)


def _end(sheet: Sheet, start: int) -> int:
    """Return the position behind the entries that begin here: each is a heading further down, in the same order."""
    below: dict[str, int] = {}
    for position, entry in enumerate(sheet.entries[start:], start):
        if entry.open and len(entry.text) < LONGEST_ENTRY:
            below[_key(entry.text)] = position
    end, led_to = start, start
    while end < len(sheet.entries) and sheet.entries[end].open and not sheet.entries[end].fixed:
        heading = below.get(_key(sheet.entries[end].text), 0)
        if heading <= max(end, led_to) or sheet.entries[end].picture:
            break
        end, led_to = end + 1, heading
    return end


def _key(text: str) -> str:
    return key_of(NUMBERING.sub("", text, count=1))
