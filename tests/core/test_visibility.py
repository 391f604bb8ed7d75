import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from reader.core.visibility import Visibility, is_within
from reader.library.models import Article
from reader.tags.models import Tag, tags_named
from tests.world import World

PIECES = ("public", "shared", "private", "elsewhere")
SEES = [
    ("ada", {"public", "shared"}),
    ("ben", {"public", "shared"}),
    ("cleo", {"public", "shared", "private"}),
    ("vera", {"public", "shared"}),
    ("dov", {"public", "elsewhere"}),
    (None, {"public"}),
]


@pytest.mark.parametrize(("who", "expected"), SEES)
def test_everybody_sees_the_public_their_own_and_their_teams(world: World, who: str | None, expected: set[str]) -> None:
    user = getattr(world, who) if who else AnonymousUser()

    seen = set(Article.objects.visible_to(user))

    assert seen == {getattr(world, name) for name in expected}


def test_what_was_shared_with_a_team_stays_its_owners_after_leaving(world: World) -> None:
    world.foundry.memberships.filter(user=world.ada).delete()
    left = type(world.ada).objects.get(pk=world.ada.pk)

    assert world.shared in Article.objects.visible_to(left)


def test_whoever_leaves_a_team_loses_sight_of_the_rest(world: World) -> None:
    world.foundry.memberships.filter(user=world.cleo).delete()
    left = type(world.cleo).objects.get(pk=world.cleo.pk)

    assert world.shared not in Article.objects.visible_to(left)


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.PUBLIC])
def test_only_what_a_team_sees_names_a_team(world: World, visibility: str) -> None:
    with pytest.raises(IntegrityError):
        Tag.objects.create(name="x", key="x", slug="x", owner=world.ada, team=world.foundry, visibility=visibility)


def test_what_a_team_sees_names_it(world: World) -> None:
    with pytest.raises(IntegrityError):
        Tag.objects.create(name="x", key="x", slug="x", owner=world.ada, visibility=Visibility.TEAM)


@pytest.mark.parametrize(
    ("child", "parent", "fits"),
    [
        ("public", "public", True),
        ("shared", "public", True),
        ("private", "public", True),
        ("public", "shared", False),
        ("shared", "shared", True),
        ("elsewhere", "shared", False),
        ("private", "shared", True),
        ("public", "private", False),
        ("shared", "private", False),
        ("private", "private", True),
    ],
)
def test_a_child_is_never_wider_than_its_parent(world: World, child: str, parent: str, fits: bool) -> None:
    assert is_within(getattr(world, child), getattr(world, parent)) is fits


def test_what_is_private_to_one_does_not_fit_into_what_is_private_to_another(world: World) -> None:
    mine = Tag(owner=world.ada, visibility=Visibility.PRIVATE)

    assert not is_within(mine, world.private)


def test_names_are_unique_per_scope_so_that_a_clash_betrays_nothing(world: World) -> None:
    tags = [tags_named(["Open Models"], getattr(world, piece))[0] for piece in PIECES]

    assert len({tag.pk for tag in tags}) == len(PIECES)
    assert tags_named(["open  models"], world.private) == [tags[2]]
    with pytest.raises(IntegrityError):
        Tag.objects.create(name="x", key="open models", slug="x", owner=world.cleo)
