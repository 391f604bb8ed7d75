"""What was kept and marked in another app: found, put in place, kept where it has none, and never doubled."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.highlights.models import Anchor, Highlight, Note
from reader.intake.models import Draft
from reader.intake.parcels.awaiting import PREVIEW, fetch_one
from reader.intake.parcels.models import Awaited, Confirmation
from reader.intake.parcels.pieces import ONLY_QUOTES_OF_SEVERAL, TO_BE_FETCHED
from reader.intake.sending.post import Received
from reader.library.models import QUOTES, Article
from reader.library.shelving import describe, details_of
from tests.intake.exports.test_annotations import ANNOTATION
from tests.intake.exports.test_archived import SUBSTACK
from tests.intake.exports.test_bookmarks import NETSCAPE
from tests.intake.exports.test_clippings import CLIPPINGS
from tests.intake.exports.test_tables import POCKET, READWISE
from tests.intake.fetching.servers import network, page, site
from tests.intake.parcels.parcels import bring, hand_in, let_in, log_of, packed
from tests.world import World, make_article, newest

URL = "http://site.example/grid"
PIECE = b"""<!DOCTYPE html><html lang="en"><head><title>The grid is the model | Kilowatt Review</title></head>
<body><article>
<h1>The grid is the model</h1><p class="byline">By Freya Lund</p>
<p>Ask a modeller what limits the next run and you hear about data. Ask the person who signs the lease.</p>
<p>We expect that at least one lab moves its largest cluster abroad before 2027, and that nobody says so aloud.</p>
<p>The rest is arithmetic: a substation takes four years, a model takes one, and neither waits for the other.</p>
</article></body></html>"""


def hypothesis(*quotes: str, url: str = URL) -> str:
    def row(quote: str) -> dict[str, object]:
        return {**ANNOTATION, "uri": url, "target": [{"selector": [{"type": "TextQuoteSelector", "exact": quote}]}]}

    return json.dumps({"annotations": [row(quote) for quote in quotes]})


def piece_at(url: str, world: World) -> Article:
    piece = make_article("A piece of the web", world.cleo)
    describe(piece, details_of(piece).__class__(title="A piece of the web", canonical_url=url), world.cleo)
    return piece


def test_the_dry_run_says_what_will_come(cleo: Client) -> None:
    plan = hand_in(cleo, ("readwise-data.csv", READWISE))
    said = cleo.get(plan.get_absolute_url()).content.decode()
    assert "<strong>2</strong> pieces" in said
    assert "<strong>3</strong> highlights" in said
    assert "1 thing cannot be read" in said
    assert "Row 4, “The year of the small model”: There are no words in this row." in said
    assert Highlight.objects.count() == 0


def test_marks_come_to_the_piece_that_is_here(cleo: Client, world: World) -> None:
    piece = piece_at(URL, world)
    work = bring(
        cleo, ("annotations.json", hypothesis("small models will matter", "herds", "Never written here at all"))
    )

    marks = Highlight.objects.filter(article=piece, owner=world.cleo)
    assert sorted(mark.exact for mark in marks) == ["Never written here at all", "herds", "small models will matter"]
    lost = Anchor.objects.get(highlight__article=piece, state=Anchor.State.ORPHANED)
    assert lost.highlight.exact == "Never written here at all"
    assert log_of(work) == [
        ("A piece of the web", "changed", "2 marks in place, 1 without a place."),
        ("Never written here at all", "added", "Kept as a quote without a place."),
    ]
    again = bring(cleo, ("again.json", hypothesis("small models will matter", "herds", "Never written here at all")))
    assert (again.known, again.added, marks.count(), Note.objects.count()) == (1, 0, 3, 3)


def test_readwise_knows_a_piece_by_its_title(cleo: Client, world: World) -> None:
    work = bring(cleo, ("readwise-data.csv", READWISE.replace("Castell, Mira", "Mira Castell")))
    marks = Highlight.objects.filter(article=world.public, owner=world.cleo)
    assert marks.count() == 2
    assert all(mark.visibility == "private" for mark in marks)
    book = Article.objects.get(title="The Long Grid")
    assert (newest(book).text, newest(book).source_kind, book.truncated) == ("Of a book", QUOTES, True)
    assert work.failed == 0


def test_clippings_make_a_piece_of_their_own(cleo: Client, world: World) -> None:
    bring(cleo, ("My Clippings.txt", CLIPPINGS))
    book = Article.objects.get(title="The Long Grid")
    assert [str(author) for author in book.authors.all()] == ["Freya Lund"]
    (mark,) = Highlight.objects.filter(article=book)
    assert (mark.exact, mark.notes.get().body, mark.created_at.year) == (
        "A substation takes four years.",
        "Is that so?",
        2026,
    )
    more = (
        CLIPPINGS
        + CLIPPINGS.split("==========")[1].replace("100-103", "200-203").replace("takes four years", "is old")
        + "==========\n"
    )
    again = bring(cleo, ("My Clippings.txt", more))
    assert newest(book).text == "A substation takes four years.\nA substation is old."
    assert again.changed == 1
    assert Anchor.objects.filter(highlight__article=book, state=Anchor.State.ORPHANED).count() == 0
    assert Highlight.objects.filter(article=book).count() == 2


def test_quotes_go_to_their_places_when_the_text_comes(cleo: Client, world: World) -> None:
    quotes = ["neither waits for the other", "Ask the person who signs the lease.", "Not in the page at all"]
    bring(cleo, ("annotations.json", hypothesis(*quotes)))
    one = Awaited.objects.get()
    assert one.article is not None
    assert newest(one.article).source_kind == QUOTES
    with site(lambda line: [page(PIECE)]) as made:
        fetch_one(one, network(made))
    text = newest(one.article)
    assert text.text.startswith("Ask a modeller")
    placed = Anchor.objects.filter(revision=text).order_by("highlight_id").select_related("highlight")
    assert [text.text[anchor.start : anchor.end] for anchor in placed[:2]] == quotes[:2]
    assert placed[2].state == Anchor.State.ORPHANED
    one.article.refresh_from_db()
    assert (one.article.truncated, one.article.title) == (None, "The grid is the model")


def test_addresses_wait_for_their_texts(cleo: Client, world: World, dov: Client) -> None:
    work = bring(
        cleo,
        ("bookmarks.html", NETSCAPE),
    )
    assert [line[2] for line in log_of(work)] == ["It leads to no page on the web.", TO_BE_FETCHED, TO_BE_FETCHED]
    one = Awaited.objects.earliest("pk")
    Awaited.objects.filter(pk=one.pk).update(url=URL)
    one.refresh_from_db()
    with site(lambda line: [page(PIECE)]) as made:
        fetch_one(one, network(made))
    piece = Article.objects.get(canonical_url=URL)
    assert sorted(tag.name for tag in piece.tags.all()) == ["grids", "power"]
    assert piece.notes.count() == 2
    listed = cleo.get("/imports/awaited/").content.decode()
    assert "https://k.example/two" in listed
    assert URL not in listed
    assert "https://k.example/two" not in dov.get("/imports/awaited/").content.decode()


def test_what_a_site_refuses_is_listed_with_another_door(cleo: Client) -> None:
    bring(cleo, ("pocket.csv", POCKET))
    one = Awaited.objects.earliest("pk")
    with site(lambda line: [page(b"Forbidden", status="403 Forbidden")]) as made:
        Awaited.objects.filter(pk=one.pk).update(url=URL)
        one.refresh_from_db()
        fetch_one(one, network(made))
    said = cleo.get("/imports/awaited/").content.decode()
    assert "That site does not let a server read it." in said
    assert "/bookmarklet/" in said
    assert cleo.post("/imports/awaited/").status_code == 303
    one.refresh_from_db()
    assert (one.refusal, one.ended_at) == ("", None)


def test_a_preview_does_not_take_quotes_away(cleo: Client) -> None:
    bring(cleo, ("annotations.json", hypothesis("neither waits for the other")))
    one = Awaited.objects.get()
    cut = PIECE.replace(b"<p>The rest", b"<p>This post is for paid subscribers</p><p hidden>The rest")
    with site(lambda line: [page(cut)]) as made:
        fetch_one(one, network(made))
    one.refresh_from_db()
    assert one.refusal == PREVIEW
    assert one.article is not None
    assert newest(one.article).source_kind == QUOTES


def test_substack_posts_are_whole_pieces(cleo: Client) -> None:
    work = bring(cleo, ("export.zip", packed({name: data.encode() for name, data in SUBSTACK.items()})))
    piece = Article.objects.get(canonical_url="https://kilowatt.substack.com/p/the-grid")
    assert (piece.title, piece.subtitle, piece.audience, str(piece.published)) == (
        "The grid, again",
        "On power",
        "everyone",
        "2026-05-17",
    )
    assert newest(piece).text == "Ask a modeller."
    assert (work.added, work.left) == (2, 2)


def test_marks_of_one_piece_are_written_together(cleo: Client, world: World) -> None:
    def queries(number: int, name: str) -> int:
        words = [f"Sentence number {n} of {name} says this." for n in range(number)]
        make = make_article(name, world.cleo, html="".join(f"<p>{word}</p>" for word in words))
        describe(make, details_of(make).__class__(title=name, canonical_url=f"http://site.example/{name}"), world.cleo)
        plan = hand_in(cleo, ("a.json", hypothesis(*words, url=f"http://site.example/{name}")))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            let_in(cleo, plan)
        return len(asked)

    few = queries(3, "few")
    assert queries(30, "many") <= few + 4


def test_another_door_ends_the_waiting(cleo: Client) -> None:
    bring(cleo, ("pocket.csv", POCKET), ("a.json", hypothesis("neither waits for the other")))
    link = Awaited.objects.get(url="https://kilowatt.example/p/grid")
    Awaited.objects.update(refusal="That site does not let a server read it.", ended_at=timezone.now())
    cleo.post("/articles/new/", {"text": PIECE.decode(), "form": "html"})
    draft = Draft.objects.latest("pk")
    fields = {"title": "The grid", "canonical_url": link.url, "audience": "unknown", "truncated": ""}
    answer = cleo.post(draft.get_absolute_url(), {**fields, "action": "save", "seen_by": "private"})
    assert answer.status_code == 303, answer.content.decode()
    link.refresh_from_db()
    assert (link.refusal, str(link.article)) == ("", "The grid")
    assert sorted(tag.name for tag in Article.objects.get(title="The grid").tags.all()) == ["grids", "power"]
    quotes = Awaited.objects.get(url=URL)
    cleo.post(f"{quotes.article.get_absolute_url()}revisions/new/", {"text": PIECE.decode(), "form": "html"})  # type: ignore[union-attr]  # it has one
    draft = Draft.objects.latest("pk")
    assert cleo.post(draft.get_absolute_url(), {**fields, "action": "save"}).status_code == 303
    quotes.refresh_from_db()
    assert (quotes.refusal, newest(quotes.article).source_kind) == ("", "paste_html")  # type: ignore[arg-type]  # the same


@pytest.mark.parametrize("address", ["/imports/awaited/", "/imports/confirmations/", "/mail-address/"])
def test_lists_ask_as_often_however_long_they_are(cleo: Client, world: World, address: str) -> None:
    def make(numbers: range) -> None:
        for number in numbers:
            piece = make_article(f"Piece {number}", world.cleo)
            Awaited.objects.create(owner=world.cleo, url=f"https://a.example/{number}", article=piece)
            Confirmation.objects.create(
                owner=world.cleo, key=str(number), sender="A letter", subject=f"Confirm {number}"
            )
            Received.objects.create(owner=world.cleo, key=str(number), data=b"", article=piece, outcome="added")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert cleo.get(address).status_code == 200
        return len(asked)

    make(range(2))
    cleo.get(address)
    few = queries()
    make(range(2, 12))
    assert queries() == few


def test_a_date_that_cannot_be_is_told_in_the_report(cleo: Client, world: World) -> None:
    rows = "One,https://k.example/1,0,,unread\nTwo,https://k.example/2,1747477380,,unread\n"
    work = bring(cleo, ("pocket.csv", f"title,url,time_added,tags,status\n{rows}"))
    assert log_of(work) == [
        ("One", "added", f"{TO_BE_FETCHED} Its date, “0”, cannot be, so it was not taken."),
        ("Two", "added", TO_BE_FETCHED),
    ]
    annotation = {**json.loads(hypothesis("herds"))["annotations"][0], "created": "2999-01-01T00:00:00Z"}
    piece_at(URL, world)
    work = bring(cleo, ("annotations.json", json.dumps({"annotations": [annotation]})))
    ((_, _, sentence),) = log_of(work)
    assert sentence == "1 mark in place. Its date, “2999-01-01T00:00:00Z”, cannot be, so it was not taken."
    assert Highlight.objects.get().created_at < timezone.now()


def test_the_app_is_named_in_which_passages_were_marked(cleo: Client) -> None:
    """Not the one that tells of the same address later, and none where they come from several."""
    bring(cleo, ("annotations.json", hypothesis("herds", url="https://k.example/two")))
    said = "Only the passages that were marked in Hypothesis are here."
    later = bring(cleo, ("bookmarks.html", NETSCAPE))
    assert [line[2] for line in log_of(later) if line[0] != "Kept" and "passages" in line[2]] == [said]
    highlights = [{"url": "https://k.example/two", "title": "Two", "highlights": [{"quote": "Clouds, too"}]}]
    bring(cleo, ("pocket.json", json.dumps(highlights)))
    piece = Article.objects.get(canonical_url="https://k.example/two")
    assert piece.truncation_evidence == ONLY_QUOTES_OF_SEVERAL


def test_a_mark_that_never_had_a_place_has_not_lost_it(cleo: Client, world: World) -> None:
    piece = piece_at(URL, world)
    bring(cleo, ("one.json", hypothesis("Never written here at all")))
    page_of_it = cleo.get(piece.get_absolute_url()).content.decode()
    assert ("1 mark has no place yet" in page_of_it, "lost its place" in page_of_it) == (True, False)
    bring(cleo, ("two.json", hypothesis("Nor was this one, of other words")))
    assert "2 marks have no place yet" in cleo.get(piece.get_absolute_url()).content.decode()


def test_a_passage_that_the_whole_text_lacks_has_no_place_yet(cleo: Client) -> None:
    bring(cleo, ("annotations.json", hypothesis("Not in the page at all")))
    one = Awaited.objects.get()
    assert one.article is not None
    with site(lambda line: [page(PIECE)]) as made:
        fetch_one(one, network(made))
    assert "1 mark has no place yet" in cleo.get(one.article.get_absolute_url()).content.decode()
