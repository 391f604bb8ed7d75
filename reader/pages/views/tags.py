"""The tags, and how much each leads to."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

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
    tags: QuerySet[Tag] = Tag.objects.visible_to(request.user).select_related("team")
    page = page_of(tags, BY_NAME, request.GET.get("after", ""), TAGS_ON_A_PAGE)
    counted = count_uses(page.rows, request.user)
    rows = [(tag, *(counts[tag.pk] for counts in counted)) for tag in page.rows]
    context = {"page": page, "rows": rows}
    return render(request, "tags/_rows.html" if wants_fragment(request) else "tags/index.html", context)


def count_uses(tags: Sequence[Tag], user: "AnyUser") -> list[Counter[int]]:
    """By tag, how many articles, marks and claims `user` may see under it."""
    marks = Highlight.objects.standing().filter(visible_to(user), visible_to(user, "article__"))
    return [uses(rows, tags) for rows in (Article.objects.visible_to(user), marks, listed_claims(user))]


def uses(rows: "QuerySet[Any]", tags: Sequence[Tag]) -> Counter[int]:
    tagged = rows.filter(tags__in=tags).values_list("tags").annotate(count=Count("pk")).order_by()
    return Counter(dict(tagged))
