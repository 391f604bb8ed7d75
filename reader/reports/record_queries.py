"""What was said, and what became of it: the rows that records are made from."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from reader.claims.models import Claim, Stance, Statement
from reader.claims.relations import Relation
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Person, Publication
from reader.reports.ledgers import Ledger
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

#: What of a claim a record needs.
JUDGED = ("window_start", "window_end", "verdict__status", "verdict__outcome", "verdict__difficulty", "dispute_id")


class Saying(NamedTuple):
    """One statement of a claim, and what became of the claim."""

    claim_id: int
    starts: date | None
    ends: date | None
    status: str | None
    outcome: int | None
    difficulty: int | None
    dispute_id: int | None
    #: Empty for a tag, which says nothing.
    stance: str = Stance.ASSERTS
    polarity: str = "affirms"
    said_on: date | None = None


def counted_claims(ledger: Ledger, prefix: str = "") -> Q:
    states = COUNTED_OF_ONES_OWN if ledger.visibility == Visibility.PRIVATE else COUNTED
    return ledger.keeps(prefix) & Q(**{f"{prefix}deleted_at": None, f"{prefix}state__in": states})


def statements_in(ledger: Ledger) -> "QuerySet[Statement]":
    """The statements of a ledger's claims, in passages that all see who see the ledger."""
    return Statement.objects.filter(
        ledger.shows("highlight__article__"),
        ledger.shows("highlight__"),
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
    ).order_by()


def sayings(subject: Subject, ledger: Ledger) -> list[Saying]:
    """All that counts for a record, each statement once, or for a tag each claim."""
    if isinstance(subject, Tag):
        return [Saying(*row) for row in tagged_claims(subject, ledger).values_list("pk", *JUDGED)]
    statements = statements_of(subject, ledger).filter(counted_claims(ledger, "claim__"))
    fields = (f"claim__{name}" for name in JUDGED)
    rows = statements.values_list("claim_id", *fields, "stance", "polarity", "said_on")
    return [Saying(*row) for row in rows]


def statements_of(subject: Person | Publication, ledger: Ledger) -> "QuerySet[Statement]":
    if isinstance(subject, Person):
        return statements_in(ledger).filter(speaker=subject.pk, stance__in=STAKED)
    return statements_in(ledger).filter(highlight__article__publication=subject.pk, stance__in=STAKED_THERE)


def tagged_claims(tag: Tag, ledger: Ledger) -> "QuerySet[Claim]":
    """The claims under this name: a name is another tag in another ledger."""
    tags = Tag.objects.filter(ledger.keeps(), key=tag.key)
    tagged = Claim.tags.through.objects.filter(tag__in=tags).values("claim")
    stated = Exists(statements_in(ledger).filter(claim=OuterRef("pk")))
    claims: QuerySet[Claim] = Claim.objects.filter(counted_claims(ledger), stated, pk__in=tagged)
    return claims.order_by()


def updates_among(person: Person, ledger: Ledger) -> list[tuple[int, int]]:
    """Which claim of a person's took the place of which: the newer one first."""
    said = statements_of(person, ledger).values("claim")
    rows = Relation.objects.filter(kind=Relation.Kind.UPDATES, claim__in=said).order_by("id")
    return [(newer, into or older) for newer, older, into in rows.values_list("claim", "other", "other__merged_into")]


def wordings(ids: Iterable[int]) -> dict[int, str]:
    """How these claims are worded."""
    return dict(Claim.objects.filter(pk__in=list(ids)).values_list("pk", "statement"))


def claims_in_order(ids: list[int], fields: Iterable[str]) -> list[Claim]:
    found: dict[int, Any] = Claim.objects.only(*fields).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
