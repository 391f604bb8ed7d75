"""One claim where there were two: quotes move, nothing is lost, and all of it can be taken back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from reader.claims.models import Claim, Polarity, Statement
from reader.core.events import record_in_pieces

if TYPE_CHECKING:
    from reader.accounts.models import User

FLIPPED = Case(When(polarity=Polarity.AFFIRMS, then=Value(Polarity.DENIES)), default=Value(Polarity.AFFIRMS))


def merge(claim: Claim, into: Claim, by: "User", *, opposite: bool = False) -> list[int]:
    """Point `claim` at `into` and move its statements there; answers which.

    A statement whose passage states `into` already stays where it is: the passage is quoted there. Where the one says
    the opposite of the other, so do its quotes.
    """
    with transaction.atomic():
        pieces = claim.pieces()
        there = into.statements.values("highlight")
        moving = list(claim.statements.exclude(highlight__in=there).values_list("pk", flat=True))
        move(Statement.objects.filter(pk__in=moving), into, opposite=opposite)
        claim.state, claim.remark = Claim.State.MERGED, ""
        claim.merged_into, claim.merged_as_opposite = into, opposite
        claim.save(update_fields=["state", "remark", "merged_into", "merged_as_opposite"])
        record_in_pieces(by, "merged", claim, pieces, into=into.pk, opposite=opposite)
    return moving


def part(claim: Claim, moved: list[int], state: str, remark: str, by: "User") -> None:
    """Take a merge back: the claim stands for itself again, with the statements that it brought."""
    with transaction.atomic():
        brought = Statement.objects.filter(pk__in=moved, claim=claim.merged_into_id)
        move(brought, claim, opposite=claim.merged_as_opposite)
        claim.state, claim.remark = state, remark
        claim.merged_into, claim.merged_as_opposite = None, False
        claim.save(update_fields=["state", "remark", "merged_into", "merged_as_opposite"])
        record_in_pieces(by, "parted", claim, claim.pieces())


def move(statements: "QuerySet[Statement]", to: Claim, *, opposite: bool) -> None:
    statements.update(claim=to, polarity=FLIPPED if opposite else F("polarity"))
