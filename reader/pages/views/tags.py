"""The tags, and how much each leads to."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.claims.models import Claim
from reader.claims.queries import listed_claims
from reader.core.paging import Order, page_of, parse_words
from reader.core.requests import Request, wants_fragment
from reader.core.visibility import visible_to
from reader.highlights.models import Highlight
from reader.library.models import Article
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

BY_NAME = Order("key", parse_words)
TAGS_ON_A_PAGE = 100


@require_safe
def index(request: Request) -> HttpResponse:
    page = page_of(names(request.user), BY_NAME, request.GET.get("after", ""), TAGS_ON_A_PAGE)
    counted = count_uses([tag.key for tag in page.rows], request.user)
    rows = [(tag, *(counts[tag.key] for counts in counted)) for tag in page.rows]
    context = {"page": page, "rows": rows}
    return render(request, "tags/_rows.html" if wants_fragment(request) else "tags/index.html", context)


def names(user: "AnyUser") -> QuerySet[Tag]:
    """One tag of each name that `user` may see: mine, a team's and the public one of a name are one to a reader."""
    tags: QuerySet[Tag] = Tag.objects.visible_to(user)
    return tags.exclude(Exists(tags.filter(key=OuterRef("key"), pk__lt=OuterRef("pk"))))


def count_uses(keys: list[str], user: "AnyUser") -> list[Counter[str]]:
    """By folded name, how many articles, marks and claims `user` may see under it."""
    tags = Tag.objects.visible_to(user).filter(key__in=keys)
    marks = Highlight.objects.standing().filter(visible_to(user), visible_to(user, "article__"))
    articles = Article.objects.visible_to(user)
    return [
        uses(Article.tags.through.objects.filter(tag__in=tags), "article", articles),
        uses(Highlight.tags.through._default_manager.filter(tag__in=tags), "highlight", marks),
        uses(Claim.tags.through.objects.filter(tag__in=tags), "claim", listed_claims(user)),
    ]


def uses(tagged: "QuerySet[Any]", thing: str, among: "QuerySet[Any]") -> Counter[str]:
    """Each tagged thing is looked at by itself: the whole ledger would take seconds to list first."""
    counted = (
        tagged.filter(Exists(among.filter(pk=OuterRef(thing))))
        .order_by()
        .values_list("tag__key")
        .annotate(count=Count(thing, distinct=True))
    )
    return Counter(dict(counted))
