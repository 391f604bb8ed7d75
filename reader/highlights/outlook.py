"""What would become of a piece's marks if it got another text, for whoever looks it through before it is saved."""

from typing import TYPE_CHECKING, NamedTuple

from reader import anchoring
from reader.core.visibility import visible_to
from reader.highlights.crossing import crossed, struck_in
from reader.highlights.models import Anchor, Kind
from reader.highlights.otherwise import in_few_words
from reader.highlights.retracting import retraction
from reader.highlights.returning import carried_from_home, stands_of
from reader.highlights.surroundings import Surroundings, how_turned
from reader.highlights.wording import same_words
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


class Reworded(NamedTuple):
    """A prediction whose words would be others, and not again those that were marked."""

    now: str
    then: str


class Turned(NamedTuple):
    """A prediction whose words would stand there still, and be said otherwise."""

    words: str
    how: str


class Outlook(NamedTuple):
    """The marks that a reader sees and that have their place: how many, which would lose it, be reworded or turned."""

    marks: int
    losing: list[str]
    rewording: list[Reworded]
    turning: list[Turned]

    @property
    def lost(self) -> int:
        return len(self.losing)


def outlook_of(article: Article, text: Text, reader: "User") -> Outlook:
    now = newest_revision(article.pk)
    standing = standing_in(now, reader)
    outlook = Outlook(len(standing), [], [], [])
    for mark, place in zip(standing, places_in(text, now, standing) if standing else [], strict=True):
        words, then = now.text[mark.start : mark.end], text.text[place.start : place.end]
        if place.state == anchoring.State.ORPHANED:
            outlook.losing.append(mark.exact)
        elif mark.kind != Kind.PREDICTION:
            continue
        elif not any(same_words(one, then) for one in (words, mark.exact)):
            outlook.rewording.append(Reworded(words, then))
        elif how := said_then(text, place, now, mark):
            outlook.turning.append(Turned(words, how))
    return outlook


def said_then(text: Text, place: anchoring.Anchored, now: Revision, mark: Standing) -> str:
    """How a prediction would be said otherwise than it is."""
    around = Surroundings.at(now.text, mark.start, mark.end)
    then = Surroundings.at(text.text, place.start, place.end)
    was = crossed(struck_in(now.html), now.text, mark.start, mark.end)
    struck = crossed(struck_in(text.html), text.text, place.start, place.end)
    turn = how_turned(around, then, moved=place.state == anchoring.State.MOVED)
    return in_few_words(
        struck if struck and struck.is_more_than(was) else None, turn, retraction(around, then, now.text)
    )


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
