"""A mark that lost its place is given one by hand: the claim that it states says so in its history."""

import pytest
from django.test import Client
from django.utils import timezone

from reader.claims.models import Claim
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight
from tests.claims.predictions import make_claim
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_text, shelve_piece
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

LIKE = "the chip market"
GIVEN = "gave the mark of what was said a new place in the text of"
TAKEN_BACK = "took back the place of the mark of what was said in the text of"


@pytest.fixture
def claim(world: World) -> Claim:
    """Everyone's, in a piece of Ada's; its mark was lost, with a likeliest place."""
    claim = make_claim(piece(world), QUOTE, world.ada, Visibility.PUBLIC)
    lose(claim.statements.get().highlight, world)
    return claim


def lose(mark: Highlight, world: World) -> None:
    text = FIRST.replace(QUOTE, "Nothing of it is left")
    mark.article.revise(as_text(text), world.ada)
    at = text.index(LIKE)
    place = mark.anchors.filter(revision=newest(mark.article))
    place.update(state=Anchor.State.ORPHANED, start=at, end=at + len(LIKE), method="none", score=0.4)


def mark_of(claim: Claim) -> Highlight:
    mark: Highlight = claim.statements.get().highlight
    return mark


def accept(client: Client, claim: Claim) -> None:
    mark = mark_of(claim)
    client.post(f"/highlights/{mark.pk}/candidate/", {"revision": newest(mark.article).pk})
    assert mark.anchors.latest("pk").state == "anchored"


def page_of(client: Client, claim: Claim) -> str:
    answer = client.get(f"{claim.get_absolute_url()}history/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_who_put_it_there_and_in_the_text_of_which_day(ada: Client, cleo: Client, claim: Claim) -> None:
    accept(ada, claim)

    day = timezone.localtime(newest(mark_of(claim).article).created_at)
    page = page_of(cleo, claim)
    assert f"<strong>Ada</strong><span>{GIVEN} {day.day} {day:%B %Y}</span>" in page
    assert GIVEN in cleo.get(claim.get_absolute_url()).content.decode()


def test_from_the_desk_too(ben: Client, cleo: Client, claim: Claim) -> None:
    mark = mark_of(claim)
    ben.post(f"/desk/highlights/{mark.pk}/placing/", {"seen": newest(mark.article).pk})

    assert f"<strong>Ben</strong><span>{GIVEN}" in page_of(cleo, claim)


def test_at_chosen_words_too(ada: Client, claim: Claim) -> None:
    ada.post(f"/highlights/{mark_of(claim).pk}/placing/", {"exact": LIKE})

    assert GIVEN in page_of(ada, claim)


def test_undone_it_is_told_as_that(ada: Client, claim: Claim) -> None:
    accept(ada, claim)
    ada.post(f"/highlights/{mark_of(claim).pk}/placing/undoing/")

    page = page_of(ada, claim)
    assert page.index(TAKEN_BACK) < page.index(GIVEN)


def test_kept_without_a_place_it_has_none_to_tell_of(ada: Client, claim: Claim) -> None:
    ada.post(f"/highlights/{mark_of(claim).pk}/keeping/")
    ada.post(f"/highlights/{mark_of(claim).pk}/placing/undoing/")

    page = page_of(ada, claim)
    assert GIVEN not in page
    assert TAKEN_BACK not in page


def test_whoever_does_not_see_the_mark_is_not_told(ada: Client, cleo: Client, claim: Claim, world: World) -> None:
    """Cleo reads it in another piece."""
    mark = mark_of(claim)
    Highlight.objects.filter(pk=mark.pk).update(visibility=Visibility.PRIVATE)
    said = claim.statements.get()
    said.pk = None
    diary = shelve_piece(world.cleo, "Diary", Visibility.PUBLIC, words=f"{FIRST}\nSo much for that.")
    said.highlight = make_highlight(diary, QUOTE, world.cleo, "prediction", Visibility.PUBLIC)
    said.save()

    ada.post(f"/highlights/{mark.pk}/candidate/", {"revision": newest(mark.article).pk})

    assert GIVEN in page_of(ada, claim)
    assert GIVEN not in page_of(cleo, claim)


def test_another_team_is_not_told(ada: Client, dov: Client, world: World) -> None:
    article = piece(world)
    claim = make_claim(article, QUOTE, world.dov, Visibility.TEAM, world.harbour)
    said = claim.statements.get()
    said.pk = None
    said.highlight = make_highlight(article, QUOTE, world.ada, "prediction", Visibility.TEAM, world.foundry)
    said.save()
    lose(said.highlight, world)

    ada.post(f"/highlights/{said.highlight_id}/candidate/", {"revision": newest(article).pk})

    assert Event.objects.filter(subject_kind="claim", verb="mark placed").exists()
    assert GIVEN not in page_of(dov, claim)


def test_a_mark_that_states_nothing_tells_no_claim(ada: Client, claim: Claim, world: World) -> None:
    other = make_highlight(mark_of(claim).article, "Every quarter", world.ada)
    other.anchors.update(state=Anchor.State.ORPHANED)

    ada.post(f"/highlights/{other.pk}/candidate/", {"revision": newest(other.article).pk})

    assert other.anchors.get().state == "anchored"
    assert not Event.objects.filter(subject_kind="claim", verb="mark placed").exists()
