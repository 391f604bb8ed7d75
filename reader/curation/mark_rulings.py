"""Marks that lost their place: a curator puts one where it seems to stand, or lets it be a quote without a place."""

from typing import TYPE_CHECKING

from reader.claims.placed_marks import accept_candidate, take_back
from reader.core.refusals import Refused
from reader.curation.deciding import deciding, undoes, write
from reader.curation.models import Decision, Verb
from reader.curation.wording import excerpt
from reader.highlights.models import Highlight
from reader.highlights.placing import keep, newest_anchor

if TYPE_CHECKING:
    from reader.accounts.models import User

#: The most words of a mark that fit into the log.
LONGEST = 280


def put_in_place(mark: Highlight, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Put the mark where it seems to stand in the newest text, which is the one that was `seen`.

    Raises:
        Refused: it is not lost any more, nothing there is like it, or another text came meanwhile.
    """
    with deciding("highlight", mark.pk, by):
        accept_candidate(mark, int(seen) if seen.isdecimal() else newest_anchor(mark).revision_id, by)
        return write(Verb.PLACED, mark, excerpt(mark.exact, LONGEST), by, reason=reason)


def let_be(mark: Highlight, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Let the mark be a quote without a place.

    Raises:
        Refused: it is not lost any more.
    """
    with deciding("highlight", mark.pk, by):
        keep(mark, by)
        return write(Verb.KEPT, mark, excerpt(mark.exact, LONGEST), by, reason=reason)


@undoes("highlight", Verb.PLACED)
@undoes("highlight", Verb.KEPT)
def lose_again(decision: Decision, by: "User") -> None:
    mark = Highlight.objects.standing().filter(pk=decision.subject_id).first()
    if mark is None:
        raise Refused("The mark is no longer there.")
    take_back(mark, by)
