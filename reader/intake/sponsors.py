"""Sponsors' messages: a label ("Together with …"), a few paragraphs, and a call to act or a rule that ends them."""

import re

from reader.intake.furniture import is_divider
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.phrases import SPONSORING

CALL_TO_ACT = re.compile(
    r"(?:[→👉▶*]+\s*)?(?:learn more|try|get|start|sign up|claim|book|download|shop|join|see|check|read more|discover|"
    r"register|request|explore|grab|save)\b[^.!?]{0,60}[!→»>]*",
    re.IGNORECASE,
)
LABEL_ONLY = re.compile(
    r"(?:advertisement|advertise with us|sponsor us|become a sponsor|want to .*|sponsored)", re.IGNORECASE
)
PITCH = re.compile(
    r"\b(?:(?:try|start|get)\b.{0,30}\bfree|free (?:for|trial|demo)|learn more|book a (?:demo|call)|sign up|\d+% off|"
    r"use (?:the )?code|get started|our readers|readers of|limited time|no credit card|today's sponsor|our sponsor|"
    r"check (?:it|them) out|click here|request (?:a |early )?(?:demo|access))\b",
    re.IGNORECASE,
)
LONGEST = 8  # lines
LONGEST_PITCH = 4


def claim_sponsors(sheet: Sheet) -> None:
    """Claim what a sponsor's label opens, where its end can be told; the label alone is furniture already."""
    for position, entry in enumerate(sheet.entries):
        if entry.reason == SPONSORING:
            following = sheet.entries[position + 1 : position + 1 + LONGEST]
            named = LABEL_ONLY.fullmatch(entry.text) is None
            for inside in (_message(following) if named else []) or (_pitch(following) if not entry.gap_after else []):
                inside.claim(Role.FURNITURE, SPONSORING)


def _message(following: list[Entry]) -> list[Entry]:
    for length, entry in enumerate(following, start=1):
        if entry.level or is_divider(entry.text):
            return [e for e in following[: length - bool(entry.level)] if e.open]
        if length > 1 and entry.words <= 8 and CALL_TO_ACT.fullmatch(entry.text):
            return [e for e in following[:length] if e.open]
    return []


def _pitch(following: list[Entry]) -> list[Entry]:
    """Return the lines right under the label that advertise: up to an empty line, and one of them must say so."""
    lines: list[Entry] = []
    for entry in following[:LONGEST_PITCH]:
        lines.append(entry)
        if entry.gap_after:
            break
    pitched = bool(lines) and lines[-1].gap_after and any(PITCH.search(entry.text[:600]) for entry in lines)
    return [entry for entry in lines if entry.open and not entry.fixed] if pitched else []
