import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from reader.core.prepared import MOST_CASES, STEP, prepared
from reader.core.requests import AnyUser
from reader.core.visibility import visible_to
from reader.library.models import Article
from tests.world import World


def articles(user: AnyUser, slugs: list[str], words: int | None = None) -> "QuerySet[Article, tuple[object, ...]]":
    rows = Article.objects.filter(visible_to(user), slug__in=slugs)
    if words is not None:
        rows = rows.filter(words__gte=words)
    return rows.order_by("pk").values_list("title", "added_at", "published", "truncated")


@pytest.mark.parametrize("words", [None, 0, 10_000])
def test_it_gives_what_the_query_gives(world: World, words: int | None) -> None:
    ask = prepared(articles)
    slugs = list(Article.objects.values_list("slug", flat=True))

    for _ in range(2):
        for user in (world.ada, world.cleo, world.dov, AnonymousUser()):
            for some in (slugs, slugs[:2], slugs[1:3], slugs[:1]):
                assert ask(user, some, words) == list(articles(user, some, words))


def test_an_argument_may_be_named(world: World) -> None:
    ask = prepared(articles)

    assert len(ask(world.ada, [world.shared.slug], words=0)) == 1
    assert ask(world.dov, [world.shared.slug], words=0) == []


def test_it_asks_once(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ask = prepared(articles)
    world.ada.roles  # noqa: B018  (fetched before it counts)

    with django_assert_num_queries(2):
        ask(world.ada, ["one"])
        ask(world.ada, ["two"])


def test_it_builds_a_query_once_for_all_readers_alike(world: World) -> None:
    built = []

    def counted(user: AnyUser, slug: str) -> "QuerySet[Article, tuple[object, ...]]":
        built.append(slug)
        return Article.objects.filter(visible_to(user), slug=slug).values_list("title")

    ask = prepared(counted)
    for user in (world.ada, world.ben, world.cleo, world.dov):
        ask(user, "one")
        ask(user, "two")

    assert len(built) == 1


def test_it_keeps_no_more_cases_than_fit(world: World) -> None:
    built: list[int] = []

    def counted(user: AnyUser, slugs: list[str]) -> "QuerySet[Article, tuple[object, ...]]":
        built.append(len(slugs))
        return Article.objects.filter(visible_to(user), slug__in=slugs).values_list("title")

    ask = prepared(counted)
    lengths = [STEP * times for times in range(1, MOST_CASES + 2)]
    for length in [*lengths, lengths[-1], STEP]:
        ask(world.ada, [world.shared.slug] * length)

    assert built == [*lengths, STEP]


def test_long_lists_of_nearly_one_length_are_one_case(world: World) -> None:
    built: list[int] = []

    def counted(user: AnyUser, slugs: list[str]) -> "QuerySet[Article, tuple[object, ...]]":
        built.append(len(slugs))
        return Article.objects.filter(visible_to(user), slug__in=slugs).values_list("title")

    ask = prepared(counted)
    for length in (STEP + 1, STEP + 7, 2 * STEP):
        rows = ask(world.ada, [*(f"none-{number}" for number in range(length - 1)), world.shared.slug])
        assert rows == [(world.shared.title,)]

    assert built == [2 * STEP]


def test_words_that_never_change_come_as_they_are(world: World) -> None:
    """A quote, a percent sign and a backslash are none of the SQL's own."""
    title = r"100 %s of 'it', \ and 'that' too: 5%"
    Article.objects.filter(pk=world.shared.pk).update(title=title)
    ask = prepared(
        lambda user, slug: Article.objects.filter(visible_to(user), title=title, slug=slug).values_list("pk")
    )

    assert ask(world.ada, world.shared.slug) == [(world.shared.pk,)]
    assert ask(world.ada, world.private.slug) == []


def test_it_refuses_what_the_query_turns_into_something_else(world: World) -> None:
    """A stand-in that does not come out as it went in would be asked for every reader as if it were meant."""
    ask = prepared(lambda user, title: Article.objects.filter(title__startswith=title).values_list("pk"))

    with pytest.raises(TypeError):
        ask(world.ada, "The year")
