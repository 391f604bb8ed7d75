"""What a reader sees of their imports."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from reader.core.paging import Order, Page, page_of, parse_count, parse_moment
from reader.intake.addresses import Fetch
from reader.intake.imports.models import Import, ImportItem, Outcome
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

BY_RECENCY = Order("asked_at", parse_moment, descending=True)
BY_LINE = Order("id", parse_count, descending=True)
MOST_FETCHES = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, with the piece where its reader may see it now."""

    item: ImportItem
    article: Article | None


def imports_page(reader: "User", cursor: str = "") -> Page[Import]:
    return page_of(Import.objects.filter(owner=reader), BY_RECENCY, cursor)


def fetches_of(reader: "User") -> QuerySet[Fetch]:
    """The addresses that were asked for last; a fetched one whose draft was shelved leads to its piece."""
    return Fetch.objects.filter(owner=reader).order_by("-asked_at", "-pk")[:MOST_FETCHES]


def log_page(work: Import, reader: "User", outcome: str = "", cursor: str = "") -> tuple[list[Line], str]:
    """The newest lines first, all or those of one outcome; and the cursor of the lines behind them."""
    items = work.items.filter(outcome=outcome) if outcome in Outcome else work.items.all()
    page = page_of(items, BY_LINE, cursor)
    seen = Article.objects.visible_to(reader).in_bulk({row.article_id for row in page.rows if row.article_id})
    return [Line(row, seen.get(row.article_id)) for row in page.rows], page.next
