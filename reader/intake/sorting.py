"""The order in which the rules go over the lines: furniture, masthead, endings, edges; what is left is the body."""

import re
from dataclasses import dataclass, replace

from reader.intake.bylines import Byline, is_label, parse_byline
from reader.intake.furniture import closing, edge_furniture, ending, furniture, is_divider, loose_furniture
from reader.intake.lines import MAX_PHRASE_LENGTH, Entry, Role, Sheet, key_of
from reader.intake.mailheads import sort_mail_head
from reader.intake.mastheads import REPEATED, Masthead, sort_masthead
from reader.intake.names import split_names
from reader.intake.paywalls import Cut, read_cut, says_paid
from reader.intake.pictures import claim_alts, claim_credits
from reader.intake.publications import from_copyright, named_publication
from reader.intake.sponsors import claim_sponsors

AFTER_THE_END = "after the end of the piece"
CUT_NOTICE = "a notice that the text stops here"
FOOTNOTE = "a footnote's number"
RULE = "a dividing line"
BY_THE_READER = "taken out by you"
LONGEST_AFTER = 60  # words of running text that may follow an ending and still be excerpts of other posts
RULED_LINES = 4000  # at each end; the middle of something longer is body
FOOTNOTE_NUMBER = re.compile(r"\[?(\d{1,2})\]?")
MAX_FOOTNOTES = 60


@dataclass(slots=True)
class Sorted:
    """What the lines said: the masthead, the notice where the text stops, whether the platform's footer followed it."""

    head: Masthead
    cut: Cut | None = None
    closed: bool = False


def sort(sheet: Sheet, head: Masthead) -> Sorted:
    """Claim every line that is not body; `head` may hold what metadata already told."""
    _read_mail_head(sheet, head)
    _claim_phrases(sheet)
    claim_credits(sheet)
    _name_publication(sheet, head)
    sort_masthead(sheet, head)
    _name_publication(sheet, head)
    _claim_standing_alone(sheet, head.end)
    claim_sponsors(sheet)
    claim_alts(sheet)
    result = Sorted(head)
    _read_cut(sheet, result)
    _read_ending(sheet, result)
    _claim_edges(sheet, head)
    _claim_footnote_numbers(sheet)
    if result.cut is None:
        _keep_something(sheet)
    return result


def _read_mail_head(sheet: Sheet, head: Masthead) -> None:
    mail = sort_mail_head(sheet)
    if mail is None:
        return
    head.start = head.end = mail.end
    head.title = head.title or mail.title
    head.publication = head.publication or mail.sender
    head.byline |= Byline(authors=mail.authors, dated=mail.dated, has_date=mail.dated is not None)


def _outskirts(sheet: Sheet) -> list[Entry]:
    entries = sheet.entries
    return entries if len(entries) <= 2 * RULED_LINES else entries[:RULED_LINES] + entries[-RULED_LINES:]


def _claim_phrases(sheet: Sheet) -> None:
    for entry in _outskirts(sheet):
        if entry.open and not entry.fixed:
            cut = read_cut(entry.text)
            reason = CUT_NOTICE if cut and cut.paid else entry.region or furniture(entry.text)
            if reason:
                entry.claim(Role.FURNITURE, reason)


def _name_publication(sheet: Sheet, head: Masthead) -> None:
    if head.publication is None:
        said = [
            e.text for e in _outskirts(sheet) if e.role is Role.FURNITURE or loose_furniture(e.text) or read_cut(e.text)
        ]
        authors = head.byline.authors
        head.publication = named_publication(said, authors) or from_copyright(said, authors)


def _claim_standing_alone(sheet: Sheet, start: int) -> None:
    """Claim loose phrases that are too short to be a sentence of the author's, from the middle too."""
    for entry in sheet.entries[start:]:
        if entry.open and not entry.fixed and entry.words <= 8 and not entry.text.endswith((".", "!", "?", ",")):
            reason = loose_furniture(entry.text)
            if reason:
                entry.claim(Role.FURNITURE, reason)


def _read_cut(sheet: Sheet, result: Sorted) -> None:
    """Find the notice where the text stops: one after which no running text comes back."""
    after = _prose_after(sheet)
    began = False
    for position, entry in enumerate(sheet.entries):
        began = began or (entry.open and position >= result.head.end)
        if position < result.head.end or after[position] > LONGEST_AFTER:
            continue
        cut = read_cut(entry.text) if entry.open or entry.reason else None
        if cut and (cut.paid or began):
            result.cut = cut
            entry.claim(Role.FURNITURE, CUT_NOTICE)
            return _claim_after(sheet, position)
    return None


def _prose_after(sheet: Sheet) -> list[int]:
    """Return for every position how many words of running text stand after it."""
    totals, words = [], 0
    for entry in reversed(sheet.entries):
        totals.append(words)
        if entry.open and entry.is_prose and not loose_furniture(entry.text):
            words += entry.words
    return totals[::-1]


def _read_ending(sheet: Sheet, result: Sorted) -> None:
    """Find the line that closes the piece; a byline below it still counts where there was none above."""
    after = _prose_after(sheet)
    began = False
    for position, entry in enumerate(sheet.entries):
        began = began or (entry.open and position >= result.head.end and not edge_furniture(entry.text))
        if not began or entry.fixed or entry.role not in (None, Role.FURNITURE):
            continue
        closed = closing(entry.text) is not None
        result.closed = result.closed or closed
        ends = ending(entry.text) or _signs_off(entry, result.head)
        if closed or (ends and after[position] <= LONGEST_AFTER):
            if entry.open:
                entry.claim(*((Role.AUTHOR, "") if _signs_off(entry, result.head) else (Role.FURNITURE, AFTER_THE_END)))
            result.closed = result.closed or any(closing(e.text) for e in sheet.entries[position:])
            _read_byline_below(sheet, result.head, position)
            return _claim_after(sheet, position)
    return _read_byline_below(sheet, result.head, len(sheet.entries))


def _signs_off(entry: Entry, head: Masthead) -> bool:
    """Whether the line says once more who wrote the piece; what follows is about the author."""
    byline = parse_byline(entry.text) if entry.open and head.byline.authors else None
    return byline is not None and byline.signed and is_known(byline, head)


def is_known(byline: Byline, head: Masthead) -> bool:
    known = {key_of(name) for name in head.byline.authors}
    return bool(known) and {key_of(name) for name in byline.authors} <= known


def _claim_after(sheet: Sheet, position: int) -> None:
    for entry in sheet.entries[position + 1 :]:
        if entry.open:
            entry.claim(Role.FURNITURE, AFTER_THE_END)


def _read_byline_below(sheet: Sheet, head: Masthead, end: int) -> None:
    """Where nothing above the piece says who or when, look in the lines right around its end."""
    if head.byline.authors and head.byline.has_date:
        return
    first = max(head.end + 1, end - 4)
    for position in range(first, min(len(sheet.entries), end + 12)):
        entry = sheet.entries[position]
        byline = _signature(sheet, position)
        if byline is None:
            continue
        if head.byline.authors:
            byline = replace(byline, authors=())
        head.byline |= byline
        entry.claim(Role.AUTHOR if byline.authors else Role.DATE)
        if head.byline.authors and head.byline.has_date:
            return


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


def _claim_edges(sheet: Sheet, head: Masthead) -> None:
    """Claim buttons, counters and loose phrases before the first and after the last paragraph and beside furniture."""
    entries = sheet.entries
    authors = {key_of(name) for name in head.byline.authors}
    prose = [
        p for p, e in enumerate(entries) if e.open and p >= head.end and e.is_prose and not loose_furniture(e.text)
    ]
    first, last = (prose[0], prose[-1]) if prose else (-1, len(entries))
    for positions in (range(len(entries)), range(len(entries) - 1, -1, -1)):
        for position in positions:
            entry = entries[position]
            at_edge = not first <= position <= last and not entry.is_prose
            if entry.open and not entry.fixed and (at_edge or _beside_furniture(entries, position)):
                claim = _edge_claim(entry, authors)
                if claim:
                    entry.claim(*claim)


def _edge_claim(entry: Entry, authors: set[str]) -> tuple[Role, str] | None:
    if is_divider(entry.text):
        return Role.FURNITURE, RULE
    reason = loose_furniture(entry.text) or (None if entry.level else edge_furniture(entry.text))
    if reason:
        return Role.FURNITURE, reason
    byline = parse_byline(entry.text) if authors and len(entry.text) <= MAX_PHRASE_LENGTH else None
    if byline and byline.signed and {key_of(name) for name in byline.authors} <= authors:
        return Role.AUTHOR, ""
    return (Role.FURNITURE, REPEATED) if len(entry.text) < 100 and key_of(entry.text) in authors else None


def _beside_furniture(entries: list[Entry], position: int) -> bool:
    neighbours = entries[max(position - 1, 0) : position] + entries[position + 1 : position + 2]
    return any(not e.open and e.reason not in (BY_THE_READER, FOOTNOTE) for e in neighbours)


def _claim_footnote_numbers(sheet: Sheet) -> None:
    """Claim a number that stands alone above a note, where the text has the same number glued to a word."""
    numbered = [(e, m[1]) for e in sheet.open_entries() if len(e.text) < 5 and (m := FOOTNOTE_NUMBER.fullmatch(e.text))]
    if not 0 < len(numbered) <= MAX_FOOTNOTES:
        return
    text = "\n".join(entry.text for entry in sheet.open_entries())
    for entry, number in numbered:
        if re.search(rf"[^\W\d_][.,;:!?”\"’)\]]*\[?{number}\]?(?![\w%])", text):
            entry.claim(Role.FURNITURE, FOOTNOTE)


def _keep_something(sheet: Sheet) -> None:
    """A piece is never nothing: where all was taken for furniture, it is the body after all."""
    if any(sheet.open_entries()):
        return
    for entry in sheet.entries:
        if entry.role is Role.FURNITURE and entry.reason != BY_THE_READER and not entry.region:
            entry.role, entry.reason = None, ""


def marked_paid(sheet: Sheet, head: Masthead) -> bool:
    """Whether the masthead says that the piece is for those who pay."""
    return head.byline.paid or any(says_paid(entry.text) for entry in sheet.entries[: head.end] if not entry.open)


def is_preview(sheet: Sheet) -> bool:
    """Whether a button or mark beside the piece calls it a preview."""
    return any(e.role is Role.FURNITURE and key_of(e.text) in {"preview", "free preview"} for e in _outskirts(sheet))
