"""What the page of a claim tells, in plain rows: fifty statements, forty sources, a round and its votes.

Each of these queries is compiled once. None of them may ask what time it is: whether a round is over is for the caller.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, CharField, F, Q, QuerySet, When
from django.db.models.functions import Greatest, Substr
from django.http import Http404
from django.utils import timezone

from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.ledger_queries import evidence_for, relations_between
from reader.claims.models import Claim
from reader.claims.passages import QuoteInContext, Standing, first_to_say, in_context
from reader.claims.queries import standing_statements, visible_claims
from reader.core.models import Event
from reader.core.prepared import prepared
from reader.core.visibility import visible_to
from reader.highlights.beginnings import text_fields
from reader.highlights.crossing import Stand, crossed_at
from reader.highlights.models import Anchor, Note
from reader.highlights.surroundings import WINDOW
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

Rows = QuerySet[Any, Any]

#: So many forecasts are shown with their reasons.
NEWEST = 8
#: So many rows of the log are looked at for a brief history.
NEWEST_EVENTS = 40


#: All that a claim's own table says of it, as the table names it.
OWN_FIELDS = tuple(field.attname for field in Claim._meta.concrete_fields)
#: No id is larger, on any database.
LARGEST_ID = 2**63 - 1


@prepared
def claim_fields(user: "AnyUser", claim_id: int) -> Rows:
    return visible_claims(user).filter(pk=claim_id).values_list(*OWN_FIELDS)


def claim_in_sight(user: "AnyUser", claim_id: int) -> Claim:
    """The claim of which `user` may see the page, listed or not.

    Raises:
        Http404: there is none, or none for them.
    """
    found = claim_fields(user, claim_id) if claim_id <= LARGEST_ID else []
    if not found:
        raise Http404
    return Claim.from_db(DEFAULT_DB_ALIAS, OWN_FIELDS, found[0])


class StatementRow(NamedTuple):
    """One person saying the claim in one passage."""

    id: int
    highlight_id: int
    quote: str
    speaker: str | None
    speaker_slug: str | None
    reported_by: str | None
    reported_by_slug: str | None
    stance: str
    polarity: str
    time_text: str
    hedge: str
    stated_percent: Decimal | None
    said_on: date | None
    said_no_later_than: date | None
    window_kind: str
    window_start: date | None
    window_end: date | None
    window_rule: str
    title: str
    article_slug: str
    publication: str | None
    publication_slug: str | None
    marker_id: int
    revised_at: datetime | None
    waits: bool
    seen_by: str
    team: str | None


@prepared
def statement_fields(user: "AnyUser", claim_id: int) -> Rows:
    return (
        standing_statements(user)
        .filter(claim_id=claim_id)
        .values_list(
            *(
                "id",
                "highlight_id",
                "quote",
                "speaker__name",
                "speaker__slug",
                "reported_by__name",
                "reported_by__slug",
            ),
            *("stance", "polarity", "time_text", "hedge", "stated_percent", "said_on", "said_no_later_than"),
            *("window_kind", "window_start", "window_end", "window_rule"),
            *("highlight__article__title", "highlight__article__slug"),
            *("highlight__article__publication__name", "highlight__article__publication__slug", "highlight__owner_id"),
            "highlight__article__revised_at",
            *("waits", "highlight__visibility", team_of_mark(user)),
        )
    )


def team_of_mark(user: "AnyUser") -> Case:
    """The name of the team that a mark is shared with, for its members."""
    teams = user.team_ids if user.is_authenticated else ()
    return Case(When(highlight__team__in=teams, then="highlight__team__name"), output_field=CharField())


def statements_of(claim: Claim, user: "AnyUser") -> list[StatementRow]:
    """Who said it, the earliest first, as far as `user` may know."""
    return [StatementRow(*row) for row in statement_fields(user, claim.pk)]


PLACE = ("revision_id", "start", "end", "revision__created_at")


@prepared
def context_fields(user: "AnyUser", highlight_ids: list[int]) -> Rows:
    """What stands around each mark in each text, the newest last; the marks are those that `user` sees."""
    start, length = F("start") + 1, F("end") - F("start")
    first = Greatest(start - WINDOW, 1)
    return (
        Anchor.objects.filter(highlight__in=highlight_ids)
        .order_by("revision__number")
        .annotate(
            before=Substr("revision__text", first, start - first),
            words=Substr("revision__text", start, length),
            after=Substr("revision__text", F("end") + 1, WINDOW),
        )
        .values_list("highlight_id", "state", *PLACE, "before", "words", "after")
    )


def contexts_of(statements: Sequence[StatementRow], user: "AnyUser") -> dict[int, QuoteInContext]:
    """The quotes of these statements in their paragraphs, by their marks."""
    return in_their_texts({row.highlight_id: row.quote for row in statements}, user)


def in_their_texts(quotes: Mapping[int, str], user: "AnyUser") -> dict[int, QuoteInContext]:
    """These quotes, each of a mark that `user` sees, in their paragraphs and with what their texts say since."""
    texts: dict[int, list[Standing]] = defaultdict(list)
    for pk, *standing in context_fields(user, list(quotes)) if quotes else []:
        texts[pk].append(Standing(*standing))
    cross_out(texts)
    found = {pk: in_context(quote, texts[pk]) for pk, quote in quotes.items()}
    remarked = {pk: texts[pk] for pk, context in found.items() if context and context.is_remarked}
    had = first_texts(quotes, remarked, user)
    found |= {pk: in_context(quotes[pk], standing, had[pk]) for pk, standing in remarked.items()}
    return {pk: context for pk, context in found.items() if context}


def cross_out(texts: Mapping[int, list[Standing]]) -> None:
    """Say of the marks that have stood in several texts where they are crossed out."""
    revised = {(pk, at): one for pk, rows in texts.items() if len(rows) > 1 for at, one in enumerate(rows)}
    stands = {key: Stand(one.revision_id, one.start, one.end) for key, one in revised.items() if not one.is_lost}
    for (pk, at), how in (crossed_at(stands) if stands else {}).items():
        texts[pk][at] = replace(texts[pk][at], crossed=how)


def first_texts(quotes: Mapping[int, str], texts: Mapping[int, Sequence[Standing]], user: "AnyUser") -> dict[int, str]:
    """The whole of the first text that has each quote; asked where something new beside one takes it back."""
    firsts = {pk: texts[pk][first_to_say(quotes[pk], texts[pk]) or 0].revision_id for pk in texts}
    whole: dict[int, str] = dict(text_fields(user, sorted(set(firsts.values())))) if firsts else {}
    return {pk: whole[first] for pk, first in firsts.items()}


class OwnRow(NamedTuple):
    """One forecast of the reader's own; without a percentage it was withdrawn."""

    percent: int | None
    reason: str
    made_at: datetime
    came_from: int | None


@prepared
def own_fields(user: "AnyUser", claim_id: int) -> Rows:
    mine = Forecast.objects.filter(claim_id=claim_id, owner_id=user.pk)
    return mine.order_by("-id").values_list("percent", "reason", "made_at", "came_from")


def own_forecasts(claim: Claim, user: "AnyUser") -> list[OwnRow]:
    """What the reader gave the claim, the newest first."""
    return [OwnRow(*row) for row in own_fields(user, claim.pk)] if user.is_authenticated else []


@prepared
def look_fields(user: "AnyUser", claim_id: int) -> Rows:
    return CrowdLook.objects.filter(claim_id=claim_id, reader_id=user.pk).values_list("pk")


@prepared
def percent_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = Forecast.objects.visible_to(user).standing(user).filter(claim_id=claim_id)
    return rows.order_by("-id").values_list("percent", "pk")


class CrowdRow(NamedTuple):
    """One reader's standing forecast."""

    owner_id: int
    name: str
    percent: int
    reason: str
    made_at: datetime


@prepared
def crowd_fields(user: "AnyUser", ids: list[int]) -> Rows:
    rows = Forecast.objects.visible_to(user).filter(pk__in=ids).order_by("-id")
    return rows.values_list("owner_id", "owner__name", "percent", "reason", "made_at")


@dataclass(frozen=True, slots=True)
class Crowd:
    """What readers give a claim, for one of them; their number alone while the rest is hidden."""

    count: int
    is_open: bool
    percents: list[int]
    #: The newest of them, with their reasons.
    rows: list[CrowdRow]

    @property
    def median(self) -> float | None:
        return median(self.percents) if self.percents else None


def crowd_of(claim: Claim, user: "AnyUser", own: Sequence[OwnRow] | None = None, most: int = NEWEST) -> Crowd:
    """The crowd, for whoever forecast the claim or chose to look; `own` are their own forecasts, where they are known.

    What is judged, or whose window is over, is nobody's secret any more: there is nothing left to forecast.
    """
    standing = percent_fields(user, claim.pk)
    is_over = claim.verdict_id is not None or (claim.window_end is not None and claim.window_end < timezone.localdate())
    if not (is_over or (own_forecasts(claim, user) if own is None else own) or has_looked(claim, user)):
        return Crowd(len(standing), is_open=False, percents=[], rows=[])
    newest = crowd_fields(user, [pk for _, pk in standing[:most]]) if standing else []
    percents = [percent for percent, _ in standing]
    return Crowd(len(standing), is_open=True, percents=percents, rows=[CrowdRow(*row) for row in newest])


def has_looked(claim: Claim, user: "AnyUser") -> bool:
    return bool(user.is_authenticated and look_fields(user, claim.pk))


class EvidenceRow(NamedTuple):
    """A source on the claim. `by_id` added it."""

    id: int
    bearing: str
    title: str
    url: str
    archive_url: str
    quote: str
    published_on: date | None
    withheld: bool
    added_at: datetime
    by_id: int | None
    by: str | None
    highlight_id: int | None
    article_slug: str | None


@prepared
def evidence_fields(user: "AnyUser", claim_id: int) -> Rows:
    return (
        evidence_for(user)
        .filter(claim_id=claim_id)
        .order_by("id")
        .values_list(
            *("id", "bearing", "title", "url", "archive_url", "quote", "published_on", "withheld", "added_at"),
            *("by_id", "by__name", "highlight_id", "highlight__article__slug"),
        )
    )


def evidence_rows(claim: Claim, user: "AnyUser") -> list[EvidenceRow]:
    return [EvidenceRow(*row) for row in evidence_fields(user, claim.pk)]


class RelationRow(NamedTuple):
    id: int
    kind: str
    holds_if: str
    claim_id: int
    claim: str
    other_id: int
    other: str


@prepared
def relation_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = relations_between(user).filter(Q(claim_id=claim_id) | Q(other_id=claim_id)).order_by("id")
    return rows.values_list("id", "kind", "holds_if", "claim_id", "claim__statement", "other_id", "other__statement")


def relation_rows(claim: Claim, user: "AnyUser") -> list[RelationRow]:
    """How the claim hangs together with others that `user` sees too, both ways."""
    return [RelationRow(*row) for row in relation_fields(user, claim.pk)]


class EventRow(NamedTuple):
    verb: str
    at: datetime
    actor: str | None
    detail: dict[str, Any]


def events_on(user: "AnyUser", claim_id: int) -> Rows:
    rows = Event.objects.filter(visible_to(user), subject_kind="claim", subject_id=claim_id)
    return rows.order_by("-id").values_list("verb", "at", "actor__name", "detail", "article_id")


@prepared
def newest_event_fields(user: "AnyUser", claim_id: int) -> Rows:
    return events_on(user, claim_id)[: NEWEST_EVENTS + 1]


@prepared
def event_fields(user: "AnyUser", claim_id: int) -> Rows:
    return events_on(user, claim_id)[:2_000]


@prepared
def article_fields(user: "AnyUser", ids: list[int]) -> Rows:
    return Article.objects.visible_to(user).filter(pk__in=ids).values_list("pk")


class NoteRow(NamedTuple):
    """A note on the claim itself, or on what was merged into it."""

    pk: int
    owner_id: int
    owner: str
    html: str
    visibility: str
    created_at: datetime
    hidden_at: datetime | None
    hidden_because: str


@prepared
def note_fields(user: "AnyUser", claim_id: int) -> Rows:
    """By the few claims that they can be on: asked for either in one, a database looks through the notes of all."""
    claims = Claim.objects.filter(Q(pk=claim_id) | Q(merged_into_id=claim_id)).values("pk")
    rows = Note.objects.standing().visible_to(user).filter(claim__in=claims)
    return rows.values_list(
        *("pk", "owner_id", "owner__name", "html", "visibility", "created_at", "hidden_at", "hidden_because")
    )


def notes_on(claim: Claim, user: "AnyUser") -> list[NoteRow]:
    return [NoteRow(*row) for row in note_fields(user, claim.pk)]
