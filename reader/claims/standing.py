"""A claim in hand: as it stands now, under the lock of the log, for one of those who see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from reader.claims.models import Claim
from reader.core.access import require_sight
from reader.core.events import let_ids_appear_in_order
from reader.core.refusals import Refused
from reader.core.visibility import InScope, Scope, Visibility

if TYPE_CHECKING:
    from reader.accounts.models import User

State = Claim.State

#: What is said to whoever wants to go on with a claim that has left the ledger.
OUT_OF_THE_LEDGER = {
    State.MERGED: "The claim was merged into another: go on there.",
    State.REJECTED: "The claim was rejected.",
    State.WITHDRAWN: "The claim was withdrawn.",
}


@contextmanager
def in_hand(claim: Claim, by: "User") -> Iterator[Claim]:
    """The claim as the database has it; nobody changes it or anything on it before this transaction ends.

    Raises:
        Refused: it was deleted.
        Http404: `by` may not read it, or not any more.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        kept: Claim | None = Claim.objects.standing().select_for_update().filter(pk=claim.pk).first()
        if kept is None:
            raise Refused("The claim was deleted meanwhile.")
        require_sight(by, kept)
        yield kept


def refuse_out_of_the_ledger(claim: Claim) -> None:
    if claim.state in OUT_OF_THE_LEDGER:
        raise Refused(OUT_OF_THE_LEDGER[State(claim.state)])


def refuse_unaccepted(claim: Claim) -> None:
    """What others see is judged once curators accepted it; nobody but its owner would accept a private claim."""
    shared = claim.visibility != Visibility.PRIVATE
    if claim.state == State.DRAFT or (shared and claim.state != State.ACCEPTED):
        raise Refused("The claim has not been accepted yet: accept it first.")


def last_day(claim: Claim) -> date | None:
    """When it can be said for good whether it came true: its window's end, or the day set for a look at it."""
    return claim.window_end or claim.review_on


def is_over(claim: Claim, today: date) -> bool:
    end = last_day(claim)
    return end is not None and end < today


def of_claim(claim: Claim) -> dict[str, Any]:
    """The fields of a row that is the claim's and is seen by those who see it."""
    return {
        "claim": claim,
        "owner_id": claim.owner_id,
        "team_id": claim.team_id,
        "visibility": claim.visibility,
    }


def seen_like(thing: InScope, owner_id: int) -> Scope:
    """Somebody's own row, seen by those who see `thing`."""
    return Scope(owner_id, thing.team_id, thing.visibility)
