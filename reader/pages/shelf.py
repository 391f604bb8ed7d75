"""What stands on the shelf: the articles a person may read, with what they did with each."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from reader.claims.models import Statement
from reader.claims.queries import HIDDEN_STATES, called
from reader.core.paging import Order, Page, page_of, parse_count, parse_moment
from reader.core.prepared import prepared
from reader.core.visibility import Visibility, visible_to
from reader.highlights.models import Highlight, Kind
from reader.highlights.news import news_for
from reader.library.models import Article, Authorship, Person, Publication, Reading
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

ORDERS = {
    "added": Order("added_at", parse_moment, descending=True),
    "published": Order("published", date.fromisoformat, descending=True, nullable=True),
    "short": Order("words", parse_count),
    "long": Order("words", parse_count, descending=True),
}
SORT_NAMES = {
    "added": "Newest here",
    "published": "Newest published",
    "short": "Shortest first",
    "long": "Longest first",
}

#: What a line of the shelf says of an article itself.
LINE = (
    "slug",
    "title",
    "published",
    "published_precision",
    "words",
    "truncated",
    "visibility",
    "owner",
    "team",
    "added_at",
    "publication__name",
    "team__name",
)


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
            tags = called(Tag.objects.visible_to(user), self.tag)
            tagged = Article.tags.through.objects.filter(tag__in=tags)
            marked = Highlight.tags.through.objects.filter(
                visible_to(user, "highlight__"), tag__in=tags, highlight__deleted_at=None
            )
            articles = articles.filter(
                Q(pk__in=tagged.values("article")) | Q(pk__in=marked.values("highlight__article"))
            )
        if self.author:
            written = Authorship.objects.filter(person__in=called(Person.objects.visible_to(user), self.author))
            articles = articles.filter(pk__in=written.values("article"))
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


def shelf_page(user: "AnyUser", filters: ShelfFilters, cursor: str) -> Page[Article]:
    articles = filters.apply(lines(Article.objects.visible_to(user)), user)
    return page_of(articles, ORDERS[filters.sort], cursor)


def lines(articles: "QuerySet[Article]") -> "QuerySet[Article]":
    """The articles with no more than their line on the shelf says."""
    return articles.select_related("publication", "team").only(*LINE)


def team_shelf(user: "AnyUser", team_id: int, cursor: str) -> Page[Article]:
    """The pieces that a team reads together, the newest first."""
    articles = lines(Article.objects.visible_to(user)).filter(visibility=Visibility.TEAM, team=team_id)
    return page_of(articles, ORDERS["added"], cursor)


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to some articles, by article, as far as one reader may know."""

    authors: dict[int, list[str]]
    tags: dict[int, dict[str, str]]
    readings: dict[int, tuple[str, int, int]]
    highlights: Counter[int]
    claims: Counter[int]


def around(ids: list[int], user: "AnyUser") -> Around:
    """The same five queries however many articles there are."""
    authors: dict[int, list[str]] = defaultdict(list)
    tags: dict[int, dict[str, str]] = defaultdict(dict)
    if not ids:
        return Around(authors, tags, {}, Counter(), Counter())
    for article, name in bylines(user, ids):
        authors[article].append(name)
    for article, key, name in tag_names(user, ids):
        tags[article].setdefault(key, name)
    if not user.is_authenticated:
        return Around(authors, tags, {}, Counter(), Counter(dict(claim_counts(user, ids))))
    readings = {article: (state, percent, news) for article, state, percent, news in my_readings(user, ids)}
    return Around(authors, tags, readings, Counter(dict(my_marks(user, ids))), Counter(dict(claim_counts(user, ids))))


@prepared
def bylines(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    written = Authorship.objects.filter(article__in=ids).order_by("position")
    return written.values_list("article_id", "person__name")


@prepared
def tag_names(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    tagged = Article.tags.through.objects.filter(visible_to(user, "tag__"), article__in=ids).order_by("tag__key")
    return tagged.values_list("article_id", "tag__key", "tag__name")


@prepared
def my_readings(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """State and percent of what the reader has begun, and how much of others' came in since they were there."""
    news = news_for(user).filter(article_id=OuterRef("article_id"), pk__gt=OuterRef("seen_event"))
    counted = news.order_by().values("article_id").annotate(count=Count("pk")).values("count")
    mine = Reading.objects.filter(article__in=ids, reader_id=user.pk).annotate(
        news=Case(When(seen_event__gt=0, then=Coalesce(Subquery(counted), 0)), default=0)
    )
    return mine.values_list("article_id", "state", "percent", "news")


@prepared
def my_marks(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """How many marks of the reader's own stand in each of these articles."""
    mine = Highlight.objects.standing().filter(article__in=ids, owner_id=user.pk)
    counted: QuerySet[Any, Any] = mine.order_by().values_list("article_id").annotate(count=Count("pk"))
    return counted


@prepared
def claim_counts(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """How many claims of the ledger are stated in each of these articles, which `user` may read."""
    stated = Statement.objects.filter(
        visible_to(user, "highlight__"),
        visible_to(user, "claim__"),
        ~Q(claim__state__in=HIDDEN_STATES),
        claim__deleted_at=None,
        highlight__article__in=ids,
        highlight__deleted_at=None,
        highlight__kind=Kind.PREDICTION,
    )
    return stated.order_by().values_list("highlight__article_id").annotate(count=Count("claim", distinct=True))
