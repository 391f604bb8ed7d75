"""Somebody marks words that are taken out of the piece meanwhile: nothing is saved unasked, and there is a way out."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight, Note
from reader.library.models import Article
from reader.pages.lost_marks import IN_MARGIN
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

WITHOUT = FIRST.replace(f"{QUOTE}, the desk believes, and nobody will mourn them.\n", "")
KEEP = "Keep it without a place"
JSON = {"Accept": "application/json"}


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


@pytest.fixture
def form(article: Article, world: World) -> dict[str, Any]:
    """What the open form of Cleo sends, once the words are gone."""
    seen = newest(article)
    at = seen.text.index(QUOTE)
    article.revise(as_text(WITHOUT), world.ada)
    place = {"revision": seen.pk, "start": at, "end": at + len(QUOTE), "exact": QUOTE}
    return place | {"kind": "highlight", "visibility": "private", "team": "", "tags": "chips", "note": "I doubt it."}


def send(client: Client, article: Article, form: dict[str, Any], **headers: str) -> Any:
    return client.post(f"{article.get_absolute_url()}highlights/", form, headers=headers)


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_it_is_refused_with_a_way_to_keep_what_was_written(
    cleo: Client, article: Article, form: dict[str, Any], headers: dict[str, str]
) -> None:
    answer = send(cleo, article, form, **headers)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "these words are no longer in it. Nothing was saved" in page
    assert '<button class="button primary" name="placeless" value="1">' in page
    assert KEEP in page
    assert "I doubt it." in page
    assert not Highlight.objects.exists()


def test_a_script_is_refused_as_ever(cleo: Client, article: Article, form: dict[str, Any]) -> None:
    answer = send(cleo, article, form, **JSON)

    assert answer.status_code == 409
    assert list(answer.json()["errors"]) == ["exact"]
    assert not Highlight.objects.exists()


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_kept_without_a_place_it_stands_in_the_text_that_was_seen(
    cleo: Client, article: Article, form: dict[str, Any], headers: dict[str, str]
) -> None:
    answer = send(cleo, article, form | {"placeless": "1"}, **headers)

    assert answer.status_code == (200 if headers else 303)
    mark = Highlight.objects.get()
    first, last = Anchor.objects.filter(highlight=mark).order_by("revision__number")
    assert (mark.exact, words_of(first)) == (QUOTE, QUOTE)
    assert (last.revision, last.state) == (newest(article), "orphaned")
    assert [tag.name for tag in mark.tags.all()] == ["chips"]
    assert Note.objects.get().highlight == mark
    page = answer.content.decode() if headers else cleo.get(answer.headers["Location"], follow=True).content.decode()
    assert "listed among the marks that have lost their place" in page
    assert "1 mark has lost its place" in cleo.get(article.get_absolute_url()).content.decode()


def test_without_a_script_one_lands_where_it_is_listed(cleo: Client, article: Article, form: dict[str, Any]) -> None:
    answer = send(cleo, article, form | {"placeless": "1"})

    mark = Highlight.objects.get()
    assert answer.headers["Location"] == f"{article.get_absolute_url()}lost/?after={mark.pk - 1}#highlight-{mark.pk}"
    assert f'id="highlight-{mark.pk}"' in cleo.get(answer.headers["Location"]).content.decode()


def test_its_card_comes_with_the_answer_and_goes_with_undo(
    cleo: Client, article: Article, form: dict[str, Any]
) -> None:
    of_its_text = {**FRAGMENT, "Forecite-Text": str(form["revision"])}
    answer = send(cleo, article, form | {"placeless": "1"}, **of_its_text).content.decode()

    mark = Highlight.objects.get()
    assert answer.count(f'id="highlight-{mark.pk}"') == 1
    assert f">{QUOTE}</mark>" in answer
    undone = cleo.post(f"/highlights/{mark.pk}/deletion/", headers=of_its_text).content.decode()
    assert f"[data-passage='{form['start']}-{form['end']}']" in unescape(undone)
    assert "</mark>" not in undone
    back = cleo.post(f"/highlights/{mark.pk}/restoration/", headers=of_its_text).content.decode()
    assert f">{QUOTE}</mark>" in back


def test_on_a_page_of_the_newest_text_undo_is_of_its_list(cleo: Client, article: Article, form: dict[str, Any]) -> None:
    send(cleo, article, form | {"placeless": "1"})
    mark = Highlight.objects.get()

    undone = cleo.post(f"/highlights/{mark.pk}/deletion/", headers=FRAGMENT).content.decode()
    back = cleo.post(f"/highlights/{mark.pk}/restoration/", headers=FRAGMENT).content.decode()

    for drawn in (undone, back):
        assert '<hx-partial hx-target="#unplaced" hx-swap="innerHTML">' in drawn
        assert 'hx-target="#b' not in drawn
    assert f'id="highlight-{mark.pk}"' not in undone
    assert f'<li class="card" id="highlight-{mark.pk}" tabindex="-1" autofocus' in back


def test_undone_it_stands_in_the_list_though_many_are_lost(
    cleo: Client, article: Article, form: dict[str, Any], world: World
) -> None:
    for words in FIRST.split()[: IN_MARGIN + 1]:
        lost = make_highlight(article, words, world.ada, visibility=Visibility.PUBLIC)
        lost.anchors.update(state=Anchor.State.ORPHANED)
    send(cleo, article, form | {"placeless": "1"})
    mark = Highlight.objects.latest("pk")

    cleo.post(f"/highlights/{mark.pk}/deletion/", headers=FRAGMENT)
    back = cleo.post(f"/highlights/{mark.pk}/restoration/", headers=FRAGMENT).content.decode()

    assert back.count('<li class="card"') == IN_MARGIN + 1
    assert f'id="highlight-{mark.pk}"' in back
    assert "All of them" in back


def test_a_prediction_states_its_claim(cleo: Client, article: Article, form: dict[str, Any]) -> None:
    sent = form | {"kind": "prediction", "statement": "Prices of chips fall by half by 2027.", "placeless": "1"}

    answer = send(cleo, article, sent, **JSON)

    assert answer.status_code == 201
    claim = Claim.objects.get()
    assert claim.statement == "Prices of chips fall by half by 2027."
    assert claim.statements.get().highlight.exact == QUOTE


def test_its_words_bring_it_back(cleo: Client, article: Article, form: dict[str, Any], world: World) -> None:
    send(cleo, article, form | {"placeless": "1"})

    article.revise(as_text(FIRST), world.ada)

    assert words_of(anchor_in_newest(Highlight.objects.get())) == QUOTE


def test_sent_twice_it_is_one_mark(cleo: Client, article: Article, form: dict[str, Any]) -> None:
    for _ in range(2):
        send(cleo, article, form | {"placeless": "1"})

    assert Highlight.objects.count() == 1


def test_words_that_are_there_get_their_place_all_the_same(
    cleo: Client, article: Article, form: dict[str, Any], world: World
) -> None:
    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)

    answer = send(cleo, article, form | {"placeless": "1"}, **FRAGMENT)

    assert words_of(anchor_in_newest(Highlight.objects.get())) == QUOTE
    assert "lost their place" not in answer.content.decode()


@pytest.mark.parametrize("changes", [{"exact": "Other words"}, {"revision": 10**9}, {"start": 0}])
def test_words_that_nobody_saw_there_are_refused_without_it(
    cleo: Client, article: Article, form: dict[str, Any], changes: dict[str, Any]
) -> None:
    answer = send(cleo, article, form | {"placeless": "1"} | changes)

    assert answer.status_code == 409
    assert KEEP not in answer.content.decode()
    assert not Highlight.objects.exists()


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_the_form_that_is_opened_too_late_offers_it_at_once(
    cleo: Client, article: Article, form: dict[str, Any], headers: dict[str, str]
) -> None:
    asked = {name: form[name] for name in ("revision", "start", "end", "kind")}

    answer = cleo.get(f"{article.get_absolute_url()}highlights/new/", asked, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert QUOTE in page
    assert "these words are no longer in it" in page
    assert KEEP in page


def test_without_a_script_the_words_are_those_of_the_text_that_one_reads(
    cleo: Client, article: Article, form: dict[str, Any]
) -> None:
    page = cleo.get(article.get_absolute_url()).content.decode()
    by_hand = page[page.index('class="without-script stack"') : page.index("Mark these words")]
    assert f'name="revision" value="{newest(article).pk}"' in by_hand

    answer = cleo.post(f"{article.get_absolute_url()}highlights/new/", {"exact": QUOTE, "revision": form["revision"]})

    assert answer.status_code == 200
    assert KEEP in answer.content.decode()
