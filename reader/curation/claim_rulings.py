"""Accepting, sending back, rejecting and merging claims."""

import hashlib
from typing import TYPE_CHECKING

from reader.claims import merging
from reader.claims.consequences import settle_by_hand
from reader.claims.models import Claim
from reader.core.access import may_curate
from reader.core.refusals import Refused
from reader.core.visibility import is_within
from reader.curation.deciding import deciding, last_word, tell_no_more_of, tell_of, undoes, write
from reader.curation.models import Decision, Duplicate, Verb
from reader.curation.pairs import MERGEABLE

if TYPE_CHECKING:
    from reader.accounts.models import User

State = Claim.State
OTHERS_POINT_HERE = "Other claims were merged into this one: undo these merges first, or merge the other way round."


def seen_as(claim: Claim) -> str:
    """What a curator had before their eyes, in short: a decision is about that and nothing else."""
    window = (claim.window_kind, claim.window_start, claim.window_end)
    shown = (claim.state, claim.statement, claim.criteria, *window)
    return hashlib.sha256(repr(tuple(map(str, shown))).encode()).hexdigest()[:12]


def accept(claim: Claim, by: "User", seen: str = "", reason: str = "") -> Decision:
    return rule(claim, Verb.ACCEPTED, State.ACCEPTED, by, seen, reason)


def send_back(claim: Claim, by: "User", seen: str = "", question: str = "") -> Decision:
    """Ask the proposer something; the question stands on the claim's page until the claim is changed."""
    return rule(claim, Verb.SENT_BACK, State.NEEDS_WORK, by, seen, question)


def reject(claim: Claim, by: "User", seen: str = "", reason: str = "") -> Decision:
    return rule(claim, Verb.REJECTED, State.REJECTED, by, seen, reason)


def rule(claim: Claim, verb: Verb, state: str, by: "User", seen: str, reason: str) -> Decision:
    """Move a claim to another state.

    Raises:
        Refused: it has moved already, was changed since it was `seen`, or others point to it.
    """
    with deciding("claim", claim.pk, by):
        claim = as_seen(claim.pk, seen)
        if claim.state == state:
            raise Refused(last_word("claim", claim.pk) or f"The claim is {claim.get_state_display().lower()} already.")
        if state != State.ACCEPTED and claim.merged_claims.exists():
            raise Refused(OTHERS_POINT_HERE)
        before = {"state": claim.state, "remark": claim.remark}
        claim.set_state(state, by, "" if state == State.ACCEPTED else reason)
        settle_by_hand(claim, by)  # a condition may have failed while it was out of the ledger
        decision = write(verb, claim, claim.statement, by, reason=reason, before=before)
        if verb != Verb.ACCEPTED:
            tell_of(decision, claim.proposer or claim.owner, claim=claim)
        return decision


def as_seen(pk: int, seen: str) -> Claim:
    """The claim as it stands now, under the lock of a decision; what the curator saw must be just that.

    Raises:
        Refused: it is another by now; with who decided what, where that is the reason.
    """
    claim: Claim | None = Claim.objects.standing().select_for_update().filter(pk=pk).first()
    if claim is None:
        raise Refused("The claim was deleted meanwhile.")
    if claim.state not in MERGEABLE and claim.state != State.REJECTED:
        raise Refused(last_word("claim", pk) or f"The claim is {claim.get_state_display().lower()}.")
    if seen and seen != seen_as(claim):
        raise Refused(last_word("claim", pk) or "The claim was changed since you opened it. Look at it again.")
    return claim


def merge(
    claim: Claim, into: Claim, by: "User", seen: str = "", reason: str = "", *, opposite: bool = False
) -> Decision:
    """Make `claim` one with `into`, which takes over its quotes.

    Raises:
        Refused: the two cannot be one: the sentence says why.
    """
    with deciding("claim", claim.pk, by):
        claim = as_seen(claim.pk, seen)
        kept = to_merge_into(claim, into.pk)
        before = {"state": claim.state, "remark": claim.remark, "opposite": opposite}
        before["moved"] = merging.merge(claim, kept, by, opposite=opposite)
        return write(
            Verb.MERGED,
            claim,
            claim.statement,
            by,
            other=kept,
            other_words=kept.statement,
            reason=reason,
            before=before,
        )


def to_merge_into(claim: Claim, pk: int) -> Claim:
    into: Claim | None = Claim.objects.standing().select_for_update().filter(pk=pk).first()
    if into is None:
        raise Refused("The claim to merge into was deleted meanwhile.")
    if into.pk == claim.pk:
        raise Refused("A claim can’t be merged into itself.")
    if claim.state not in MERGEABLE:
        raise Refused(f"The claim is {claim.get_state_display().lower()}, and can’t be merged.")
    if into.merged_into_id == claim.pk:
        raise Refused("That claim was merged into this one already.")
    if into.state == State.MERGED:
        raise Refused("That claim was itself merged into another. Choose the one that it was merged into.")
    if into.state != State.ACCEPTED:
        raise Refused(f"That claim is {into.get_state_display().lower()}. Accept it first.")
    if claim.merged_claims.exists():
        raise Refused(OTHERS_POINT_HERE)
    if not is_within(claim, into):
        raise Refused("Not everyone who sees this claim sees that one: its quotes would vanish for them.")
    return into


def keep_one(pair: Duplicate, keep: Claim, by: "User", *, opposite: bool = False) -> Decision:
    """Confirm a suggestion: accept `keep` where nobody has yet, and merge the other into it.

    Raises:
        Refused: the two cannot be one, or somebody has one of them in hand.
    """
    other = pair.second if keep.pk == pair.first_id else pair.first
    with deciding("duplicate", pair.pk, by):
        standing = Claim.objects.select_for_update().get(pk=keep.pk)
        if standing.state in (State.PROPOSED, State.NEEDS_WORK) and may_curate(by, standing):
            accept(standing, by)
        return merge(other, keep, by, opposite=opposite)


@undoes("claim", Verb.ACCEPTED, Verb.SENT_BACK, Verb.REJECTED)
def put_back(decision: Decision, by: "User") -> None:
    states = {Verb.ACCEPTED: State.ACCEPTED, Verb.SENT_BACK: State.NEEDS_WORK, Verb.REJECTED: State.REJECTED}
    claim = Claim.objects.standing().select_for_update().filter(pk=decision.subject_id).first()
    if claim is None:
        raise Refused("The claim was deleted since.")
    if claim.state != states[Verb(decision.verb)]:
        raise Refused(f"The claim was changed since: it is {claim.get_state_display().lower()} now.")
    if claim.merged_claims.exists():
        raise Refused(OTHERS_POINT_HERE)
    claim.set_state(decision.before["state"], by, decision.before["remark"])
    settle_by_hand(claim, by)
    tell_no_more_of(decision)


@undoes("claim", Verb.MERGED)
def part(decision: Decision, by: "User") -> None:
    claim = Claim.objects.standing().select_for_update().filter(pk=decision.subject_id).first()
    if claim is None or claim.merged_into_id != decision.other_id:
        raise Refused("The claim was changed since.")
    merging.part(claim, decision.before["moved"], decision.before["state"], decision.before["remark"], by)
