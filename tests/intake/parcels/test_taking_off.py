"""Addresses that wait for their text, taken off the list one by one."""

from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.intake.parcels.awaiting import Came, fetch_awaited, settle
from reader.intake.parcels.models import Awaited
from reader.intake.reading import Form, read
from reader.library.models import QUOTES, Article
from tests.intake.exports.test_bookmarks import NETSCAPE
from tests.intake.parcels.parcels import bring, hand_in, let_in
from tests.intake.parcels.test_exports import PIECE, URL, hypothesis
from tests.pages.asking import FRAGMENT
from tests.world import World, newest

LIST = "/imports/awaited/"


def take_off(client: Client, one: Awaited) -> str:
    """What the list says then."""
    answer = client.post(f"{LIST}{one.pk}/removal/", follow=True)
    assert answer.redirect_chain == [(LIST, 303)]
    return answer.content.decode()


def test_one_goes_and_the_others_stay(cleo: Client, world: World) -> None:
    bring(cleo, ("bookmarks.html", NETSCAPE))
    first, second = Awaited.objects.order_by("pk")
    listed = cleo.get(LIST).content.decode()
    assert listed.count("Take off the list</button>") == 2

    said = take_off(cleo, first)

    assert f"{first.url}</a>" not in said
    assert f"{second.url}</a>" in said
    assert "is fetched no more." in said
    assert "1 is still to be fetched" in said


def test_one_that_was_refused_goes_too(cleo: Client, world: World) -> None:
    one = Awaited.objects.create(
        owner=world.cleo, url=URL, refusal="That site does not let a server read it.", ended_at=timezone.now()
    )
    assert "Every text is here" in take_off(cleo, one)


def test_it_can_be_undone(cleo: Client, world: World) -> None:
    one = Awaited.objects.create(owner=world.cleo, url=URL)
    assert f"{LIST}{one.pk}/restoration/" in take_off(cleo, one)
    DBTaskResult.objects.all().delete()

    answer = cleo.post(f"{LIST}{one.pk}/restoration/", headers=FRAGMENT)

    assert answer.headers["HX-Redirect"] == LIST
    one.refresh_from_db()
    assert one.ended_at is None
    assert DBTaskResult.objects.filter(task_path=fetch_awaited.module_path).count() == 1


def test_what_came_is_not_asked_for_once_more(cleo: Client, world: World) -> None:
    one = Awaited.objects.create(owner=world.cleo, url=URL, article=world.private, ended_at=timezone.now())
    cleo.post(f"{LIST}{one.pk}/restoration/")
    one.refresh_from_db()
    assert one.ended_at is not None


def test_what_is_fetched_at_the_moment_does_not_come(cleo: Client, world: World) -> None:
    one = Awaited.objects.create(owner=world.cleo, url=URL)
    came = Came(PIECE.decode(), URL, read(PIECE.decode(), Form.HTML, url=URL))
    take_off(cleo, one)
    settle(one, came)
    assert not Article.objects.filter(canonical_url=URL).exists()


def test_a_piece_of_quotes_stays_one(cleo: Client, world: World) -> None:
    bring(cleo, ("annotations.json", hypothesis("neither waits for the other")))
    one = Awaited.objects.get()
    take_off(cleo, one)
    assert newest(Article.objects.get(canonical_url=URL)).source_kind == QUOTES
    cleo.post(f"{LIST}{one.pk}/restoration/")
    one.refresh_from_db()
    assert one.ended_at is None


def test_the_same_file_brings_it_again(cleo: Client, world: World) -> None:
    bring(cleo, ("bookmarks.html", NETSCAPE))
    one = Awaited.objects.earliest("pk")
    take_off(cleo, one)

    plan = hand_in(cleo, ("bookmarks.html", NETSCAPE))
    assert (plan.addresses, plan.known_addresses) == (2, 1)
    assert let_in(cleo, plan).added == 1
    one.refresh_from_db()
    assert one.ended_at is None


def test_nobody_else_can(dov: Client, world: World) -> None:
    one = Awaited.objects.create(owner=world.cleo, url=URL)
    assert dov.post(f"{LIST}{one.pk}/removal/").status_code == 404
    assert dov.post(f"{LIST}{one.pk}/restoration/").status_code == 404
    one.refresh_from_db()
    assert one.ended_at is None
