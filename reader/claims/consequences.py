"""Which verdict stands on a claim, and what that means for the claims that depend on it."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from reader.claims.assessing import end_round
from reader.claims.disputes import Dispute, Ending
from reader.claims.models import Claim
from reader.claims.relations import Relation
from reader.claims.scale import CAME_TRUE, FAILED
from reader.claims.standing import OUT_OF_THE_LEDGER, of_claim
from reader.claims.verdicts import Status, Verdict

if TYPE_CHECKING:
    from reader.accounts.models import User

NOT_MET = "Its condition was not met."


def place(verdict: Verdict, claim: Claim, by: "User") -> None:
    """Let the verdict stand, and say what follows from it. Call it in the transaction that wrote the verdict."""
    claim.verdict = verdict
    claim.save(update_fields=["verdict"])
    claim.tell(by, "judged", verdict=verdict.pk, status=verdict.status, outcome=verdict.outcome)
    settle_dependants(claim, by)


def take_back(verdict: Verdict, claim: Claim, by: "User") -> None:
    """Let what stood before stand again: the verdict before this, or none.

    A dispute of it has nothing left to dispute; one that it answered is open again.
    """
    now = timezone.now()
    Dispute.objects.filter(verdict=verdict, ending="").update(ending=Ending.MOOT, ended_at=now, ended_by=by)
    Dispute.objects.filter(new_verdict=verdict).update(
        ending="", ended_at=None, ended_by=None, new_verdict=None, answer=""
    )
    verdict.undone_at, verdict.undone_by = now, by
    verdict.save(update_fields=["undone_at", "undone_by"])
    claim.verdict = claim.verdicts.filter(undone_at=None).order_by("-id").first()
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


def dependants_of(pk: int) -> list[Claim]:
    """The claims that depend on this one, or on what was merged into it."""
    related = Relation.objects.filter(Q(other=pk) | Q(other__merged_into=pk), kind=Relation.Kind.CONDITIONAL)
    rows = Claim.objects.filter(pk__in=related.values("claim"), deleted_at=None)
    return list(rows.exclude(state__in=OUT_OF_THE_LEDGER).order_by("pk"))


def settle_one(claim: Claim, by: "User") -> bool:
    """Make the verdict of one claim agree with those on its conditions; whether another stands now."""
    failed = [verdict for verdict, is_met in conditions_of(claim) if verdict and is_met is False]
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
    verdict = Verdict.objects.create(by=by, status=Status.ANNULLED, reason=NOT_MET, follows=cause, **of_claim(claim))
    if claim.dispute:
        Dispute.objects.filter(pk=claim.dispute.pk).update(ending=Ending.MOOT, ended_at=verdict.at, ended_by=by)
    claim.verdict, claim.dispute = verdict, None
    claim.save(update_fields=["verdict", "dispute"])
    claim.tell(by, "annulled", verdict=verdict.pk)


def conditions_of(claim: Claim) -> list[tuple[Verdict | None, bool | None]]:
    """The standing verdict on each condition of the claim, and whether it meets it; None where that is not known."""
    rows = claim.relations.filter(kind=Relation.Kind.CONDITIONAL).select_related(
        "other__verdict", "other__merged_into__verdict"
    )
    return [condition_met(relation) for relation in rows]


def condition_met(relation: Relation) -> tuple[Verdict | None, bool | None]:
    other = relation.other
    condition = other.merged_into or other
    wants_it = (relation.holds_if == Relation.HoldsIf.HAPPENED) != other.merged_as_opposite
    verdict = condition.verdict
    if verdict is None or verdict.status == Status.AMBIGUOUS:
        return verdict, None
    if verdict.status == Status.ANNULLED:
        return verdict, False
    if verdict.outcome in CAME_TRUE:
        return verdict, wants_it
    return verdict, not wants_it if verdict.outcome in FAILED else None
