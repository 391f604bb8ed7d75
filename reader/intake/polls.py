"""Polls between the paragraphs: a label, a question, the answers, and how many voted."""

import re

from reader.intake.lines import Entry, Role, Sheet
from reader.intake.phrases import POLLING

LABEL = re.compile(r"poll|loading poll.{0,10}|quick poll|reader poll", re.IGNORECASE)
END = re.compile(r"[0-9][0-9,.]* votes?\b.{0,40}|login or subscribe to participate\b.{0,20}", re.IGNORECASE)
LONGEST = 12  # lines


def claim_polls(sheet: Sheet) -> None:
    """Claim what stands between a poll's label and its count of votes; a label without a count opens nothing."""
    for position, entry in enumerate(sheet.entries):
        if (len(entry.text) < 30 and LABEL.fullmatch(entry.text)) or entry.reason == POLLING:
            for inside in _poll(sheet.entries[position : position + LONGEST]):
                inside.claim(Role.FURNITURE, POLLING)


def _poll(lines: list[Entry]) -> list[Entry]:
    end = next((n for n, line in enumerate(lines) if len(line.text) < 60 and END.fullmatch(line.text)), 0)
    return [line for line in lines[: end + 1] if line.open and not line.fixed] if end else []
