"""Marks that lost their place in a new text: put back by hand, or kept as a quote without one; and back again."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from reader.core.access import require_change_still
from reader.core.events import let_ids_appear_in_order, record
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Revision

if TYPE_CHECKING:
    from reader.accounts.models import User

PLACED, KEPT, UNDONE = "placed", "kept", "unplaced"
FIELDS = ("start", "end", "state", "method", "score")


def newest_anchor(highlight: Highlight) -> Anchor:
    """Where the mark stands in the newest text, or is lost in it.

    Raises:
        Refused: it has none there.
    """
    newest = Revision.objects.filter(article=highlight.article_id).order_by("-number").values("pk")[:1]
    anchor = Anchor.objects.filter(highlight=highlight, revision=newest).first()
    if anchor is None:
        raise Refused("This mark has no place in the newest text.")
    return anchor


def place(highlight: Highlight, revision_id: int, start: int, end: int, by: "User") -> Anchor:
    """Say where the mark stands in the newest text; it goes on quoting the words that were marked.

    Raises:
        Refused: the text has changed again, or the mark is not lost any more.
    """
    with transaction.atomic():
        anchor = lost_anchor(highlight, by)
        if anchor.revision_id != revision_id:
            raise Refused("The text was changed again meanwhile. Look where the words are now.")
        before = as_it_is(anchor)
        anchor.start, anchor.end, anchor.score = start, end, 1.0
        anchor.state, anchor.method = Anchor.State.ANCHORED, Anchor.BY_HAND
        return settle(highlight, anchor, PLACED, before, by)


def accept_candidate(highlight: Highlight, revision_id: int, by: "User") -> Anchor:
    """Put the mark where it seems to stand now.

    Raises:
        Refused: there is no such place, or it is no longer asked for.
    """
    with transaction.atomic():
        anchor = lost_anchor(highlight, by)
        if anchor.start == anchor.end:
            raise Refused("Nothing in the newest text is like these words. Choose where they stand, or keep them.")
        return place(highlight, revision_id, anchor.start, anchor.end, by)


def keep(highlight: Highlight, by: "User") -> Anchor:
    """Let the mark be a quote without a place; nobody is asked for one any more.

    Raises:
        Refused: it is not lost.
    """
    with transaction.atomic():
        anchor = lost_anchor(highlight, by)
        before = as_it_is(anchor)
        anchor.method = Anchor.KEPT
        return settle(highlight, anchor, KEPT, before, by)


def take_back(highlight: Highlight, by: "User") -> Anchor:
    """Undo what was last done about the mark's place.

    Raises:
        Refused: nothing was, or something else has happened to it since.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        highlight.look_again()
        require_change_still(by, highlight)
        anchor = newest_anchor(highlight)
        done = Event.objects.filter(subject_kind="highlight", subject_id=highlight.pk, verb__in=[PLACED, KEPT, UNDONE])
        last = done.order_by("-id").first()
        if last is None or last.verb == UNDONE or last.detail["after"] != as_it_is(anchor):
            raise Refused("The mark’s place was changed since, so it is left as it is.")
        was = [(anchor.revision_id, anchor.start, anchor.end)]
        put_back(anchor, last.detail["before"])
        highlight.touch()
        record(by, UNDONE, highlight, article_id=highlight.article_id, was=was)
        return anchor


def put_back(anchor: Anchor, before: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(anchor, name, before[name])
    anchor.save(update_fields=FIELDS)


def lost_anchor(highlight: Highlight, by: "User") -> Anchor:
    """The mark's place, which is missing still. Call it first: it looks again under the lock."""
    let_ids_appear_in_order()
    highlight.look_again()
    require_change_still(by, highlight)
    anchor = newest_anchor(highlight)
    if anchor.state != Anchor.State.ORPHANED:
        raise Refused("This mark has its place again.")
    return anchor


def settle(highlight: Highlight, anchor: Anchor, verb: str, before: dict[str, Any], by: "User") -> Anchor:
    anchor.save(update_fields=FIELDS)
    highlight.touch()
    record(by, verb, highlight, article_id=highlight.article_id, before=before, after=as_it_is(anchor))
    return anchor


def as_it_is(anchor: Anchor) -> dict[str, Any]:
    """All of the anchor that can change, as the log keeps it."""
    return {"revision": anchor.revision_id, **{name: getattr(anchor, name) for name in FIELDS}}
