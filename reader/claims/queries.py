"""The claims that somebody may read, and what a page needs to know of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, TextField, prefetch_related_objects
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from reader.claims.models import Claim, Phase, Statement
from reader.core.models import Event
from reader.core.paging import LAST_ID, SEPARATOR, Order, Page, page_of, parse_count, parse_moment
from reader.core.prepared import prepared
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor, Kind
from reader.library.models import Person, Publication
from reader.tags.models import Tag, fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

FELL_DUE = "fell due"

HIDDEN_STATES = (Claim.State.MERGED, Claim.State.WITHDRAWN, Claim.State.REJECTED)

BY_ARRIVAL = Order("created_at", parse_moment, descending=True)
#: The order of arrival too, and one that the index by opening day gives for claims without any.
NEWEST = Order("id", parse_count, descending=True)
BY_DEADLINE = Order("window_end", date.fromisoformat, nullable=True)
BY_LATEST_DEADLINE = Order("window_end", date.fromisoformat, descending=True, nullable=True)
BY_START = Order("window_start", date.fromisoformat, nullable=True)
BY_VERDICT = Order("verdict_id", parse_count, descending=True)
BY_DISPUTE = Order("dispute_id", parse_count, descending=True)

#: What a line of the ledger says of a claim.
LINE = ("statement", "window_kind", "window_start", "window_end", "created_at", "verdict", "dispute")

#: What a reader of a phase looks for first: the freshest of the due and of the judged, the nearest of the rest.
ORDERS: dict[str, Order] = {
    Phase.DUE: BY_LATEST_DEADLINE,
    Phase.LIVE: BY_DEADLINE,
    Phase.UPCOMING: BY_START,
    Phase.UNDATED: NEWEST,
    Phase.JUDGED: BY_VERDICT,
    Phase.DISPUTED: BY_DISPUTE,
}


def standing_statements(user: "AnyUser") -> "QuerySet[Statement]":
    """The statements whose passage is still marked as a prediction, in an article that `user` may read.

    The earliest come first; those of an unknown day last, on every database.
    """
    statements = Statement.objects.filter(
        visible_to(user, "highlight__article__"),
        visible_to(user, "highlight__"),
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
    )
    return statements.order_by(F("said_on").asc(nulls_last=True), "id")


def listed_claims(user: "AnyUser") -> "QuerySet[Claim]":
    """The claims of the ledger that `user` may read."""
    stated = Exists(standing_statements(user).filter(claim=OuterRef("pk")))
    claims: QuerySet[Claim] = Claim.objects.standing().visible_to(user)
    return claims.exclude(state__in=HIDDEN_STATES).filter(stated)


def in_phase(phase: str, today: date) -> Q:
    """The condition that `Claim.phase` computes."""
    match phase:
        case Phase.DISPUTED:
            return Q(dispute__isnull=False)
        case Phase.JUDGED:
            return Q(verdict__isnull=False, dispute=None)
        case Phase.UNDATED:
            in_time = Q(window_start=None)
        case Phase.UPCOMING:
            in_time = Q(window_start__gt=today)
        case Phase.LIVE:
            in_time = Q(window_start__lte=today) & (Q(window_end=None) | Q(window_end__gte=today))
        case _:
            in_time = Q(window_end__lt=today)
    return in_time & Q(verdict=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of claims is narrowed to; empty means not narrowed."""

    phase: str = ""
    tag: str = ""
    speaker: str = ""
    publication: str = ""
    since: date | None = None
    until: date | None = None

    def apply(self, claims: "QuerySet[Claim]", user: "AnyUser", today: date) -> "QuerySet[Claim]":
        if self.phase:
            claims = claims.filter(in_phase(self.phase, today))
        if self.tag:
            tagged = Claim.tags.through.objects.filter(tag__in=called(Tag.objects.visible_to(user), self.tag))
            claims = claims.filter(pk__in=tagged.values("claim"))
        if self.speaker:
            speakers = called(Person.objects.visible_to(user), self.speaker)
            claims = claims.filter(self.stated(user, Q(speaker__in=speakers)))
        if self.publication:
            publications = called(Publication.objects.visible_to(user), self.publication)
            claims = claims.filter(self.stated(user, Q(highlight__article__publication__in=publications)))
        if self.since:
            claims = claims.filter(Q(window_end__gte=self.since) | Q(window_end=None, window_start__isnull=False))
        if self.until:
            claims = claims.filter(window_start__lte=self.until)
        return claims

    def stated(self, user: "AnyUser", how: Q) -> Exists:
        return Exists(standing_statements(user).filter(how, claim=OuterRef("pk")))


def called(rows: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    """The rows of this address or of this name, as a link or a reader gives it."""
    return rows.filter(Q(slug=name) | Q(key=fold(name))).values("pk")


def claims_page(user: "AnyUser", filters: Filters, cursor: str, today: date) -> Page[Claim]:
    claims = filters.apply(listed_claims(user), user, today)
    if filters.phase == Phase.LIVE:  # an index has the windows that are over before these
        cursor = cursor or f"{today - timedelta(days=1)}{SEPARATOR}{LAST_ID}"
    return page_of(claims.only(*LINE), ORDERS.get(filters.phase, BY_ARRIVAL), cursor)


class SaidRow(NamedTuple):
    """Who said a claim in which passage."""

    claim_id: int
    highlight_id: int
    said_on: date | None
    said_no_later_than: date | None
    time_text: str
    window_rule: str
    speaker: str | None
    speaker_slug: str | None
    title: str
    article_slug: str
    revised_at: datetime | None


class TagRow(NamedTuple):
    claim_id: int
    name: str


def said_rows(claims: Sequence[Claim], user: "AnyUser") -> list[SaidRow]:
    """The statements of these claims that `user` may read, the earliest of each first."""
    return [SaidRow(*row) for row in said_fields(user, [claim.pk for claim in claims])] if claims else []


@prepared
def said_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return (
        standing_statements(user)
        .filter(claim__in=ids)
        .values_list(
            "claim_id",
            "highlight_id",
            "said_on",
            "said_no_later_than",
            "time_text",
            "window_rule",
            "speaker__name",
            "speaker__slug",
            "highlight__article__title",
            "highlight__article__slug",
            "highlight__article__revised_at",
        )
    )


def tag_rows(claims: Sequence[Claim], user: "AnyUser") -> list[TagRow]:
    return [TagRow(*row) for row in tag_fields(user, [claim.pk for claim in claims])] if claims else []


@prepared
def tag_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    tagged = Claim.tags.through.objects.filter(visible_to(user, "tag__"), claim__in=ids)
    return tagged.order_by("tag__name").values_list("claim_id", "tag__name")


def outcomes_of(claims: Sequence[Claim], user: "AnyUser") -> dict[int, tuple[str, int | None]]:
    """How those of these claims were judged that were: status and outcome of the verdict that stands."""
    judged = [claim.pk for claim in claims if claim.verdict_id is not None]
    return {pk: (status, outcome) for pk, status, outcome in outcome_fields(user, judged)} if judged else {}


@prepared
def outcome_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return Claim.objects.filter(pk__in=ids).values_list("id", "verdict__status", "verdict__outcome")


def attach_statements(claims: Iterable[Claim], user: "AnyUser") -> None:
    """Fetch the statements and tags that `user` may read, in two queries for all the claims."""
    statements = standing_statements(user).select_related(
        "speaker", "reported_by", "highlight", "highlight__article", "highlight__article__publication"
    )
    prefetch_related_objects(
        list(claims),
        Prefetch("statements", queryset=statements, to_attr="visible_statements"),
        Prefetch("tags", queryset=Tag.objects.visible_to(user), to_attr="visible_tags"),
    )


def newly_due(today: date, reach: timedelta) -> "QuerySet[Claim]":
    """The claims whose window ended within `reach` and of which the log does not yet say so.

    Whoever owns them, and none that has its verdict: for the nightly count, never for a page. A claim whose window was
    changed after it had ended falls due a second time.
    """
    return awaited_claims().filter(window_end__lt=today, window_end__gte=today - reach).exclude(Exists(told_due()))


def awaited_claims() -> "QuerySet[Claim]":
    """The claims of anybody's ledger that have no verdict: for what the clock does, never for a page."""
    stated = Statement.objects.filter(claim=OuterRef("pk"), highlight__deleted_at=None, highlight__kind=Kind.PREDICTION)
    claims: QuerySet[Claim] = Claim.objects.standing().exclude(state__in=HIDDEN_STATES).filter(Exists(stated))
    return claims.filter(verdict=None)


def told_due() -> "QuerySet[Event]":
    """The events that say of the claim around that it fell due on the day its window ends now."""
    told: QuerySet[Event] = Event.objects.filter(subject_kind="claim", subject_id=OuterRef("pk"), verb=FELL_DUE)
    return told.annotate(ended=KT("detail__window_end")).filter(ended=Cast(OuterRef("window_end"), TextField()))


def visible_claims(user: "AnyUser") -> "QuerySet[Claim]":
    """The claims that have a page for `user`, listed or not."""
    claims: QuerySet[Claim] = Claim.objects.standing().visible_to(user)
    return claims


def newest_anchors(highlight_ids: list[int]) -> dict[int, Anchor]:
    """Where each highlight stands in the newest text that has it, with that text."""
    anchors = (
        Anchor.objects.filter(highlight__in=highlight_ids)
        .exclude(state=Anchor.State.ORPHANED)
        .select_related("revision")
        .defer("revision__raw", "revision__html")
        .order_by("revision__number")
    )
    return {anchor.highlight_id: anchor for anchor in anchors}
