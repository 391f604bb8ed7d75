"""Saying that a claim was said again: by somebody else, elsewhere, or by the same person with another date."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from reader.claims.models import COMMITTED, Claim, Statement
from reader.claims.proposing import (
    Proposal,
    horizon_of,
    make_statement,
    propose,
    reattribute,
    said_in,
    tell,
)
from reader.claims.queries import standing_statements
from reader.claims.relating import relate
from reader.claims.relations import Relation
from reader.claims.standing import in_hand, refuse_out_of_the_ledger
from reader.claims.timing import Horizon
from reader.claims.windows import WindowKind, in_words, window_in_words
from reader.core.access import may_curate, require_annotation
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.highlights.models import Highlight
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser


def state_again(claim: Claim, highlight: Highlight, proposal: Proposal, by: "User") -> Statement:
    """Add a passage that states a claim which is already known, with its own words and window; once, however often.

    Raises:
        Refused: the claim has left the ledger; or it was said too late, or for another day than the speaker gave it.
        PermissionDenied: `by` reads the claim and may write nothing on it.
    """
    with in_hand(claim, by) as claim:
        require_annotation(by, claim)
        highlight.look_again()
        kept = Statement.objects.filter(claim=claim, highlight=highlight).first()
        if kept:
            return kept
        refuse_out_of_the_ledger(claim)
        refuse_what_predicts_nothing(claim, highlight.article.said_no_later_than, proposal)
        refuse_another_date(claim, proposal, by)
        statement = make_statement(claim, highlight, proposal, waits=must_wait(claim, by))
        tell(statement, by, "stated")
    return statement


def must_wait(claim: Claim, by: "User") -> bool:
    """What others count on is a curator's to add to: what anybody else adds waits for one."""
    is_shared = claim.state == Claim.State.ACCEPTED and claim.visibility != Visibility.PRIVATE
    return is_shared and not may_curate(by, claim)


def update(earlier: Claim, highlight: Highlight, proposal: Proposal, by: "User") -> Claim:
    """A new date for what was said before: a claim of its own, which updates the earlier one.

    Raises:
        Refused: the earlier claim has left the ledger, or leads back to this one.
        PermissionDenied: `by` reads the earlier claim and may write nothing on it.
    """
    with in_hand(earlier, by) as earlier:
        require_annotation(by, earlier)
        refuse_out_of_the_ledger(earlier)
        claim = propose(highlight, proposal, by)
        relate(claim, earlier, Relation.Kind.UPDATES, by)
    return claim


def reword(statement: Statement, proposal: Proposal, by: "User") -> None:
    """Correct who said it, how, and for when; the claim and what others said of it stay as they are.

    Raises:
        Refused: the claim has been judged.
        PermissionDenied: `by` neither curates the claim nor put this statement there.
    """
    with in_hand(statement.claim, by) as claim:
        kept = Statement.objects.select_for_update().select_related("highlight__article").get(pk=statement.pk)
        if kept.claim_id != claim.pk:
            raise Refused("The claim was merged or parted meanwhile, and this statement went along: look for it there.")
        if not may_reword(by, claim, kept):
            raise PermissionDenied
        refuse_what_predicts_nothing(claim, kept.said_no_later_than, proposal)
        reattribute(kept, said_in(proposal, kept.highlight) | proposal.horizon.as_fields(), by)


def may_reword(user: "AnyUser", claim: Claim, statement: Statement) -> bool:
    """Whoever curates the claim; whoever marked the words, unless curators decided on the claim with them."""
    return may_curate(user, claim) or statement.pk in own_statements(user, claim, [statement.pk])


def own_statements(user: "AnyUser", claim: Claim, ids: list[int]) -> set[int]:
    """Those of these statements that `user` marked, and of a claim that is decided on those they added to it."""
    if not user.is_authenticated:
        return set()
    mine = set(Statement.objects.filter(pk__in=ids, highlight__owner=user).values_list("pk", flat=True))
    if not (mine and claim.is_decided):
        return mine
    added = Event.objects.filter(actor=user, verb="stated", subject_kind="claim", subject_id=claim.pk)
    return mine & {detail.get("statement") for detail in added.values_list("detail", flat=True)}


def refuse_what_predicts_nothing(claim: Claim, said: date | None, proposal: Proposal) -> None:
    """Where the wording gives no day of its own, the claim's last day must lie ahead of whoever stakes their word."""
    end = proposal.horizon.end if proposal.horizon.kind != WindowKind.NONE else claim.window_end
    if proposal.stance in COMMITTED and said and end and end < said:
        raise Refused(
            f"The claim’s window ended on {in_words(end)}, before this was said ({in_words(said)}): that predicts "
            "nothing. If they retell it, say so; if they give it a new date, it updates the earlier claim."
        )


def refuse_another_date(claim: Claim, proposal: Proposal, by: "User") -> None:
    """A new date of the same person is another claim."""
    name, now = proposal.speaker.strip(), proposal.horizon
    if not name or now.kind not in (WindowKind.WINDOW, WindowKind.OPEN):
        return
    theirs = standing_statements(by).filter(claim=claim, speaker__key=fold(name)).select_related("claim")
    for said in theirs:
        then = horizon_of(said if said.window_start else said.claim, "")
        if then.start and last_or_first(then) != last_or_first(now):
            raise Refused(
                f"{name} said so before for another time ({window_in_words(then.kind, then.start, then.end)}). "
                "Choose “The date changed”, and the ledger keeps both dates."
            )


def last_or_first(horizon: Horizon) -> tuple[str, date | None]:
    """By which day; from which on, where there is no last."""
    return horizon.kind, horizon.end or horizon.start
