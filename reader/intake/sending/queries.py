"""What came of the letters to a reader's address."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.intake.sending.post import Received
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

NEWEST = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that came, with its piece where the reader may see it now."""

    row: Received
    article: Article | None


def letters_of(reader: "User") -> list[Letter]:
    rows = Received.objects.filter(owner=reader).defer("data").order_by("-came_at", "-pk")[:NEWEST]
    seen = Article.objects.visible_to(reader).in_bulk({row.article_id for row in rows if row.article_id})
    return [Letter(row, seen.get(row.article_id)) for row in rows]
