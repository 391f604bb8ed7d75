"""Who else said a claim, as readers add it: a curator accepts it, or takes it out."""

from typing import TYPE_CHECKING

from reader.claims.models import Claim, Statement
from reader.claims.taking_in import put_back, take_in, take_out
from reader.core.refusals import Refused
from reader.curation.deciding import deciding, tell_no_more_of, tell_of, undoes, write
from reader.curation.models import Decision, Verb
from reader.curation.wording import excerpt

if TYPE_CHECKING:
    from reader.accounts.models import User

#: The most words of a quote that fit into the log.
LONGEST = 280


def accept(statement: Statement, by: "User", seen: str = "", reason: str = "") -> Decision:
    with deciding("statement", statement.pk, by):
        claim = take_in(statement, by)
        return log(Verb.TOOK_IN, claim, statement, by, {"statement": statement.pk})


def remove(statement: Statement, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Take it out of the claim; whoever marked the words keeps the mark, and is told."""
    with deciding("statement", statement.pk, by):
        claim, written = take_out(statement, by)
        decision = log(Verb.TOOK_OUT, claim, statement, by, {"statement": statement.pk, "written": written})
        tell_of(decision, statement.highlight.owner, claim=claim)
        return decision


def log(verb: Verb, claim: Claim, statement: Statement, by: "User", before: dict[str, object]) -> Decision:
    return write(verb, claim, claim.statement, by, other_words=excerpt(statement.quote, LONGEST), before=before)


@undoes("claim", Verb.TOOK_IN, Verb.TOOK_OUT)
def wait_again(decision: Decision, by: "User") -> None:
    claim = Claim.objects.standing().filter(pk=decision.subject_id).first()
    if claim is None:
        raise Refused("The claim was deleted since.")
    if decision.verb == Verb.TOOK_OUT:
        put_back(claim, decision.before["written"], by)
        tell_no_more_of(decision)
        return
    statement = claim.statements.filter(pk=decision.before["statement"]).first()
    if statement is None:
        raise Refused("Its passage is no longer marked, or states another claim now.")
    take_in(statement, by, waits=True)
