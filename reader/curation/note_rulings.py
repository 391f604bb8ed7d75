"""Hiding flagged notes, or letting them stand."""

from typing import TYPE_CHECKING

from reader.core.events import record
from reader.core.refusals import Refused
from reader.curation.deciding import deciding, last_word, tell_no_more_of, tell_of, undoes, write
from reader.curation.models import Decision, Flag, Verb
from reader.curation.wording import excerpt
from reader.highlights.models import Note

if TYPE_CHECKING:
    from reader.accounts.models import User


def hide(note: Note, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Take a note from everyone's sight but its writer's, who is told why.

    Raises:
        Refused: it is hidden already, or gone.
    """
    with deciding("note", note.pk, by):
        note = as_it_stands(note.pk)
        note.hide(reason, by)
        decision = write(Verb.HID, note, in_words(note), by, reason=reason)
        tell_of(decision, note.owner, note=note)
        return settle(note, decision)


def let_stand(note: Note, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Dismiss the flags of a note.

    Raises:
        Refused: nobody flags it any more.
    """
    with deciding("note", note.pk, by):
        note = as_it_stands(note.pk)
        if not note.flags.filter(settled_by=None).exists():
            raise Refused(last_word("note", note.pk) or "Nobody flags this note any more.")
        decision = write(Verb.LET_STAND, note, in_words(note), by, reason=reason)
        record(by, "let stand", note, article_id=note.article_of_event, scope=note)
        return settle(note, decision)


def settle(note: Note, decision: Decision) -> Decision:
    note.flags.filter(settled_by=None).update(settled_by=decision)
    return decision


def as_it_stands(pk: int) -> Note:
    notes = Note.objects.standing().select_related("owner", "highlight__article", "article", "claim")
    note: Note | None = notes.filter(pk=pk).first()
    if note is None:
        raise Refused("The note was deleted meanwhile.")
    if note.hidden_at:
        raise Refused(last_word("note", pk) or "The note is hidden already.")
    return note


def in_words(note: Note) -> str:
    """Whose note on what: the log never repeats the words of a note."""
    on = note.highlight.article if note.highlight else note.article or note.claim
    return f"a note by {note.owner.get_short_name()} on “{excerpt(str(on))}”"


@undoes("note", Verb.HID, Verb.LET_STAND)
def put_back(decision: Decision, by: "User") -> None:
    """The note is seen again, and its flags wait again."""
    note = Note.objects.select_related("highlight").filter(pk=decision.subject_id).first()
    if note is None or (decision.verb == Verb.HID and note.hidden_at is None):
        raise Refused("The note was changed since.")
    if decision.verb == Verb.HID:
        note.unhide(by)
        tell_no_more_of(decision)
    again = Flag.objects.filter(note=note, settled_by=None).values("by")
    decision.flags.exclude(by__in=again).update(settled_by=None)
