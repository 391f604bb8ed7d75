"""How a letter ends: a closing formula, the full name of who wrote it, and what they do."""

import re

from reader.intake.bylines import Byline
from reader.intake.findings import Masthead
from reader.intake.furniture import edge_furniture
from reader.intake.lines import SENTENCE_END, Entry, Role, Sheet
from reader.intake.names import split_names
from reader.intake.tables import alternatives

SIGN_OFF = "a sign-off"
FORMULA = alternatives(r"""
    (?:(?:with )?(?:my |our )?(?:very |all )?(?:best|warm|warmest|kind|kindest|many|friendly)\s)?
        (?:best|regards|wishes|thanks|greetings|best wishes)(?: from .{2,30})?[,.!–—]?
    (?:yours?|very truly|respectfully|sincerely|faithfully)(?: (?:truly|sincerely|faithfully|yours|in .{2,20}))?[,.!–—]?
    (?:cheers|onward|onwards|thank you|take care|all the best|in solidarity|
        with (?:love|gratitude|thanks|regards))[,.!–—]?
    (?:until|till|see you|talk to you|more|back) (?:next (?:week|month|time|issue)|soon|then|tomorrow)[,.!–—]?
    (?:mit )?(?:freundliche[nm]?|herzliche[nm]?|beste[nm]?|viele[nm]?|liebe[nm]?) grü(?:ß|ss)en?[,.!]?
    bis (?:bald|nächste woche)[,.!]?
    (?:bien )?cordialement[,.!]?|bien à vous[,.!]?|amicalement[,.!]?|à (?:bientôt|la semaine prochaine)[,.!]?
    (?:un )?(?:saludos?|abrazo)(?: cordial(?:es)?)?[,.!]?|atentamente[,.!]?|cordiali saluti[,.!]?|a presto[,.!]?
    (?:met )?(?:vriendelijke|hartelijke) groet(?:en)?[,.!]?|groeten[,.!]?|(?:um )?abraços?[,.!]?|atenciosamente[,.!]?
""")
POSTSCRIPT = re.compile(r"p\.?\s?s\.?\b", re.IGNORECASE)
MOST_BELOW, LONGEST_LINE = 4, 16  # lines below the formula, and words in each


def read_sign_off(sheet: Sheet, head: Masthead) -> None:
    """Claim the last lines where they sign the piece by full name; it counts where nothing above names an author."""
    tail = [e for e in sheet.entries[head.end :] if e.open and not edge_furniture(e.text)][-MOST_BELOW - 2 :]
    start = next((n for n, e in enumerate(tail) if n + 1 < len(tail) and _is_formula(e)), None)
    if start is None:
        _claim_signature(tail, head)
        return
    formula, signature, *rest = tail[start:]
    names = split_names(signature.text.strip("–— "))
    byline = Byline(authors=names[:1], signed=True)
    postscript = bool(rest) and POSTSCRIPT.match(rest[0].text) is not None
    if not names or (any(_goes_on(entry) for entry in rest) and not postscript):
        return
    if head.byline.authors and not byline.is_by(head.byline.authors):
        return
    head.byline |= byline
    if postscript:
        signature.fixed = True
        return
    signature.claim(Role.AUTHOR)
    for entry in (formula, *rest):
        entry.claim(Role.FURNITURE, SIGN_OFF)


def _claim_signature(tail: list[Entry], head: Masthead) -> None:
    """Claim the author's name at the very end, and the line or two below it that say what they do."""
    at = next((n for n, entry in enumerate(tail) if n and entry.text in head.byline.authors), len(tail))
    rest = tail[at + 1 :]
    if rest and len(rest) < MOST_BELOW and not any(_goes_on(entry) for entry in rest):
        tail[at].claim(Role.AUTHOR)
        for entry in rest:
            entry.claim(Role.FURNITURE, SIGN_OFF)


def _is_formula(entry: Entry) -> bool:
    return not entry.fixed and len(entry.text) < 60 and FORMULA.fullmatch(entry.text) is not None


def _goes_on(entry: Entry) -> bool:
    """Whether the piece goes on below the signature (a postscript, say)."""
    return entry.fixed or bool(entry.level) or entry.words > LONGEST_LINE or bool(SENTENCE_END.search(entry.text[-12:]))
