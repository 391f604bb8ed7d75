"""Texts that are still to come: many sites at once, and no slow one before the rest."""

from collections.abc import Iterator
from time import sleep

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from reader.intake.addresses import read_address
from reader.intake.asking import ask_for
from reader.intake.parcels import awaiting
from reader.intake.parcels.awaiting import UNFORESEEN, fetch_awaited, fetch_soon
from reader.intake.parcels.models import Awaited
from reader.library.models import Article
from tests.intake.fetching.servers import Site, page, site
from tests.intake.parcels.test_exports import PIECE
from tests.world import World

SLOW = 3  # seconds


@pytest.fixture
def press(settings: Settings) -> Iterator[Site]:
    settings.ALLOW_PRIVATE_FETCH = True

    def answer(line: bytes) -> Iterator[bytes]:
        if b"/slow" in line:
            sleep(SLOW)
        yield page(PIECE.replace(b"a substation takes", line.split()[1] + b" takes"))

    with site(answer) as made:
        yield made


def wait_for(press: Site, world: World, path: str, host: str = "127.0.0.1") -> Awaited:
    return Awaited.objects.create(owner=world.cleo, url=f"http://{host}:{press.port}{path}")


def test_a_slow_site_holds_up_no_other(world: World, press: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaiting, "SLICE", 4.0)
    for number in range(40):
        wait_for(press, world, f"/slow/{number}")
    quick = [wait_for(press, world, f"/quick/{number}", "localhost") for number in range(3)]

    fetch_awaited.func(owner_id=world.cleo.pk)

    assert not Awaited.objects.filter(pk__in=[one.pk for one in quick], ended_at=None).exists()
    assert Article.objects.filter(canonical_url__contains="/quick/").count() == 3
    assert Awaited.objects.filter(ended_at=None).count() >= 38
    assert DBTaskResult.objects.filter(task_path=fetch_awaited.module_path).count() == 1


def test_nothing_is_queued_once_all_is_here(world: World, press: Site) -> None:
    wait_for(press, world, "/one")
    fetch_awaited.func(owner_id=world.cleo.pk)
    assert Awaited.objects.get().article is not None
    assert not DBTaskResult.objects.filter(task_path=fetch_awaited.module_path).exists()


def test_what_nobody_foresaw_ends_one_and_no_other(world: World, press: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(url: str, network: object = None) -> object:
        if "/bad" in url:
            raise ZeroDivisionError
        return read_address(url)

    monkeypatch.setattr(awaiting, "read_address", broken)
    bad, good = wait_for(press, world, "/bad"), wait_for(press, world, "/good")
    fetch_awaited.func(owner_id=world.cleo.pk)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.refusal, bad.article, good.refusal) == (UNFORESEEN, None, "")
    assert good.article is not None


def test_an_address_that_somebody_looks_at_comes_before_those_of_a_list(world: World) -> None:
    fetch_soon(world.cleo.pk)
    ask_for("https://kilowatt.example/p/grid", world.cleo)
    tasks = DBTaskResult.objects.ready()  # in the order in which workers take them
    asked = [task.task_path.rpartition(".")[2] for task in tasks]
    assert (asked[0], asked[-1]) == ("fetch_address", "fetch_awaited")
