"""Which verdict stands on a claim, and what that means for the claims that depend on it."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from reader.claims.assessing import end_round
from reader.claims.conflicts import refuse_conflict, ties
from reader.claims.disputes import Dispute, Ending
from reader.claims.models import Claim
from reader.claims.relations import Relation
from reader.claims.scale import CAME_TRUE, FAILED
from reader.claims.standing import OUT_OF_THE_LEDGER, of_claim
from reader.claims.verdicts import Status, Verdict, queue_what_follows
from reader.core.access import may_curate
from reader.core.refusals import Refused

if TYPE_CHECKING:
    from reader.accounts.models import User

NOT_MET = "Its condition was not met."


def place(verdict: Verdict, claim: Claim, by: "User") -> None:
    """Let the verdict stand, and say what follows from it. Call it in the transaction that wrote the verdict."""
    claim.verdict = verdict
    claim.save(update_fields=["verdict"])
    known = {"known_since": verdict.known_since.isoformat()} if verdict.known_since else {}
    claim.tell(by, "judged", verdict=verdict.pk, status=verdict.status, outcome=verdict.outcome, **known)
    queue_what_follows(verdict)
    settle_dependants(claim, by)


def take_back(verdict: Verdict, claim: Claim, by: "User") -> None:
    """Let what stood before stand again: the verdict before this, or none.

    A dispute of it has nothing left to dispute; one that it answered, or that it made moot, is open again.
    """
    now = timezone.now()
    Dispute.objects.filter(verdict=verdict, ending="").update(ending=Ending.MOOT, ended_at=now, ended_by=by)
    verdict.undone_at, verdict.undone_by = now, by
    verdict.save(update_fields=["undone_at", "undone_by"])
    claim.verdict = claim.verdicts.filter(undone_at=None).order_by("-id").first()
    moot = Q(verdict=claim.verdict, ending=Ending.MOOT) if claim.verdict else Q(pk__in=[])
    Dispute.objects.filter(Q(new_verdict=verdict) | moot).update(
        ending="", ended_at=None, ended_by=None, new_verdict=None, answer="", disclosed=[]
    )
    claim.dispute = claim.disputes.filter(verdict=claim.verdict, ending="").first() if claim.verdict else None
    claim.save(update_fields=["verdict", "dispute"])
    claim.tell(by, "took back a verdict", verdict=verdict.pk)


def settle_dependants(claim: Claim, by: "User") -> None:
    """Annul what can't hold any more now that `claim` is judged so, and open again what can; and so on from there.

    It ends: no condition leads back to where it began.
    """
    ahead = [claim.pk]
    while ahead:
        ahead += [one.pk for one in dependants_of(ahead.pop()) if settle_one(one, by)]


def settle(claim: Claim, by: "User") -> None:
    """The same for a claim of which a condition came or went, or which came back to the ledger."""
    if claim.state not in OUT_OF_THE_LEDGER and settle_one(claim, by):
        settle_dependants(claim, by)


def settle_by_hand(claim: Claim, by: "User") -> None:
    """The same where it is for `by` to answer for it: what they did to the claim itself may have changed its verdict.

    Raises:
        Refused: it did, and they are no curator who could judge the claim.
    """
    before = claim.verdict_id
    settle(claim, by)
    if claim.verdict_id == before:
        return
    if not may_curate(by, claim):
        raise Refused("A condition that has failed decides this claim: only a curator may change that.")
    refuse_conflict(claim, by, discloses_forecast=True)


def dependants_of(pk: int) -> list[Claim]:
    """The claims that depend on this one, or on what was merged into it."""
    related = Relation.objects.filter(Q(other=pk) | Q(other__merged_into=pk), kind=Relation.Kind.CONDITIONAL)
    rows = Claim.objects.filter(pk__in=related.values("claim"), deleted_at=None)
    return list(rows.exclude(state__in=OUT_OF_THE_LEDGER).order_by("pk"))


def settle_one(claim: Claim, by: "User") -> bool:
    """Make the verdict of one claim agree with those on its conditions; whether another stands now."""
    failed = [one.verdict for one in conditions_of(claim) if one.verdict and one.is_met is False]
    before = claim.verdict
    if before and before.follows_id:
        if before.follows_id in {verdict.pk for verdict in failed}:
            return False
        take_back(before, claim, by)
    if failed and not (claim.verdict and claim.verdict.status == Status.ANNULLED):
        annul(claim, failed[0], by)
    return claim.verdict != before


def annul(claim: Claim, cause: Verdict, by: "User") -> None:
    """No evidence is needed for it, and nobody's hand: whatever the claim says is about a world that did not come."""
    for round_ in claim.rounds.filter(closed_at=None):
        end_round(round_, claim, by)
    disclosed = ties(claim, by) if may_curate(by, claim) else []  # who judged the condition may be a stranger here
    verdict = Verdict.objects.create(
        by=by, status=Status.ANNULLED, reason=NOT_MET, follows=cause, disclosed=disclosed, **of_claim(claim)
    )
    if claim.dispute:
        Dispute.objects.filter(pk=claim.dispute.pk).update(ending=Ending.MOOT, ended_at=verdict.at, ended_by=by)
    claim.verdict, claim.dispute = verdict, None
    claim.save(update_fields=["verdict", "dispute"])
    claim.tell(by, "annulled", verdict=verdict.pk)
    queue_what_follows(verdict)


class Condition(NamedTuple):
    """What a claim depends on, the verdict that stands on it, and whether that meets it; None where it is not known."""

    claim: Claim
    verdict: Verdict | None
    is_met: bool | None


def conditions_of(claim: Claim) -> list[Condition]:
    """The conditions of the claim. What left the ledger will never be judged: nothing waits for it."""
    rows = claim.relations.filter(kind=Relation.Kind.CONDITIONAL).select_related(
        "other__verdict", "other__merged_into__verdict"
    )
    found = [(relation.other.merged_into or relation.other, relation) for relation in rows]
    return [
        Condition(condition, condition.verdict, is_met(condition.verdict, relation))
        for condition, relation in found
        if condition.deleted_at is None and condition.state not in OUT_OF_THE_LEDGER
    ]


def is_met(verdict: Verdict | None, relation: Relation) -> bool | None:
    wants_it = (relation.holds_if == Relation.HoldsIf.HAPPENED) != relation.other.merged_as_opposite
    if verdict is None or verdict.status == Status.AMBIGUOUS:
        return None
    if verdict.status == Status.ANNULLED:
        return False
    if verdict.outcome in CAME_TRUE:
        return wants_it
    return not wants_it if verdict.outcome in FAILED else None
