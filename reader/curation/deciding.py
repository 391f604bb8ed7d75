"""What every decision has in common: the hand on the thing, the line in the log, and the way back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from reader.core.access import require_curation
from reader.core.events import let_ids_appear_in_order
from reader.core.refusals import Refused
from reader.core.visibility import Scope, Scoped
from reader.curation.models import BESIDE, Decision, Hold, Verb
from reader.curation.wording import when
from reader.notices.models import Kind
from reader.notices.telling import forget, notify

if TYPE_CHECKING:
    from reader.accounts.models import User


@contextmanager
def deciding(kind: str, pk: int, by: "User") -> Iterator[None]:
    """A decision of `by` on a thing, one at a time; whatever is read inside stands until it is written.

    Raises:
        Refused: somebody else has the thing in hand.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        held = Hold.on(kind, pk, timezone.now())
        if held and held.holder_id != by.pk:
            raise Refused(held_in_words(held))
        yield
        Hold.objects.filter(subject_kind=kind, subject_id=pk).delete()


def held_in_words(held: Hold) -> str:
    return f"{held.holder.get_short_name()} has had this since {timezone.localtime(held.since):%H:%M}."


def write(
    verb: Verb,
    thing: Scoped,
    words: str,
    by: "User",
    *,
    other: Scoped | None = None,
    other_words: str = "",
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> Decision:
    """The line of the log; call it in the transaction of the decision, which writes the event."""
    return Decision.objects.create(
        by=by,
        verb=verb,
        subject_kind=str(thing._meta.model_name),
        subject_id=thing.pk,
        subject=words,
        other_id=other.pk if other else None,
        other=other_words,
        reason=reason,
        before=before or {},
        owner_id=thing.owner_id,
        team_id=thing.team_id,
        visibility=thing.visibility,
    )


def tell_of(decision: Decision, whom: "User", **about: Any) -> None:
    """Tell whoever proposed or wrote it of a decision that leaves something to them, once."""
    notify(whom, Kind.DECIDED, key_of(decision), decision.by, **about)


def tell_no_more_of(decision: Decision) -> None:
    forget(Kind.DECIDED, key_of(decision))


def key_of(decision: Decision) -> str:
    return f"{decision.verb}-{decision.pk}"


def last_word(kind: str, pk: int) -> str:
    """Who decided what on a thing last, for whoever comes too late: empty where nobody did."""
    return last_words(kind, [pk]).get(pk, "")


def last_words(kind: str, ids: list[int]) -> dict[int, str]:
    """The same for many things, in one query."""
    decided = Decision.objects.standing().on_any(kind, ids).select_related("by").order_by("id")
    return {one.subject_id: in_the_past(one) for one in decided}


def in_the_past(decision: Decision) -> str:
    who = decision.by.get_short_name() if decision.by else "A former member"
    return f"{who} {PAST[Verb(decision.verb)]} on {when(decision.at)}."


PAST = {
    Verb.ACCEPTED: "accepted this",
    Verb.SENT_BACK: "sent this back with a question",
    Verb.REJECTED: "rejected this",
    Verb.MERGED: "merged this into another",
    Verb.TOLD_APART: "told these apart",
    Verb.HID: "hid this",
    Verb.LET_STAND: "let this stand",
    Verb.RENAMED: "renamed this",
    Verb.PLACED: "put this back in its place",
    Verb.KEPT: "let this stand without a place",
    Verb.TOOK_IN: "accepted one more who said this",
    Verb.TOOK_OUT: "took out one who was to have said this",
}

#: How to take back a decision, by the kind of its subject and its verb: puts back what stood before, or refuses.
Undoing = Callable[[Decision, "User"], None]
undoings: dict[tuple[str, str], Undoing] = {}


def undoes(kind: str, *verbs: Verb) -> Callable[[Undoing], Undoing]:
    def register(take_back: Undoing) -> Undoing:
        undoings.update({(kind, verb): take_back for verb in verbs})
        return take_back

    return register


def undo(decision: Decision, by: "User") -> Decision:
    """Put back what stood before; a line of the log of its own.

    Raises:
        Refused: it was undone already, or the thing has changed since.
        PermissionDenied: `by` does not curate the thing.
    """
    with deciding(decision.subject_kind, decision.subject_id, by):
        decision = Decision.objects.select_related("undoing__by").get(pk=decision.pk)
        require_curation(by, decision)  # type: ignore[arg-type]  # an owner who left curates nothing
        if now := as_they_are_now(decision.subject_kind, [decision.subject_id]).get(decision.subject_id):
            require_curation(by, now)
        refuse_what_is_past(decision)
        undoings[decision.subject_kind, decision.verb](decision, by)
        return Decision.objects.create(
            by=by,
            verb=Verb.UNDID,
            undoes=decision,
            **{name: getattr(decision, name) for name in KEPT},
        )


def as_they_are_now(kind: str, ids: list[int]) -> dict[int, Scope]:
    """Who sees what was decided on; it can have come to other people since, whose curators it has now."""
    model = cast(type[Scoped], apps.get_model("reader", kind))
    rows = model._default_manager.filter(pk__in=ids).values_list("pk", "owner_id", "team_id", "visibility")
    return {pk: Scope(owner, team, visibility) for pk, owner, team, visibility in rows}


#: What the undoing says of its thing in the same words.
KEPT = ("subject_kind", "subject_id", "subject", "other_id", "other", "owner_id", "team_id", "visibility")


def refuse_what_is_past(decision: Decision) -> None:
    if decision.verb == Verb.UNDID:
        raise Refused("This is an undoing. Decide anew instead.")
    if hasattr(decision, "undoing"):
        who = decision.undoing.by.get_short_name() if decision.undoing.by else "A former member"
        raise Refused(f"{who} undid this already, on {when(decision.undoing.at)}.")
    later = Decision.objects.standing().on(decision.subject_kind, decision.subject_id).filter(pk__gt=decision.pk)
    if decision.verb not in BESIDE and later.exists():
        raise Refused(f"Something else was decided since. {last_word(decision.subject_kind, decision.subject_id)}")
