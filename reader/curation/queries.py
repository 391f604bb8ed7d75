"""What waits on a desk: the rows of each queue, and what their lines say. A desk is teams, and perhaps the public."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from reader.claims.models import Claim, Statement
from reader.claims.queries import standing_statements
from reader.core.access import in_realm, realm_of
from reader.core.prepared import Row, prepared
from reader.core.visibility import visible_to
from reader.curation.models import Decision, Duplicate, Flag, Hold, Lookalike, Verb
from reader.curation.pairs import MERGEABLE
from reader.highlights.models import Anchor, Note
from reader.library.models import Article, Authorship, Revision
from reader.library.precision import Precision

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

#: A page of a queue.
PAGE = 30
#: From here on a tab says "99+": nobody reads a longer number, and counting on costs time.
MANY = 100

#: The claim's own fields that a line is made of, in the order in which its instances are made from rows.
CLAIMS_OWN = {"id", "statement", "criteria", "state", "window_kind", "window_start", "window_end"}
OWN = tuple(field.attname for field in Claim._meta.concrete_fields if field.attname in CLAIMS_OWN)
CLAIM: tuple[str, ...] = (
    *OWN,
    *("owner__name", "visibility", "team__name", "created_at"),
)


def proposed(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Claim]":
    """The claims that wait for a decision, the oldest first, and whose passage still stands."""
    stated = Exists(standing_statements(user).filter(claim=OuterRef("pk")))
    shared: QuerySet[Claim] = Claim.objects.standing().exclude(visibility="private")  # as the index says it
    return shared.filter(in_realm(teams, public), stated, state="proposed").order_by("id")


@prepared
def proposed_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    return proposed(user, teams, public).filter(id__gt=after).values_list(*CLAIM)[: PAGE + 1]


@prepared
def proposed_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return proposed(user, teams, public).order_by().values_list("id")[:MANY]


@prepared
def claim_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return Claim.objects.filter(visible_to(user), pk__in=ids).values_list(*CLAIM)


@prepared
def quote_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """What was said of these claims, by whom and where, the earliest first."""
    rows = standing_statements(user).filter(claim__in=ids)
    piece = ("highlight__article__title", "highlight__article__slug", "highlight_id", "highlight__article__revised_at")
    return rows.values_list("claim_id", "quote", "speaker__name", *piece)


@prepared
def quote_counts(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    rows = standing_statements(user).filter(claim__in=ids).order_by()
    counted: QuerySet[Any, Any] = rows.values_list("claim_id").annotate(count=Count("pk"))
    return counted


#: Of a statement that waits: what it says, of which claim, and where.
STATEMENT: tuple[str, ...] = (
    *("id", "quote", "speaker__name", "claim_id", "claim__statement", "claim__visibility", "claim__team__name"),
    *("highlight_id", "highlight__owner__name", "highlight__article__title", "highlight__article__slug"),
    "highlight__article__revised_at",
)


def added(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Statement]":
    """What readers added to claims that are accepted, the oldest first; in passages that the curator reads."""
    rows = standing_statements(user).filter(in_realm(teams, public, "claim__"), waits=True)
    return rows.filter(claim__deleted_at=None, claim__state=Claim.State.ACCEPTED).order_by("id")


@prepared
def added_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    return added(user, teams, public).filter(id__gt=after).values_list(*STATEMENT)[: PAGE + 1]


@prepared
def added_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return added(user, teams, public).order_by().values_list("id")[:MANY]


def alike(teams: list[int], public: str | None) -> "QuerySet[Duplicate]":
    """The pairs of claims that nobody merged or told apart, the likeliest first."""
    open_pairs = Duplicate.objects.filter(
        in_realm(teams, public, "first__"),
        in_realm(teams, public, "second__"),
        told_apart_at=None,
        first__state__in=MERGEABLE,
        second__state__in=MERGEABLE,
        first__deleted_at=None,
        second__deleted_at=None,
    )
    return open_pairs.order_by("id")


@prepared
def alike_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    rows = alike(teams, public).filter(id__gt=after)
    return rows.values_list("id", "score", "first_id", "second_id")[: PAGE + 1]


@prepared
def alike_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return alike(teams, public).order_by().values_list("id")[:MANY]


def flagged(teams: list[int], public: str | None) -> "QuerySet[Note]":
    """The notes that readers flagged, and nobody has settled yet."""
    waiting = Flag.objects.filter(settled_by=None).values("note")
    notes: QuerySet[Note] = Note.objects.standing().filter(in_realm(teams, public), pk__in=waiting, hidden_at=None)
    return notes.order_by("id")


NOTE: tuple[str, ...] = (
    *("id", "body", "owner__name", "visibility", "team__name", "created_at", "highlight_id", "claim_id"),
    *("article__title", "article__slug", "highlight__article__title", "highlight__article__slug", "claim__statement"),
)


@prepared
def flagged_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    return flagged(teams, public).filter(id__gt=after).values_list(*NOTE)[: PAGE + 1]


@prepared
def flagged_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return flagged(teams, public).order_by().values_list("id")[:MANY]


@prepared
def flag_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """The open flags on these notes, the oldest first."""
    rows = Flag.objects.filter(note__in=ids, settled_by=None).order_by("id")
    return rows.values_list("note_id", "kind", "words", "by__name")


def doubtful(teams: list[int], public: str | None) -> "QuerySet[Article]":
    """The pieces without an author, an exact date or a known audience, that nobody let stand so."""
    gaps = Q(published=None) | Q(published_precision__in=[Precision.MONTH, Precision.YEAR])
    gaps |= Q(audience=Article.Audience.UNKNOWN)
    let_be = Decision.objects.standing().filter(subject_kind="article", subject_id=OuterRef("pk"), verb=Verb.LET_STAND)
    articles: QuerySet[Article] = Article.objects.filter(in_realm(teams, public))
    unsigned = ~Exists(Authorship.objects.filter(article=OuterRef("pk")))
    return articles.filter(gaps | unsigned).exclude(Exists(let_be)).order_by("id")


ARTICLE = (
    "id",
    "title",
    "slug",
    "published",
    "published_precision",
    "doubted_date",
    "audience",
    "visibility",
    "team__name",
    "added_at",
)


@prepared
def doubtful_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    rows = doubtful(teams, public).filter(id__gt=after)
    signed = Exists(Authorship.objects.filter(article=OuterRef("pk")))
    annotated: QuerySet[Any, Any] = rows.annotate(signed=signed)
    return annotated.values_list(*ARTICLE, "publication__name", "signed")[: PAGE + 1]


@prepared
def doubtful_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return doubtful(teams, public).order_by().values_list("id")[:MANY]


def lost(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Anchor]":
    """Where marks were not found in the newest text of their piece, and nobody lets them be without a place."""
    newer = Revision.objects.filter(article=OuterRef("highlight__article"), number__gt=OuterRef("revision__number"))
    anchors = Anchor.objects.filter(
        in_realm(teams, public, "highlight__"),
        visible_to(user, "highlight__article__"),
        ~Exists(newer),
        state=Anchor.State.ORPHANED,
        highlight__deleted_at=None,
    ).exclude(method=Anchor.KEPT)
    return anchors.order_by("highlight_id")


@prepared
def lost_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    candidate = Substr("revision__text", F("start") + 1, F("end") - F("start"))
    rows = lost(user, teams, public).filter(highlight_id__gt=after).annotate(candidate=candidate)
    whose = ("highlight__owner__name", "highlight__visibility", "highlight__team__name")
    piece = ("highlight__article__title", "highlight__article__slug")
    said = ("highlight_id", "highlight__kind", "highlight__exact", "score", "candidate")
    return rows.values_list(*said, *whose, *piece, "revision_id")[: PAGE + 1]


@prepared
def lost_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return lost(user, teams, public).order_by().values_list("highlight_id")[:MANY]


def near(teams: list[int], public: str | None) -> "QuerySet[Lookalike]":
    """The pairs of tags that nobody merged or told apart."""
    inside = in_realm(teams, public, "first__"), in_realm(teams, public, "second__")
    return Lookalike.objects.filter(*inside, told_apart_at=None).order_by("id")


@prepared
def near_fields(user: "AnyUser", teams: list[int], public: str | None, after: int) -> "QuerySet[Any, Any]":
    tags = ("first_id", "first__name", "second_id", "second__name", "first__visibility", "first__team__name")
    return near(teams, public).filter(id__gt=after).values_list("id", *tags)[: PAGE + 1]


@prepared
def near_ids(user: "AnyUser", teams: list[int], public: str | None) -> "QuerySet[Any, Any]":
    return near(teams, public).order_by().values_list("id")[:MANY]


@prepared
def held_fields(user: "AnyUser", kind: str, ids: list[int]) -> "QuerySet[Any, Any]":
    held = Hold.objects.filter(subject_kind=kind, subject_id__in=ids).exclude(holder=user.pk)
    return held.values_list("subject_id", "holder__name", "since", "until")


def held_by_others(user: "User", kind: str, ids: list[int], now: datetime) -> dict[int, tuple[str, datetime]]:
    """Who else has which of these in hand, and since when."""
    rows = held_fields(user, kind, ids) if ids else []
    return {pk: (name, since) for pk, name, since, until in rows if until > now}


COUNTS = {
    "claims": proposed_ids,
    "statements": added_ids,
    "duplicates": alike_ids,
    "notes": flagged_ids,
    "articles": doubtful_ids,
    "highlights": lost_ids,
    "tags": near_ids,
}


def counts(user: "User", known: dict[str, int]) -> dict[str, int]:
    """How much waits in each queue, up to `MANY`; what is `known` already is not counted again."""
    realm = realm_of(user)
    return {name: known[name] if name in known else len(ids(user, *realm)) for name, ids in COUNTS.items()}


def by_first(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
