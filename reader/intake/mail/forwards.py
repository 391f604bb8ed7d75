"""Letters that somebody passed on: what Gmail, Apple Mail, Outlook and others put above them, and whose they are."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from reader.intake.dates import read_date
from reader.intake.mail.headers import Sender, address_in
from reader.intake.mail.letters import Letter
from reader.intake.mail.mailed_lines import Shown, lines_of
from reader.intake.mailfields import is_marker, read_field

PASSED_ON = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vs|转发|轉寄|転送)\s?[:：]\s*", re.IGNORECASE)
PREFIXES = re.compile(
    r"\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|i|enc|doorst|vs|转发|轉寄|転送)\s?[:：]\s*)+", re.IGNORECASE
)
MAILTO = re.compile(r"\[mailto:([^\]\s]+)\]|<mailto:([^>\s]+)>", re.IGNORECASE)
LEADING = re.compile(r"\A(?:on|am|le|el|il|em|op|den)\s+", re.IGNORECASE)
IN_NUMBERS = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:20)?\d\d)\b(?P<clock>.*)"
)
QUOTED = re.compile(r"\s*(?P<marks>(?:>[ \t]?)+)")
MOST_LINES, MOST_FORWARDS, LONGEST_NOTE = 60, 4, 80  # the last in words


@dataclass(slots=True)
class Head:
    """The fields above a letter that was passed on, where its first line stands, and what follows its last."""

    fields: dict[str, str] = field(default_factory=dict)
    label: str = ""  # of the sender, which tells the language
    first: int = 0
    end: int = 0


def unwrap(letter: Letter) -> Letter:
    """The letter that was passed on, known by its own sender; any other stays as it is."""
    if not PASSED_ON.match(letter.subject) and not letter.forwarded_by and not announces(letter):
        return letter
    lines = lines_of(letter.html, letter.text)
    head = innermost_head(lines)
    if head is None:
        return letter
    name, address = address_in(MAILTO.sub(r" <\1\2>", head.fields["from"]))
    sent = day_in(head)
    return replace(
        without_head(letter, lines, head),
        sender=Sender(address, name),
        subject=PREFIXES.sub("", head.fields.get("subject") or letter.subject),
        sent=datetime.combine(sent, time(12), UTC) if sent else letter.sent,
        url=None,
        forwarded_by=letter.forwarded_by or letter.sender.address,
    )


def announces(letter: Letter) -> bool:
    """Whether the letter begins with the line that a mail program puts above what it passes on."""
    return any(is_marker(line.text) for line in lines_of(letter.html, letter.text)[:6])


def innermost_head(lines: list[Shown]) -> Head | None:
    """The last head that stands at the top; None where there is none."""
    found: Head | None = None
    for _ in range(MOST_FORWARDS):
        head = head_below(lines, found.end if found else 0)
        if "from" not in head.fields or not {"subject", "date"} & head.fields.keys():
            break
        found = Head(head.fields, head.label, found.first if found else head.first, head.end)
    return found


def head_below(lines: list[Shown], start: int) -> Head:
    head, last = Head(), -1
    for number, line in enumerate(lines[start : start + MOST_LINES], start):
        told = read_field(line.text)
        if head.fields and (is_marker(line.text) or (told and told[0] == "from" and "from" in head.fields)):
            break  # another one below
        if told:
            if not head.fields:
                head.first = number
            last = number
            if not told[1] and number + 1 < len(lines):  # the label in one cell, the value in the next
                last = number + 1
                told = (told[0], lines[last].text)
            if told[0] == "from" and "from" not in head.fields:
                head.label = line.text.partition(":")[0].strip().casefold()
            head.fields.setdefault(*told)
        elif head.fields and number - last > 3:
            break
    head.end = last + 1
    return head


def without_head(letter: Letter, lines: list[Shown], head: Head) -> Letter:
    """The letter without what stands above it: the head, and a note of whoever passed it on that is no piece itself."""
    note = sum(len(line.text.split()) for line in lines[: head.first])
    end = head.end
    while not letter.html and end < len(lines) and "@" in lines[end].text and len(lines[end].text) < 200:
        end += 1  # more people to whom it went
    if note > LONGEST_NOTE or end >= len(lines):
        return letter
    at = lines[end - 1].end
    return replace(letter, html=letter.html[at:]) if letter.html else replace(letter, text=unquoted(letter.text[at:]))


def unquoted(text: str) -> str:
    """The text without the marks before its lines, as many as its first line has."""
    text = text.lstrip("\r\n")
    found = next((match for match in map(QUOTED.match, text.splitlines()) if match), None)
    if found is None or not QUOTED.match(text):
        return text
    return re.sub(rf"^(?:>[ \t]?){{1,{found['marks'].count('>')}}}", "", text, flags=re.MULTILINE)


def day_in(head: Head) -> date | None:
    """The day that a head tells."""
    said = LEADING.sub("", head.fields.get("date", "").strip(), count=1)
    dated = read_date(said)
    if dated:
        return dated.day
    found = IN_NUMBERS.match(said)
    if found is None:
        return None
    first, second, year = int(found["first"]), int(found["second"]), 2000 + int(found["year"]) % 100
    in_english = found["mark"] == "/" and head.label == "from"
    month_first = in_english and first <= 12 and (second > 12 or is_american_clock(found["clock"]))
    if in_english and not month_first and first <= 12:
        return None  # British or American, nobody can tell
    try:
        return date(year, first, second) if month_first else date(year, second, first)
    except ValueError:
        return None


def is_american_clock(said: str) -> bool:
    """Whether the hours count to twelve, with capital letters as Americans write them."""
    return re.search(r"\d\s?[AP]M\b", said) is not None
