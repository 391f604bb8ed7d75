"""What would become of a piece's marks if it got another text, for whoever looks it through before it is saved."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reader import anchoring
from reader.core.visibility import visible_to
from reader.highlights.becoming import PUT_BACK, Placed, Said, Told, what_became
from reader.highlights.crossing import struck_in
from reader.highlights.models import Anchor, Kind
from reader.highlights.returning import carried_from_home, stands_of
from reader.library.models import Article, Revision, Text
from reader.library.queries import newest_revision

if TYPE_CHECKING:
    from reader.accounts.models import User


class Standing(NamedTuple):
    """A mark that has its place in the newest text."""

    id: int
    start: int
    end: int
    exact: str
    kind: str


class Outlook(NamedTuple):
    """The marks that a reader sees and that have their place: how many, and which would lose it.

    Of the others those that would have other words, and those that would be said otherwise where they stand; the
    predictions first.
    """

    marks: int
    losing: list[str]
    rewording: list[Told]
    turning: list[Told]
    #: Whether it is the text that the piece has.
    is_the_same: bool

    @property
    def lost(self) -> int:
        return len(self.losing)


def outlook_of(article: Article, text: Text, reader: "User") -> Outlook:
    now = newest_revision(article.pk)
    standing = standing_in(now, reader)
    carried = list(zip(standing, places_in(text, now, standing), strict=True))
    told = [one for one in what_became(list(passages(carried, now, text))) if one.verb != PUT_BACK]
    rewording = [one for one in told if not one.is_said_otherwise]
    turning = [one for one in told if one.is_said_otherwise]
    return Outlook(len(standing), lost_of(carried), rewording, turning, now.sha256 == text.sha256)


def losing(article: Article, text: Text, reader: "User") -> list[str]:
    """The words of the marks that would lose their place."""
    now = newest_revision(article.pk)
    standing = standing_in(now, reader)
    return lost_of(zip(standing, places_in(text, now, standing), strict=True))


def lost_of(carried: Iterable[tuple[Standing, anchoring.Anchored]]) -> list[str]:
    return [mark.exact for mark, place in carried if place.state == anchoring.State.ORPHANED]


def passages(carried: Iterable[tuple[Standing, anchoring.Anchored]], now: Revision, text: Text) -> Iterator[Said]:
    """Those that keep a place, as they are and as they would be."""
    struck_now, struck_then = struck_in(now.html), struck_in(text.html)
    for mark, place in sorted(carried, key=lambda one: one[0].kind != Kind.PREDICTION):
        if place.state != anchoring.State.ORPHANED:
            was = Placed.at(now.text, mark.start, mark.end, struck_now, has_moved=False)
            has_moved = place.state == anchoring.State.MOVED
            then = Placed.at(text.text, place.start, place.end, struck_then, has_moved=has_moved)
            yield Said.between((mark.id, mark.exact, mark.exact), was, then, now.text, text.text)


def standing_in(now: Revision, reader: "User") -> list[Standing]:
    """In the order of the text."""
    placed = Anchor.objects.filter(visible_to(reader, "highlight__"), revision=now.pk, highlight__deleted_at=None)
    rows = placed.exclude(state=Anchor.State.ORPHANED).order_by("start", "end", "highlight")
    return [
        Standing(*row) for row in rows.values_list("highlight", "start", "end", "highlight__exact", "highlight__kind")
    ]


def places_in(text: Text, now: Revision, standing: list[Standing]) -> list[anchoring.Anchored]:
    """Where each would stand; those that went along with other words look for their own."""
    found = text.ways.carry(now.text, text.text, [anchoring.Anchor(mark.start, mark.end) for mark in standing])
    strays = {mark.id: mark.exact for mark in standing if now.text[mark.start : mark.end] != mark.exact}
    if not strays:
        return found
    homes = carried_from_home(stands_of(now.article_id), strays.keys(), strays, [now], text.text, text.ways)
    return [
        homes[mark.id].rather_than(place) if mark.id in homes else place
        for mark, place in zip(standing, found, strict=True)
    ]
