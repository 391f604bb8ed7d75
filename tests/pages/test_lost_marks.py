"""Marks that lost their place: listed with their likeliest one, put back, kept without, and each undone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.exchange.papers import paper
from reader.highlights.models import Anchor, Highlight, write_note
from reader.library.models import Article
from reader.pages.lost_marks import IN_MARGIN, PAGE
from tests.claims.predictions import make_claim
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

AFTER = (
    "Every quarter the analysts write down what they expect of the chip market.\n"
    "The desk now says that prices may well fall, one day, by half or by less.\n"
    "The foundries have ordered more machines than they can power, which is the reason."
)
PLACE = "prices may well fall"


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


@pytest.fixture
def lost(article: Article, world: World) -> Highlight:
    return lose(article, world, make_highlight(article, QUOTE, world.ada, visibility=Visibility.PUBLIC))


def lose(article: Article, world: World, highlight: Highlight) -> Highlight:
    """With a likeliest place, whatever the machine thinks of it."""
    article.revise(as_text(AFTER), world.ada)
    at = AFTER.index(PLACE)
    highlight.anchors.filter(revision=newest(article)).update(
        state=Anchor.State.ORPHANED, start=at, end=at + len(PLACE), method="none", score=0.42
    )
    return highlight


def page_of(client: Client, article: Article, tail: str = "") -> str:
    answer = client.get(f"{article.get_absolute_url()}{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_place_that_another_mark_has_is_called_that(ada: Client, lost: Highlight, world: World) -> None:
    article, taken = lost.article, "Another mark stands there"
    hers = make_highlight(article, PLACE, world.cleo)
    make_highlight(article, "may", world.cleo, visibility=Visibility.PUBLIC)  # less than half of it
    assert taken not in page_of(ada, article)

    hers.owner = world.ada
    hers.save()

    assert taken in page_of(ada, article)
    assert taken in page_of(ada, article, "lost/")


def undo(client: Client, highlight: Highlight) -> str:
    answer = client.post(f"/highlights/{highlight.pk}/placing/undoing/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_listed_in_the_margin_with_its_likeliest_place(ada: Client, article: Article, lost: Highlight) -> None:
    page = page_of(ada, article)

    assert "1 mark has lost its place" in page
    assert QUOTE in page
    assert "Likeliest place now, 42% alike" in page
    assert f'href="{article.get_absolute_url()}?candidate={lost.pk}#h-{lost.pk}">“{PLACE}”' in page
    assert f'<mark id="h-{lost.pk}"' not in page


def test_its_likeliest_place_is_shown_in_the_text(ada: Client, article: Article, lost: Highlight) -> None:
    page = page_of(ada, article, f"?candidate={lost.pk}")

    assert f'data-highlight="{lost.pk}" class="highlight" data-mine>{PLACE}</mark>' in page
    assert f'<mark id="h-{lost.pk}"' in page


def test_kept_from_the_margin_only_the_list_is_drawn_anew(ada: Client, article: Article, lost: Highlight) -> None:
    assert f'hx-post="/highlights/{lost.pk}/keeping/" hx-swap="none"' in page_of(ada, article)

    answer = ada.post(f"/highlights/{lost.pk}/keeping/", headers=FRAGMENT)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<hx-partial hx-target="#unplaced"' in page
    assert "1 quote kept without a place" in page
    assert "lost its place" not in page
    assert f"/highlights/{lost.pk}/placing/undoing/" in page
    assert "hx-post" not in page_of(ada, article, "lost/").partition("lost-list")[2].partition("</ul>")[0]


def test_one_click_puts_it_there(ada: Client, article: Article, lost: Highlight) -> None:
    answer = ada.post(f"/highlights/{lost.pk}/candidate/", {"revision": newest(article).pk})

    assert (answer.status_code, answer.headers["Location"]) == (303, lost.get_absolute_url())
    anchor = anchor_in_newest(lost)
    assert (words_of(anchor), anchor.state, anchor.method) == (PLACE, "anchored", "by hand")
    lost.refresh_from_db()
    assert lost.exact == QUOTE
    page = page_of(ada, article)
    assert "lost" not in page
    assert "Hardly anything is left here of what was marked" in page
    assert Event.objects.filter(verb="placed", subject_id=lost.pk).exists()


def test_that_is_undone(ada: Client, article: Article, lost: Highlight) -> None:
    before = Anchor.objects.filter(highlight=lost).order_by("pk").values()
    kept = list(before)
    ada.post(f"/highlights/{lost.pk}/candidate/", {"revision": newest(article).pk})

    assert "It is as it was before." in undo(ada, lost)

    assert list(before.all()) == kept
    assert "is left as it is" in undo(ada, lost)


@pytest.mark.parametrize("tail", ["", "lost/"])
def test_what_was_written_on_it_can_be_read(ada: Client, article: Article, lost: Highlight, tail: str) -> None:
    lost.label(["Prices"], lost.owner)
    write_note(lost, "Nobody saw this coming.", lost.owner)

    page = page_of(ada, article, tail)

    assert "Nobody saw this coming." in page
    assert ">Prices</a></li>" in page


@pytest.mark.parametrize(
    ("noun", "typed", "shown"),
    [("notes", {"body": "It will come back."}, "It will come back."), ("tags", {"tags": "Prices"}, ">Prices</a>")],
)
def test_what_one_writes_on_it_comes_into_the_list(
    ada: Client, lost: Highlight, noun: str, typed: dict[str, str], shown: str
) -> None:
    drawn = ada.post(f"/highlights/{lost.pk}/{noun}/", typed, headers=FRAGMENT).content.decode()

    assert '<hx-partial hx-target="#unplaced"' in drawn
    assert shown in drawn


def test_its_address_is_its_line_in_the_list(ada: Client, lost: Highlight, world: World) -> None:
    in_place = make_highlight(lost.article, "The foundries", world.ada)
    address = ada.get(f"/highlights/{lost.pk}/")["Location"]

    assert address == f"{lost.article.get_absolute_url()}lost/?after={lost.pk - 1}#highlight-{lost.pk}"
    assert f'id="highlight-{lost.pk}"' in ada.get(address).content.decode()
    assert ada.get(f"/highlights/{in_place.pk}/")["Location"] == in_place.get_absolute_url()


def test_its_words_can_be_chosen(ada: Client, article: Article, lost: Highlight) -> None:
    page = page_of(ada, article, f"?placing={lost.pk}")
    assert f'action="/highlights/{lost.pk}/placing/"' in page
    assert "Where does this stand now?" in page
    at = AFTER.index("by half or by less")

    answer = ada.post(
        f"/highlights/{lost.pk}/placing/",
        {"revision": newest(article).pk, "start": at, "end": at + 18, "exact": "by half or by less"},
    )

    assert answer.status_code == 303
    assert words_of(anchor_in_newest(lost)) == "by half or by less"
    assert "It is as it was before." in undo(ada, lost)
    assert anchor_in_newest(lost).state == "orphaned"


def test_without_a_script_they_are_copied(ada: Client, article: Article, lost: Highlight) -> None:
    ada.post(f"/highlights/{lost.pk}/placing/", {"exact": "by half or\nby less"})

    assert words_of(anchor_in_newest(lost)) == "by half or by less"


def test_without_a_script_one_chooses_between_places(ada: Client, article: Article, lost: Highlight) -> None:
    asked = ada.post(f"/highlights/{lost.pk}/placing/", {"exact": "by "}).content.decode()

    assert "The words stand there more than once" in asked
    assert anchor_in_newest(lost).state == "orphaned"
    second = AFTER.rindex("by ")
    assert f'name="start" value="{second}"' in asked
    place = {"revision": newest(article).pk, "start": second, "end": second + 3, "exact": "by "}
    ada.post(f"/highlights/{lost.pk}/placing/", place)
    assert (anchor_in_newest(lost).start, words_of(anchor_in_newest(lost))) == (second, "by ")


@pytest.mark.parametrize("words", ["", "words that are not there"])
def test_words_that_are_not_there_are_refused(ada: Client, article: Article, lost: Highlight, words: str) -> None:
    answer = ada.post(f"/highlights/{lost.pk}/placing/", {"exact": words})

    assert answer.status_code == 409
    assert QUOTE in answer.content.decode()
    assert anchor_in_newest(lost).state == "orphaned"


def test_it_can_stay_a_quote_without_a_place(ada: Client, article: Article, lost: Highlight) -> None:
    ada.post(f"/highlights/{lost.pk}/keeping/")

    page = page_of(ada, article)
    assert "has lost its place" not in page
    assert "1 quote kept without a place" in page
    assert QUOTE in page_of(ada, article, "lost/")
    undo(ada, lost)
    assert "1 mark has lost its place" in page_of(ada, article)


def test_a_quote_without_a_place_stays_one_in_the_next_text(
    ada: Client, article: Article, lost: Highlight, world: World
) -> None:
    ada.post(f"/highlights/{lost.pk}/keeping/")

    article.revise(as_text(f"{AFTER} More."), world.ada)
    assert "has lost its place" not in page_of(ada, article)

    article.revise(as_text(FIRST), world.ada)
    assert words_of(anchor_in_newest(lost)) == QUOTE


@pytest.mark.parametrize("noun", ["candidate", "keeping", "placing/undoing"])
def test_a_mark_that_has_its_place_is_left_there(ada: Client, article: Article, world: World, noun: str) -> None:
    highlight = make_highlight(article, QUOTE, world.ada)

    ada.post(f"/highlights/{highlight.pk}/{noun}/", {"revision": newest(article).pk})

    assert words_of(anchor_in_newest(highlight)) == QUOTE


def test_a_place_in_a_text_that_is_the_newest_no_longer_is_refused(
    ada: Client, article: Article, lost: Highlight, world: World
) -> None:
    seen = newest(article)
    article.revise(as_text(f"{AFTER} Once more."), world.ada)
    Anchor.objects.filter(highlight=lost, revision=newest(article)).update(state="orphaned")

    answer = ada.post(f"/highlights/{lost.pk}/candidate/", {"revision": seen.pk}, follow=True)

    assert "The text was changed again meanwhile." in answer.content.decode()
    assert anchor_in_newest(lost).state == "orphaned"


@pytest.mark.parametrize("noun", ["candidate", "placing", "placing/undoing", "keeping"])
def test_it_checks_ownership(cleo: Client, ben: Client, article: Article, lost: Highlight, noun: str) -> None:
    asked = {"revision": newest(article).pk, "exact": PLACE}

    assert cleo.post(f"/highlights/{lost.pk}/{noun}/", asked).status_code == 403
    assert anchor_in_newest(lost).state == "orphaned"
    assert ben.post(f"/highlights/{lost.pk}/{noun}/", asked).status_code == 303  # a curator of what all see


def test_others_see_it_and_have_nothing_to_press(cleo: Client, article: Article, lost: Highlight) -> None:
    page = page_of(cleo, article, f"?placing={lost.pk}")

    assert "1 mark has lost its place" in page
    assert "It is there" not in page
    assert "Where does this stand now?" not in page


def test_nobody_sees_that_a_mark_of_another_is_lost(cleo: Client, article: Article, world: World) -> None:
    highlight = lose(article, world, make_highlight(article, QUOTE, world.ada))

    for tail in ("", f"?candidate={highlight.pk}", f"?placing={highlight.pk}", "lost/"):
        page = page_of(cleo, article, tail)
        assert QUOTE not in page
        assert "<mark" not in page
        assert "lost its place" not in page


def test_all_of_them_have_a_page(ada: Client, article: Article, world: World) -> None:
    text = newest(article)
    for at in range(PAGE + 3):
        highlight = Highlight(article=article, owner=world.ada)
        highlight.select(text, at, at + 20)
        highlight.save()
        Anchor.objects.create(highlight=highlight, revision=text, start=at, end=at + 20)
    article.revise(as_text("Nothing of it is left."), world.ada)

    margin, page = page_of(ada, article), page_of(ada, article, "lost/")

    assert f"{PAGE}+ marks have lost their place" in margin
    assert margin.count("Keep without a place") == IN_MARGIN
    assert page.count("Keep without a place") == PAGE
    after = page.partition("?after=")[2].partition('"')[0]
    assert page_of(ada, article, f"lost/?after={after}").count("Keep without a place") == 3


def test_a_lost_prediction_leads_to_its_claim(ada: Client, article: Article, world: World) -> None:
    claims = [make_claim(article, words, world.ada, Visibility.PUBLIC) for words in (QUOTE, "what they expect")]
    lose(article, world, claims[0].statements.get().highlight)
    queries = queries_of(ada, article, "lost/")

    for tail in ("", "lost/"):
        assert f'href="{claims[0].get_absolute_url()}" dir="auto">{claims[0].statement}</a>' in page_of(
            ada, article, tail
        )
    article.revise(as_text("Nothing of it is left."), world.ada)
    assert f'href="{claims[1].get_absolute_url()}"' in page_of(ada, article, "lost/")
    assert queries_of(ada, article, "lost/") == queries


def test_more_of_them_ask_no_more_queries(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text("Nothing of it is left."), world.ada)
    few = [queries_of(ada, article, tail) for tail in ("", "lost/")]
    article.revise(as_text(FIRST), world.ada)
    for exact in ("Every quarter the analysts", "write down what they expect", "The foundries have ordered"):
        make_highlight(article, exact, world.ada)
    article.revise(as_text("Nothing of it is left once more."), world.ada)

    assert [queries_of(ada, article, tail) for tail in ("", "lost/")] == few


def queries_of(client: Client, article: Article, tail: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        page_of(client, article, tail)
    return len(asked)


def test_the_notice_that_offers_the_undoing_leads_back(ada: Client, article: Article, lost: Highlight) -> None:
    ada.post(f"/highlights/{lost.pk}/keeping/")

    answer = ada.post(f"/highlights/{lost.pk}/placing/undoing/", headers=FRAGMENT)

    assert answer.headers["HX-Redirect"] == article.get_absolute_url()


def test_it_rejects_get(ada: Client, lost: Highlight) -> None:
    for noun in ("candidate", "placing/undoing", "keeping"):
        assert ada.get(f"/highlights/{lost.pk}/{noun}/").status_code == 405
    assert ada.get(f"/highlights/{lost.pk}/placing/").headers["Location"].endswith(f"?placing={lost.pk}")


def test_ones_papers_tell_of_it_first(article: Article, lost: Highlight, world: World) -> None:
    make_highlight(article, "Every quarter the analysts", world.ada)

    told = "".join(paper(article, world.ada))

    assert told.index(QUOTE) < told.index("> Every quarter the analysts")
