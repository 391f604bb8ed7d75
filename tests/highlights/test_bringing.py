"""Marks from elsewhere: found by their words, kept where they are nowhere, and never doubled."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.models import Event
from reader.highlights import unplaced
from reader.highlights.bringing import Quote, bring_marks
from reader.highlights.models import Anchor, Highlight, Note
from reader.highlights.placing import keep
from reader.library.models import Text
from tests.library.pieces import as_text
from tests.world import World, make_article, make_highlight, newest

THEN = datetime(2024, 5, 17, 10, 23, tzinfo=UTC)


def test_they_stand_where_their_words_do(world: World) -> None:
    quotes = [
        Quote(exact="small  models\nwill matter", made_at=THEN),
        Quote(exact="In February the lab released a model for the researchers, and everything accelerated!"),
        Quote(exact="everything", note="**All** of it, @ben", tags=["power", "Power", "grids"]),
    ]
    brought = bring_marks(world.private, quotes, world.cleo)

    text = newest(world.private).text
    assert [mark.exact for mark in brought.placed][::2] == ["small models will matter", "everything"]
    assert brought.unplaced == []
    for anchor in Anchor.objects.filter(highlight__in=brought.placed).select_related("highlight"):
        assert text[anchor.start : anchor.end] == anchor.highlight.exact
        assert anchor.state == Anchor.State.ANCHORED
    first, last = brought.placed[0], brought.placed[2]
    assert (first.created_at, first.visibility, first.owner) == (THEN, "private", world.cleo)
    assert sorted(tag.name for tag in last.tags.all()) == ["grids", "power"]
    note = Note.objects.get(highlight=last)
    assert ("<strong>All</strong>" in note.html, note.mentions.count()) == (True, 0)
    assert Event.objects.filter(verb="marked", article_id=world.private.pk).count() == 3
    assert Event.objects.filter(verb="wrote", article_id=world.private.pk).count() == 1


def test_the_surroundings_tell_which_place_is_meant(world: World) -> None:
    piece = make_article("Twice", world.cleo, html="<p>One model is small.</p><p>Another model is large.</p>")
    (mark,) = bring_marks(piece, [Quote(exact="model", prefix="Another ", suffix=" is large")], world.cleo).placed
    assert mark.anchors.get().start == newest(piece).text.find("model is large")


def test_what_is_nowhere_is_kept_and_listed(world: World, cleo: Client) -> None:
    brought = bring_marks(world.private, [Quote(exact="A substation takes four years", note="Is it so?")], world.cleo)
    (mark,) = brought.unplaced
    assert mark.anchors.get().state == Anchor.State.ORPHANED
    page = cleo.get(f"{world.private.get_absolute_url()}lost/")
    assert page.status_code == 200
    assert "A substation takes four years" in page.content.decode()
    piece = cleo.get(world.private.get_absolute_url()).content.decode()
    assert "1 mark has no place yet" in piece
    assert "A substation takes four years" in piece


def test_a_second_time_adds_nothing(world: World) -> None:
    quotes = [
        Quote(exact="small models", note="Yes"),
        Quote(exact="Nowhere at all, these words", tags=["x"]),
        Quote(exact="herds"),
    ]
    bring_marks(world.private, [*quotes, quotes[0]], world.cleo)
    before = (Highlight.objects.count(), Note.objects.count(), Event.objects.count())

    assert bring_marks(world.private, quotes, world.cleo).known == 3
    assert (Highlight.objects.count(), Note.objects.count(), Event.objects.count()) == before


def test_a_note_comes_to_a_mark_that_is_here(world: World) -> None:
    """The reader had marked the words; what they wrote of them in another app is not lost, nor there twice."""
    mark = make_highlight(world.private, "small models", world.cleo)
    quotes = [
        Quote(exact="small models", note="Of *which* size?"),
        Quote(exact="small models", note="Of *which* size?"),
    ]

    brought = bring_marks(world.private, quotes, world.cleo)

    note = Note.objects.get(highlight=mark)
    assert (brought.known, brought.notes, note.body, note.visibility) == (2, [note], "Of *which* size?", "private")
    assert bring_marks(world.private, quotes, world.cleo).notes == []
    note.delete_by(world.cleo)
    assert bring_marks(world.private, quotes, world.cleo).notes == []


def test_what_was_taken_away_does_not_come_back(world: World) -> None:
    quotes = [Quote(exact="small models"), Quote(exact="Nowhere at all, these words")]
    brought = bring_marks(world.private, quotes, world.cleo)
    for mark in [*brought.placed, *brought.unplaced]:
        mark.delete_by(world.cleo)
    assert bring_marks(world.private, quotes, world.cleo).known == 2


def test_a_longer_text_gives_them_their_places(world: World) -> None:
    brought = bring_marks(world.private, [Quote(exact="small models will matter")], world.cleo)
    html = "<p>Before it.</p>\n<p>It is becoming clear that small models will matter.</p>\n<p>More.</p>"
    world.private.revise(
        Text(
            html=html,
            text="Before it.\nIt is becoming clear that small models will matter.\nMore.",
            raw=html,
            source_kind="paste_html",
        ),
        world.cleo,
    )
    anchor = brought.placed[0].anchors.latest("revision__number")
    assert newest(world.private).text[anchor.start : anchor.end] == "small models will matter"
    assert bring_marks(world.private, [Quote(exact="small models will matter")], world.cleo).known == 1


def test_others_marks_stay_others(world: World) -> None:
    bring_marks(world.public, [Quote(exact="small models")], world.cleo)
    brought = bring_marks(world.public, [Quote(exact="small models")], world.dov)
    assert len(brought.placed) == 1
    assert brought.placed[0].visibility == "private"


NOWHERE = Quote(exact="a substation takes four years to build", prefix="Everybody knows that ", suffix=", and")


def brought_and_revised(world: World, quotes: list[Quote], *texts: str) -> list[Anchor]:
    """Where marks that had no place stand in the last of some new texts of their piece."""
    marks = bring_marks(world.private, quotes, world.cleo).unplaced
    assert len(marks) == len(quotes)
    for text in texts:
        world.private.revise(as_text(text), world.cleo)
    last = newest(world.private)
    return [mark.anchors.get(revision=last) for mark in marks]


def test_a_mark_that_never_had_a_place_is_found_in_a_later_text(world: World) -> None:
    words = "A short beginning.\nEverybody knows that a substation takes four years to build, and some forget it."
    (anchor,) = brought_and_revised(world, [NOWHERE], "Nothing of it yet.", words)
    assert (anchor.state, words[anchor.start : anchor.end]) == (Anchor.State.ANCHORED, NOWHERE.exact)
    verbs = Event.objects.filter(subject_kind="highlight", subject_id=anchor.highlight_id).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["marked", "found"]
    world.private.revise(as_text(f"New above.\n{words}"), world.cleo)
    assert anchor.highlight.anchors.get(revision=newest(world.private)).start == anchor.start + len("New above.\n")


def test_of_two_places_it_takes_the_one_it_was_quoted_from(world: World) -> None:
    words = (
        "At first a substation takes four years to build. Much later in the piece, after many other words were said of "
        "other things, one reads: Everybody knows that a substation takes four years to build, and some forget it."
    )
    (anchor,) = brought_and_revised(world, [NOWHERE], words)
    assert anchor.start == words.rindex("a substation")


def test_it_stays_listed_as_long_as_its_words_are_nowhere(world: World, cleo: Client) -> None:
    (anchor,) = brought_and_revised(world, [NOWHERE], "Another text, without it.", "A third one, without it.")
    assert anchor.state == Anchor.State.ORPHANED
    assert "1 mark has no place yet" in cleo.get(world.private.get_absolute_url()).content.decode()


def test_one_that_is_kept_without_a_place_is_looked_for_no_more(world: World) -> None:
    (mark,) = bring_marks(world.private, [NOWHERE], world.cleo).unplaced
    keep(mark, world.cleo)
    for text in ("Nothing of it yet.", f"Everybody knows that {NOWHERE.exact}, and some forget it."):
        world.private.revise(as_text(text), world.cleo)
    anchor = mark.anchors.get(revision=newest(world.private))
    assert (anchor.state, anchor.method) == (Anchor.State.ORPHANED, Anchor.KEPT)


def test_a_deleted_one_comes_back_in_its_place(world: World) -> None:
    (mark,) = bring_marks(world.private, [NOWHERE], world.cleo).unplaced
    mark.delete_by(world.cleo)
    world.private.revise(as_text(f"Everybody knows that {NOWHERE.exact}, and some forget it."), world.cleo)
    mark.restore(world.cleo)
    assert mark.anchors.get(revision=newest(world.private)).state == Anchor.State.ANCHORED


def test_only_so_many_are_sought_beyond_their_very_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unplaced, "MOST_SOUGHT", 1)
    quotes = [
        Quote(exact="the transformers are sold out until the spring of 2027"),
        Quote(exact="the turbines are sold out until the spring of 2028"),
        Quote(exact="the cables are sold out until the winter of 2029"),
    ]
    words = (
        "It says that the transformers were sold out until the spring of 2027.\n"
        "Elsewhere the turbines were sold out until the spring of 2028.\n"
        "And the cables are sold out until the winter of 2029."
    )
    states = [anchor.state for anchor in brought_and_revised(world, quotes, words)]
    assert states == [Anchor.State.ANCHORED, Anchor.State.ORPHANED, Anchor.State.ANCHORED]


def test_more_of_them_ask_no_more_queries(world: World) -> None:
    bring_marks(world.private, [NOWHERE], world.cleo)
    few = queries_of_revising(world, "Another text.")
    bring_marks(world.private, [Quote(exact=f"Words number {n} that are nowhere") for n in range(30)], world.cleo)
    assert queries_of_revising(world, "A third text.") == few


def queries_of_revising(world: World, words: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        world.private.revise(as_text(words), world.cleo)
    return len(asked)
