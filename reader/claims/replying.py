"""The right of reply: what the person concerned says stands beside the verdict."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reader.claims.conflicts import concerned
from reader.claims.disputes import Correction
from reader.claims.disputing import check_words
from reader.claims.models import Claim
from reader.claims.standing import OUT_OF_THE_LEDGER, in_hand, of_claim, refuse_out_of_the_ledger
from reader.core.access import may_curate, require_sight
from reader.core.refusals import Refused
from reader.core.visibility import around, is_within
from reader.library.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User
    from reader.core.requests import AnyUser


def reply(claim: Claim, person: Person, text: str, by: "User") -> Correction:
    """Put down what the person has to say: they themselves do, or a curator for them.

    Raises:
        Refused: there is no verdict, or the claim does not concern that person.
        PermissionDenied: `by` is neither the person nor a curator of the claim.
    """
    text = check_words(text, "Write down what they have to say.", "text")
    with in_hand(claim, by) as claim:
        require_voice(claim, person, by)
        refuse_out_of_the_ledger(claim)
        if not is_within(claim, person):
            raise Refused("Not everyone who sees the claim sees that person: their reply would name them.", "person")
        if not heard(claim).filter(pk=person.pk).exists():
            raise Refused("Whoever said the claim, or wrote a piece that states it, has the right of reply.", "person")
        if claim.verdict_id is None:
            raise Refused("There is no verdict yet to reply to.")
        kept: Correction | None = claim.corrections.filter(person=person, text=text, deleted_at=None).first()
        if kept:
            return kept
        made = Correction.objects.create(person=person, by=by, text=text, **of_claim(claim))
        claim.tell(by, "replied", correction=made.pk)
    return made


def heard(claim: Claim) -> "QuerySet[Person]":
    """Who has the right of reply: whom all who see the claim see say it, or write what states it."""
    said = claim.statements.filter(
        around(claim, "highlight__"), around(claim, "highlight__article__"), highlight__deleted_at=None, waits=False
    )
    return concerned(said).filter(around(claim))


def voices(claim: Claim, user: "AnyUser") -> "QuerySet[Person]":
    """For whom `user` may reply: a curator for all whom the claim concerns, anybody else for themselves."""
    return heard(claim) if may_curate(user, claim) else heard(claim).filter(user__isnull=False, user=user.pk)


def may_reply(claim: Claim, user: "AnyUser") -> bool:
    is_open = claim.verdict_id is not None and claim.state not in OUT_OF_THE_LEDGER
    return is_open and user.is_authenticated and voices(claim, user).exists()


def require_voice(claim: Claim, person: Person, by: "User") -> None:
    if not (may_curate(by, claim) or person.user_id == by.pk):
        raise PermissionDenied


def remove_reply(correction: Correction, by: "User") -> None:
    with in_hand(correction.claim, by) as claim:
        require_voice(claim, look_again(correction, by), by)
        correction.deleted_at = timezone.now()
        correction.save(update_fields=["deleted_at"])
        claim.tell(by, "removed a reply", correction=correction.pk)


def restore_reply(correction: Correction, by: "User") -> None:
    with in_hand(correction.claim, by) as claim:
        require_voice(claim, look_again(correction, by), by)
        correction.deleted_at = None
        correction.save(update_fields=["deleted_at"])
        claim.tell(by, "restored a reply", correction=correction.pk)


def look_again(correction: Correction, by: "User") -> Person:
    correction.refresh_from_db()
    require_sight(by, correction)
    return correction.person
