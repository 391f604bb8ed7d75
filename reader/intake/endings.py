"""Where the piece ends: a notice that the rest is for others, or the first line of what the page puts below it."""

import re
from dataclasses import replace

from reader.intake.bylines import Byline, is_label, parse_byline
from reader.intake.contents import CONTENTS
from reader.intake.findings import Masthead, Sorted
from reader.intake.furniture import closing, edge_furniture, ending, loose_furniture
from reader.intake.lines import Entry, Role, Sheet, key_of
from reader.intake.names import split_names
from reader.intake.paywalls import read_cut
from reader.intake.phrases import ACCOUNT, COMMENTING, MAILING, PAYING, POWERED, RELATING, RIGHTS
from reader.intake.threads import opens_thread

AFTER_THE_END = "after the end of the piece"
CUT_NOTICE = "a notice that the text stops here"
LONGEST_BYLINE = 200  # characters
LONGEST_AFTER = 60  # words of running text that may follow an ending and still be excerpts of other posts
ABOUT = r"(?:(?:is|was) (?:an?|the|our)|writes|covers|reports|works|teaches|runs|leads|lives)\b"
INTERRUPTING = frozenset({RELATING, ACCOUNT, MAILING, POWERED, RIGHTS})
LEGAL = re.compile(
    r"\b(?:rights reserved|terms of|permission|disclaim|liab(?:le|ility)|reproduc|registered|trademarks?|"
    r"information purposes|informational purposes|investment advice|unsubscribe|privacy)\b",
    re.IGNORECASE,
)
INTRODUCING = re.compile(  # a paragraph about the author or the place, not one of the piece, comes next
    r"(?:an? guest|this (?:article|story|piece|column|essay)|published in|written by|(?:about|über) )", re.IGNORECASE
)
FEWEST_PARAGRAPHS = 2  # with which a text goes on
LINES_BEFORE, LINES_BELOW = 4, 12  # around the end, where a byline may stand


def read_cut_notice(sheet: Sheet, result: Sorted) -> None:
    """Find the notice where the text stops: one after which no running text comes back."""
    after = _prose_after(sheet)
    began = False
    for position, entry in enumerate(sheet.entries):
        began = began or (entry.open and position >= result.head.end)
        if position < result.head.end or after[position] > LONGEST_AFTER or entry.fixed:
            continue
        cut = read_cut(entry.text) if entry.role in (None, Role.FURNITURE) else None
        if cut and not cut.paid and _text_goes_on(sheet, position):
            entry.claim(Role.FURNITURE, PAYING)
        elif cut and (cut.paid or began):
            result.cut = cut
            entry.claim(Role.FURNITURE, CUT_NOTICE)
            return _claim_after(sheet, position)
    return None


def _text_goes_on(sheet: Sheet, position: int) -> bool:
    """Whether the piece goes on below a notice for subscribers, which then only interrupts it.

    Its next line is a paragraph, or a heading of its own: one that the table of contents names, one with several
    paragraphs below it, or one that looks like those above. An excerpt of another post comes below a title, and alone.
    """
    below = [entry for entry in sheet.entries[position + 1 :] if entry.open]
    paragraphs = [entry for entry in below if entry.is_prose and not loose_furniture(entry.text)]
    named = {key_of(entry.text) for entry in sheet.entries[:position] if entry.reason == CONTENTS}
    if paragraphs and key_of(below[0].text) in named:
        return True
    if paragraphs and _heads_more(sheet, position, below, paragraphs):
        return True
    if len(paragraphs) < FEWEST_PARAGRAPHS or below[0] is not paragraphs[0]:
        return False
    return not _speaks_of_the_place(below[0])


def _heads_more(sheet: Sheet, position: int, below: list[Entry], paragraphs: list[Entry]) -> bool:
    """Whether the line directly below a notice is a heading of the piece, with its paragraphs under it."""
    heading, *rest = below
    if (
        heading is paragraphs[0]
        or edge_furniture(heading.text)
        or ending(heading.text)
        or _speaks_of_the_place(heading)
    ):
        return False
    under = rest[:FEWEST_PARAGRAPHS]
    if not (under and all(entry in paragraphs and not _speaks_of_the_place(entry) for entry in under)):
        return False
    above = {entry.level for entry in sheet.entries[:position] if entry.open and entry.level}
    return len(under) == FEWEST_PARAGRAPHS or heading.level in above


def _speaks_of_the_place(entry: Entry) -> bool:
    """Whether the line is about the author, the newsletter or what may be done with its texts."""
    return bool(LEGAL.search(entry.text[:400]) or INTRODUCING.match(entry.text))


def _prose_after(sheet: Sheet) -> list[int]:
    """Return for every position how many words of running text stand after it."""
    totals, words = [], 0
    for entry in reversed(sheet.entries):
        totals.append(words)
        if entry.in_body and entry.is_prose and not loose_furniture(entry.text):
            words += entry.words
    return totals[::-1]


def read_ending(sheet: Sheet, result: Sorted) -> None:
    """Find the line that closes the piece; a byline below it still counts where there was none above."""
    after, below = _prose_after(sheet), _open_below(sheet)
    began = False
    for position, entry in enumerate(sheet.entries):
        if entry.region:  # decided by where it stands
            result.closed = result.closed or closing(entry.text) is not None
            continue
        begins = position >= result.head.end and entry.open and not edge_furniture(entry.text)
        if not began or entry.fixed or entry.role not in (None, Role.FURNITURE):
            began = began or begins
            continue
        closed = closing(entry.text) is not None
        result.closed = result.closed or closed
        ends = ending(entry.text) or _signs_off(entry, result.head) or (after[position] == 0 and _heads_others(entry))
        closed = closed or opens_thread(sheet.entries, position)
        if closed or (ends and after[position] <= LONGEST_AFTER and not _goes_on(entry.text, below[position])):
            if entry.open:
                entry.claim(*((Role.AUTHOR, "") if _signs_off(entry, result.head) else (Role.FURNITURE, AFTER_THE_END)))
            result.closed = result.closed or any(closing(e.text) for e in sheet.entries[position:])
            comments = COMMENTING in (closing(entry.text), ending(entry.text)) or opens_thread(sheet.entries, position)
            _read_byline_below(sheet, result.head, position, after, 0 if comments else LINES_BELOW)
            _claim_about_the_author(sheet, result.head, position)
            return _claim_after(sheet, position)
    return _read_byline_below(sheet, result.head, len(sheet.entries), after)


def _open_below(sheet: Sheet) -> list[Entry | None]:
    """Return for every position the next line that nobody has claimed."""
    lines, below = list[Entry | None](), None
    for entry in reversed(sheet.entries):
        lines.append(below)
        below = entry if entry.open else below
    return lines[::-1]


def _goes_on(text: str, following: Entry | None) -> bool:
    """Whether a button or a list of links only interrupts the piece: a paragraph of it is the next thing to be read."""
    if following is None or not following.is_prose or loose_furniture(following.text):
        return False
    if LEGAL.search(following.text[:400]):
        return False
    return (ending(text) or edge_furniture(text)) in INTERRUPTING and not INTRODUCING.match(text)


def _heads_others(entry: Entry) -> bool:
    """Whether a single word heads the list of other posts ("Related")."""
    return len(entry.text) > len("More") and edge_furniture(entry.text) == RELATING


def _signs_off(entry: Entry, head: Masthead) -> bool:
    """Whether the line says once more who wrote the piece; what follows is about the author."""
    short = entry.open and len(entry.text) <= LONGEST_BYLINE and head.byline.authors
    byline = parse_byline(entry.text) if short else None
    return byline is not None and byline.signed and byline.is_by(head.byline.authors)


def _claim_after(sheet: Sheet, position: int) -> None:
    for entry in sheet.entries[position + 1 :]:
        if entry.open:
            entry.claim(Role.FURNITURE, AFTER_THE_END)


def _read_byline_below(sheet: Sheet, head: Masthead, end: int, after: list[int], below: int = LINES_BELOW) -> None:
    """Where nothing above the piece says who or when, look in the lines right around its end."""
    if head.byline.authors and head.byline.has_date:
        return
    first = max(head.end + 1, _above_buttons(sheet, end))
    for position in range(first, min(len(sheet.entries), end + below)):
        entry = sheet.entries[position]
        byline = _signature(sheet, position)
        if byline is None or (position < end and after[position]):
            continue
        if head.byline.authors:
            byline = replace(byline, authors=())
        head.byline |= byline
        entry.claim(Role.AUTHOR if byline.authors else Role.DATE)
        if head.byline.authors and head.byline.has_date:
            return


def _above_buttons(sheet: Sheet, end: int) -> int:
    """Return the position from which a few lines that are no counters or buttons stand above the end."""
    left = LINES_BEFORE
    while end and left:
        end -= 1
        left -= not edge_furniture(sheet.entries[end].text)
    return end


def _claim_about_the_author(sheet: Sheet, head: Masthead, end: int) -> None:
    """Claim the last paragraph where it says who the author is, by full name and in the third person."""
    last = next((entry for entry in reversed(sheet.entries[head.end : end]) if entry.open), None)
    if last and any(re.match(rf"{re.escape(name)} {ABOUT}", last.text[:200]) for name in head.byline.authors):
        last.claim(Role.FURNITURE, "about the author")


def _signature(sheet: Sheet, position: int) -> Byline | None:
    """Read a byline at the foot, where only words that say so ("by", "Posted on") can be trusted."""
    entry = sheet.entries[position]
    if entry.fixed or entry.role not in (None, Role.FURNITURE) or entry.is_prose:
        return None
    if is_label(sheet.entries[position - 1].text):
        names = split_names(entry.text, lenient=True)
        return Byline(authors=names, signed=True) if names else None
    byline = parse_byline(entry.text)
    if byline is None or not (byline.signed or (byline.has_date and (byline.authors or entry.open))):
        return None
    return byline
