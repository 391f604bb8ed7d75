"""Whether the file of a mail goes to its end: one that was saved or copied only in part does not."""

import re
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message

BREAKS_OFF = "The file of this mail breaks off"
NO_END = f"{BREAKS_OFF}: its last part has no end."
NO_PART = f"{BREAKS_OFF}: the part with its words is empty."
IN_THE_MIDST = f"{BREAKS_OFF} in the midst of its words."
BEFORE_WORDS = f"{BREAKS_OFF} before its words begin."

OPENED = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
ENDS = frozenset([CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect])
LAST = 4000  # characters; lists and virus scanners write below the end of a page


def lacks_its_end(message: "Message[str, str]", most: int) -> bool:
    """Whether a part that holds others is never closed, as each is in a whole file; so many parts are looked at."""
    return any(
        type(defect) in ENDS for _, part in zip(range(most), message.walk(), strict=False) for defect in part.defects
    )


def break_in(parts: "list[Message[str, str]]", html: str, text: str, *, unended: bool) -> str:
    """What shows that a letter of these parts and words is not all there; nothing where it may be."""
    if CLOSED.search(html[-LAST:]):
        return ""  # if something lacks behind its words, it is a picture or an attachment, and that is told elsewhere
    if unended:
        return NO_END
    if not html and any(is_blank(part) for part in parts if part.get_content_type() == "text/html"):
        return NO_PART
    return IN_THE_MIDST if stops_short(parts) or is_open(html) else ""


def is_blank(part: "Message[str, str]") -> bool:
    payload = part.get_payload()
    return part.get_content_disposition() != "attachment" and isinstance(payload, str) and not payload.strip()


def is_open(html: str) -> bool:
    """Whether a page that was begun ends within a sentence or a tag."""
    return OPENED.search(html) is not None and not html.rstrip().endswith(">")


def stops_short(parts: "list[Message[str, str]]") -> bool:
    """Whether the one part of a mail stops within a character that was to be sent encoded."""
    payload = parts[0].get_payload() if len(parts) == 1 else None
    encoding = str(parts[0].get("Content-Transfer-Encoding", "")).strip().lower() if parts else ""
    if not isinstance(payload, str) or parts[0].get_content_maintype() != "text":
        return False
    if encoding == "base64":
        return len(re.sub(r"\s", "", payload)) % 4 != 0
    return encoding == "quoted-printable" and re.search(r"=[0-9A-F]?\s*\Z", payload) is not None
