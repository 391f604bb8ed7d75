"""Which line is the title: by its mark, its place above the byline, its repetition, or as a short first line."""

import re
from collections import Counter
from itertools import islice

from reader.intake.findings import Masthead
from reader.intake.lines import Entry, Role, Sheet, key_of
from reader.intake.publications import sounds_like_publication

WITHIN = 14  # entries in which a marked heading can still be the title
MOST_WORDS, LONGEST = 20, 150
LIST_MARKS = ("- ", "* ", "• ", "> ")
SALUTATION = re.compile(
    r"(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|greetings|welcome back)\b.{0,40}[,!.:]?|"
    r"(?:team|folks|friends|all|colleagues|everyone)[,!.:]?",
    re.IGNORECASE,
)


def choose_title(sheet: Sheet, head: Masthead, above: list[Entry]) -> str | None:
    """Choose among the lines above the byline; with none there, the first line that can be a title."""
    heading = next((e for e in [*above, *islice(sheet.open_entries(), WITHIN)] if e.level == 1), None)
    if heading:
        return heading.text
    above = _nearest_the_byline(sheet, head, above)
    lines = list(dict.fromkeys(e.text for e in above))
    if not lines:
        return _first_line_title(sheet, head)
    repeated = [text for text, times in Counter(e.text for e in above).items() if times > 1 and text in lines]
    if len(repeated) > 1 or (repeated and repeated[0] != lines[0]):
        return repeated[-1]
    if repeated and _is_named_by_position(sheet, above, repeated[0]):
        lines.remove(repeated[0])
        head.publication = head.publication or repeated[0]
        return lines[0]
    if len(lines) == 2 and not head.publication and sounds_like_publication(lines[0]) and not lines[1][0].islower():
        return lines[1]
    return lines[0] if len(lines) < 3 else lines[-2]


def _nearest_the_byline(sheet: Sheet, head: Masthead, above: list[Entry]) -> list[Entry]:
    """Return the lines below the last buttons or menu above the byline: what stands higher belongs to the site."""
    named = key_of(head.publication or "")
    lines = [entry for entry in above if key_of(entry.text) != named]
    if not lines:
        return []
    first = sheet.entries.index(lines[-1])
    while first > head.start and (
        sheet.entries[first - 1] in above or sheet.entries[first - 1].role is not Role.FURNITURE
    ):
        first -= 1
    return [entry for entry in lines if sheet.entries.index(entry) >= first]


def _is_named_by_position(sheet: Sheet, above: list[Entry], text: str) -> bool:
    """Whether a line repeated at the top is the publication: buttons, or two more lines, part it from the byline."""
    last = max(e.number for e in above if e.text == text)
    others = [e for e in above if e.text != text and e.number > last]
    between = [e for e in sheet.entries if others and last < e.number < others[0].number]
    return len(others) > 1 or (bool(others) and (bool(between) or sounds_like_publication(text)))


def _first_line_title(sheet: Sheet, head: Masthead) -> str | None:
    rest = [entry for entry in sheet.entries[head.start :] if entry.open][:3]
    if len(rest) < 2 or not _can_be_title(rest[0]):
        return None
    return rest[0].text


def _can_be_title(entry: Entry) -> bool:
    text = entry.text
    if entry.fixed or entry.words > MOST_WORDS or len(text) > LONGEST or SALUTATION.fullmatch(text):
        return False
    if text.endswith((".", ",", ":", ";")) and not entry.level:
        return False
    if text[0].islower() or text.startswith(LIST_MARKS):
        return False
    return any(letter.isalpha() for letter in text)
