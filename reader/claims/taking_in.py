"""What readers added to a claim that is accepted already: a curator takes it in, or out."""

from typing import TYPE_CHECKING, cast

from django.core import serializers

from reader.claims.models import Claim, Statement
from reader.claims.standing import in_hand, refuse_out_of_the_ledger
from reader.core.access import require_curation
from reader.core.refusals import Refused
from reader.highlights.models import Highlight

if TYPE_CHECKING:
    from reader.accounts.models import User


def take_in(statement: Statement, by: "User", *, waits: bool = False) -> Claim:
    """Let it count from now on; or, with `waits`, wait again.

    Raises:
        Refused: somebody was faster, or it is gone.
    """
    with in_hand(statement.claim, by) as claim:
        require_curation(by, claim)
        changed = Statement.objects.filter(pk=statement.pk, claim=claim, waits=not waits).update(waits=waits)
        if not changed:
            raise Refused("Somebody decided on this meanwhile, or it is gone.")
        claim.tell(by, "put back" if waits else "took in", statement=statement.pk)
    return claim


def take_out(statement: Statement, by: "User") -> tuple[Claim, str]:
    """Say that this does not state the claim, and answer all that is needed to put it back. The mark stays.

    Raises:
        Refused: it was taken in, or is gone.
    """
    with in_hand(statement.claim, by) as claim:
        require_curation(by, claim)
        kept = Statement.objects.filter(pk=statement.pk, claim=claim, waits=True).first()
        if kept is None:
            raise Refused("Somebody decided on this meanwhile, or it is gone.")
        claim.tell(by, "took out", statement=kept.pk)
        written = serializers.serialize("json", [kept])
        kept.delete()
    return claim, written


def put_back(claim: Claim, written: str, by: "User") -> None:
    """Let it wait again that was taken out.

    Raises:
        Refused: the claim or the passage is no longer what it was.
    """
    with in_hand(claim, by) as claim:
        require_curation(by, claim)
        refuse_out_of_the_ledger(claim)
        (found,) = serializers.deserialize("json", written)
        statement = cast(Statement, found.object)
        marked = Highlight.objects.standing().filter(pk=statement.highlight_id)
        if not marked.exists() or claim.statements.filter(highlight=statement.highlight_id).exists():
            raise Refused("The passage is no longer marked, or states the claim again already.")
        found.save()
        claim.tell(by, "put back", statement=statement.pk)
