"""Where marks stood as they were made, in their sentences: what these say by now is told against that."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from reader.core.prepared import NOBODY, prepared
from reader.core.requests import AnyUser
from reader.highlights.models import Anchor
from reader.highlights.retracting import Remark, retraction
from reader.highlights.surroundings import Surroundings, Turn, how_turned
from reader.highlights.wording import same_words
from reader.library.models import Revision


class Place(NamedTuple):
    """Where a mark stands in one text."""

    highlight_id: int
    revision_id: int
    start: int
    end: int
    state: str
    method: str


class Beginning(NamedTuple):
    """A mark among the words that it was made in, the text that has them, and whether it stood elsewhere since."""

    made: Place
    around: Surroundings
    text: str
    has_moved: bool

    def became(self, now: Surroundings, *, moves: bool = False) -> Turn | None:
        """What the sentence became where the mark stands; `moves` says that it goes there only now."""
        return how_turned(self.around, now, moved=self.has_moved or moves)

    def remark(self, now: Surroundings) -> Remark | None:
        """What came beside the mark and takes it back."""
        return retraction(self.around, now, self.text)


@prepared
def place_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    """Where these marks stood, the oldest text first; they are marks that the reader sees."""
    placed = Anchor.objects.filter(highlight__in=ids).exclude(state=Anchor.State.ORPHANED).order_by("revision_id")
    return placed.values_list("highlight_id", "revision_id", "start", "end", "state", "method")


@prepared
def text_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    return Revision.objects.filter(pk__in=ids).values_list("pk", "text")


def beginnings_of(marked: Mapping[int, str]) -> dict[int, Beginning]:
    """The beginnings of these marks, given the words of each; without those that have stood in one text alone."""
    places: dict[int, list[Place]] = defaultdict(list)
    for row in place_fields(NOBODY, list(marked)) if marked else []:
        places[row[0]].append(Place(*row))
    likely = {pk: [rows[0], *chosen_in(rows[1:])] for pk, rows in places.items() if len(rows) > 1}
    revisions = {one.revision_id for rows in likely.values() for one in rows}
    texts: dict[int, str] = dict(text_fields(NOBODY, sorted(revisions))) if revisions else {}
    found = {}
    for pk, rows in likely.items():
        made = next((one for one in rows if same_words(marked[pk], texts[one.revision_id][one.start : one.end])), None)
        if made:
            moved = any(one.state == Anchor.State.MOVED for one in places[pk] if one.revision_id > made.revision_id)
            text = texts[made.revision_id]
            found[pk] = Beginning(made, Surroundings.at(text, made.start, made.end), text, moved)
    return found


def chosen_in(places: Sequence[Place]) -> list[Place]:
    """Where somebody may have marked other words instead."""
    return [one for one in places if one.method == Anchor.BY_HAND]
