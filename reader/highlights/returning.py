"""Marks that went along with other words than were marked, or were lost: back to these when a text has them again.

A correction may quote the old words of what was edited, and a copy that was always there is not what was marked. So a
mark is carried once more from the text that it was made in, where its words are the very ones: what became of a passage
the whole of the two texts tells, better than its words alone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reader import anchoring
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Revision


class Stand(NamedTuple):
    """Where a mark stands in a text."""

    highlight_id: int
    revision_id: int
    start: int
    end: int


class Stands(NamedTuple):
    """The first and the newest place of each mark of a piece, and the marks that somebody placed in between."""

    first: dict[int, Stand]
    last: dict[int, Stand]
    chosen: set[int]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a mark stands in a text if it is carried there from the one that it was made in."""

    place: anchoring.Anchored
    #: Whether these are the very words that were marked.
    is_exact: bool
    #: Whether a person said since where it stands.
    was_chosen: bool

    def rather_than(self, place: anchoring.Anchored) -> anchoring.Anchored:
        """This place or that one, which was reached from text to text."""
        if place.state == anchoring.State.ORPHANED:
            return place if self.place.state == anchoring.State.ORPHANED and not self.place.candidate else self.place
        return self.place if self.is_exact and not self.was_chosen else place


def astray(
    marked: Mapping[int, str], texts: Sequence[Revision], stands: Mapping[int, Sequence[Stand]], lost: Collection[int]
) -> set[int]:
    """The marks that stood last on other words than were marked, or nowhere; `marked` has the words of each."""
    elsewhere = {
        stand.highlight_id
        for text in texts
        for stand in stands.get(text.pk, ())
        if text.text[stand.start : stand.end] != marked[stand.highlight_id]
    }
    return elsewhere.union(lost)


def words_marked(article: int) -> dict[int, str]:
    return dict(Highlight.objects.filter(article=article).order_by().values_list("pk", "exact"))


def carried_from_home(
    stands: Stands,
    ids: Collection[int],
    marked: Mapping[int, str],
    texts: Sequence[Revision],
    new: str,
    ways: anchoring.Ways,
) -> dict[int, Home]:
    """Where these marks stand in a new text, by the one that each was made in; without those not made in any.

    What is in `texts` need not be read again.
    """
    made_in: dict[int, list[Stand]] = defaultdict(list)
    for stand in stands.first.values():
        if stand.highlight_id in ids:
            made_in[stand.revision_id].append(stand)
    known = {text.pk: text.text for text in texts}
    if unread := made_in.keys() - known.keys():
        known |= dict(Revision.objects.filter(pk__in=unread).values_list("pk", "text"))
    homes = {}
    for revision, there in made_in.items():
        old = known[revision]
        here = [stand for stand in there if old[stand.start : stand.end] == marked[stand.highlight_id]]
        places = ways.carry(old, new, [anchoring.Anchor(stand.start, stand.end) for stand in here])
        for stand, place in zip(here, places, strict=True):
            words = marked[stand.highlight_id]
            is_exact = new[place.start : place.end] == words
            homes[stand.highlight_id] = Home(offered(place, words, new), is_exact, stand.highlight_id in stands.chosen)
    return homes


def offered(place: anchoring.Anchored, words: str, new: str) -> anchoring.Anchored:
    """Of a mark that is lost the very words, if they stand somewhere, are the likeliest place."""
    at = new.find(words) if place.state == anchoring.State.ORPHANED else -1
    return place if at < 0 else replace(place, candidate=anchoring.Span(at, at + len(words)), score=1.0)


def stands_of(article: int) -> Stands:
    placed = Anchor.objects.filter(highlight__article=article).exclude(state=Anchor.State.ORPHANED)
    rows = placed.order_by("revision__number", "pk").values_list(
        "highlight_id", "revision_id", "start", "end", "method"
    )
    stands = Stands({}, {}, set())
    for *place, method in rows:
        stand = Stand(*place)
        stands.first.setdefault(stand.highlight_id, stand)
        stands.last[stand.highlight_id] = stand
        if method == Anchor.BY_HAND:
            stands.chosen.add(stand.highlight_id)
    return stands
