"""Letters that somebody passed on: what Gmail, Apple Mail, Outlook and others put above them, and whose they are."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time

from reader.intake.dates import read_date
from reader.intake.lines import tidy
from reader.intake.mail.headers import Sender, address_in
from reader.intake.mail.letters import Letter
from reader.intake.mailfields import is_marker, read_field
from reader.intake.soup import Node, parse

PASSED_ON = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vs|转发|轉寄|転送)\s?[:：]\s*", re.IGNORECASE)
PREFIXES = re.compile(
    r"\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|i|enc|doorst|vs|转发|轉寄|転送)\s?[:：]\s*)+", re.IGNORECASE
)
MAILTO = re.compile(r"\[mailto:([^\]\s]+)\]|<mailto:([^>\s]+)>", re.IGNORECASE)
MOST_LINES, MOST_FORWARDS = 60, 4
LOOKED_AT = 60_000  # characters
BREAKS = frozenset(["p", "div", "br", "tr", "td", "li", "blockquote", "h1", "h2", "h3", "h4", "table", "hr"])


def unwrap(letter: Letter) -> Letter:
    """The letter that was passed on, known by its own sender; any other stays as it is."""
    if not PASSED_ON.match(letter.subject) and not letter.forwarded_by and not announces(letter):
        return letter
    found = innermost_head(lines_of(letter))
    if not found:
        return letter
    name, address = address_in(MAILTO.sub(r" <\1\2>", found["from"]))
    sent = read_date(found.get("date", ""))
    return replace(
        letter,
        sender=Sender(address, name),
        subject=PREFIXES.sub("", found.get("subject") or letter.subject),
        sent=datetime.combine(sent.day, time(12), UTC) if sent else letter.sent,
        url=None,
        forwarded_by=letter.forwarded_by or letter.sender.address,
    )


def announces(letter: Letter) -> bool:
    """Whether the letter begins with the line that a mail program puts above what it passes on."""
    return any(is_marker(line) for line in lines_of(letter)[:6])


def innermost_head(lines: list[str]) -> dict[str, str]:
    """The fields of the last head that stands at the top; {} where there is none."""
    found: dict[str, str] = {}
    for _ in range(MOST_FORWARDS):
        fields, end = first_head(lines)
        if "from" not in fields or not {"subject", "date"} & fields.keys():
            break
        found, lines = fields, lines[end:]
    return found


def first_head(lines: list[str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    last = -1
    for number, line in enumerate(lines[:MOST_LINES]):
        field = read_field(line)
        if fields and (is_marker(line) or (field and field[0] == "from" and "from" in fields)):
            break  # another one below
        if field and (not field[1]) and number + 1 < len(lines):
            field = (field[0], lines[number + 1])  # the label in one cell, the value in the next
        if field:
            fields.setdefault(*field)
            last = number
        elif fields and number - last > 3:
            break
    return fields, last + 1


def lines_of(letter: Letter) -> list[str]:
    words = lines_in(parse(letter.html[:LOOKED_AT])) if letter.html else letter.text[:LOOKED_AT].split("\n")
    return [line for line in (tidy(line.lstrip("> ").replace("*", "")) for line in words) if line][: 3 * MOST_LINES]


def lines_in(root: Node) -> list[str]:
    """The lines of a letter's head as one sees them."""
    parts: list[str] = []
    waiting: list[Node | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node.replace("\n", " "))
            continue
        if node.tag in BREAKS:
            parts.append("\n")
        waiting.extend(reversed(node.children))
    return "".join(parts).split("\n")
