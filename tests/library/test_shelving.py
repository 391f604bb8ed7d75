"""Putting a piece on the shelf, once, with its people in its own scope."""

import pytest
from django.db import IntegrityError

from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.library.models import Article, Person, Publication, Reading, find_or_make
from reader.library.shelving import Details, shelve
from tests.library.pieces import as_text, shelve_piece
from tests.world import World

URL = "https://example.org/a-letter"


def test_it_works(world: World) -> None:
    piece = shelve_piece(
        world.cleo,
        "A letter",
        authors=["Ola Lind", "Mira Castell"],
        publication="Tokens",
        canonical_url=URL,
        language="de",
    )

    assert (piece.title, piece.canonical_url, piece.language, piece.words) == ("A letter", URL, "de", 7)
    assert [person.name for person in piece.authors.order_by("authorships__position")] == ["Ola Lind", "Mira Castell"]
    assert str(piece.publication) == "Tokens"
    assert piece.revisions.get().number == 1
    assert piece.minutes == 1


def test_it_is_in_the_log(world: World) -> None:
    piece = shelve_piece(world.cleo, "A letter")

    events = Event.objects.filter(article_id=piece.pk).order_by("pk")
    assert [(event.verb, event.actor, event.visibility) for event in events] == [
        ("shelved", world.cleo, Visibility.PRIVATE),
        ("revised", world.cleo, Visibility.PRIVATE),
    ]


@pytest.mark.parametrize("same", ["words", "address"])
def test_what_the_reader_can_already_see_is_opened(world: World, same: str) -> None:
    kept = shelve_piece(world.ada, "A letter", Visibility.PUBLIC, canonical_url=URL)
    text = kept.revisions.get().text if same == "words" else "Other words."

    article, is_new = shelve(
        Details(title="Again", canonical_url=URL if same == "address" else None), as_text(text), world.cleo
    )

    assert (article, is_new) == (kept, False)


def test_what_the_reader_cannot_see_is_no_obstacle_and_tells_nothing(world: World) -> None:
    hidden = shelve_piece(world.cleo, "A letter", canonical_url=URL)

    article, is_new = shelve(
        Details(title="A letter", canonical_url=URL), as_text(hidden.revisions.get().text), world.dov
    )

    assert is_new
    assert article != hidden
    assert article.owner == world.dov


def test_an_earlier_text_of_a_piece_opens_it_too(world: World) -> None:
    kept = shelve_piece(world.cleo, "A letter", words="As it was.")
    kept.revise(as_text("As it is."), world.cleo)

    assert shelve(Details(title="Again"), as_text("As it was."), world.cleo) == (kept, False)


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.PUBLIC])
def test_an_address_is_kept_once_per_scope(world: World, visibility: str) -> None:
    shelve_piece(world.cleo, "A letter", visibility, canonical_url=URL)

    with pytest.raises(IntegrityError):
        Article.objects.create(title="B", slug="b", canonical_url=URL, owner=world.cleo, visibility=visibility)


def test_people_of_a_private_piece_are_private(world: World) -> None:
    author = shelve_piece(world.cleo, "A letter", authors=["Kept Close"]).authors.get()

    assert (author.visibility, author.owner) == (Visibility.PRIVATE, world.cleo)


def test_public_people_are_used_where_there_are_some(world: World) -> None:
    public = world.public.authors.get()

    assert shelve_piece(world.cleo, "A letter", authors=["mira  CASTELL"]).authors.get() == public


def test_people_of_others_are_never_used(world: World) -> None:
    theirs = shelve_piece(world.ada, "Memo", Visibility.TEAM, world.foundry, authors=["Kept Close"]).authors.get()

    mine = shelve_piece(world.dov, "A letter", authors=["Kept Close"]).authors.get()

    assert mine != theirs
    assert mine.slug != theirs.slug


def test_a_public_piece_names_public_people_only(world: World) -> None:
    shelve_piece(world.ada, "A note", authors=["Kept Close"])

    author = shelve_piece(world.ada, "A letter", Visibility.PUBLIC, authors=["Kept Close"]).authors.get()

    assert author.visibility == Visibility.PUBLIC


def test_an_author_signs_once(world: World) -> None:
    piece = shelve_piece(world.cleo, "A letter", authors=["Ola Lind", "", "OLA LIND", " "])

    assert piece.authors.count() == 1


def test_a_name_is_cut_to_what_is_kept(world: World) -> None:
    long = find_or_make(Person, "ﷺ" * 500, world.private)

    assert len(long.name) == 200
    assert find_or_make(Person, "ﷺ" * 500, world.private) == long


def test_a_piece_that_fails_leaves_nothing(world: World) -> None:
    before = Article.objects.count(), Publication.objects.count(), Event.objects.count()

    with pytest.raises(IntegrityError):
        shelve_piece(world.cleo, "A letter", publication="Tokens", published_precision="day")

    assert (Article.objects.count(), Publication.objects.count(), Event.objects.count()) == before


def test_a_reading_cannot_pass_the_end(world: World) -> None:
    with pytest.raises(IntegrityError):
        Reading.objects.create(article=world.public, reader=world.cleo, percent=101)
