"""What would become of a piece's marks if it got another text, for whoever looks it through before it is saved."""

from typing import TYPE_CHECKING, NamedTuple

from reader import anchoring
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor
from reader.library.models import Article, Text
from reader.library.queries import newest_revision

if TYPE_CHECKING:
    from reader.accounts.models import User


class Outlook(NamedTuple):
    """How many of the marks that a reader sees have their place now, and how many of these would lose it."""

    marks: int
    lost: int


def outlook_of(article: Article, text: Text, reader: "User") -> Outlook:
    now = newest_revision(article.pk)
    placed = Anchor.objects.filter(visible_to(reader, "highlight__"), revision=now.pk, highlight__deleted_at=None)
    rows = list(placed.exclude(state=Anchor.State.ORPHANED).values_list("start", "end", "highlight__exact"))
    if not rows:
        return Outlook(0, 0)
    found = anchoring.carry(now.text, text.text, [anchoring.Anchor(start, end) for start, end, _ in rows])
    gone = [exact for (_, _, exact), place in zip(rows, found, strict=True) if place.state == anchoring.State.ORPHANED]
    return Outlook(len(rows), sum(text.text.count(exact) != 1 for exact in gone))
