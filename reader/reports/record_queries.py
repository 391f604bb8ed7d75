"""What was said, and what became of it: the rows that records are made from."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from reader.claims.models import Claim, Polarity, Stance, Statement
from reader.claims.relations import Relation
from reader.core.prepared import Row, prepared
from reader.core.requests import AnyUser
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Person, Publication
from reader.reports.ledgers import Ledger
from reader.reports.tracks import ENDLESS
from reader.tags.models import Tag

#: What a record can be of.
Subject = Person | Publication | Tag
State = Claim.State

#: Nobody's word is staked by irony; what is retold counts for whoever said it, and not for where it is retold.
STAKED = (Stance.ASSERTS, Stance.ENDORSES, Stance.REPORTS, Stance.DISPUTES)
STAKED_THERE = (Stance.ASSERTS, Stance.ENDORSES, Stance.DISPUTES)
#: A shared claim counts once a curator has accepted it: whoever proposes many could else fill somebody's record. One's
#: own are accepted by nobody.
COUNTED = (State.ACCEPTED,)
COUNTED_OF_ONES_OWN = (State.PROPOSED, State.NEEDS_WORK, State.ACCEPTED)

ANYBODY = AnonymousUser()


def counted_claims(ledger: Ledger, prefix: str = "") -> Q:
    states = COUNTED_OF_ONES_OWN if ledger.visibility == Visibility.PRIVATE else COUNTED
    return ledger.keeps(prefix) & Q(**{f"{prefix}deleted_at": None, f"{prefix}state__in": states})


def statements_in(ledger: Ledger) -> "QuerySet[Statement]":
    """The statements of a ledger's claims, in passages that all see who see the ledger.

    What waits for a curator counts for nobody yet; of one's own claims nobody else decides.
    """
    taken_in = Q() if ledger.visibility == Visibility.PRIVATE else Q(waits=False)
    return Statement.objects.filter(
        taken_in,
        ledger.shows("highlight__article__"),
        ledger.shows("highlight__"),
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
    ).order_by()


def sayings(subject: Subject, ledger: Ledger) -> list[Row]:
    """All that counts for a record, each statement once, or for a tag each claim (see `tracks.staked`)."""
    about = subject.key if isinstance(subject, Tag) else subject.pk
    ask = rows_of(type(subject), ledger.visibility)
    match ledger.visibility:
        case Visibility.PUBLIC:
            return ask(ANYBODY, about)
        case Visibility.TEAM:
            return ask(ANYBODY, about, ledger.team_id)
        case _:
            return ask(ANYBODY, about, ledger.owner_id, list(ledger.teams))


@cache
def rows_of(kind: type[Subject], visibility: str) -> Callable[..., list[Row]]:
    """The query for the records of one kind from ledgers of one kind, which the ORM compiles once."""

    @prepared
    def rows(user: AnyUser, about: Any, holder: Any = None, teams: Any = ()) -> "QuerySet[Any, Any]":
        ledger = Ledger(visibility, team_id=holder, owner_id=holder, teams=tuple(teams))
        if kind is Tag:
            in_time = Exists(statements_in(ledger).filter(said_in_time(), claim=OuterRef("pk")))
            return tagged_claims(about, ledger).values_list("pk", *judged(), unless(in_time), *said_by_nobody())
        statements = statements_of(kind, about, ledger).filter(counted_claims(ledger, "claim__"))
        return statements.values_list(
            "claim_id", *judged("claim__"), unless(said_in_time()), "stance", "polarity", as_text("said_on")
        )

    return rows


def judged(prefix: str = "") -> list[str | Cast | Coalesce]:
    """What of a claim a record needs. Days come as text: to read thousands of them takes longer than to find them."""
    verdict = [f"{prefix}verdict__{name}" for name in ("status", "outcome", "difficulty")]
    ends = Coalesce(as_text(f"{prefix}window_end"), Value(ENDLESS, TextField()))
    return [as_text(f"{prefix}window_start"), ends, *verdict, f"{prefix}dispute_id"]


def said_in_time() -> Q:
    """The statements that risked something: said before the window was over, and here before the claim was judged.

    Where the day is not known well enough, it was said before its passage was marked.
    """
    end = F("claim__window_end")
    said = Q(claim__window_end=None) | Q(said_no_later_than__lte=end) | Q(highlight__created_at__lt=end)
    return said & (Q(added_after=None) | Q(added_after__undone_at__isnull=False))


def unless(condition: Q | Exists) -> Case:
    """A word where it does not hold, else none: text comes from a database as it is."""
    return Case(When(condition, then=Value("")), default=Value("late"), output_field=TextField())


def said_by_nobody() -> list[Value]:
    """In the place of a stance, a polarity and a day: a tag says nothing."""
    return [Value(Stance.ASSERTS.value), Value(Polarity.AFFIRMS.value), Value(None, TextField())]


def as_text(name: str) -> Cast:
    return Cast(name, TextField())


def statements_of(kind: type[Subject], pk: int, ledger: Ledger) -> "QuerySet[Statement]":
    if kind is Person:
        return statements_in(ledger).filter(speaker=pk, stance__in=STAKED)
    return statements_in(ledger).filter(highlight__article__publication=pk, stance__in=STAKED_THERE)


def tagged_claims(key: str, ledger: Ledger) -> "QuerySet[Claim]":
    """The claims under a name: it is another tag in another ledger."""
    tags = Tag.objects.filter(ledger.keeps(), key=key)
    tagged = Claim.tags.through.objects.filter(tag__in=tags).values("claim")
    stated = Exists(statements_in(ledger).filter(claim=OuterRef("pk")))
    claims: QuerySet[Claim] = Claim.objects.filter(counted_claims(ledger), stated, pk__in=tagged)
    return claims.order_by()


def updates_by(person: Person) -> list[tuple[int, int]]:
    """Which claim that a person stated took the place of which, in any ledger: the newer one first."""
    return [(newer, into or older) for _, newer, older, into in update_fields(ANYBODY, person.pk)]


@prepared
def update_fields(user: AnyUser, person: int) -> "QuerySet[Any, Any]":
    said = Relation.objects.filter(kind=Relation.Kind.UPDATES, claim__statements__speaker=person)
    return said.order_by("id").distinct().values_list("id", "claim", "other", "other__merged_into")


def wordings(ids: Iterable[int]) -> dict[int, str]:
    """How these claims are worded."""
    known = list(ids)
    return dict(wording_fields(ANYBODY, known)) if known else {}


@prepared
def wording_fields(user: AnyUser, ids: list[int]) -> "QuerySet[Any, Any]":
    return Claim.objects.filter(pk__in=ids).values_list("pk", "statement")


def claims_in_order(ids: list[int], fields: Iterable[str]) -> list[Claim]:
    found: dict[int, Any] = Claim.objects.only(*fields).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
