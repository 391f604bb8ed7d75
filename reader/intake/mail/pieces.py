"""From a letter to the piece that it is: read as a page is, with what the mail's head tells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reader.intake.dates import Dated, Precision
from reader.intake.documents import Metadata
from reader.intake.extraction import Extracted, extracted
from reader.intake.lines import key_of
from reader.intake.mail.confirming import confirmation_link
from reader.intake.mail.forwards import unwrap
from reader.intake.mail.letters import NO_WORDS, Letter, NoLetter, read_letter
from reader.intake.mail.links import target_of
from reader.intake.mail.tidying import tidy_letter
from reader.intake.mailfields import read_values
from reader.intake.reading import Empty, Form, Reading, read

RULES = re.compile(r"(?:\s*<hr[^>]{0,100}>)+")  # that a mail program draws above what it passes on
MOST_TITLE = 290


@dataclass(frozen=True, slots=True)
class MailedPiece:
    """A letter, what was understood of it, and what was left out because it only counted its reader."""

    letter: Letter
    reading: Reading
    raw: str
    counters: int = 0
    links: int = 0
    lost: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def extracted(self) -> Extracted:
        return extracted(self.reading)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A mail that asks to confirm a subscription, and where that is done."""

    letter: Letter
    link: str


def understand(data: bytes) -> MailedPiece | Confirmation:
    """What a mail is.

    Raises:
        NoLetter: nothing that can be read; the message says why.
    """
    letter = read_letter(data)
    link = confirmation_link(letter)
    return piece_of(unwrap(letter), letter.html or letter.text) if link is None else Confirmation(letter, link)


def piece_of(letter: Letter, source: str) -> MailedPiece:
    """The piece that a letter is; its source is kept beside it, with what stood above."""
    tidied = tidy_letter(letter.html, letter.pictures) if letter.html else None
    raw = tidied.html if tidied else letter.text
    form = Form.HTML if tidied else Form.TEXT
    try:
        reading = read(raw, form, told=told_by(letter))
    except Empty:
        raise NoLetter(NO_WORDS) from None
    reading = replace(
        reading,
        source_kind=f"mail_{form}",
        url=target_of(reading.url) if reading.url else None,
        html=RULES.sub("", reading.html, count=1) if RULES.match(reading.html) else reading.html,
    )
    if letter.cut and not reading.truncated:
        reading = replace(reading, truncated=True, truncation_evidence=letter.cut)
    counted = (tidied.counters, tidied.links, tidied.lost, tidied.pictures) if tidied else ()
    return MailedPiece(letter, reading, source, *counted)


def told_by(letter: Letter) -> Metadata:
    """What the mail's head says of the piece in it."""
    sender = letter.sender
    # The name of the list is the surer name of the letter; a person's name beside it is the author's.
    head = read_values({"from": f"{sender.name} <{sender.address}>"}, 0)
    publication = sender.list_name or head.sender or ("" if head.authors else sender.name)
    return Metadata(
        title=letter.subject[:MOST_TITLE] or None,
        authors=tuple(name for name in head.authors if key_of(name) != key_of(publication)),
        publication=publication or None,
        published=Dated(letter.sent.date(), Precision.DAY) if letter.sent else None,
        url=letter.url,
    )
