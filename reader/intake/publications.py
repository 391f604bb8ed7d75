"""The name of the newsletter, from the furniture that repeats it."""

import re
from collections.abc import Iterable

from reader.intake.lines import MAX_PHRASE_LENGTH, key_of
from reader.intake.names import looks_like_name
from reader.intake.tables import words

ANYTHING = r"(?:[.,;].*| (?:at|on|via|with|using)\b.*)?"
NAMING = tuple(
    re.compile(pattern.replace("NAME", r"(?P<name>[^.!?]{2,60}?)").replace("ANYTHING", ANYTHING), re.IGNORECASE)
    for pattern in (
        r"subscribe to NAME to (?:keep|continue) reading\b.*",
        r"(?:thanks|thank you) (?:so much )?for (?:reading|listening to) NAME[.!](?:\s.*)?",
        r"NAME is a (?:reader|listener|viewer)[- ]supported (?:publication|newsletter|podcast|guide)\b.*",
        r"you(?:'re| are) (?:currently )?(?:a free subscriber|subscribed) to NAMEANYTHING",
        r"you.{1,80}\b(?:subscribed|signed up) (?:to|for) NAMEANYTHING",
        r"published in:? NAME",
        r"discover more from NAME",
        r"get NAME (?:in|delivered to) your inbox\b.*",
        r"unsubscribe from NAME",
        r"NAME is free today\. but if you enjoyed\b.*",
        r"you just read .{1,20} of NAME[.!](?:\s.*)?",
        r"(?:copyright |©|\(c\)|\s)*(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?,? NAME[.,]? all rights reserved\b.*",
        r"NAME ©\s?(?:19|20)\d\d.*",
        r"(?:subscribe|become a (?:paying |paid )?subscriber) (?:to|of) NAME to (?:unlock|get|read)\b.*",
        r"(?:more|all) posts (?:from|by|in) NAME",
        r"subscribe to NAME",
    )
)
#: What one of them needs at least: of a page's lines hardly any is looked at sixteen times.
TELLTALE = re.compile(
    r"subscribe|thank|supported|signed up|published in|discover more|inbox|is free today|just read|rights reserved|©|"
    r"\bposts\b",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"(?:copyright |©|\(c\)|\s)+(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?,?\s(?P<name>[^.!?∙·|•]{2,60})\.?", re.IGNORECASE
)
NOT_A_NAME = re.compile(
    r"(?:this|the|our|my|your|a)(?: \w+)? (?:post|newsletter|article|blog|work|list|emails?|mail|site|story|piece)s?|"
    r"(?:my|our|your|this|these|medium|substack|linkedin|patreon|the author|this far|along|us|me)\b.*|"
    r"new posts?|updates|.*\bto\b.*\bto\b.*",
    re.IGNORECASE,
)
POSTAL = re.compile(r",\s(?:\d|p\.?\s?o\.?\s?box\b).*", re.IGNORECASE)
TELLING = words("""
    newsletter weekly daily monthly times review journal dispatch letter letters report gazette blog podcast digest
    patterns ledger bulletin post memo notes brief briefing herald observer quarterly magazine chronicle almanac signal
    papers
""")


SECTIONS = words("""
    analysis opinion opinions news essays essay politics technology tech business markets world culture science economy
    economics finance frontpage features comment commentary ideas interview interviews guest climate energy ai reviews
    explainer exclusive premium newsletter newsletters podcast updates update research policy health sports people
    learning jobs
""")
TELLING_ENDS = ("周报", "日报", "周刊", "月刊", "杂志", "通讯", "评论", "時報", "时报")
COMPANY = re.compile(
    r",? (?:company|co|inc|llc|ltd|limited|media|media group|group|corp|corporation|gmbh|publishing|cooperative)\.?",
    re.IGNORECASE,
)


def named_publication(lines: Iterable[str], authors: Iterable[str] = ()) -> str | None:
    """Return the name that the page's own phrases give the publication ("Thanks for reading X!"), or None."""
    people = {key_of(name) for name in authors}
    short = [line.replace("’", "'") for line in lines if len(line) <= MAX_PHRASE_LENGTH and TELLTALE.search(line)]
    for pattern in NAMING:
        for line in short:
            match = pattern.fullmatch(line)
            if match and key_of(match["name"]) not in people and is_publication_name(match["name"]):
                return match["name"].strip(" ,'\"“”")
    return None


def from_copyright(lines: Iterable[str], authors: Iterable[str]) -> str | None:
    """Return whose copyright the foot claims, unless it is an author's, or could be where no author is known yet."""
    people = {key_of(name) for name in authors}
    for line in lines:
        match = OWNER.fullmatch(line) if len(line) <= MAX_PHRASE_LENGTH else None
        name = POSTAL.sub("", match["name"]).strip(" ,") if match else ""
        person = key_of(name) in people if people else looks_like_name(name) and not sounds_like_publication(name)
        if name and not person and is_publication_name(name):
            return name
    return None


def is_publication_name(text: str) -> bool:
    """Whether the words could name a publication at all: few, starting big, and not "my work" or "this post"."""
    return 0 < len(text.split()) <= 8 and not text[0].islower() and NOT_A_NAME.fullmatch(text) is None


def as_shown(name: str, lines: Iterable[str]) -> str | None:
    """Return the name as one of the lines shows it, which is without "Company", or None if no line does."""
    wanted = {key_of(name), key_of(COMPANY.sub("", name))} - {""}
    return next((line for line in lines if line and len(line) <= len(name) + 4 and key_of(line) in wanted), None)


def is_section(text: str) -> bool:
    """Whether the words only name a part of the paper ("Opinion", "Guest Essays", "Asia | The lights of Tema")."""
    parts = key_of(text.split(" | ")[0]).split()
    if " | " in text and len(parts) <= 2:
        return True
    return 0 < len(parts) <= 3 and all(part in SECTIONS or part == "&" for part in parts)


def sounds_like_publication(text: str) -> bool:
    """Whether a short line above a title names a newsletter by its very words ("The Compute Ledger")."""
    parts = key_of(text).split()
    return 0 < len(parts) <= 6 and (any(part in TELLING for part in parts) or parts[-1].endswith(TELLING_ENDS))
