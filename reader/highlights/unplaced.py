"""Marks that never had a place, as some come from other apps: looked for by their words in each new text."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery

from reader import anchoring
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Revision

#: Of so many whose words are not there as they are, a place like them is looked for too: others wait for the lock.
MOST_SOUGHT = 200


class Quoted(NamedTuple):
    """A mark of which nothing is known but its words and what stood around them."""

    highlight_id: int
    exact: str
    prefix: str
    suffix: str
    method: str

    def place_in(self, text: str, *, thoroughly: bool) -> anchoring.Anchored:
        """Where it stands; nowhere, if somebody keeps it without a place."""
        if self.method == Anchor.KEPT or not (thoroughly or self.exact in text):
            return anchoring.Anchored(0, 0, anchoring.State.ORPHANED, anchoring.Method.NONE, 0.0)
        return anchoring.find(text, self.exact, self.prefix, self.suffix)


def never_placed(article_id: int) -> Sequence[Quoted]:
    """Those of a piece, the deleted ones too."""
    placed = Anchor.objects.filter(highlight=OuterRef("pk")).exclude(state=Anchor.State.ORPHANED)
    last = Anchor.objects.filter(highlight=OuterRef("pk")).order_by("-revision__number").values("method")[:1]
    rows = Highlight.objects.filter(~Exists(placed), article=article_id).annotate(method=Subquery(last)).order_by("pk")
    return [Quoted(*row) for row in rows.values_list("pk", "exact", "prefix", "suffix", "method")]


def look_for(after: Revision) -> list[int]:
    """Give each its place in the new text, or list it there as lost again; answers which were found."""
    marks = never_placed(after.article_id)
    anchors = [anchor_of(one, after, thoroughly=at < MOST_SOUGHT) for at, one in enumerate(marks)]
    Anchor.objects.bulk_create(anchors)
    return [anchor.highlight_id for anchor in anchors if anchor.state != Anchor.State.ORPHANED]


def anchor_of(one: Quoted, after: Revision, *, thoroughly: bool) -> Anchor:
    place = one.place_in(after.text, thoroughly=thoroughly)
    is_lost = place.state == anchoring.State.ORPHANED
    start, end = place.candidate or (place.start, place.end)
    return Anchor(
        highlight_id=one.highlight_id,
        revision=after,
        start=start,
        end=end,
        # Its first place is where it begins here, whatever stood around its words elsewhere.
        state=Anchor.State.ORPHANED if is_lost else Anchor.State.ANCHORED,
        method=Anchor.KEPT if one.method == Anchor.KEPT else place.method.value,
        score=place.score,
    )
