"""Marks from elsewhere: found by their words, kept where they are nowhere, and never doubled."""

from datetime import UTC, datetime

from django.test import Client

from reader.core.models import Event
from reader.highlights.bringing import Quote, bring_marks
from reader.highlights.models import Anchor, Highlight, Note
from reader.library.models import Text
from tests.world import World, make_article, newest

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
