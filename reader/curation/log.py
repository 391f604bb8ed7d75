"""The log of decisions, for whoever may read what was decided on."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from reader.claims.models import Claim
from reader.core.paging import Order, Page, page_of, parse_count
from reader.core.visibility import Visibility, visible_to
from reader.curation.models import Decision
from reader.highlights.models import Note
from reader.library.models import Article
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

NEWEST = Order("id", parse_count, descending=True)


def decisions_for(user: "AnyUser") -> "QuerySet[Decision]":
    """The decisions that `user` may read of: on what they saw then and may still see now.

    A thing can have been made narrower since; then the log is silent to those who do not see it any more.
    """
    rows: QuerySet[Decision] = Decision.objects.visible_to(user).filter(still_seen(user))
    return rows.select_related("by", "team", "undoes", "undoing", "undoing__by")


def still_seen(user: "AnyUser") -> Q:
    claims = Claim.objects.filter(visible_to(user))
    tags = Tag.objects.filter(visible_to(user))
    here, there = OuterRef("subject_id"), OuterRef("other_id")
    other_claim = Q(other_id=None) | Q(Exists(claims.filter(pk=there)))
    # A tag that was merged is no more; it was of the scope of the one that it became, or of one that is gone too.
    return (
        Q(subject_kind="claim") & Q(Exists(claims.filter(pk=here))) & other_claim
        | Q(subject_kind="note") & Q(Exists(Note.objects.filter(visible_to(user), pk=here)))
        | Q(subject_kind="article") & Q(Exists(Article.objects.filter(visible_to(user), pk=here)))
        | Q(subject_kind="tag")
        & (Q(Exists(tags.filter(pk=here))) | ~Q(Exists(Tag.objects.filter(pk=here))))
        & (Q(other_id=None) | Q(Exists(tags.filter(pk=there))) | ~Q(Exists(Tag.objects.filter(pk=there))))
    )


def log_page(user: "AnyUser", scope: Q, cursor: str) -> Page[Decision]:
    return page_of(decisions_for(user).filter(scope), NEWEST, cursor)


def scope_named(user: "AnyUser", team: str) -> Q:
    """The log of everyone, of one of my teams by its address, or my own."""
    if team == "mine":
        return Q(visibility=Visibility.PRIVATE, owner_id=user.pk)
    if team:
        return Q(visibility=Visibility.TEAM, team__slug=team)
    return Q(visibility=Visibility.PUBLIC)
