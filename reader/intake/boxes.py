"""Boxes between the paragraphs whose lines are told only by each other: a form to sign up, a cookie notice, links."""

import re

from reader.intake.furniture import edge_furniture
from reader.intake.lines import Entry, Role, Sheet, key_of
from reader.intake.phrases import ACCOUNT, COOKIES, JOINTS, PLAYING, RELATING, SUBSCRIBING
from reader.intake.tables import alternatives, phrases

SIGN_UP = alternatives(r"""
    (?:sign up|subscribe|register|join)\b(?: (?:for|to|up))? .{2,80}
    get .{2,60} (?:in|to|delivered to|straight to) your (?:inbox|e-?mail)\b.{0,40}
    (?:stay|keep) (?:in the loop|up to date|updated|informed|in touch|ahead)\b.{0,60}
    (?:enjoy(?:ing|ed)?|like|liked|love|loving) (?:this|what you|the)\b.{0,60}\?.{0,40}
    (?:join|over) NUMBER\+? .{2,60}
    .{2,60} newsletter
""")
ADDRESS_FIELD = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}")
COOKIE_TALK = re.compile(r"\bcookies?\b", re.IGNORECASE)
CONSENT = frozenset(
    phrases("""
    accept | accept all | reject | reject all | decline | got it | i agree | manage preferences | cookie settings |
    ok got it | allow all | deny | necessary only | manage settings | akzeptieren | ablehnen | alle akzeptieren |
    accepter | refuser | tout accepter | accept cookies | accept all cookies | preferences | customise | customize |
    okay | ok | i accept | agree
    """)
)
SURE_CONSENT = CONSENT - {"preferences", "customise", "customize", "okay", "ok", "agree", "deny", "accept", "decline"}
LINKS = alternatives(r"""
    (?:related|recommended|suggested|further|more|most|popular|top)
        \s(?:posts?|articles?|stories|reading|reads?|coverage|links|content|popular)(?: (?:from|on|in) .{1,60})?:?
    (?:you (?:might|may) also (?:like|enjoy|be interested in)|more on this(?: (?:story|topic))?|more like this|
        what to read next|(?:read|up) next|editors?'?s? (?:picks|choice)|trending(?: now)?|most (?:read|popular)|
        from (?:the|our) archives?|in case you missed it|don't miss):?
    (?:mehr zum thema|das könnte sie auch interessieren|lesen sie auch|à lire aussi|lire aussi|le(?:e|er) también)\s?:?
""")
LINK = re.compile(r"(?:[-*•▸›→]\s?)?[^\s].{5,150}(?<![.!…,;:])")
LENGTH = re.compile(r"\(?(?:\d{1,3}:\d\d(?::\d\d)?|\d{1,3}\s?min(?:ute)?s?)(?: (?:listen|audio))?\)?", re.IGNORECASE)
MOST_INSIDE, LONGEST_INSIDE = 4, 16  # lines and words between the head of a form and its button
MOST_LINKS, LONGEST_LINK = 8, 20


def claim_boxes(sheet: Sheet, start: int) -> None:
    """Claim what stands in boxes below a position; each is known by more than one of its lines."""
    for position in range(start, len(sheet.entries)):
        entry = sheet.entries[position]
        if entry.fixed or len(entry.text) > 400:
            continue
        for inside in (*_form(sheet, position), *_consent(sheet, position), *_links(sheet, position)):
            inside.claim(Role.FURNITURE, inside.reason or _reason(entry))
        if entry.open and position and sheet.entries[position - 1].role is Role.FURNITURE:
            _claim_rest(sheet.entries[position - 1], entry)


def _reason(head: Entry) -> str:
    if COOKIE_TALK.search(head.text):
        return COOKIES
    return RELATING if LINKS.fullmatch(head.text) else SUBSCRIBING


def _open(lines: list[Entry]) -> list[Entry]:
    return [line for line in lines if line.open and not line.fixed]


def _form(sheet: Sheet, position: int) -> list[Entry]:
    """Return the open lines of a form: from words that invite to sign up to its field, its button and what they say."""
    head = sheet.entries[position]
    plain = head.text.replace("’", "'")
    if not (head.open or head.reason == SUBSCRIBING) or head.words > LONGEST_INSIDE or not SIGN_UP.fullmatch(plain):
        return []
    lines = sheet.entries[position + 1 : position + 2 + MOST_INSIDE]
    field = next((n for n, line in enumerate(lines) if _is_field(line)), None)
    button = next((n for n, line in enumerate(lines) if _is_button(line)), None)
    end = button if button is not None else field
    if end is None or any(line.is_prose or line.words > LONGEST_INSIDE or line.level for line in lines[:end]):
        return []
    spaced = any(line.gap_after for line in (head, *lines[:end])) or head.text.endswith(".")
    return _open([head, *lines[: end + 1]]) if field is not None or not spaced else []


def _is_field(line: Entry) -> bool:
    if line.open:
        return ADDRESS_FIELD.fullmatch(line.text[:120]) is not None
    return line.reason == SUBSCRIBING and "email" in line.text.lower().replace("-", "")[:60]


def _is_button(line: Entry) -> bool:
    return line.reason == SUBSCRIBING and line.words <= 4


def _consent(sheet: Sheet, position: int) -> list[Entry]:
    """Return the notice that a site uses cookies and the buttons below it."""
    head = sheet.entries[position]
    if not (head.open or head.reason == COOKIES) or not COOKIE_TALK.search(head.text):
        return []
    end = position + 1
    while end < len(sheet.entries) and key_of(sheet.entries[end].text[:40]) in CONSENT:
        end += 1
    buttons = sheet.entries[position + 1 : end]
    sure = len(buttons) > 1 or any(key_of(button.text) in SURE_CONSENT for button in buttons)
    return _open([head, *buttons]) if sure else []


def _links(sheet: Sheet, position: int) -> list[Entry]:
    """Return a list of links to other pieces: a head, and right under it lines that are headlines, up to a gap."""
    head = sheet.entries[position]
    plain = head.text.replace("’", "'")
    if not (head.open or head.role is Role.FURNITURE) or head.gap_after or not LINKS.fullmatch(plain):
        return []
    lines: list[Entry] = []
    for line in sheet.entries[position + 1 : position + 1 + MOST_LINKS]:
        if line.words > LONGEST_LINK or not (LINK.fullmatch(line.text) or edge_furniture(line.text)):
            return []
        lines.append(line)
        if line.gap_after:
            return _open([head, *lines])
    return []


def _claim_rest(before: Entry, entry: Entry) -> None:
    """Claim a line that completes the button above it: "Login" or "Subscribe" to participate, how long it plays."""
    if before.reason in (ACCOUNT, SUBSCRIBING) and entry.text.lower() in JOINTS:
        entry.claim(Role.FURNITURE, ACCOUNT)
    elif before.reason == PLAYING and len(entry.text) < 30 and LENGTH.fullmatch(entry.text):
        entry.claim(Role.FURNITURE, PLAYING)
