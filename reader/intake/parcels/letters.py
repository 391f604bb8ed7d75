"""Bringing in a mail: its piece on the shelf, or a request for confirmation in the tray."""

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from reader.core.access import may_change
from reader.core.visibility import Visibility
from reader.intake.counting import counted
from reader.intake.dates import as_told
from reader.intake.details import as_details, as_replacement, as_text
from reader.intake.images.bringing import keep_enclosed
from reader.intake.imports import Import, Item, Outcome
from reader.intake.imports.made import gave_more, made_piece
from reader.intake.mail.letters import Letter, NoLetter
from reader.intake.mail.pieces import Confirmation as ToConfirm
from reader.intake.mail.pieces import MailedPiece, understand
from reader.intake.mail.wholeness import BREAKS_OFF
from reader.intake.parcels.awaiting import arrived
from reader.intake.parcels.completing import TEXT_CAME, give_text, quoted_from
from reader.intake.parcels.models import Confirmation, KnownLetter
from reader.intake.parcels.senders import publication_of
from reader.library.models import Article, Text
from reader.library.shelving import Details, describe, offers_another_text, replace_text, shelve

if TYPE_CHECKING:
    from reader.accounts.models import User

WAITS = "It asks to confirm a subscription, so it waits in the tray."
WHOLE_NOW = "A preview was here; it has the whole text now."
WORSE = "This copy breaks off. The one that is here was left as it is."
FOR_MORE = "More people see the preview that is here. Bring the letter in for them to give it the whole text."
NOTHING = "There were no words of a piece in it."


def key_of(data: bytes) -> str:
    """The same mail has the same key, whichever file it lies in."""
    return hashlib.sha256(data).hexdigest()


def bring_letter(work: Import, data: bytes, name: str) -> list[Item]:
    return [bring(data, name, work.owner, *work.audience, work_id=work.pk)]


def bring(
    data: bytes, name: str, owner: "User", visibility: str, team_id: int | None, work_id: int | None = None
) -> Item:
    """What came of one mail."""
    try:
        found = understand(data)
    except NoLetter as why:
        return Item(name=name, outcome=Outcome.LEFT, sentence=str(why))
    if isinstance(found, ToConfirm):
        return keep_for_confirmation(found, data, owner)
    return shelve_letter(found, owner, visibility, team_id, work_id)


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


def shelve_letter(found: MailedPiece, owner: "User", visibility: str, team_id: int | None, work_id: int | None) -> Item:
    text, details = as_text(found.reading, found.raw), details_of_letter(found)
    title = details.title if found.reading.title else found.letter.subject or details.title
    if not text.text.strip():
        return Item(name=title, outcome=Outcome.LEFT, sentence=NOTHING)
    with transaction.atomic():
        quotes = completed(found, details, text, owner, visibility, team_id)
        article, is_new = (quotes, False) if quotes else shelved(found, details, text, owner, visibility, team_id)
        is_whole = not is_new and completes(article, details, text, owner)
        is_whole_now = is_whole and is_for_no_more(article, visibility, team_id)
        if is_whole_now:
            make_whole(article, as_replacement(article, found.reading), text, owner)
            arrived(article, owner)
        if is_new:
            made_piece(work_id, article)
        elif quotes or is_whole_now:
            gave_more(work_id, article)
    keep_enclosed(article, text, found.pictures)
    if quotes:
        return Item(name=article.title, outcome=Outcome.CHANGED, sentence=TEXT_CAME, article=article)
    if is_whole_now:
        return Item(name=article.title, outcome=Outcome.CHANGED, sentence=WHOLE_NOW, article=article)
    if is_new:
        arrived(article, owner)
        return Item(name=article.title, outcome=Outcome.ADDED, sentence=taken_out(found, article), article=article)
    known = WORSE if found.letter.cut else FOR_MORE if is_whole else ""
    return Item(name=article.title, outcome=Outcome.KNOWN, sentence=known, article=article)


def is_for_no_more(article: Article, visibility: str, team_id: int | None) -> bool:
    """Whether none see the piece but those who are to see the letter: what one pays for is not everybody's."""
    return article.visibility in (Visibility.PRIVATE, visibility) and article.team_id in (None, team_id)


def details_of_letter(found: MailedPiece) -> Details:
    details = as_details(found.reading)
    return details if details.published else replace(details, doubted_date=as_told(found.letter.doubtful))


def completed(
    found: MailedPiece, details: Details, text: Text, owner: "User", visibility: str, team_id: int | None
) -> Article | None:
    """The piece of which only quotes were here, once this letter gave it its text."""
    if known_letter(found.letter, owner):
        return None
    details = replace(details, publication=publication_of(found.letter.sender, details.publication, owner))
    article = quoted_from(details, text, owner, visibility, team_id)
    if article:
        give_text(article, details, text, owner)
        remember(found, article, owner)
        arrived(article, owner)
    return article


def shelved(
    found: MailedPiece, details: Details, text: Text, owner: "User", visibility: str, team_id: int | None
) -> tuple[Article, bool]:
    """The piece of this letter, and whether it is new; another copy of it is the same piece, whatever it holds."""
    kept = known_letter(found.letter, owner)
    if kept:
        return kept, False
    details = replace(details, publication=publication_of(found.letter.sender, details.publication, owner))
    article, is_new = shelve(details, text, owner, visibility, team_id)
    remember(found, article, owner)
    return article, is_new


def known_letter(letter: Letter, owner: "User") -> Article | None:
    """The piece that this letter is already."""
    known = KnownLetter.objects.filter(owner=owner, key=letter.key).exclude(key="").values("article")
    article: Article | None = Article.objects.visible_to(owner).filter(pk__in=known).first()
    return article


def remember(found: MailedPiece, article: Article, owner: "User") -> None:
    if found.letter.key:
        KnownLetter.objects.update_or_create(owner=owner, key=found.letter.key, defaults={"article": article})


def completes(article: Article, details: Details, text: Text, owner: "User") -> bool:
    """Whether this is the whole text of what was a preview here, or broke off."""
    if not article.truncated or details.truncated or not may_change(owner, article):
        return False
    return broke_off(article) or (text.words > article.words and offers_another_text(article, text, owner))


def broke_off(article: Article) -> bool:
    return article.truncation_evidence.startswith(BREAKS_OFF)


def make_whole(article: Article, details: Details, text: Text, owner: "User") -> None:
    """Give it the whole text; where what lacked were no words, say at least that nothing lacks now."""
    if offers_another_text(article, text, owner):
        replace_text(article, details, text, owner)
    else:
        describe(article, details, owner)


def taken_out(found: MailedPiece, article: Article) -> str:
    """What was left out of a letter, in words."""
    parts = [
        f"{found.letter.cut[:1].lower()}{found.letter.cut[1:].rstrip('.')}; bring it in again once you have all of it"
        if found.letter.cut
        else "",
        counted(found.counters, "picture that counted you was taken out", "pictures that counted you were taken out"),
        counted(found.links, "link leads straight to its page now", "links lead straight to their pages now"),
        counted(found.lost, "enclosed picture was missing", "enclosed pictures were missing"),
    ]
    if found.letter.doubtful and not article.published:
        kept = (
            "can hardly be meant, so it is kept as doubtful"
            if article.doubted_date
            else "cannot be read, so it has none"
        )
        parts.append(f"its date, “{found.letter.doubtful}”, {kept}")
    said = "; ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}." if said else ""
