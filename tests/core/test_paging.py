from datetime import date

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from reader.core.paging import Order, page_of, parse_count, parse_moment, parse_words
from reader.library.models import Article
from reader.tags.models import Tag
from tests.world import World, make_article

BY_NAME = Order("key", parse_words)
NEWEST = Order("added_at", parse_moment, descending=True)
LONGEST = Order("words", parse_count, descending=True)


def make_tags(world: World, *keys: str) -> None:
    Tag.objects.bulk_create(
        Tag(name=key, key=key, slug=f"tag-{number}", owner=world.cleo) for number, key in enumerate(keys)
    )


def keys_on(cursor: str, size: int) -> tuple[list[str], str]:
    page = page_of(Tag.objects.all(), BY_NAME, cursor, size)
    return [tag.key for tag in page.rows], page.next


def test_pages_follow_each_other(world: World) -> None:
    make_tags(world, "e", "b", "d", "a", "c")

    first, after = keys_on("", 2)
    second, then = keys_on(after, 2)
    third, end = keys_on(then, 2)

    assert [first, second, third] == [["a", "b"], ["c", "d"], ["e"]]
    assert end == ""


def test_a_full_last_page_leads_nowhere(world: World) -> None:
    make_tags(world, "a", "b")

    assert keys_on("", 2) == (["a", "b"], "")


def test_what_comes_in_meanwhile_shifts_nothing(world: World) -> None:
    make_tags(world, "b", "c", "d")
    _, after = keys_on("", 1)

    Tag.objects.create(name="a", key="a", slug="a", owner=world.cleo)

    assert keys_on(after, 5) == (["c", "d"], "")


def test_a_name_with_the_separator_in_it_is_no_obstacle(world: World) -> None:
    make_tags(world, "a~1", "a~2", "a~3")

    _, after = keys_on("", 1)

    assert keys_on(after, 5)[0] == ["a~2", "a~3"]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "~",
        "nonsense",
        "2024-01-01~5",
        "2024-01-01T00:00:00~5",
        "0001-01-01T00:00:00+14:00~5",
        "9999-12-31T23:59:59-14:00~5",
        "2024-01-01T00:00:00+00:00~-5",
        "2024-01-01T00:00:00+00:00~" + "9" * 30,
        "~5",
    ],
)
def test_a_cursor_that_nobody_made_is_the_start(cursor: str) -> None:
    assert NEWEST.after(cursor) == Q()


@pytest.mark.parametrize("count", ["-1~5", "1e3~5", "1_000~5", f"{'9' * 20}~5", "x~5"])
def test_a_count_that_no_column_holds_is_the_start(count: str) -> None:
    assert LONGEST.after(count) == Q()


def test_a_zero_character_is_the_start() -> None:
    assert BY_NAME.after("a\x00~5") == Q()


@given(st.text(), st.sampled_from([BY_NAME, NEWEST, LONGEST]))
def test_no_cursor_raises(cursor: str, order: Order) -> None:
    assert isinstance(order.after(cursor), Q)


def test_a_plus_sign_that_became_a_space_is_read() -> None:
    assert parse_moment("2024-01-01T02:00:00 02:00").isoformat() == "2024-01-01T00:00:00+00:00"


@pytest.mark.parametrize("descending", [False, True])
def test_what_has_no_value_comes_last_on_whatever_page(world: World, *, descending: bool) -> None:
    days = [date(2024, 1, 2), None, date(2024, 1, 1), date(2024, 1, 2), None, date(2023, 1, 1), None]
    for number, day in enumerate(days):
        piece = make_article(f"Dated {number}", world.dov, "private")
        Article.objects.filter(pk=piece.pk).update(published=day, published_precision="day" if day else "")
    order = Order("published", date.fromisoformat, descending=descending, nullable=True)
    mine = Article.objects.filter(owner=world.dov, title__startswith="Dated")
    whole = list(order.apply(mine).values_list("pk", flat=True))

    for size in range(1, len(days) + 1):
        cursor, walked, pages = "", [], 0
        while pages == 0 or cursor:
            page = page_of(mine, order, cursor, size)
            walked += [piece.pk for piece in page.rows]
            cursor, pages = page.next, pages + 1
        assert walked == whole
        assert pages == -(-len(days) // size)
