"""Putting a mark back into a text, as the claims that it states tell of it."""

from typing import TYPE_CHECKING

from django.db import transaction

from reader.claims.models import Claim, Statement
from reader.claims.proposing import narrower
from reader.core.events import event_of, let_ids_appear_in_order, record_all
from reader.highlights import placing
from reader.highlights.models import Anchor, Highlight, Kind

if TYPE_CHECKING:
    from reader.accounts.models import User

#: The verbs of a claim's log for a mark of it that was given a place by hand, and for that place taken back.
PLACED, UNPLACED = "mark placed", "mark unplaced"


def accept_candidate(mark: Highlight, revision_id: int, by: "User") -> Anchor:
    """Put the mark where it seems to stand now.

    Raises:
        Refused: there is no such place, or it is no longer asked for.
    """
    with transaction.atomic():
        return told(mark, placing.accept_candidate(mark, revision_id, by), PLACED, by)


def place(mark: Highlight, revision_id: int, start: int, end: int, by: "User") -> Anchor:
    """Say where the mark stands in the newest text.

    Raises:
        Refused: the text has changed again, or the mark is not lost any more.
    """
    with transaction.atomic():
        return told(mark, placing.place(mark, revision_id, start, end, by), PLACED, by)


def take_back(mark: Highlight, by: "User") -> Anchor:
    """Undo what was last done about the mark's place.

    Raises:
        Refused: nothing was, or something else has happened to it since.
    """
    with transaction.atomic():
        let_ids_appear_in_order()  # else somebody may put it there before it is undone, and no claim is told
        had_place = placing.newest_anchor(mark).state != Anchor.State.ORPHANED
        anchor = placing.take_back(mark, by)
        return told(mark, anchor, UNPLACED, by) if had_place else anchor


def told(mark: Highlight, anchor: Anchor, verb: str, by: "User") -> Anchor:
    """Write it for each claim that the mark states; an event is known to those who see both the claim and the mark."""
    stated = Statement.objects.filter(highlight=mark, highlight__kind=Kind.PREDICTION, claim__deleted_at=None)
    text_of = anchor.revision.created_at.isoformat()
    claims = {
        one.claim_id: one.claim for one in stated.exclude(claim__state=Claim.State.MERGED).select_related("claim")
    }
    events = [
        event_of(
            by,
            verb,
            claim,
            narrower(claim, mark, by),
            article_id=mark.article_id,
            mark=mark.pk,
            text_of=text_of,
        )
        for claim in claims.values()
    ]
    if events:
        record_all(events)
    return anchor
