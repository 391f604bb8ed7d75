"""The queues of the desk, and what can be done with what waits in each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from reader.claims.models import Claim, Statement
from reader.claims.queries import standing_statements
from reader.core.access import find_or_404, require_curation
from reader.core.visibility import InScope, visible_to
from reader.curation import claim_rulings, mark_rulings, note_rulings, other_rulings, statement_rulings
from reader.curation.models import Decision, Duplicate, Lookalike
from reader.highlights.models import Highlight, Note
from reader.highlights.queries import highlights_for
from reader.library.models import Article
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that a curator does to another; its noun is the last part of its address."""

    noun: str
    word: str
    key: str
    done: str
    change: str
    run: "Callable[[Any, User, str, str], Decision]"
    asks: str = ""
    help: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of thing on the desk: how it is found, who curates it, and the acts of one press or one sentence."""

    name: str
    word: str
    rows: "Callable[[AnyUser], QuerySet[Any]]"
    acts: tuple[Act, ...] = ()

    def find(self, user: "AnyUser", pk: int) -> Any:
        return find_or_404(self.rows(user), pk=pk)

    def act(self, noun: str) -> Act | None:
        return next((act for act in self.acts if act.noun == noun), None)


def claims(user: "AnyUser") -> "QuerySet[Claim]":
    found: QuerySet[Claim] = Claim.objects.standing().visible_to(user).select_related("owner", "team")
    return found


def statements(user: "AnyUser") -> "QuerySet[Statement]":
    """Those of claims and passages that `user` reads, whether they wait or not: another may have been faster."""
    rows = standing_statements(user).filter(visible_to(user, "claim__"), claim__deleted_at=None)
    return rows.select_related("claim__owner", "claim__team", "highlight__owner")


def notes(user: "AnyUser") -> "QuerySet[Note]":
    """Notes, hidden or not: who hid one must find it again."""
    found: QuerySet[Note] = Note.objects.standing().filter(visible_to(user))
    return found.select_related("owner", "highlight__article", "article", "claim")


def articles(user: "AnyUser") -> "QuerySet[Article]":
    found: QuerySet[Article] = Article.objects.visible_to(user)
    return found


def duplicates(user: "AnyUser") -> "QuerySet[Duplicate]":
    both = Duplicate.objects.filter(visible_to(user, "first__"), visible_to(user, "second__"))
    return both.select_related("first", "second")


def lookalikes(user: "AnyUser") -> "QuerySet[Lookalike]":
    both = Lookalike.objects.filter(visible_to(user, "first__"), visible_to(user, "second__"))
    return both.select_related("first", "second")


def tags(user: "AnyUser") -> "QuerySet[Tag]":
    found: QuerySet[Tag] = Tag.objects.visible_to(user).select_related("team")
    return found


def lost_marks(user: "AnyUser") -> "QuerySet[Highlight]":
    """Marks in pieces that `user` reads; what is done to one asks whether it is lost still."""
    return highlights_for(user).filter(deleted_at=None)


def parts_of(thing: Any) -> list[InScope]:
    """What is decided on: both of a pair, of which one can have come to other people since it was listed."""
    if isinstance(thing, Statement):
        return [thing.claim]
    return [thing.first, thing.second] if isinstance(thing, Duplicate | Lookalike) else [thing]


def curated(kind: Kind, user: "AnyUser", pk: int) -> Any:
    """The thing, for somebody who curates it; 404 for whom it does not exist, 403 for whom it is not theirs."""
    thing = kind.find(user, pk)
    for one in parts_of(thing):
        require_curation(user, one)
    return thing


def curated_among(kind: Kind, user: "AnyUser", ids: list[int]) -> list[Any]:
    """Those of these things that are still there, fetched together; 403 where one of them is not this curator's."""
    found = kind.rows(user).in_bulk(ids)
    things = [found[pk] for pk in ids if pk in found]
    for thing in things:
        for one in parts_of(thing):
            require_curation(user, one)
    return things


APART = Act(
    noun="distinction",
    word="Not the same",
    key="r",
    done="These two are told apart, and not suggested again.",
    change="told apart, and not suggested again",
    run=other_rulings.tell_apart,
)

KINDS: dict[str, Kind] = {
    "claims": Kind(
        name="claims",
        word="claim",
        rows=claims,
        acts=(
            Act(
                noun="acceptance",
                word="Accept",
                key="a",
                done="The claim is accepted.",
                change="becomes accepted",
                run=claim_rulings.accept,
            ),
            Act(
                noun="question",
                word="Ask",
                key="q",
                done="The claim is sent back with your question.",
                change="goes back to its proposer with your question",
                run=claim_rulings.send_back,
                asks="Your question to whoever proposed it",
                help="It stands on the claim’s page until they change the claim; then it comes back here.",
            ),
            Act(
                noun="rejection",
                word="Reject",
                key="r",
                done="The claim is rejected.",
                change="is rejected, and leaves the ledger",
                run=claim_rulings.reject,
                asks="Why it does not belong in the ledger",
                help="Whoever proposed it reads this, and so does everyone who may read the log.",
                is_grave=True,
            ),
        ),
    ),
    "statements": Kind(
        name="statements",
        word="statement",
        rows=statements,
        acts=(
            Act(
                noun="acceptance",
                word="Accept",
                key="a",
                done="It counts from now on.",
                change="counts for whoever says it",
                run=statement_rulings.accept,
            ),
            Act(
                noun="removal",
                word="Take it out",
                key="r",
                done="It is taken out of the claim; the mark stays.",
                change="is taken out of its claim; the mark stays",
                run=statement_rulings.remove,
                is_grave=True,
            ),
        ),
    ),
    "notes": Kind(
        name="notes",
        word="note",
        rows=notes,
        acts=(
            Act(
                noun="clearance",
                word="Let it stand",
                key="a",
                done="The note stands; its flags are dismissed.",
                change="stands, and its flags are dismissed",
                run=note_rulings.let_stand,
            ),
            Act(
                noun="hiding",
                word="Hide",
                key="r",
                done="The note is hidden from everyone but its writer.",
                change="is hidden from everyone but its writer",
                run=note_rulings.hide,
                asks="Why it is hidden",
                help="Its writer reads this beside the note, and so does everyone who may read the log.",
                is_grave=True,
            ),
        ),
    ),
    "articles": Kind(
        name="articles",
        word="article",
        rows=articles,
        acts=(
            Act(
                noun="exemption",
                word="Leave as it is",
                key="a",
                done="The piece stays as it is described.",
                change="stays as it is described, and leaves this list",
                run=other_rulings.leave,
            ),
        ),
    ),
    "duplicates": Kind(name="duplicates", word="duplicate", rows=duplicates, acts=(APART,)),
    "lookalikes": Kind(name="lookalikes", word="lookalike", rows=lookalikes, acts=(APART,)),
    "tags": Kind(name="tags", word="tag", rows=tags),
    "highlights": Kind(
        name="highlights",
        word="highlight",
        rows=lost_marks,
        acts=(
            Act(
                noun="placing",
                word="It is there",
                key="a",
                done="The mark has its place again.",
                change="stands at its likeliest place from now on",
                run=mark_rulings.put_in_place,
            ),
            Act(
                noun="keeping",
                word="Keep without a place",
                key="r",
                done="The words are kept without a place.",
                change="stays a quote without a place",
                run=mark_rulings.let_be,
            ),
        ),
    ),
}
