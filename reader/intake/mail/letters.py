"""One mail as it lies in a file: the words that somebody wrote, and what its head says of them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser

from reader.intake.mail.headers import Sender, in_charset, said, sender_of, sent_at, web_address
from reader.intake.mail.wholeness import BEFORE_WORDS, break_in, lacks_its_end

MOST_BYTES = 25 * 1024 * 1024  # of a mail with all its attachments; most servers take no more
MOST_WORDS = 5 * 1024 * 1024  # of the words and their markup
MOST_PARTS, DEEPEST, MOST_LINES_OF_HEAD = 500, 5, 2000
SIGN_OF_HEAD = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|list-id):", re.IGNORECASE | re.MULTILINE
)

CID = re.compile(r"\bcid:", re.IGNORECASE)

TOO_LARGE = "This mail is larger than 25 MB. Save its text as a file, and upload that."
NO_MAIL = "This is no mail: it has neither a sender nor a subject."
NO_WORDS = "This mail holds no words: an attachment alone, or nothing."
TOO_NESTED = "This mail is made of parts within parts without end, so it was left alone."


class NoLetter(ValueError):
    """There is no mail to read in these bytes; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail: either `html` or `text` has its words."""

    sender: Sender
    subject: str = ""
    sent: datetime | None = None
    message_id: str = ""
    url: str | None = None
    html: str = ""
    text: str = ""
    forwarded_by: str = ""  # the address of who passed it on
    doubtful: str = ""  # a date that cannot be
    cut: str = ""  # what shows that the file breaks off before the letter ends
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # that came along, by their names in the words

    @property
    def key(self) -> str:
        """The same for every copy of this letter, whole or broken off; nothing where its head tells too little.

        Never by the Message-ID alone: there are programs that give each of their letters the same.
        """
        if not self.message_id and not (self.sent and self.sender.key):
            return ""
        told = [self.message_id, self.sender.key, self.subject, self.sent.isoformat() if self.sent else ""]
        return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()


def read_letter(data: bytes) -> Letter:
    """The mail in these bytes; of one that was passed on as an attachment, that.

    Raises:
        NoLetter: it is none, or holds no words.
    """
    if len(data) > MOST_BYTES:
        raise NoLetter(TOO_LARGE)
    if not SIGN_OF_HEAD.search(data[:65536]):
        raise NoLetter(NO_MAIL)
    try:
        message = BytesParser().parsebytes(data.lstrip(b"\r\n \t\xef\xbb\xbf"))
        return letter_of(message, unended=lacks_its_end(message, MOST_PARTS))
    except RecursionError:
        raise NoLetter(TOO_NESTED) from None


def letter_of(message: "Message[str, str]", depth: int = 0, *, unended: bool = False) -> Letter:
    parts = list(parts_of(message))
    html, text = body_of(parts)
    enclosed = next((part for part in parts if part.get_content_type() == "message/rfc822"), None)
    if enclosed is not None and depth < DEEPEST and is_short(html, text):
        inner = enclosed.get_payload(0) if enclosed.is_multipart() else None
        if isinstance(inner, Message):
            return replace(letter_of(inner, depth + 1, unended=unended), forwarded_by=sender_of(message).address)
    if not (html or text).strip():
        raise NoLetter(BEFORE_WORDS if unended else NO_WORDS)
    if len(html) > MOST_WORDS or len(text) > MOST_WORDS:
        raise NoLetter(TOO_LARGE)
    sent = sent_at(message, datetime.now(UTC))
    return Letter(
        sender=sender_of(message),
        subject=said(message, "Subject"),
        sent=sent,
        doubtful="" if sent else said(message, "Date")[:60],
        message_id=said(message, "Message-ID").strip("<> ")[:300],
        url=web_address(message),
        html=html,
        text="" if html else text,
        pictures=pictures_of(parts) if CID.search(html) else {},
        cut=break_in(parts, html, text, unended=unended),
    )


def is_short(html: str, text: str) -> bool:
    """Whether the words around an enclosed mail are a note that came with it."""
    return len(re.sub(r"<[^>]*>", " ", html or text).split()) < 120


def parts_of(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """The parts that are no containers, in order; an enclosed mail is one and is not opened."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and part.get_content_maintype() != "message":
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part


def body_of(parts: list["Message[str, str]"]) -> tuple[str, str]:
    """The words as HTML and as plain text; of several parts of a kind the first that is no attachment."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    html = next(filter(str.strip, (words_of(part) for part in shown if part.get_content_type() == "text/html")), "")
    text = next(filter(str.strip, (words_of(part) for part in shown if part.get_content_type() == "text/plain")), "")
    if not html and looks_like_html(text):
        html = text
    return html, text


def pictures_of(parts: list["Message[str, str]"]) -> dict[str, bytes]:
    """The enclosed pictures that words can name."""
    named = ((said(part, "Content-ID").strip("<> "), part) for part in parts if part.get_content_maintype() == "image")
    found = ((name, part.get_payload(decode=True)) for name, part in named if name)
    return {name: data for name, data in found if isinstance(data, bytes) and data}


def looks_like_html(text: str) -> bool:
    return re.match(r"\s*<(?:!doctype html|html|body|table|div)\b", text[:2000], re.IGNORECASE) is not None


def words_of(part: "Message[str, str]") -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset")
    name = charset[2] if isinstance(charset, tuple) else charset
    return in_charset(payload[: MOST_WORDS + 1], name).replace("\x00", "").replace("\r\n", "\n")
