"""Somebody has a piece open while it gets another text: answers draw the text that is before them."""

import pytest
from django.test import Client

from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article, Revision
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.pages.asking import FRAGMENT, marks_of
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

#: Every paragraph is another one, and there is one more before the marked one.
REWRITTEN = f"Chips, once more.\n{FIRST.replace('Every quarter', 'Each quarter').replace('2027', '2029')}"


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


@pytest.fixture
def mark(article: Article, world: World) -> Highlight:
    return make_highlight(article, QUOTE, world.ada, visibility=Visibility.PUBLIC)


@pytest.fixture
def seen(article: Article, mark: Highlight, world: World) -> Revision:
    """The text that is before the reader; another has come since."""
    shown = newest(article)
    article.revise(as_text(REWRITTEN), world.ada)
    return shown


def post(client: Client, address: str, seen: Revision, **typed: str) -> str:
    answer = client.post(address, typed, headers={**FRAGMENT, "Forecite-Text": str(seen.pk)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_which_text_it_shows(ada: Client, article: Article, seen: Revision) -> None:
    page = ada.get(article.get_absolute_url()).content.decode()

    assert f'"Forecite-Text": "{newest(article).pk}"' in page


@pytest.mark.parametrize(
    ("noun", "typed"), [("kind", {"kind": "question"}), ("visibility", {"audience": "private"}), ("deletion", {})]
)
def test_it_works(ada: Client, mark: Highlight, seen: Revision, noun: str, typed: dict[str, str]) -> None:
    drawn = post(ada, f"/highlights/{mark.pk}/{noun}/", seen, **typed)

    assert "before the end of 2027" in drawn
    assert "2029" not in drawn
    assert "Each quarter" not in drawn


@pytest.mark.parametrize(
    ("noun", "typed"), [("tags", {"tags": "chips"}), ("notes", {"body": "So they say."})], ids=["tags", "notes"]
)
def test_the_card_stands_beside_the_passage(
    ada: Client, mark: Highlight, seen: Revision, noun: str, typed: dict[str, str]
) -> None:
    there = seen.text.index(QUOTE)

    drawn = post(ada, f"/highlights/{mark.pk}/{noun}/", seen, **typed)

    assert f'data-passage="{there}-{there + len(QUOTE)}"' in drawn


def test_another_passage_is_chosen_in_the_newest_text(ada: Client, mark: Highlight, seen: Revision) -> None:
    words = "The foundries have ordered more machines"

    said = post(ada, f"/highlights/{mark.pk}/passage/", seen, exact=words)

    assert "A newer text came since you opened this one" in said
    assert 'hx-target="#b' not in said
    mark.refresh_from_db()
    assert mark.exact == words


def test_a_mark_of_the_newest_text_is_not_drawn(ada: Client, article: Article, seen: Revision) -> None:
    words = "The foundries have ordered more machines"
    typed = {"exact": words, "kind": "highlight", "visibility": "public"}

    said = post(ada, marks_of(article), seen, **typed)

    assert "It is in a text that came since you opened this one." in said
    assert 'hx-target="#composer"' in said
    assert 'hx-target="#b' not in said
    assert 'hx-target="#cards"' not in said


def test_further_cards_stand_beside_the_passages(
    ada: Client, article: Article, mark: Highlight, world: World, seen: Revision
) -> None:
    first = make_highlight(article, "the analysts write down", world.ada, visibility=Visibility.PUBLIC)
    Anchor.objects.create(highlight=first, revision=seen, start=18, end=41)
    there = seen.text.index(QUOTE)

    cards = ada.get(f"{marks_of(article)}?after={first.pk}", headers={**FRAGMENT, "Forecite-Text": str(seen.pk)})

    assert f'data-passage="{there}-{there + len(QUOTE)}"' in cards.content.decode()


def test_the_words_of_the_shown_text_go_where_they_went(ada: Client, mark: Highlight, seen: Revision) -> None:
    words = "Every quarter the analysts"

    form = ada.get(f"/highlights/{mark.pk}/editing/", headers={**FRAGMENT, "Forecite-Text": str(seen.pk)})
    assert f'name="revision" value="{seen.pk}"' in form.content.decode()
    post(ada, f"/highlights/{mark.pk}/passage/", seen, exact=words, revision=str(seen.pk))

    assert words_of(anchor_in_newest(mark)) == "Each quarter the analysts"


def test_a_card_says_nothing_of_the_text_that_came(ada: Client, mark: Highlight, seen: Revision) -> None:
    post(ada, f"/highlights/{mark.pk}/passage/", seen, exact="The foundries have ordered more machines")

    drawn = post(ada, f"/highlights/{mark.pk}/kind/", seen, kind="question")

    assert f'id="highlight-{mark.pk}"' in drawn
    assert "In the text now" not in drawn
    assert "after it was marked" not in drawn


def test_a_mark_that_came_with_its_block_has_its_card(
    ada: Client, mark: Highlight, seen: Revision, world: World
) -> None:
    other = make_highlight(mark.article, "nobody will mourn them", world.cleo, visibility=Visibility.PUBLIC)
    at = seen.text.index(other.exact)
    Anchor.objects.create(
        highlight=other, revision=seen, start=at, end=at + len(other.exact), state="anchored", method="made", score=1
    )

    drawn = post(ada, f"/highlights/{mark.pk}/kind/", seen, kind="question")

    assert f'data-highlight="{other.pk}"' in drawn
    assert f'id="highlight-{other.pk}"' in drawn


@pytest.mark.parametrize(
    ("words", "said"),
    [(QUOTE, "in the new one, too, with other words there."), ("The foundries", "in the new one, too.")],
)
def test_a_mark_made_there_says_whether_its_words_are_others_by_now(
    ada: Client, mark: Highlight, seen: Revision, words: str, said: str
) -> None:
    at = seen.text.index(words)
    place = {"revision": str(seen.pk), "start": str(at), "end": str(at + len(words)), "exact": words}

    told = post(ada, f"{mark.article.get_absolute_url()}highlights/", seen, **place, kind="evidence")

    assert said in told


def test_the_text_of_another_piece_is_not_drawn(ada: Client, mark: Highlight, seen: Revision, world: World) -> None:
    drawn = post(ada, f"/highlights/{mark.pk}/kind/", newest(world.public), kind="question")

    assert "before the end of 2029" in drawn
