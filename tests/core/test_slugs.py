import re

import pytest

from reader.core.slugs import MOST_NUMBERED, make_slug
from reader.core.visibility import Visibility
from reader.library.models import Article, Person
from tests.world import World, make_article


def make_person(slug: str, world: World) -> None:
    Person.objects.create(
        name=slug, key=slug, slug=slug, owner=world.ada, visibility=Visibility.TEAM, team=world.foundry
    )


def test_a_public_thing_has_the_plain_words(db: None) -> None:
    assert make_slug(Person, "Mira Castell", Visibility.PUBLIC) == "mira-castell"


def test_a_clash_is_numbered(world: World) -> None:
    make_person("luke", world)
    make_person("luke-2", world)

    assert make_slug(Person, "Luke", Visibility.PUBLIC) == "luke-3"


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.TEAM])
def test_what_not_all_may_see_carries_chance_from_the_start(db: None, visibility: str) -> None:
    """A slug without it, or numbered, would tell whether somebody keeps a thing of this name."""
    slugs = {make_slug(Person, "Mira Castell", visibility) for _ in range(20)}

    assert len(slugs) == 20
    assert all(re.fullmatch(r"mira-castell-[2-9b-z]{8}", slug) for slug in slugs)


def test_a_very_common_name_costs_one_query(world: World, django_assert_num_queries: object) -> None:
    for slug in ["luke", *(f"luke-{number}" for number in range(2, MOST_NUMBERED + 1))]:
        make_person(slug, world)

    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture that is a context manager
        slug = make_slug(Person, "Luke", Visibility.PUBLIC)

    assert re.fullmatch(r"luke-[2-9b-z]{8}", slug)


@pytest.mark.parametrize(("name", "slug"), [("開源", "person"), ("—", "person"), ("", "person"), ("_", "person")])
def test_a_name_without_letters_of_ours_takes_the_word_for_the_thing(db: None, name: str, slug: str) -> None:
    assert make_slug(Person, name, Visibility.PUBLIC) == slug


def test_a_long_name_is_cut(db: None) -> None:
    assert len(make_slug(Article, "word " * 100, Visibility.PRIVATE)) <= 80


def test_a_piece_called_new_is_not_the_page_for_new_ones(world: World) -> None:
    article = make_article("New", world.ada, Visibility.PUBLIC)

    assert article.slug == "new-2"
