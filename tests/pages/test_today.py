"""The first page: what to go on with."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Reading
from tests.claims.predictions import make_claim, make_claims
from tests.library.pieces import shelve_piece
from tests.world import World, make_highlight

QUOTE = "2024 will be the year of the small model"


def test_a_stranger_is_welcomed_and_sees_what_is_public(world: World, client: Client) -> None:
    make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)
    make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)

    page = client.get("/").content.decode()

    assert "Sign in" in page
    assert world.public.title in page
    assert page.count(QUOTE) == 1
    assert world.shared.title not in page


def test_one_goes_on_reading_what_was_begun_last(world: World, cleo: Client) -> None:
    for article, hours in ((world.public, 2), (world.shared, 1)):
        Reading.objects.create(
            article=article,
            reader=world.cleo,
            state=Reading.State.READING,
            percent=30,
            read_at=timezone.now() - timedelta(hours=hours),
        )

    page = cleo.get("/").content.decode()
    begun = page[page.index("Continue reading") : page.index("Due for judging")]

    assert begun.index(world.shared.title) < begun.index(world.public.title)
    assert "30 % read" in begun


@pytest.mark.parametrize("state", [Reading.State.FINISHED, Reading.State.ARCHIVED, Reading.State.UNREAD])
def test_only_what_is_begun_is_gone_on_with(world: World, cleo: Client, state: str) -> None:
    Reading.objects.create(article=world.public, reader=world.cleo, state=state, percent=100)

    assert "Nothing begun." in cleo.get("/").content.decode()


def test_what_was_begun_and_is_hidden_now_is_not_offered(world: World, cleo: Client) -> None:
    Reading.objects.create(article=world.elsewhere, reader=world.cleo, state=Reading.State.READING)

    assert world.elsewhere.title not in cleo.get("/").content.decode()


def test_what_ended_last_is_due_first(world: World, cleo: Client) -> None:
    make_claim(world.private, QUOTE, world.cleo)
    make_claim(world.private, "Prices fall by half within eighteen months", world.cleo)
    make_claim(world.private, "Nobody trains from scratch before 2030", world.cleo)

    with time_machine.travel("2025-02-01 12:00"):
        cleo.force_login(world.cleo)
        page = cleo.get("/").content.decode()
    due = page[page.index("Due for judging") :]

    assert due.index(QUOTE) < due.index("Prices fall by half")
    assert "Nobody trains" not in due
    assert "Mira Castell" in due


def test_my_teams_marks_are_shown_and_not_my_own(world: World, cleo: Client, dov: Client) -> None:
    make_highlight(world.shared, "everything", world.ada, Kind.QUESTION, Visibility.TEAM, world.foundry)
    make_highlight(world.shared, "small models", world.cleo, Kind.EVIDENCE, Visibility.TEAM, world.foundry)

    page = cleo.get("/").content.decode()

    assert "Ada in Foundry" in page
    assert "Cleo in Foundry" not in page
    assert "in Foundry" not in dov.get("/").content.decode()


def test_a_deleted_mark_is_no_news(world: World, cleo: Client) -> None:
    mark = make_highlight(world.shared, "everything", world.ada, Kind.QUESTION, Visibility.TEAM, world.foundry)
    mark.delete_by(world.ada)

    assert "Ada in Foundry" not in cleo.get("/").content.decode()


def test_a_house_without_anything_says_what_to_do(world: World, cleo: Client) -> None:
    type(world.public).objects.all().delete()

    page = cleo.get("/").content.decode()

    assert "Add an article" in page
    assert "No claim’s window has ended." in page


def test_queries_do_not_grow_with_rows(world: World, cleo: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            cleo.get("/")
        return len(queries)

    def fill(number: int) -> None:
        make_highlight(world.shared, "everything", world.ada, Kind.QUESTION, Visibility.TEAM, world.foundry)
        piece = shelve_piece(world.cleo, f"Begun {number}", publication=f"Letter {number}")
        Reading.objects.create(article=piece, reader=world.cleo, state=Reading.State.READING)

    make_claims(world, 4)
    fill(0)
    few = count()
    make_claims(world, 30)
    for number in range(1, 8):
        fill(number)

    assert count() == few
