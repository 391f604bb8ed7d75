"""Which line is the title: by its mark, its place above the byline, its repetition, or as a short first line."""

import re
from collections import Counter
from itertools import islice

from reader.intake.findings import Masthead
from reader.intake.furniture import closing
from reader.intake.lines import Entry, Role, Sheet, key_of
from reader.intake.phrases import POWERED, RIGHTS
from reader.intake.publications import is_publication_name, is_section, sounds_like_publication
from reader.intake.tables import words

WITHIN = 14  # entries in which a marked heading can still be the title
MOST_WORDS, LONGEST = 20, 150
MOST_SITE_WORDS = 6
SMALL_WORDS = words("with from that this your into over than when what have")
DASHES = ("- ", "– ", "— ")
NUMBERED_ITEM = re.compile(r"\d{1,2}[.)]\s.*")
LIST_MARKS = ("- ", "* ", "• ", "> ")
SALUTATION = re.compile(
    r"(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|greetings|welcome back)\b.{0,40}[,!.:]?|"
    r"(?:liebe[rs]?|sehr geehrte[rs]?|hallo|bonjour|ch(?:er|ère)s?|hola|querid[oa]s?|estimad[oa]s?|car[oaie]|ciao|olá|"
    r"beste|geachte)\b.{0,40}[,!:]|"
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
    while len(lines) > 1 and is_section(lines[0]):
        lines.pop(0)
    if not lines:
        return _first_line_title(sheet, head)
    repeated = [text for text, times in Counter(e.text for e in above).items() if times > 1 and text in lines]
    if len(repeated) > 1 or (repeated and repeated[0] != lines[0]):
        return repeated[-1]
    if repeated and _is_named_by_position(sheet, above, repeated[0]):
        lines.remove(repeated[0])
        head.publication = head.publication or repeated[0]
        return lines[0]
    if head.publication is None and len(lines) > 1 and _opens_the_page(sheet, head, lines[0]):
        head.publication = lines.pop(0)
    return _title_of(lines)


def _opens_the_page(sheet: Sheet, head: Masthead, text: str) -> bool:
    """Whether the first line names the site: by its words, or because all of a page was copied, its foot too."""
    if not is_publication_name(text) or is_section(text) or text.endswith(("?", "!", "…", ":")):
        return False
    if sounds_like_publication(text):
        return True
    first = next((entry for entry in sheet.entries[head.start :] if entry.role is not Role.FURNITURE), None)
    return _has_foot(sheet, head) and first is not None and first.text == text and first.words <= MOST_SITE_WORDS


def _has_foot(sheet: Sheet, head: Masthead) -> bool:
    below = (entry for entry in sheet.entries[head.end :] if not entry.region)
    return any(entry.reason in (RIGHTS, POWERED) or closing(entry.text) for entry in below)


def _title_of(lines: list[str]) -> str:
    """Choose between a title with a subtitle below it, and a section's or site's name with the title below it."""
    if len(lines) == 1:
        return lines[0]
    upper, lower = lines[-2:]
    named = is_section(upper) or (len(upper.split()) <= 2 and _is_headline(lower) and not upper.endswith(("?", "!")))
    return lower if named else lines[0] if len(lines) == 2 else upper


def _is_headline(text: str) -> bool:
    """Whether the words are capitalised throughout, as titles are and subtitles seldom."""
    long = [word for word in text.split()[1:] if len(word) > 3 and word[0].isalpha() and word not in SMALL_WORDS]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _nearest_the_byline(sheet: Sheet, head: Masthead, above: list[Entry]) -> list[Entry]:
    """Return the lines below the last buttons or menu above the byline: what stands higher belongs to the site."""
    named = key_of(head.publication or "")
    lines = [entry for entry in above if key_of(entry.text) != named and not entry.text.startswith(DASHES)]
    if not lines:
        return []
    first = sheet.entries.index(lines[-1])
    while first > head.start and not _parts_lines(sheet.entries[first - 1]):
        first -= 1
    return [entry for entry in lines if sheet.entries.index(entry) >= first]


def _parts_lines(entry: Entry) -> bool:
    """Whether what stands above this line cannot belong to the title below it."""
    return entry.role in (Role.FURNITURE, Role.DATE) or entry.text.startswith(DASHES)


def _is_named_by_position(sheet: Sheet, above: list[Entry], text: str) -> bool:
    """Whether a line repeated at the top is the publication: buttons, or two more lines, part it from the byline."""
    last = max(e.number for e in above if e.text == text)
    others = [e for e in above if e.text != text and e.number > last]
    between = [e for e in sheet.entries if others and last < e.number < others[0].number]
    return len(others) > 1 or (bool(others) and (bool(between) or sounds_like_publication(text)))


def _first_line_title(sheet: Sheet, head: Masthead) -> str | None:
    rest = [entry for entry in sheet.entries[head.start :] if entry.open][:4]
    if len(rest) < 2 or not can_be_title(rest[0]):
        return None
    named = _opens_the_page(sheet, head, rest[0].text) and _has_foot(sheet, head)
    below = rest[1:-1]
    if named and below and can_be_title(below[0]) and not below[0].is_prose:
        head.publication = rest[0].text
        return below[0].text
    return rest[0].text


def is_salutation(text: str) -> bool:
    return len(text) < LONGEST and SALUTATION.fullmatch(text) is not None


def can_be_title(entry: Entry) -> bool:
    """Whether the line could be a title at all: short, no sentence, no salutation, no item of a list."""
    text = entry.text
    if entry.fixed or entry.words > MOST_WORDS or len(text) > LONGEST or is_salutation(text):
        return False
    if text.endswith((".", ",", ":", ";")) and not entry.level:
        return False
    if text[0].islower() or text.startswith(LIST_MARKS) or (NUMBERED_ITEM.fullmatch(text) and not entry.level):
        return False
    return any(letter.isalpha() for letter in text)
