"""What stands on the shelf: the articles a person may read, with what they did with each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from reader.claims.queries import called, listed_claims, standing_statements
from reader.core.paging import Order, Page, page_of, parse_moment
from reader.highlights.models import Highlight
from reader.library.models import Article, Authorship, Person, Publication, Reading
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

ORDERS = {
    "added": Order("added_at", parse_moment, descending=True),
    "published": Order("published", date.fromisoformat, descending=True, nullable=True),
    "short": Order("words", int),
    "long": Order("words", int, descending=True),
}
SORT_NAMES = {
    "added": "Newest here",
    "published": "Newest published",
    "short": "Shortest first",
    "long": "Longest first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFilters:
    """What the shelf is narrowed to. Without a state, everything but the archive."""

    state: str = ""
    q: str = ""
    tag: str = ""
    author: str = ""
    publication: str = ""
    sort: str = "added"

    def apply(self, articles: "QuerySet[Article]", user: "AnyUser") -> "QuerySet[Article]":
        articles = in_state(articles, self.state, user)
        if self.q:
            articles = articles.filter(Q(title__icontains=self.q) | Q(subtitle__icontains=self.q))
        if self.tag:
            articles = articles.filter(tags__in=called(Tag.objects.visible_to(user), self.tag))
        if self.author:
            articles = articles.filter(authors__in=called(Person.objects.visible_to(user), self.author))
        if self.publication:
            articles = articles.filter(publication__in=called(Publication.objects.visible_to(user), self.publication))
        return articles


def in_state(articles: "QuerySet[Article]", state: str, user: "AnyUser") -> "QuerySet[Article]":
    if not user.is_authenticated:
        return articles
    mine = Reading.objects.filter(article=OuterRef("pk"), reader=user)
    if state == Reading.State.UNREAD:
        return articles.exclude(Exists(mine.exclude(state=Reading.State.UNREAD)))
    if state:
        return articles.filter(Exists(mine.filter(state=state)))
    return articles.exclude(Exists(mine.filter(state=Reading.State.ARCHIVED)))


@dataclass(slots=True)
class ShelfRow:
    """One article with what the list says of it."""

    article: Article
    authors: Sequence[str]
    tags: Sequence[Tag]
    state: str
    percent: int
    highlights: int
    claims: int


def shelf_page(user: "AnyUser", filters: ShelfFilters, cursor: str) -> tuple[list[ShelfRow], str]:
    """A page of the shelf, and the cursor of the next: the same few queries however long it is."""
    articles = filters.apply(Article.objects.visible_to(user).select_related("publication"), user)
    page: Page[Article] = page_of(articles, ORDERS[filters.sort], cursor)
    return shelf_rows(page.rows, user), page.next


def shelf_rows(articles: Sequence[Article], user: "AnyUser") -> list[ShelfRow]:
    """What the list says of these articles."""
    prefetch_related_objects(
        list(articles),
        Prefetch("authorships", queryset=Authorship.objects.select_related("person")),
        Prefetch("tags", queryset=Tag.objects.visible_to(user), to_attr="visible_tags"),
    )
    readings = {reading.article_id: reading for reading in my_readings(articles, user)}
    marks, claims = my_marks(articles, user), claim_counts(articles, user)
    return [
        ShelfRow(
            article=article,
            authors=[authorship.person.name for authorship in article.authorships.all()],
            tags=article.visible_tags,  # type: ignore[attr-defined]  # set by the prefetch above
            state=readings[article.pk].state if article.pk in readings else Reading.State.UNREAD,
            percent=readings[article.pk].percent if article.pk in readings else 0,
            highlights=marks[article.pk],
            claims=claims[article.pk],
        )
        for article in articles
    ]


def my_readings(articles: Sequence[Article], user: "AnyUser") -> "QuerySet[Reading]":
    if not user.is_authenticated:
        return Reading.objects.none()
    return Reading.objects.filter(article__in=articles, reader=user)


def my_marks(articles: Sequence[Article], user: "AnyUser") -> Counter[int]:
    if not user.is_authenticated:
        return Counter()
    mine = Highlight.objects.standing().filter(article__in=articles, owner=user)
    return Counter(dict(mine.values_list("article").annotate(count=Count("pk")).order_by()))


def claim_counts(articles: Sequence[Article], user: "AnyUser") -> Counter[int]:
    stated = standing_statements(user).filter(highlight__article__in=articles, claim__in=listed_claims(user))
    counted = stated.values_list("highlight__article").annotate(count=Count("claim", distinct=True)).order_by()
    return Counter(dict(counted))
