"""Whom a thing concerns: notices are written in the transaction of their cause, by the verbs that compose it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from reader.accounts.models import User
from reader.accounts.queries import readers_of
from reader.claims.models import Statement
from reader.highlights.becoming import CROSSED_OUT, RETRACTED, TAKEN_OUT, TURNED
from reader.highlights.models import Note
from reader.library.models import Revision
from reader.notices.jobs import PATIENCE, mail_at_once
from reader.notices.models import AROUND, BESIDE, GONE, STRUCK, Kind, Notice, Post, posts_of


def notify(recipient: User, kind: Kind, key: str, by: User | None = None, **about: Any) -> None:
    """Tell somebody of a `note`, a `claim` or an `invitation`.

    Whoever did it, was told it before, or is a former member is not told. The mail waits a little: what is read
    meanwhile is not mailed.
    """
    if recipient == by or not recipient.is_active:
        return
    with transaction.atomic():
        notice, is_new = Notice.objects.get_or_create(
            recipient=recipient, kind=kind, key=key, defaults={"actor": by, **about}
        )
        if is_new and posts_of(recipient.pk)[kind] == Post.AT_ONCE:
            mail_at_once.using(run_after=timezone.now() + PATIENCE).enqueue(notice.pk)


def forget(kind: Kind, key: str) -> None:
    """Tell nobody any more of what was taken back."""
    Notice.objects.filter(kind=kind, key=key).delete()


def tell_of_note(note: Note, by: User) -> None:
    """Tell those whom a note mentions, and those to whom it replies; each once, and only who may read it."""
    told = set(Notice.objects.filter(note=note).values_list("recipient", flat=True))
    mentioned = note.mentions.values_list("person", flat=True)
    for kind, people in ((Kind.MENTION, set(mentioned)), (Kind.REPLY, in_the_thread(note, by))):
        for person in User.objects.filter(readers_of(note), pk__in=people).exclude(pk__in=told).order_by("pk"):
            notify(person, kind, f"note-{note.pk}", by, note=note)
            told.add(person.pk)


def tell_of_changed_claims(changed: list[tuple[Statement, str]], after: Revision, by: User | None) -> None:
    """Tell whoever marked the words of a statement, and whose claim it is, that a new text has others or none.

    Who does not see the claim or the mark is not told. Each statement comes with the verb that the log has for it.
    """
    for one, verb in changed:
        claim, mark = one.claim, one.highlight
        seeing = User.objects.filter(readers_of(claim) & readers_of(mark))
        concerned = seeing.filter(pk__in={claim.owner_id, mark.owner_id})
        what = {TURNED: AROUND, RETRACTED: BESIDE, CROSSED_OUT: STRUCK, TAKEN_OUT: GONE}.get(verb, "text")
        for person in concerned.order_by("pk"):
            notify(person, Kind.CHANGED, f"{what}-{after.pk}-claim-{claim.pk}", by, claim=claim)


def in_the_thread(note: Note, by: User) -> set[int]:
    """Who wrote what the note replies to, and who replied there before. With one level of replies that is a talk."""
    if note.parent is None or note.owner_id != by.pk:
        return set()
    before = Note.objects.standing().filter(parent=note.parent_id, pk__lt=note.pk).values_list("owner", flat=True)
    return {note.parent.owner_id, *before}
