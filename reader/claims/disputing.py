"""Objecting to a verdict, and deciding on the objection."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reader.claims.conflicts import refuse_conflict
from reader.claims.disputes import REASON_LENGTH, Dispute, Ending
from reader.claims.evidence import Evidence
from reader.claims.judging import Ruling, evidence_of, give
from reader.claims.models import Claim
from reader.claims.standing import in_hand, of_claim
from reader.claims.verdicts import Verdict
from reader.core.access import require_annotation, require_curation, require_sight
from reader.core.refusals import Refused
from reader.core.visibility import Visibility

if TYPE_CHECKING:
    from reader.accounts.models import User


def dispute(verdict: Verdict, reason: str, by: "User", evidence: Evidence | None = None) -> Dispute:
    """Object to the verdict that stands; until it is decided the claim is disputed.

    Raises:
        Refused: there is nothing to dispute, or it is one's own; the sentence says which.
    """
    reason = check_words(reason, "Say what is wrong with the verdict.")
    with in_hand(verdict.claim, by) as claim:
        require_annotation(by, claim)
        require_sight(by, verdict)
        standing = claim.dispute
        if standing and (standing.by_id, standing.reason, standing.verdict_id) == (by.pk, reason, verdict.pk):
            return standing
        refuse_pointless(verdict, claim, by)
        if evidence:
            evidence_of(claim, Ruling(evidence=[evidence.pk]), by)
        made = Dispute.objects.create(verdict=verdict, by=by, reason=reason, evidence=evidence, **of_claim(claim))
        claim.dispute = made
        claim.save(update_fields=["dispute"])
        claim.tell(by, "disputed", dispute=made.pk, verdict=verdict.pk)
    return made


def check_words(words: str, where_empty: str) -> str:
    words = words.strip()
    if not words:
        raise Refused(where_empty)
    if len(words) > REASON_LENGTH:
        raise Refused(f"That is too long: up to {REASON_LENGTH:,} letters are kept.")
    return words


def refuse_pointless(verdict: Verdict, claim: Claim, by: "User") -> None:
    if claim.dispute_id is not None:
        raise Refused("The verdict is disputed already: add evidence, and wait for the decision.")
    if verdict.pk != claim.verdict_id:
        raise Refused("That verdict does not stand any more.")
    if verdict.follows_id:
        raise Refused("It follows from the verdict on its condition: dispute that one.")
    if claim.visibility == Visibility.PRIVATE or verdict.by_id == by.pk:
        raise Refused("It is your own verdict: judge the claim anew, and say why.")


def withdraw_dispute(dispute: Dispute, by: "User") -> None:
    """Object no longer.

    Raises:
        Refused: it was decided.
        PermissionDenied: it is somebody else's.
    """
    with in_hand(dispute.claim, by) as claim:
        look_again(dispute, by)
        if dispute.by_id != by.pk:
            raise PermissionDenied
        end(dispute, claim, Ending.WITHDRAWN, by)


def uphold(dispute: Dispute, by: "User", answer: str) -> None:
    """Decide that the verdict stands, and say why.

    Raises:
        Refused: it was decided, or `by` may not decide it; the sentence says why.
    """
    answer = check_words(answer, "Say why the verdict stands.")
    with in_hand(dispute.claim, by) as claim:
        require_another_curator(dispute, claim, by)
        refuse_conflict(claim, by, discloses_forecast=True, barred=parties(dispute))
        end(dispute, claim, Ending.UPHELD, by, answer)


def overturn(dispute: Dispute, ruling: Ruling, by: "User", answer: str, *, discloses_forecast: bool = False) -> Verdict:
    """Decide that the verdict was wrong, and give another.

    Raises:
        Refused: it was decided, `by` may not decide it, or the new verdict is none, or says the same.
    """
    ruling.check()
    answer = check_words(answer, "Say why the verdict does not stand.")
    with in_hand(dispute.claim, by) as claim:
        require_another_curator(dispute, claim, by)
        before = dispute.verdict
        if (before.status, before.outcome) == (ruling.status, ruling.outcome):
            raise Refused("That is the verdict which is disputed: uphold it, or choose another.")
        end(dispute, claim, Ending.OVERTURNED, by, answer)
        verdict = give(claim, ruling, by, discloses_forecast=discloses_forecast, barred=parties(dispute))
        dispute.new_verdict = verdict
        dispute.save(update_fields=["new_verdict"])
    return verdict


def parties(dispute: Dispute) -> list[int | None]:
    """Who can't decide it in any case."""
    return [dispute.by_id, dispute.verdict.by_id]


def require_another_curator(dispute: Dispute, claim: Claim, by: "User") -> None:
    require_curation(by, claim)
    look_again(dispute, by)
    if dispute.verdict.by_id == by.pk:
        raise Refused("The verdict is your own: another curator decides the dispute.")
    if dispute.by_id == by.pk:
        raise Refused("The dispute is your own: another curator decides it.")


def look_again(dispute: Dispute, by: "User") -> None:
    dispute.refresh_from_db()
    require_sight(by, dispute)
    if dispute.ending:
        raise Refused(f"The dispute is over: {dispute.get_ending_display().lower()}.")


def end(dispute: Dispute, claim: Claim, ending: Ending, by: "User", answer: str = "") -> None:
    dispute.ending, dispute.ended_at, dispute.ended_by, dispute.answer = ending, timezone.now(), by, answer
    dispute.save(update_fields=["ending", "ended_at", "ended_by", "answer"])
    claim.dispute = None
    claim.save(update_fields=["dispute"])
    claim.tell(by, "ended a dispute", dispute=dispute.pk, ending=ending.value)
