"""Lost marks at the desk: put where they seem to stand, or kept without a place."""

import pytest
from django.test import Client

from reader.core.visibility import Visibility
from reader.curation.models import Decision
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article
from tests.highlights.chips import QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

AFTER = "The desk now says that prices may well fall."
PLACE = "prices may well fall"


@pytest.fixture
def lost(world: World) -> Highlight:
    return lose(piece(world), world)


def lose(article: Article, world: World, exact: str = QUOTE) -> Highlight:
    highlight = make_highlight(article, exact, world.cleo, visibility=Visibility.PUBLIC)
    article.revise(as_text(f"{AFTER} {article.revisions.count()}"), world.ada)
    at = AFTER.index(PLACE)
    highlight.anchors.filter(revision=newest(article)).update(
        state=Anchor.State.ORPHANED, start=at, end=at + len(PLACE), method="none", score=0.42
    )
    return highlight


def queue(client: Client) -> str:
    return client.get("/desk/highlights/").content.decode()


@pytest.mark.parametrize(
    ("noun", "state", "method"), [("placing", "anchored", "by hand"), ("keeping", "orphaned", "kept")]
)
def test_it_works_and_is_undone(ben: Client, lost: Highlight, noun: str, state: str, method: str) -> None:
    assert f'id="highlight-{lost.pk}"' in queue(ben)

    answer = ben.post(f"/desk/highlights/{lost.pk}/{noun}/", follow=True)

    anchor = anchor_in_newest(lost)
    assert (anchor.state, anchor.method, words_of(anchor)) == (state, method, PLACE)
    assert "No mark is lost" in queue(ben)
    assert answer.status_code == 200
    log = ben.get("/decisions/").content.decode()
    assert QUOTE in log
    ben.post(f"/decisions/{Decision.objects.get().pk}/undoing/")
    assert anchor_in_newest(lost).method == "none"
    assert QUOTE in queue(ben)


def test_a_likeliest_place_is_looked_at_in_the_text(ben: Client, lost: Highlight) -> None:
    assert f"?candidate={lost.pk}#h-{lost.pk}" in queue(ben)
    assert f"?placing={lost.pk}" in queue(ben)


def test_without_one_nothing_is_offered_that_is_refused(ben: Client, lost: Highlight) -> None:
    lost.anchors.filter(state="orphaned").update(start=3, end=3)

    assert f"/desk/highlights/{lost.pk}/placing/" not in queue(ben)
    answer = ben.post(f"/desk/highlights/{lost.pk}/placing/")
    assert answer.status_code == 409
    assert "Nothing in the newest text is like these words." in answer.content.decode()


def press(client: Client, mark: Highlight, seen: int, noun: str = "placing", **headers: str) -> tuple[int, str]:
    answer = client.post(f"/desk/highlights/{mark.pk}/{noun}/", {"seen": str(seen)}, headers=headers)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_a_place_that_is_gone_meanwhile_is_no_choice_any_more(
    ben: Client, lost: Highlight, world: World, headers: dict[str, str]
) -> None:
    seen = newest(lost.article).pk
    assert f'name="seen" value="{seen}"' in queue(ben)
    lost.article.revise(as_text("Of something else entirely."), world.ada)

    status, page = press(ben, lost, seen, **headers)

    assert status == 409
    assert "Nothing in the newest text is like these words." in page
    assert "Nothing like it in the newest text." in page
    assert PLACE not in page
    assert f"/desk/highlights/{lost.pk}/placing/" not in page
    assert f"?placing={lost.pk}" in page  # choose the words
    assert f"/desk/highlights/{lost.pk}/keeping/" in page
    assert ("<html" in page) == (not headers)


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_another_place_than_was_seen_is_looked_at_first(
    ben: Client, lost: Highlight, world: World, headers: dict[str, str]
) -> None:
    seen = newest(lost.article).pk
    lost.article.revise(as_text("Meanwhile prices rise. Of something else entirely."), world.ada)
    lost.anchors.filter(revision=newest(lost.article)).update(state="orphaned", start=10, end=21, score=0.5)

    status, page = press(ben, lost, seen, **headers)

    assert (status, anchor_in_newest(lost).state) == (409, "orphaned")
    assert "The text was changed again meanwhile." in page
    assert "prices rise" in page
    assert f'value="{newest(lost.article).pk}"' in page
    assert press(ben, lost, newest(lost.article).pk)[0] == 303
    assert words_of(anchor_in_newest(lost)) == "prices rise"


def test_a_mark_that_has_its_place_again_leaves_the_list(ben: Client, ada: Client, lost: Highlight) -> None:
    seen = newest(lost.article).pk
    press(ada, lost, seen)

    status, page = press(ben, lost, seen, **FRAGMENT)

    assert status == 409
    assert f'hx-target="#highlight-{lost.pk}" hx-swap="delete"' in page
    assert "has its place again" in page


def test_many_are_decided_together(ben: Client, world: World) -> None:
    first = lose(piece(world), world)

    answer = ben.post("/desk/highlights/together/", {"act": "placing", "item": [first.pk]})

    assert answer.status_code == 303
    assert words_of(anchor_in_newest(first)) == PLACE


def test_the_second_curator_is_told(ben: Client, ada: Client, lost: Highlight) -> None:
    ada.post(f"/desk/highlights/{lost.pk}/placing/")

    answer = ben.post(f"/desk/highlights/{lost.pk}/keeping/")

    assert answer.status_code == 409
    assert "has its place again" in answer.content.decode()


def test_it_requires_curator(cleo: Client, dov: Client, lost: Highlight) -> None:
    for client in (cleo, dov):
        assert client.post(f"/desk/highlights/{lost.pk}/placing/").status_code == 403
    assert anchor_in_newest(lost).state == "orphaned"


def test_the_log_says_nothing_of_a_mark_that_went_out_of_sight(ben: Client, dov: Client, lost: Highlight) -> None:
    ben.post(f"/desk/highlights/{lost.pk}/keeping/")
    assert QUOTE in dov.get("/decisions/").content.decode()

    Highlight.objects.filter(pk=lost.pk).update(visibility=Visibility.PRIVATE)

    assert QUOTE not in dov.get("/decisions/").content.decode()
