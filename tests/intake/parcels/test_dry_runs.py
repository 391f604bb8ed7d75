"""What a file would bring, and how much of it is here already: told before anything is saved."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight
from reader.intake.feeds.models import Feed
from reader.intake.parcels import comparing
from reader.intake.parcels.models import Awaited, Plan
from reader.library.models import Article, Revision
from reader.library.shelving import describe, details_of
from tests.intake.exports.test_archived import SUBSTACK
from tests.intake.exports.test_bookmarks import NETSCAPE
from tests.intake.exports.test_clippings import CLIPPINGS
from tests.intake.mail.post import body, box, mail
from tests.intake.parcels.parcels import bring, hand_in, packed
from tests.intake.parcels.test_exports import PIECE, URL, hypothesis, piece_at
from tests.world import World, make_article

KNOWN = ("small models will matter", "herds")


def says(client: Client, plan: Plan) -> str:
    return " ".join(client.get(plan.get_absolute_url()).content.decode().split())


def test_marks_and_pieces_are_told_apart(cleo: Client, world: World) -> None:
    piece_at(URL, world)
    bring(cleo, ("one.json", hypothesis(*KNOWN)))
    there = json.loads(hypothesis(*KNOWN, "everything"))["annotations"]
    elsewhere = json.loads(hypothesis("Words of another page", url="http://site.example/other"))["annotations"]

    plan = hand_in(cleo, ("two.json", json.dumps({"annotations": there + elsewhere})))

    assert (plan.pieces, plan.known, plan.marks, plan.known_marks) == (2, 1, 4, 2)
    said = says(cleo, plan)
    assert '<strong>2</strong> pieces <span class="plan-share">1 new, 1 here already</span>' in said
    assert '<strong>4</strong> highlights <span class="plan-share">2 new, 2 here already</span>' in said


def test_what_it_tells_is_what_comes(cleo: Client, world: World) -> None:
    """White space that an app changed, words that stand twice, marks without a place, and one that was taken away."""
    piece = make_article("Twice", world.cleo, html="<p>One model is small.</p><p>Another model is large.</p>")
    describe(piece, details_of(piece).__class__(title="Twice", canonical_url=URL), world.cleo)
    bring(cleo, ("one.json", hypothesis("model is\nsmall", "Nowhere at all, these words", "Another model")))
    Highlight.objects.get(exact="Another model").delete_by(world.cleo)
    both = hypothesis("model is small", "Nowhere at all, these words", "Another model", "model is large", "Not here")
    plan = hand_in(cleo, ("two.json", both))
    before = Highlight.objects.count()

    bring(cleo, ("again.json", both))

    assert (plan.marks, plan.known_marks) == (5, 3)
    assert Highlight.objects.count() - before == plan.marks - plan.known_marks


def test_nothing_is_saved_by_looking(cleo: Client, world: World) -> None:
    piece_at(URL, world)
    bring(cleo, ("one.json", hypothesis(*KNOWN)))
    kinds = (Article, Revision, Highlight, Anchor, Awaited, Feed)
    before = [kind.objects.count() for kind in kinds], Event.objects.exclude(subject_kind="import").count()

    hand_in(
        cleo,
        ("two.json", hypothesis(*KNOWN, "New words")),
        ("letter.eml", mail(body("One"), subject="One")),
        ("piece.html", PIECE.decode()),
    )

    assert ([kind.objects.count() for kind in kinds], Event.objects.exclude(subject_kind="import").count()) == before


@pytest.mark.parametrize(("seen_by", "here"), [(Visibility.PRIVATE, 0), (Visibility.PUBLIC, 1)])
def test_what_one_cannot_see_is_not_told(cleo: Client, world: World, seen_by: str, here: int) -> None:
    piece = make_article("Somebody else's", world.dov, seen_by, html=PIECE.decode())
    describe(piece, details_of(piece).__class__(title="Somebody else's", canonical_url=URL), world.dov)
    Highlight.objects.all().delete()

    plan = hand_in(cleo, ("one.json", hypothesis("neither waits for the other")))

    assert (plan.known, plan.known_marks) == (here, 0)


def test_marks_of_others_are_not_mine(cleo: Client, dov: Client, world: World) -> None:
    piece = make_article("Everybody's", world.ada, Visibility.PUBLIC)
    describe(piece, details_of(piece).__class__(title="Everybody's", canonical_url=URL), world.ada)
    bring(dov, ("one.json", hypothesis(*KNOWN)))
    plan = hand_in(cleo, ("two.json", hypothesis(*KNOWN)))
    assert (plan.known, plan.known_marks) == (1, 0)
    assert "all new" in says(cleo, plan)


def test_letters_are_known_by_their_heads_and_their_words(cleo: Client) -> None:
    first, second = mail(body("One"), subject="One"), mail(body("Two", 2031), subject="Two")
    bring(cleo, ("one.mbox", box(first)))
    plan = hand_in(cleo, ("all.zip", packed({"a.mbox": box(first, second), "b.eml": first})))
    assert (plan.mails, plan.known_mails, plan.unsure_mails) == (3, 2, 0)
    assert '<strong>3</strong> mails <span class="plan-share">1 new, 2 here already</span>' in says(cleo, plan)


def test_a_letter_that_is_no_piece_is_neither(cleo: Client) -> None:
    plan = hand_in(cleo, ("a.mbox", box(mail(body("One")), b"From: nobody@x.example\nSubject: Nothing\n\n")))
    assert (plan.mails, plan.known_mails, plan.unsure_mails) == (2, 0, 1)
    assert "What is to be compared is looked at when it comes in." in says(cleo, plan)


def test_files_and_posts_are_known_by_their_words(cleo: Client) -> None:
    posts = packed({name: data.encode() for name, data in SUBSTACK.items()})
    bring(cleo, ("export.zip", posts), ("piece.html", PIECE.decode()))
    plan = hand_in(cleo, ("again.zip", posts), ("other.html", PIECE.decode()))
    assert (plan.pieces, plan.known, plan.unsure) == (3, 3, 0)
    assert "All of it is here already. Nothing is added twice." in says(cleo, plan)


def test_a_book_is_known_by_its_title(cleo: Client) -> None:
    bring(cleo, ("My Clippings.txt", CLIPPINGS))
    plan = hand_in(cleo, ("My Clippings.txt", CLIPPINGS))
    assert (plan.known, plan.known_marks) == (plan.pieces, plan.marks)


def test_addresses_and_feeds_that_are_known(cleo: Client, world: World) -> None:
    bring(cleo, ("bookmarks.html", NETSCAPE))
    waiting = Awaited.objects.count()
    Feed.objects.create(owner=world.cleo, url="https://kilowatt.example/feed")
    outlines = "".join(
        f'<outline type="rss" text="F" xmlUrl="https://{host}.example/feed"/>' for host in ("kilowatt", "x")
    )
    feeds = f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'
    plan = hand_in(cleo, ("bookmarks.html", NETSCAPE), ("feeds.opml", feeds))
    assert (plan.known_addresses, plan.addresses) == (waiting, waiting)
    assert (plan.known_feeds, plan.feeds) == (1, 2)


def test_what_there_is_no_time_for_is_compared_later(cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "LONGEST", -1.0)
    plan = hand_in(cleo, ("a.mbox", box(mail(body("One")), mail(body("Two", 2031)))), ("piece.html", PIECE.decode()))
    assert (plan.mails, plan.unsure_mails, plan.pieces, plan.unsure) == (2, 2, 1, 1)
    assert "all to be compared" in says(cleo, plan)


def test_marks_that_there_is_no_time_for_are_compared_later(
    cleo: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece_at(URL, world)
    bring(cleo, ("one.json", hypothesis(*KNOWN)))
    monkeypatch.setattr(comparing, "LONGEST", -1.0)
    plan = hand_in(cleo, ("two.json", hypothesis(*KNOWN, "everything")))
    assert (plan.marks, plan.known_marks, plan.unsure_marks) == (3, 0, 3)
    assert "What is to be compared is looked at when it comes in." in says(cleo, plan)


def test_only_the_very_words_are_looked_for(cleo: Client, world: World) -> None:
    """What became of words that are not in the text takes a long search, which the import makes."""
    piece_at(URL, world)
    reworded = "and everything accelerated!"
    bring(cleo, ("one.json", hypothesis(*KNOWN, reworded, "Never written here at all")))
    assert Anchor.objects.filter(highlight__owner=world.cleo, state="orphaned").count() == 1
    plan = hand_in(cleo, ("two.json", hypothesis(*KNOWN, reworded, "Never written here at all", "everything")))
    assert (plan.marks, plan.known_marks, plan.unsure_marks) == (5, 3, 1)
    assert "1 new, 3 here already, 1 to be compared" in says(cleo, plan)


def test_a_feed_that_is_listed_twice_counts_twice(cleo: Client, world: World) -> None:
    Feed.objects.create(owner=world.cleo, url="https://kilowatt.example/feed")
    outline = '<outline type="rss" text="F" xmlUrl="https://kilowatt.example/feed"/>'
    feeds = f'<opml version="2.0"><body>{outline}<outline text="Folder">{outline}</outline></body></opml>'
    plan = hand_in(cleo, ("feeds.opml", feeds))
    assert plan.feeds == plan.known_feeds


def test_more_pieces_and_marks_ask_no_more_queries(cleo: Client, world: World) -> None:
    def annotations(numbers: range) -> str:
        rows = [hypothesis(*KNOWN, url=f"http://site.example/{number}") for number in numbers]
        return json.dumps({"annotations": [one for row in rows for one in json.loads(row)["annotations"]]})

    for number in range(12):
        piece = make_article(f"Piece {number}", world.cleo)
        known = details_of(piece).__class__(title=f"Piece {number}", canonical_url=f"http://site.example/{number}")
        describe(piece, known, world.cleo)
    bring(cleo, ("all.json", annotations(range(12))))

    def queries(numbers: range) -> int:
        with CaptureQueriesContext(connection) as asked:
            plan = hand_in(cleo, (f"{len(numbers)}.json", annotations(numbers)))
        assert (plan.known, plan.known_marks) == (len(numbers), 2 * len(numbers))
        return len(asked)

    few = queries(range(2))
    assert queries(range(12)) == few
