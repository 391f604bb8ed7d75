"""What somebody has made themselves: their marks, notes and claims, as far as they may still see them."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet

from reader.claims.models import Claim
from reader.claims.queries import LINE, visible_claims
from reader.core.paging import Order, Page, page_of, parse_count
from reader.highlights.models import Highlight, Note
from reader.highlights.queries import highlights_for, notes_for

if TYPE_CHECKING:
    from reader.accounts.models import User

NEWEST = Order("id", parse_count, descending=True)


class Counts(NamedTuple):
    marks: int
    notes: int
    claims: int


def my_marks(user: "User") -> QuerySet[Highlight]:
    return highlights_for(user).filter(owner=user, deleted_at=None)


def my_notes(user: "User") -> QuerySet[Note]:
    return notes_for(user).filter(owner=user, deleted_at=None)


def my_claims(user: "User") -> QuerySet[Claim]:
    return visible_claims(user).filter(owner=user)


def counts(user: "User") -> Counts:
    return Counts(my_marks(user).count(), my_notes(user).count(), my_claims(user).count())


def marks_page(user: "User", cursor: str) -> Page[Highlight]:
    return page_of(my_marks(user).select_related("article", "team"), NEWEST, cursor)


def notes_page(user: "User", cursor: str) -> Page[Note]:
    return page_of(my_notes(user).select_related("team"), NEWEST, cursor)


def claims_page(user: "User", cursor: str) -> Page[Claim]:
    return page_of(my_claims(user).only(*LINE), NEWEST, cursor)
