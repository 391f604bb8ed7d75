"""Bringing in a mail: its piece on the shelf, or a request for confirmation in the tray."""

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from reader.intake.details import as_details, as_replacement, as_text
from reader.intake.images.bringing import keep_enclosed
from reader.intake.imports import Import, Item, Outcome
from reader.intake.mail.headers import Sender as MailSender
from reader.intake.mail.letters import NoLetter
from reader.intake.mail.pieces import Confirmation as ToConfirm
from reader.intake.mail.pieces import MailedPiece, understand
from reader.intake.parcels.awaiting import arrived
from reader.intake.parcels.models import Confirmation, Sender
from reader.library.models import Article, Text
from reader.library.shelving import Details, offers_another_text, replace_text, shelve

if TYPE_CHECKING:
    from reader.accounts.models import User

WAITS = "It asks to confirm a subscription, so it waits in the tray."
WHOLE_NOW = "A preview was here; it has the whole text now."
NOTHING = "There were no words of a piece in it."


def key_of(data: bytes) -> str:
    """The same mail has the same key, whichever file it lies in."""
    return hashlib.sha256(data).hexdigest()


def bring_letter(work: Import, data: bytes, name: str) -> list[Item]:
    return [bring(data, name, work.owner, *work.audience)]


def bring(data: bytes, name: str, owner: "User", visibility: str, team_id: int | None) -> Item:
    """What came of one mail."""
    try:
        found = understand(data)
    except NoLetter as why:
        return Item(name=name, outcome=Outcome.LEFT, sentence=str(why))
    if isinstance(found, ToConfirm):
        return keep_for_confirmation(found, data, owner)
    return shelve_letter(found, owner, visibility, team_id)


def keep_for_confirmation(found: ToConfirm, data: bytes, owner: "User") -> Item:
    letter = found.letter
    fields = {
        "sender": (letter.sender.name or letter.sender.address)[:300],
        "subject": letter.subject[:300],
        "link": found.link[:4000],
        "words": letter.text[:2000],
    }
    Confirmation.objects.get_or_create(owner=owner, key=key_of(data), defaults=fields)
    return Item(name=letter.subject or "Without a subject", outcome=Outcome.LEFT, sentence=WAITS)


def shelve_letter(found: MailedPiece, owner: "User", visibility: str, team_id: int | None) -> Item:
    text, details = as_text(found.reading, found.raw), as_details(found.reading)
    title = details.title if found.reading.title else found.letter.subject or details.title
    if not text.text.strip():
        return Item(name=title, outcome=Outcome.LEFT, sentence=NOTHING)
    with transaction.atomic():
        details = replace(details, publication=publication_of(found.letter.sender, details.publication, owner))
        article, is_new = shelve(details, text, owner, visibility, team_id)
        is_whole_now = not is_new and completes(article, details, text, owner)
        if is_whole_now:
            replace_text(article, as_replacement(article, found.reading), text, owner)
            arrived(article, owner)
    keep_enclosed(article, text, found.pictures)
    if is_whole_now:
        return Item(name=article.title, outcome=Outcome.CHANGED, sentence=WHOLE_NOW, article=article)
    if is_new:
        arrived(article, owner)
    outcome = Outcome.ADDED if is_new else Outcome.KNOWN
    return Item(name=article.title, outcome=outcome, sentence=taken_out(found) if is_new else "", article=article)


def publication_of(sender: MailSender, name: str, owner: "User") -> str:
    """The name under which this sender's letters stand: the one that its first letter had."""
    name = name or sender.list_name or sender.name
    if not sender.key or not name:
        return name
    known, _ = Sender.objects.get_or_create(owner=owner, key=sender.key[:300], defaults={"publication": name[:200]})
    return known.publication


def completes(article: Article, details: Details, text: Text, owner: "User") -> bool:
    """Whether this is the whole text of what was a preview here."""
    is_more = text.words > article.words and details.truncated is not True
    return article.truncated is True and is_more and offers_another_text(article, text, owner)


def taken_out(found: MailedPiece) -> str:
    """What was left out of a letter, in words."""
    parts = [
        counted(found.counters, "picture that counted you was taken out", "pictures that counted you were taken out"),
        counted(found.links, "link leads straight to its page now", "links lead straight to their pages now"),
        counted(found.lost, "enclosed picture was missing", "enclosed pictures were missing"),
    ]
    if found.letter.doubtful:
        parts.append(f"its date, “{found.letter.doubtful}”, cannot be, so it has none")
    said = "; ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
