"""What would become of a piece's marks if it got another text, for whoever looks it through before it is saved."""

from typing import TYPE_CHECKING, NamedTuple

from reader import anchoring
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor
from reader.highlights.returning import carried_from_home, stands_of
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
    fields = ("highlight", "start", "end", "highlight__exact")
    rows = list(placed.exclude(state=Anchor.State.ORPHANED).values_list(*fields))
    if not rows:
        return Outlook(0, 0)
    found = text.ways.carry(now.text, text.text, [anchoring.Anchor(start, end) for _, start, end, _ in rows])
    gone = [row for row, place in zip(rows, found, strict=True) if place.state == anchoring.State.ORPHANED]
    astray = {pk: exact for pk, start, end, exact in gone if now.text[start:end] != exact}
    if not astray:
        return Outlook(len(rows), len(gone))
    homes = carried_from_home(stands_of(article.pk), astray.keys(), astray, [now], text.text, text.ways)
    return Outlook(len(rows), len(gone) - sum(home.place.state != anchoring.State.ORPHANED for home in homes.values()))
