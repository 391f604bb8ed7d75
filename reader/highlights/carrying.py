"""Taking marks along to a new text of their piece: each gets one place in it, or is listed as lost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader import anchoring
from reader.core.events import event_of, record_all
from reader.core.models import Event
from reader.highlights.models import Anchor, Highlight
from reader.highlights.returning import Stand, astray, carried_from_home, stands_of, words_marked
from reader.highlights.unplaced import look_for
from reader.library.models import QUOTES, Article, Reading, Revision, Text

#: So much of the text tells where a reader was, in code points.
LINE = 120


class Carried(NamedTuple):
    """What stood in a text and where it goes in a new one: marks, and the lines where readers were."""

    text: Revision
    stands: list[Stand]
    places: list[anchoring.Anchored]
    lines: list[anchoring.Anchored]


def foresee(article: Article, text: Text) -> None:
    """Work out where all goes in a text that is about to come, while nobody waits: it keeps what was found."""
    before = article.revisions.defer("raw").order_by("number").last()
    if before:
        carried(before, text, text.ways, readings_in(before), lost_in(before))


def carry_marks(before: Revision, after: Revision) -> None:
    """Place every mark of the piece in its new text, the deleted ones too, and every reader where they were.

    Those that had lost their place are looked for anew, from the last text that had them; those that never had one, by
    their words. Where the very words that were marked come back, a mark that went along with others returns to them.
    """
    readings, lost = readings_in(before), lost_in(before)
    news: dict[str, list[int]] = defaultdict(list)
    for text, stands, places, lines in carried(before, after, after.ways or anchoring.Ways(), readings, lost):
        anchors = [anchor_of(one, place, after, lost) for one, place in zip(stands, places, strict=True)]
        Anchor.objects.bulk_create(anchors)
        for stand, anchor in zip(stands, anchors, strict=True):
            if verb := what_became(stand, anchor, text, after, lost):
                news[verb].append(stand.highlight_id)
        for reading, place in zip(readings, lines, strict=False):
            reading.position = place.start
    Reading.objects.bulk_update(readings, ["position"])
    news["found"] += look_for(after)
    tell(news, after)


def carried(
    before: Revision,
    after: Revision | Text,
    ways: anchoring.Ways,
    readings: Sequence[Reading],
    lost: Mapping[int, str],
) -> list[Carried]:
    """What stood in the texts of a piece, and where it goes in the one that comes after."""
    known = stands_of(before.article_id)
    stands: dict[int, list[Stand]] = defaultdict(list)
    for stand in known.last.values():
        stands[stand.revision_id].append(stand)
    texts, marked = texts_of(before, stands), words_marked(before.article_id)
    homes = carried_from_home(known, astray(marked, texts, stands, lost), marked, texts, after.text, ways)
    found = []
    for text in texts:
        here = stands[text.pk]
        asked = [anchoring.Anchor(one.start, one.end) for one in here]
        places = found_anew(text, after, asked) or [
            homes[one.highlight_id].rather_than(place) if one.highlight_id in homes else place
            for one, place in zip(here, ways.carry(text.text, after.text, asked), strict=True)
        ]
        lines = [line_at(before, reading.position) for reading in readings] if text.pk == before.pk else []
        found.append(Carried(text, here, places, ways.carry(text.text, after.text, lines)))
    return found


def readings_in(text: Revision) -> list[Reading]:
    """The readers who are somewhere amid the text."""
    return list(Reading.objects.filter(article=text.article_id, position__gt=0)) if text.text else []


def lost_in(text: Revision) -> dict[int, str]:
    """The marks that have no place in the text, and how that is known."""
    return dict(text.anchors.filter(state=Anchor.State.ORPHANED).values_list("highlight_id", "method"))


def found_anew(text: Revision, after: Revision | Text, asked: Sequence[anchoring.Anchor]) -> list[anchoring.Anchored]:
    """Where passages of a text of quotes alone stand now: by their words, for the order of quotes tells nothing."""
    if text.source_kind != QUOTES or after.source_kind == QUOTES:
        return []
    return [anchoring.find(after.text, text.text[one.start : one.end]) for one in asked]


def texts_of(before: Revision, stands: dict[int, list[Stand]]) -> list[Revision]:
    """The texts in which the marks stood, first the one that was the newest."""
    older = Revision.objects.filter(pk__in=stands.keys() - {before.pk}).only("text", "source_kind")
    return [before, *older.order_by("pk")]


def line_at(revision: Revision, position: int) -> anchoring.Anchor:
    """The words at the top of somebody's window; behind the end of the text, its last."""
    start = min(position, max(0, len(revision.text) - 1))
    return anchoring.Anchor(start, min(start + LINE, len(revision.text)))


def anchor_of(stand: Stand, found: anchoring.Anchored, after: Revision, lost: Mapping[int, str]) -> Anchor:
    """The place that was found; of a mark that is lost, its likeliest. What somebody keeps without one stays kept."""
    start, end = found.candidate or (found.start, found.end)
    is_lost = found.state == anchoring.State.ORPHANED
    method = Anchor.KEPT if is_lost and lost.get(stand.highlight_id) == Anchor.KEPT else found.method.value
    return Anchor(
        highlight_id=stand.highlight_id,
        revision=after,
        start=start,
        end=end,
        state=found.state.value,
        method=method,
        score=found.score,
    )


def what_became(stand: Stand, anchor: Anchor, text: Revision, after: Revision, lost: Mapping[int, str]) -> str:
    """What is to be told of a mark; nothing where its words are what and where they were."""
    was_lost, is_lost = stand.highlight_id in lost, anchor.state == Anchor.State.ORPHANED
    if is_lost or was_lost:
        return "" if is_lost and was_lost else "lost" if is_lost else "found"
    same = after.text[anchor.start : anchor.end] == text.text[stand.start : stand.end]
    return "" if same and anchor.state == Anchor.State.ANCHORED else "carried"


def tell(news: dict[str, list[int]], after: Revision) -> None:
    """Write what became of the marks, for those who see each."""
    marks = Highlight.objects.standing().in_bulk([pk for ids in news.values() for pk in ids])
    events: Sequence[Event] = [
        event_of(None, verb, marks[pk], marks[pk], article_id=after.article_id, revision=after.pk)
        for verb, ids in news.items()
        for pk in ids
        if pk in marks
    ]
    if events:
        record_all(events)


def carry_on(highlight: Highlight, made_in: Revision, start: int, end: int) -> Anchor | None:
    """Place a mark that is made in a text in all that came since; its place in the newest, if there are others."""
    stand, newest = Stand(highlight.pk, made_in.pk, start, end), None
    newer = Revision.objects.filter(article=highlight.article_id, number__gt=made_in.number).only("text")
    for text in newer.order_by("number"):
        (found,) = anchoring.carry(made_in.text, text.text, [anchoring.Anchor(start, end)])
        newest = anchor_of(stand, found, text, {})
        newest.save()
    return newest
