"""The number at the top of every page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.notices.models import Notice
from reader.notices.queries import MOST_COUNTED, unread_count
from tests.conftest import signed_in
from tests.notices.telling import many, mention_ben
from tests.world import World


@pytest.mark.parametrize("address", ["/", "/articles/", "/settings/", "article"])
def test_it_works(ben: Client, world: World, address: str) -> None:
    mention_ben(world)
    where = world.public.get_absolute_url() if address == "article" else address

    page = ben.get(where).content.decode()

    assert '<span class="bell-count">1<span class="visually-hidden"> unread</span></span>' in page
    assert 'title="1 unread notice"' in page


def test_a_stranger_has_none(client: Client, world: World) -> None:
    assert 'id="bell"' not in client.get("/").content.decode()


def test_it_costs_a_short_query_and_a_long_one_where_there_is_any(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.ben.roles  # noqa: B018  (asked for once per request anyway)

    with django_assert_num_queries(1):
        assert unread_count(world.ben) == 0
    mention_ben(world)
    with django_assert_num_queries(2):
        assert unread_count(world.ben) == 1


def test_it_counts_no_further_than_it_shows(world: World, ben: Client) -> None:
    many(world, 1)
    notice = Notice.objects.get()
    Notice.objects.bulk_create(
        Notice(recipient=world.ben, kind="mention", key=str(number), note=notice.note)
        for number in range(MOST_COUNTED + 20)
    )

    assert unread_count(world.ben) == MOST_COUNTED
    assert ">99+<" in ben.get("/").content.decode()


def test_a_page_that_the_browser_kept_is_sent_anew_when_it_rings(world: World) -> None:
    client = signed_in(world.ben)
    address = world.public.get_absolute_url()
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    notice = mention_ben(world)
    rung = client.get(address, headers={"If-None-Match": etag})
    notice.read()

    assert rung.status_code == 200
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
