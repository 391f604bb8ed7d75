"""The head of a piece: title, subtitle, publication, authors and date, found from where they stand.

The byline is the fixed point: what stands above it is publication, title and subtitle. Where there is none, a short
first line that is no sentence is the title, and nothing else is guessed.
"""

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from reader.intake.bylines import Byline, is_label, parse_byline
from reader.intake.findings import Masthead
from reader.intake.furniture import BARE_COUNT, edge_furniture
from reader.intake.lines import Entry, Role, Sheet, key_of
from reader.intake.mailfields import is_marker, read_field
from reader.intake.mailtops import read_mail_top, read_numbered_name
from reader.intake.names import is_position, merge_names, split_names
from reader.intake.phrases import NAVIGATING
from reader.intake.publications import is_publication_name, is_section
from reader.intake.titles import choose_title

WITHIN = 80  # entries; no masthead, share buttons included, is longer
MOST_ABOVE = 14
OPENING = 4  # lines
ABOVE = "above the title"
BESIDE = "beside the title"
REPEATED = "a repeated title or name"
AFFILIATION = re.compile(
    r"\b(?:institut\w*|universit\w*|college|school|department|cent(?:re|er)|lab(?:oratory|s)?|foundation|academy|"
    r"hochschule|bank|society|council)\b",
    re.IGNORECASE,
)
DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}(?:/\S*)?", re.IGNORECASE)


def sort_masthead(sheet: Sheet, head: Masthead) -> None:
    """Claim the lines of the masthead and complete `head` with what they say."""
    _read_share_blocks(sheet, head)
    _read_publication_label(sheet, head)
    _read_name_below_follow(sheet, head)
    read_mail_top(sheet, head)
    bylines = _find_bylines(sheet, head)
    read_numbered_name(sheet, head, bylines)
    _prefer_signed(head, bylines)
    for position, byline in sorted(bylines.items()):
        head.byline |= byline
        only_names = byline.authors and not byline.has_date
        sheet.entries[position].claim(Role.AUTHOR if only_names or byline.authors else Role.DATE)
    if bylines:
        head.end = max(head.end, max(bylines) + 1)
    _extend_over_furniture(sheet, head)
    _name_title(sheet, head, signed=bool(bylines) or head.end > head.start)


def _prefer_signed(head: Masthead, bylines: dict[int, Byline]) -> None:
    """Take whom a mail's piece is signed by for its author, not who sent the mail."""
    signed = merge_names(*(byline.authors for byline in bylines.values() if byline.signed))
    if head.start and signed and not head.byline.signed and not set(signed) & set(head.byline.authors):
        head.byline = replace(head.byline, authors=())


def _read_share_blocks(sheet: Sheet, head: Masthead) -> None:
    """Read "Share this post", the publication twice, the title: the share dialogue as a copied page shows it."""
    entries = sheet.entries[:WITHIN]
    for position, entry in enumerate(entries):
        if key_of(entry.text) != "share this post" or len(entry.text) > 20:
            continue
        block = [follower.text for follower in entries[position + 1 : position + 4] if follower.open]
        if len(block) > 2 and block[0] == block[1]:
            head.publication = head.publication or block[0]
            head.title = head.title or _titled(block[2])
        elif len(block) > 1 and DOMAIN.fullmatch(block[1]):
            head.title = head.title or _titled(block[0])
            entries[position + 2].claim(Role.FURNITURE, REPEATED)


def _read_publication_label(sheet: Sheet, head: Masthead) -> None:
    """Read the name under a line that says only "Published in"."""
    for label, entry in pairwise(sheet.entries[:WITHIN]):
        if key_of(label.text[:20]) == "published in" and entry.open and is_publication_name(entry.text):
            label.claim(Role.FURNITURE, NAVIGATING)
            entry.claim(Role.PUBLICATION)
            head.publication = head.publication or entry.text


def _read_name_below_follow(sheet: Sheet, head: Masthead) -> None:
    """Read the publication between a button to follow the writer and the reading time or date."""
    entries = [entry for entry in sheet.entries[:WITHIN] if not BARE_COUNT.fullmatch(entry.text[:10])]
    for position, (writer, button) in enumerate(pairwise(entries)):
        if key_of(button.text[:20]) != "follow" or not split_names(writer.text):
            continue
        names = list(takewhile(lambda entry: parse_byline(entry.text) is None, entries[position + 2 :]))
        if not 1 <= len(names) <= 2 or names[0].text != names[-1].text or not is_publication_name(names[0].text):
            continue
        if key_of(names[0].text) != key_of(writer.text):
            head.publication = head.publication or names[0].text
            for name in names:
                name.claim(Role.PUBLICATION)


def _titled(text: str) -> str | None:
    return None if parse_byline(text) or edge_furniture(text) or len(text) > 300 else text


def _find_bylines(sheet: Sheet, head: Masthead) -> dict[int, Byline]:
    """Return the byline's lines by position; they stand above the running text, close to each other."""
    found: dict[int, Byline] = {}
    above: list[int] = []
    prose = 0
    for position, entry in _head_entries(sheet, head):
        byline = _byline_at(sheet, position)
        if byline is not None:
            if prose > 1 or (prose and not above and not byline.signed):
                break
            found[position] = byline
        elif found and (head.title or (above and above[0] < max(found))):
            names = _names_below(sheet, position, found, above)
            if names:
                found[position] = Byline(authors=names)
            elif not _is_between(sheet, position):
                break
            else:
                above.append(position)
        elif entry.is_prose and not entry.level:
            prose += 1
            if prose > 1:
                break
        else:
            above.append(position)
            if len(above) > MOST_ABOVE:
                break
    return _with_names_above(sheet, found, above, head)


def _head_entries(sheet: Sheet, head: Masthead) -> list[tuple[int, Entry]]:
    numbered = takewhile(
        lambda item: not _quotes_mail(item[1]), list(enumerate(sheet.entries[: head.start + WITHIN]))[head.start :]
    )
    return [(position, entry) for position, entry in numbered if entry.open and not edge_furniture(entry.text)]


def _quotes_mail(entry: Entry) -> bool:
    """Whether a mail begins here that the text quotes: its lines say nothing of the piece."""
    field = read_field(entry.text) if entry.open and "@" in entry.text else None
    return entry.open and (is_marker(entry.text) or (field is not None and field[0] in ("from", "to")))


def _byline_at(sheet: Sheet, position: int) -> Byline | None:
    entry = sheet.entries[position]
    if entry.level == 1 or entry.fixed:
        return None
    if position and is_label(sheet.entries[position - 1].text):
        names = split_names(entry.text, lenient=True)
        if names:
            return Byline(authors=names, signed=True)
    return Byline() if is_label(entry.text) else parse_byline(entry.text)


def _names_below(sheet: Sheet, position: int, found: dict[int, Byline], above: list[int]) -> tuple[str, ...]:
    """Return the authors whom a line below a byline names: once more, or for the first time right under the date."""
    text = sheet.entries[position].text
    known = merge_names(*(byline.authors for byline in found.values()))
    again = split_names(text) or (text,)
    if {key_of(name) for name in again} <= {key_of(name) for name in known}:
        return again
    named_before = known or (above and split_names(sheet.entries[above[-1]].text))
    return () if named_before or position - 1 not in found else split_names(text)


def _is_between(sheet: Sheet, position: int) -> bool:
    """Whether the byline goes on below one more line (what the author does, say, or the title below the date)."""
    following = sheet.entries[position + 1 : position + 2]
    if not following or sheet.entries[position].is_prose:
        return False
    byline = parse_byline(following[0].text) if following[0].open else None
    return byline is not None and (byline.has_date or byline.signed)


def _with_names_above(sheet: Sheet, found: dict[int, Byline], above: list[int], head: Masthead) -> dict[int, Byline]:
    """Add the bare names that stand directly above the byline, unless one of them must be the title."""
    if not found:
        return found
    authors = {key_of(name) for byline in found.values() for name in byline.authors}
    before = [position for position in above if position < min(found)]
    if len(before) > 2 and sheet.entries[before[-3]].text == sheet.entries[before[-2]].text:
        names = split_names(sheet.entries[before[-2]].text)
        if names and not split_names(sheet.entries[before[-1]].text):
            sheet.entries[before.pop()].claim(Role.FURNITURE, BESIDE)
    _claim_affiliation(sheet, before)
    while before:
        text = sheet.entries[before[-1]].text
        names = split_names(text)
        authors |= {key_of(name) for name in found[min(found)].authors}
        sure = bool(names) and {key_of(name) for name in names} <= authors
        first = not found[min(found)].authors or _is_joint(sheet.entries[before[-1] + 1])
        if not names or not (sure or (first and _has_title_besides(sheet, before[:-1], text, head))):
            break
        found[before.pop()] = Byline(authors=names)
    return found


def _claim_affiliation(sheet: Sheet, before: list[int]) -> None:
    """Claim the post or the institute that stands between a name and the date, and take it off those above it."""
    text = sheet.entries[before[-1]].text if len(before) > 2 else ""
    if text and (AFFILIATION.search(text) or is_position(text)) and split_names(sheet.entries[before[-2]].text):
        sheet.entries[before.pop()].claim(Role.FURNITURE, BESIDE)


def _is_joint(entry: Entry) -> bool:
    return entry.text.casefold() in {"and", "with", "&", ","}


def _has_title_besides(sheet: Sheet, above: list[int], text: str, head: Masthead) -> bool:
    known = {key_of(name) for name in (head.publication, text) if name}
    return head.title not in (None, text) or any(key_of(sheet.entries[p].text) not in known for p in above)


def _extend_over_furniture(sheet: Sheet, head: Masthead) -> None:
    """Claim the buttons and counters above the byline and right under it."""
    entries = sheet.entries[: head.end + WITHIN]
    for position, entry in enumerate(entries):
        reason = edge_furniture(entry.text) if entry.open and not entry.fixed else None
        if reason:
            entry.claim(Role.FURNITURE, reason)
        if position >= head.end:
            if entry.in_body:
                break
            head.end = position + 1


def _name_title(sheet: Sheet, head: Masthead, *, signed: bool) -> None:
    above = [entry for entry in sheet.entries[head.start : head.end] if entry.open]
    if head.title is None:
        head.title = choose_title(sheet, head, above)
    _claim_title(sheet, head)
    names = {key_of(name) for name in (head.title, head.publication) if name}
    titles = [
        e.number
        for e in sheet.entries[: head.end]
        if e.role is Role.TITLE or key_of(e.text[:300]) == key_of(head.title or "")
    ]
    title_at = max(titles, default=0)
    for entry in above:
        if not entry.open or key_of(entry.text) in names:
            continue
        if entry.number < title_at:
            _claim_above(sheet, head, entry)
        elif head.subtitle in (None, entry.text) and signed and not is_section(entry.text):
            head.subtitle = entry.text
            entry.claim(Role.SUBTITLE)
        elif not entry.is_prose:
            entry.claim(Role.FURNITURE, BESIDE)


def _claim_above(sheet: Sheet, head: Masthead, entry: Entry) -> None:
    opens = next((e for e in sheet.entries if e.role is not Role.FURNITURE), None) is entry
    authors = {key_of(name) for name in head.byline.authors}
    short = (entry.words > 1 or opens) and entry.words <= 6 and key_of(entry.text) not in authors
    if head.publication is None and short and is_publication_name(entry.text) and not is_section(entry.text):
        head.publication = entry.text
    is_name = key_of(entry.text) == key_of(head.publication or "")
    entry.claim(Role.PUBLICATION if is_name else Role.FURNITURE, "" if is_name else ABOVE)


def _claim_title(sheet: Sheet, head: Masthead) -> None:
    key = key_of(head.title or "")
    for entry in sheet.entries[: head.end + WITHIN]:
        if key and entry.open and len(entry.text) <= 300 and key_of(entry.text) == key:
            entry.claim(Role.TITLE)
            return


def claim_subtitle(sheet: Sheet, head: Masthead) -> None:
    """Claim the subtitle that is known, where it opens the piece and no byline stands by it."""
    key = key_of((head.subtitle or "")[:300])
    opening = list(sheet.open_entries())[:OPENING] if key else []
    found = next((entry for entry in opening if key_of(entry.text[:300]) == key), None)
    if found and not any(entry.role is Role.SUBTITLE for entry in sheet.entries[:WITHIN]):
        found.claim(Role.SUBTITLE)


def claim_repeats(sheet: Sheet, head: Masthead) -> None:
    """Claim every further line that is only the title or the publication's name again, wherever it stands."""
    names = {key_of(name): role for name, role in ((head.title, None), (head.publication, Role.PUBLICATION)) if name}
    names.pop("", None)
    seen = {key_of(e.text) for e in sheet.entries[:WITHIN] if e.role is Role.PUBLICATION}
    for entry in sheet.open_entries():
        key = key_of(entry.text) if len(entry.text) <= 300 and not entry.fixed else ""
        if key not in names:
            continue
        if names[key] is Role.PUBLICATION and key not in seen:
            seen.add(key)
            entry.claim(Role.PUBLICATION)
        else:
            entry.claim(Role.FURNITURE, REPEATED)
