"""Writing and changing notes, with all that follows from it, together or not at all."""

from typing import TYPE_CHECKING

from django.db import transaction

from reader.core.limits import Deed, spend
from reader.core.visibility import Scoped
from reader.highlights.mentions import render_with_mentions
from reader.highlights.models import Note, write_once
from reader.notices.telling import tell_of_note

if TYPE_CHECKING:
    from reader.accounts.models import User


def write(on: Scoped, body: str, by: "User", parent: Note | None = None) -> Note:
    """Put a note on a mark, a piece or a claim, once, and tell those whom it concerns.

    Raises:
        TooMany: `by` has written too much of late; nothing is saved.
    """
    render_with_mentions(body, on, by)  # before others have to wait
    with transaction.atomic():
        spend(by, Deed.NOTE)
        note = write_once(on, body, by, parent)
        tell_of_note(note, by)
    return note


def rewrite(note: Note, body: str, version: int, by: "User") -> None:
    """Replace the text of a note, and tell those whom it mentions now and did not before.

    Raises:
        StaleNote: it was changed meanwhile; nothing is saved.
        TooMany: `by` has written too much of late; nothing is saved.
    """
    render_with_mentions(body, note, by, kept=note.mentions.values("person"))  # before others have to wait
    with transaction.atomic():
        spend(by, Deed.NOTE)
        note.rewrite(body, version, by)
        tell_of_note(note, by)
