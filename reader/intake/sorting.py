"""The order in which the rules go over the lines: furniture, masthead, endings, edges; what is left is the body."""

import re
from dataclasses import replace
from itertools import pairwise, zip_longest

from reader.intake.boxes import claim_boxes
from reader.intake.bylines import AVATAR, Byline, parse_byline
from reader.intake.contents import claim_contents
from reader.intake.endings import CUT_NOTICE, read_cut_notice, read_ending
from reader.intake.findings import Masthead, Sorted
from reader.intake.furniture import edge_furniture, furniture, is_divider, loose_furniture
from reader.intake.heads import read_head
from reader.intake.lines import BY_THE_READER, SENTENCE_END, Entry, Role, Sheet, key_of
from reader.intake.mastheads import ABOVE, BESIDE, REPEATED, claim_repeats, claim_subtitle, sort_masthead
from reader.intake.paywalls import read_cut, says_paid
from reader.intake.phrases import COUNTING, RIGHTS, SHARING
from reader.intake.pictures import claim_alts, claim_credits
from reader.intake.platforms import recognise
from reader.intake.polls import claim_polls
from reader.intake.publications import as_shown, from_copyright, named_publication
from reader.intake.signoffs import read_sign_off
from reader.intake.sponsors import claim_sponsors
from reader.intake.verse import keep_verse

FOOTNOTE = "a footnote's number"
TOPIC = "a subject"
RULE = "a dividing line"
RULED_LINES = 4000  # at each end; the middle of something longer is body
FOOTNOTE_NUMBER = re.compile(r"\[?(\d{1,2})\]?")
MAX_FOOTNOTES = 60
HEAD_LINES = 40
MENU_LINES = 25  # above the piece that are still looked at, for the name of the place
NAMED_BUTTON = re.compile(
    r"(?:share|message|follow|support|(?:get )?more from|subscribe to|upgrade to|join|chat with|about) "
    r"(?P<name>.{2,80})",
    re.IGNORECASE,
)
# What one does with a publication; "Message Jane Doe" is about a person.
NAMING_BUTTON = re.compile(r"(?:share|subscribe to|upgrade to|get more from) (?P<name>.{2,80})", re.IGNORECASE)


def sort(sheet: Sheet, head: Masthead) -> Sorted:
    """Claim every line that is not body; `head` may hold what metadata already told."""
    _claim_regions(sheet)
    sheet = _without_menus(sheet)
    _keep_numbering(sheet)
    keep_verse(sheet)
    read_head(sheet, head)
    claim_contents(sheet)
    _claim_phrases(sheet)
    claim_credits(sheet)
    _name_publication(sheet, head, sure=False)
    sort_masthead(sheet, head)
    _name_publication(sheet, head, sure=True)
    _name_sender(sheet, head)
    claim_subtitle(sheet, head)
    claim_repeats(sheet, head)
    _claim_standing_alone(sheet, head.end)
    _claim_named(sheet, head)
    claim_boxes(sheet, head.end)
    claim_polls(sheet)
    claim_sponsors(sheet)
    claim_alts(sheet)
    result = Sorted(head)
    read_cut_notice(sheet, result)
    read_ending(sheet, result)
    if result.cut is None:
        read_sign_off(sheet, head)
    _claim_edges(sheet, head)
    _claim_topics(sheet)
    _claim_footnote_numbers(sheet)
    _claim_above(sheet)
    if result.cut is None:
        _keep_something(sheet)
    result.marked_paid = marked_paid(sheet, head)
    return result


def _claim_regions(sheet: Sheet) -> None:
    """Claim what stands in the page's other parts, and close the middle of what is very long to the rules."""
    for position, entry in enumerate(sheet.entries):
        if entry.open and entry.region:
            entry.claim(Role.FURNITURE, entry.region)
        if RULED_LINES <= position < len(sheet.entries) - RULED_LINES:
            entry.fixed = True


def _without_menus(sheet: Sheet) -> Sheet:
    """The lines from a little above the first that may be the piece's: some pages open with hundreds of links."""
    first = next((position for position, entry in enumerate(sheet.entries) if not entry.region), 0)
    return Sheet(sheet.entries[max(first - MENU_LINES, 0) :])


def _keep_numbering(sheet: Sheet) -> None:
    """Keep numbers that count the parts of a piece: 1, 2 and so on, each above some words."""
    counted = [
        entry
        for entry, below in pairwise(sheet.entries)
        if len(entry.text) < 3 and entry.text.isdecimal() and below.words > 5
    ]
    numbers = [entry.text for entry in counted]
    if len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        for entry in counted:
            entry.fixed = True


def _claim_phrases(sheet: Sheet) -> None:
    for entry, below in zip_longest(sheet.entries, sheet.entries[1:]):
        if entry.open and not entry.fixed and not _heads(entry, below):
            cut = read_cut(entry.text)
            reason = CUT_NOTICE if cut and cut.paid else furniture(entry.text)
            if reason:
                entry.claim(Role.FURNITURE, reason)


def _heads(entry: Entry, below: Entry | None) -> bool:
    """Whether one word that could be a button is marked as a heading of the text below it."""
    return entry.words == 1 and entry.level > 1 and below is not None and below.is_prose


def _name_publication(sheet: Sheet, head: Masthead, *, sure: bool) -> None:
    """Name the publication from the furniture; while nothing else is known, the foot counts only if the head agrees."""
    if head.publication is None:
        ruled = [entry for entry in sheet.entries if not entry.fixed]
        last = max((n for n, e in enumerate(ruled) if e.open and e.is_prose), default=0)
        said = [
            entry.text
            for position, entry in enumerate(ruled)
            if (entry.role is Role.FURNITURE or loose_furniture(entry.text) or read_cut(entry.text))
            and not (entry.reason == RIGHTS and position < last)  # the credit of a picture
        ]
        top = [entry.text for entry in ruled[:HEAD_LINES] if not entry.is_prose]
        authors = head.byline.authors
        named = named_publication(said, authors)
        owner = from_copyright(said, authors)
        anybody = from_copyright(said, ("",)) if sure and not (named or owner or authors) else None
        shown = as_shown(named or owner or anybody or "", top)
        if shown and shown.isupper():
            shown = named or owner
        head.publication = shown or named or (owner if sure else None)


def _name_sender(sheet: Sheet, head: Masthead) -> None:
    """Take for the publication a mail's sender whom a button names: a newsletter's name can look like a person's."""
    authors = head.byline.authors
    if head.start and head.publication is None and len(authors) == 1 and _is_named_by_button(sheet, authors[0]):
        head.publication, head.byline = authors[0], replace(head.byline, authors=())
    for entry in sheet.entries[: head.start]:
        if (
            entry.role is Role.AUTHOR
            and head.publication
            and head.publication in entry.text
            and not head.byline.authors
        ):
            entry.claim(Role.PUBLICATION)


def _is_named_by_button(sheet: Sheet, name: str) -> bool:
    buttons = (NAMING_BUTTON.fullmatch(entry.text) for entry in sheet.entries if len(entry.text) < 100)
    return any(button and key_of(button["name"]) == key_of(name) for button in buttons)


def _claim_standing_alone(sheet: Sheet, start: int) -> None:
    """Claim loose phrases that are too short to be a sentence of the author's, from the middle too."""
    for entry in sheet.entries[start:]:
        if entry.open and not entry.fixed and entry.words <= 8 and not entry.text.endswith((".", "!", "?", ",")):
            reason = loose_furniture(entry.text)
            if reason:
                entry.claim(Role.FURNITURE, reason)


def _claim_named(sheet: Sheet, head: Masthead) -> None:
    """Claim the buttons that carry the name of the publication or an author: "Share The Ledger", "Message Jane Doe"."""
    names = {key_of(name) for name in (head.publication, *head.byline.authors) if name}
    for entry in sheet.open_entries():
        match = NAMED_BUTTON.fullmatch(entry.text) if len(entry.text) < 100 and not entry.fixed else None
        if match and key_of(match["name"]) in names:
            entry.claim(Role.FURNITURE, SHARING)
        elif len(entry.text) < 100 and AVATAR.fullmatch(entry.text):
            entry.claim(Role.FURNITURE, REPEATED)


def _claim_edges(sheet: Sheet, head: Masthead) -> None:
    """Claim buttons, counters and loose phrases before the first and after the last paragraph and beside furniture."""
    entries = sheet.entries
    prose = [
        p for p, e in enumerate(entries) if p >= head.end and e.open and e.is_prose and not loose_furniture(e.text)
    ]
    first, last = (prose[0], prose[-1]) if prose else (-1, len(entries))
    _claim_topics_at_both_ends(entries, first, last)
    downwards = range(len(entries))
    for position in (*downwards, *reversed(downwards)):
        entry = entries[position]
        if not entry.open or entry.fixed:
            continue
        at_edge = not first <= position <= last and not entry.is_prose
        if (at_edge and not _heads_sentence(entries, position)) or _beside_furniture(entries, position):
            _claim_edge(entry, head.byline)


def _claim_topics_at_both_ends(entries: list[Entry], first: int, last: int) -> None:
    """Claim the short lines that stand both above the first paragraph and below the last: subjects."""
    above = {key_of(e.text) for e in entries[: max(first, 0)] if e.words <= 4 and (e.open or e.reason == ABOVE)}
    below = {key_of(e.text) for e in entries[last + 1 :] if e.words <= 4 and e.open}
    for entry in (*entries[: max(first, 0)], *entries[last + 1 :]):
        if entry.open and not entry.fixed and entry.words <= 4 and key_of(entry.text) in above & below:
            entry.claim(Role.FURNITURE, TOPIC)


def _claim_edge(entry: Entry, known: Byline) -> None:
    authors = known.authors
    reason = loose_furniture(entry.text) or (None if entry.level else edge_furniture(entry.text))
    byline = parse_byline(entry.text)
    if is_divider(entry.text):
        entry.claim(Role.FURNITURE, RULE)
    elif reason:
        entry.claim(Role.FURNITURE, reason)
    elif byline and byline.signed and byline.is_by(authors):
        entry.claim(Role.AUTHOR)
    elif byline and byline.dated and byline.dated == known.dated and not byline.authors:
        entry.claim(Role.DATE)
    elif len(entry.text) < 100 and key_of(entry.text) in {key_of(name) for name in authors}:
        entry.claim(Role.FURNITURE, REPEATED)


def _heads_sentence(entries: list[Entry], position: int) -> bool:
    """Whether one word with a gap above it and a sentence right below it is a heading, though no mark says so."""
    entry, below = entries[position], entries[position + 1 : position + 2]
    if entry.words > 1 or entry.gap_after or not below or (position and not entries[position - 1].gap_after):
        return False
    return below[0].open and below[0].words > 3 and SENTENCE_END.search(below[0].text[-12:]) is not None


def _beside_furniture(entries: list[Entry], position: int) -> bool:
    neighbours = entries[max(position - 1, 0) : position] + entries[position + 1 : position + 2]
    return any(not e.open and e.reason not in (BY_THE_READER, FOOTNOTE) for e in neighbours)


def _claim_topics(sheet: Sheet) -> None:
    """Claim the subjects that Medium lists between a piece and its claps."""
    pairs = list(pairwise(sheet.entries))
    if not any(entry.open and below.reason in (COUNTING, TOPIC) for entry, below in pairs):
        return
    if recognise(entry.text for entry in sheet.entries if not entry.open) != "medium":
        return
    for entry, below in reversed(pairs):
        if entry.open and (entry.is_prose or SENTENCE_END.search(entry.text)):
            return
        if entry.open and below.reason in (COUNTING, TOPIC):
            entry.claim(Role.FURNITURE, TOPIC)


def _claim_footnote_numbers(sheet: Sheet) -> None:
    """Claim a number that stands alone above a note, where the text has the same number glued to a word."""
    numbered = [(e, m[1]) for e in sheet.open_entries() if len(e.text) < 5 and (m := FOOTNOTE_NUMBER.fullmatch(e.text))]
    if not 0 < len(numbered) <= MAX_FOOTNOTES:
        return
    text = "\n".join(entry.text for entry in sheet.open_entries())
    for entry, number in numbered:
        if re.search(rf"(?:[^\W\d_]|\d{{4}}(?=[.,;]))[.,;:!?”\"’)\]]*\[?{number}\]?(?![\w%])", text):
            entry.claim(Role.FURNITURE, FOOTNOTE)


def _claim_above(sheet: Sheet) -> None:
    """Claim what stands above the piece and turned out to be nothing of its masthead."""
    for entry in sheet.open_entries():
        if entry.above:
            entry.claim(Role.FURNITURE, BESIDE)


def _keep_something(sheet: Sheet) -> None:
    """A piece is never nothing: where all was taken for furniture, it is the body after all."""
    if any(entry.in_body for entry in sheet.entries):
        return
    for entry in sheet.entries:
        if entry.role is Role.FURNITURE and entry.reason != BY_THE_READER and not entry.region:
            entry.role, entry.reason = None, ""


def marked_paid(sheet: Sheet, head: Masthead) -> bool:
    """Whether the masthead says that the piece is for those who pay."""
    return head.byline.paid or any(says_paid(entry.text) for entry in sheet.entries[: head.end] if not entry.open)


def is_preview(sheet: Sheet) -> bool:
    """Whether a button or mark beside the piece calls it a preview."""
    buttons = (e for e in sheet.entries if e.role is Role.FURNITURE and len(e.text) < 40)
    return any(key_of(entry.text) in {"preview", "free preview"} for entry in buttons)
