"""Everything that is somebody's own, as plain rows: nothing that they may not read now, and of others only names."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import Model, Prefetch, QuerySet

from reader.claims.disputes import DECIDED
from reader.claims.ledger_queries import (
    assessments_for,
    disputes_for,
    evidence_for,
    forecasts_for,
    replies_for,
    verdicts_for,
)
from reader.claims.models import Statement
from reader.claims.queries import standing_statements, visible_claims
from reader.core.visibility import visible_to
from reader.exchange.streaming import in_turn
from reader.highlights.models import Anchor
from reader.highlights.queries import highlights_for, notes_for
from reader.intake.models import Draft
from reader.library.models import Article, Reading
from reader.notices.models import posts_of
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.accounts.models import User

Row = dict[str, Any]


def fields(thing: Model, *names: str) -> Row:
    return {name: getattr(thing, name) for name in names}


def scope(thing: Any) -> Row:
    return {"visibility": thing.visibility, "team": thing.team.name if thing.team else None}


def names(tags: Iterable[Tag]) -> list[str]:
    return sorted(tag.name for tag in tags)


def oneself(user: "User") -> Row:
    """The account, its settings and its teams."""
    return {
        **fields(user, "name", "email", "handle", "joined_at"),
        "addresses": list(EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")),
        "display": fields(user, "theme", "text_size", "text_width", "leading"),
        "notices_by_mail": posts_of(user.pk),
        "teams": list(user.memberships.order_by("pk").values("team__name", "role", "joined_at")),
    }


def my_articles(user: "User") -> Iterator[Row]:
    authors = Prefetch("authorships", to_attr="signed")
    rows = Article.objects.visible_to(user).filter(owner=user).select_related("publication", "team")
    rows = rows.prefetch_related(visible_tags(user), authors, "authorships__person")
    for article in in_turn(rows):
        yield {
            **fields(article, "slug", "title", "subtitle", "canonical_url", "published", "published_precision"),
            **fields(article, "doubted_date"),
            **fields(article, "audience", "truncated", "truncation_evidence", "language", "words", "added_at"),
            "publication": article.publication.name if article.publication else None,
            "authors": [signed.person.name for signed in article.signed],
            "tags": names(article.seen_tags),
            **scope(article),
        }


def my_highlights(user: "User") -> Iterator[Row]:
    """The passages with their places: code points of the newest text that has them."""
    placed = Anchor.objects.select_related("revision").defer("revision__html", "revision__text", "revision__raw")
    places = Prefetch("anchors", placed.order_by("revision__number"), to_attr="places")
    mine = highlights_for(user).filter(owner=user, deleted_at=None).select_related("article", "team")
    rows: QuerySet[Any] = mine.prefetch_related(visible_tags(user), places)
    for highlight in in_turn(rows):
        yield {
            "id": highlight.pk,
            **fields(highlight, "kind", "exact", "prefix", "suffix", "created_at", "changed_at"),
            "article": fields(highlight.article, "slug", "title", "canonical_url"),
            "place": place(highlight.places[-1]) if highlight.places else None,
            "tags": names(highlight.seen_tags),
            **scope(highlight),
        }


def place(anchor: Anchor) -> Row:
    return {"revision": anchor.revision.number, **fields(anchor, "start", "end", "state")}


def my_notes(user: "User") -> Iterator[Row]:
    for note in in_turn(notes_for(user).filter(owner=user, deleted_at=None).select_related("team")):
        yield {
            "id": note.pk,
            **fields(note, "body", "version", "created_at", "changed_at", "highlight_id", "claim_id"),
            "article": note.article.slug if note.article else None,
            "reply_to": note.parent_id,
            **scope(note),
        }


def my_claims(user: "User") -> Iterator[Row]:
    """The claims with those statements that one's own marks make."""
    said = standing_statements(user).filter(highlight__owner=user).select_related("speaker", "reported_by")
    mine = visible_claims(user).filter(owner=user).select_related("team")
    rows: QuerySet[Any] = mine.prefetch_related(visible_tags(user), Prefetch("statements", said, to_attr="said"))
    for claim in in_turn(rows):
        yield {
            "id": claim.pk,
            **fields(claim, "statement", "criteria", "fine_print", "kind", "state", "review_on", "created_at", *WINDOW),
            "statements": [as_row(statement) for statement in claim.said],
            "tags": names(claim.seen_tags),
            **scope(claim),
        }


def my_forecasts(user: "User") -> Iterator[Row]:
    """All that one ever gave a claim; without a percentage it was withdrawn."""
    for forecast in in_turn(forecasts_for(user).filter(owner=user).select_related("claim", "team")):
        row = fields(forecast, "claim_id", "percent", "reason", "made_at")
        yield {**row, "claim": forecast.claim.statement, **scope(forecast)}


def my_assessments(user: "User") -> Iterator[Row]:
    for vote in in_turn(assessments_for(user).filter(by=user).select_related("round__claim")):
        names = ("strict", "charitable", "timing", "already_true", "difficulty", "reasons", "disclosed")
        claim = {"claim_id": vote.round.claim_id, "claim": vote.round.claim.statement}
        yield {**claim, **fields(vote, *names, "made_at", "changed_at")}


def my_evidence(user: "User") -> Iterator[Row]:
    for source in in_turn(evidence_for(user).filter(by=user).select_related("claim")):
        names = ("bearing", "title", "url", "archive_url", "highlight_id", "quote", "published_on", "added_at")
        yield {"claim_id": source.claim_id, "claim": source.claim.statement, **fields(source, *names)}


def my_verdicts(user: "User") -> Iterator[Row]:
    for verdict in in_turn(verdicts_for(user).filter(by=user, follows=None).select_related("claim")):
        names = ("status", "outcome", "strict", "charitable", "timing", "already_true", "difficulty", "reason", "at")
        claim = {"claim_id": verdict.claim_id, "claim": verdict.claim.statement}
        yield {**claim, **fields(verdict, *names, "known_since")}


def my_disputes(user: "User") -> Iterator[Row]:
    """What one said against verdicts, and how it ended."""
    for dispute in in_turn(disputes_for(user).filter(by=user).select_related("claim")):
        claim = {"claim_id": dispute.claim_id, "claim": dispute.claim.statement}
        yield {**claim, **fields(dispute, "reason", "at", "ending", "ended_at")}


def my_answers(user: "User") -> Iterator[Row]:
    """How one decided the disputes of others."""
    for dispute in in_turn(disputes_for(user).filter(ended_by=user, ending__in=DECIDED).select_related("claim")):
        claim = {"claim_id": dispute.claim_id, "claim": dispute.claim.statement}
        yield {**claim, **fields(dispute, "ending", "answer", "disclosed", "ended_at")}


def my_replies(user: "User") -> Iterator[Row]:
    """What one put down for oneself, or for another whom a claim concerns."""
    for reply in in_turn(replies_for(user).filter(by=user).select_related("claim", "person")):
        claim = {"claim_id": reply.claim_id, "claim": reply.claim.statement}
        yield {**claim, "person": reply.person.name, **fields(reply, "text", "at")}


WINDOW = ("window_kind", "window_start", "window_end", "window_precision", "window_rule")


def as_row(statement: Statement) -> Row:
    return {
        **fields(statement, "highlight_id", "quote", "stance", "polarity", "time_text", "hedge"),
        **fields(statement, "stated_percent", "said_on", *WINDOW),
        "speaker": statement.speaker.name if statement.speaker else None,
        "reported_by": statement.reported_by.name if statement.reported_by else None,
    }


def my_tags(user: "User") -> Iterator[Row]:
    for tag in in_turn(Tag.objects.visible_to(user).filter(owner=user).select_related("team")):
        yield {"name": tag.name, **scope(tag)}


def my_readings(user: "User") -> Iterator[Row]:
    for reading in in_turn(
        Reading.objects.filter(visible_to(user, "article__"), reader=user).select_related("article")
    ):
        row = fields(reading, "state", "position", "percent", "read_at")
        yield {"article": fields(reading.article, "slug", "title", "canonical_url"), **row}


def my_drafts(user: "User") -> Iterator[Row]:
    for draft in in_turn(Draft.objects.filter(owner=user, article=None)):
        yield fields(draft, "form", "raw", "created_at")


def visible_tags(user: "User") -> Prefetch[Any]:
    return Prefetch("tags", Tag.objects.visible_to(user), to_attr="seen_tags")
