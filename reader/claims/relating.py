"""Saying how claims hang together, and taking it back."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from reader.claims.consequences import settle, settle_by_hand
from reader.claims.models import Claim
from reader.claims.proposing import narrower
from reader.claims.relations import Relation
from reader.claims.standing import in_hand, refuse_out_of_the_ledger
from reader.core.access import may_amend, may_change, may_curate
from reader.core.events import record
from reader.core.refusals import Refused, about
from reader.core.visibility import is_within

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

Kind, HoldsIf = Relation.Kind, Relation.HoldsIf
#: Relations along which nothing may lead back to where it began.
DIRECTED = (Kind.UPDATES, Kind.NARROWER, Kind.CONDITIONAL)


def relate(claim: Claim, other: Claim, kind: str, by: "User", holds_if: str = "") -> Relation:
    """Say how `claim` stands to `other`. A condition that has failed already annuls the claim at once.

    Raises:
        Refused: they can't stand so to each other; the sentence says why.
        PermissionDenied: `by` may not say so of the claim.
    """
    refuse_unknown(kind, holds_if)
    with in_hand(claim, by) as claim, in_hand(other, by) as other:
        if not may_relate(by, claim, kind):
            raise PermissionDenied
        refuse_out_of_the_ledger(claim)
        with about("other"):
            refuse_out_of_the_ledger(other)
        first, second = in_order(claim, other, kind)
        kept = Relation.objects.filter(claim=first, other=second, kind=kind).first()
        if kept and kept.holds_if == holds_if:
            return kept
        refuse_impossible(claim, other, kind, kept)
        made = Relation.objects.create(claim=first, other=second, kind=kind, holds_if=holds_if, by=by)
        tell(claim, other, by, "related", relation=made.pk, kind=kind)
        settle_by_hand(claim, by)
    return made


def tell(claim: Claim, end: Claim, by: "User", verb: str, **detail: Any) -> None:
    """Write the event for those who see both: nobody else is to know that the claim has anything to do with another."""
    if is_within(claim, end):
        claim.tell(by, verb, **detail)
    else:
        record(by, verb, claim, scope=narrower(claim, end, by), **detail)


def in_order(claim: Claim, other: Claim, kind: str) -> tuple[Claim, Claim]:
    """As the table lists them: two that contradict each other do so both ways."""
    is_mutual = kind == Kind.CONTRADICTS and other.pk < claim.pk
    return (other, claim) if is_mutual else (claim, other)


def refuse_unknown(kind: str, holds_if: str) -> None:
    if kind not in Kind.values:
        raise Refused("Claims update each other, contradict each other, are narrower or depend on each other.", "kind")
    if kind == Kind.CONDITIONAL and holds_if not in HoldsIf.values:
        raise Refused("Say whether the claim holds if the other happens, or if it does not.", "holds_if")
    if kind != Kind.CONDITIONAL and holds_if:
        raise Refused("Only a condition says when it holds.", "holds_if")


def refuse_impossible(claim: Claim, other: Claim, kind: str, kept: Relation | None) -> None:
    if claim.pk == other.pk:
        raise Refused("A claim can’t be related to itself.", "other")
    if kept:
        raise Refused("The claim depends on that one already, the other way round: take that back first.", "other")
    if kind in DIRECTED and leads_to(other, claim, kind):
        raise Refused("That leads round in a circle: the other claim comes back to this one.", "other")
    if kind != Kind.CONDITIONAL:
        return
    if claim.verdict_id is not None:
        raise Refused("The claim has been judged: it can’t be made to depend on anything now.", "kind")
    if not is_within(claim, other):
        raise Refused("Not everyone who sees the claim sees the one that it would depend on.", "other")


def leads_to(start: Claim, goal: Claim, kind: str) -> bool:
    """Whether relations of this kind lead from one claim to another, through merges too."""
    seen, ahead = set[int](), {start.pk}
    while ahead:
        if goal.pk in ahead:
            return True
        seen |= ahead
        steps = Relation.objects.filter(kind=kind, claim__in=ahead).values_list("other", "other__merged_into")
        ahead = {into or other for other, into in steps} - seen
    return False


def unrelate(relation: Relation, by: "User") -> None:
    """Take the relation back; what was annulled for it alone is open again.

    Raises:
        Refused: the claim was judged under the condition; or its verdict would change, and not by one who could judge.
        PermissionDenied: `by` may not say so of the claim.
    """
    with in_hand(relation.claim, by) as claim, in_hand(relation.other, by) as other:
        ends = [(claim, True), (other, False)]
        if not any(may_unrelate(by, relation.kind, end, is_first=is_first) for end, is_first in ends):
            raise PermissionDenied
        if not Relation.objects.filter(pk=relation.pk).exists():
            return
        verdict = claim.verdict
        if relation.kind == Kind.CONDITIONAL and verdict and verdict.follows_id is None:
            raise Refused("The claim was judged under this condition: it stays.")
        strike_out(relation, claim, by)
        settle_by_hand(claim, by)


def let_go(relation: Relation, claim: Claim, by: "User") -> None:
    """Take a relation back that can't go on since one of the two was moved: nobody decides that."""
    strike_out(relation, claim, by)
    settle(claim, by)


def strike_out(relation: Relation, claim: Claim, by: "User") -> None:
    tell(claim, relation.other, by, "unrelated", relation=relation.pk, kind=relation.kind, other=relation.other_id)
    relation.delete()


def may_relate(user: "AnyUser", claim: Claim, kind: str = "") -> bool:
    """Whether `user` may say how the claim stands to others. On what it depends is part of what it says."""
    if kind == Kind.CONDITIONAL:
        return may_amend(user, claim)
    return may_change(user, claim) or may_curate(user, claim)


def may_unrelate(user: "AnyUser", kind: str, end: Claim, *, is_first: bool) -> bool:
    """Whether `user` may take a relation back by this end of it; only a contradiction is as much the second's."""
    return (is_first or kind == Kind.CONTRADICTS) and may_relate(user, end, kind)
