"""Against which text of a piece another is looked through, so that one that came meanwhile is not replaced unseen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.core.requests import Request, id_in
from reader.library.models import Article, Revision

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Against:
    """The number of the newest text that the reader knows of; `came` is one of which they are told only now."""

    number: int
    came: Revision | None = None
    #: The number of the text that they knew before.
    known: int = 0

    @property
    def has_both(self) -> bool:
        """Whether there are two texts to be compared."""
        return self.came is not None and 0 < self.known < self.came.number


def newest_of(article: Article) -> Revision:
    texts = article.revisions.select_related("created_by").only(
        "article_id", "number", "created_at", "created_by__name"
    )
    found: Revision = texts.latest("number")
    found.article = article
    return found


def asked_upon(request: Request) -> int | None:
    """The number that a form carries: 0 is that of no text, nothing that the caller looked through none."""
    return id_in(request.POST, "reviewed") or 0 if "reviewed" in request.POST else None


def against(request: Request, article: Article, began: "datetime | None" = None) -> Against:
    """What a form is to carry: what it carried, and when it is opened the newest, with word of one since it `began`."""
    asked = asked_upon(request)
    if asked is not None:
        return Against(asked)
    newest = newest_of(article)
    is_news = request.method != "POST" and began is not None and newest.number > 1 and newest.created_at > began
    return Against(newest.number, newest if is_news else None, newest.number - 1)


def against_newest(request: Request, article: Article) -> Against:
    """The newest text, of which they are to be told."""
    newest = newest_of(article)
    return Against(newest.number, newest, asked_upon(request) or 0)
