"""Whoever changes a mark that was taken out of their sight since they opened it changes nothing."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from reader.accounts.models import User
from reader.claims.moving import move_article, move_highlight
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Highlight
from reader.highlights.reactions import Reaction, react
from reader.library.models import Article
from tests.world import World, make_article, make_highlight, newest

VERBS: dict[str, Callable[[Highlight, User], object]] = {
    "pencil": lambda mark, by: mark.change_kind("question", by),
    "passage": lambda mark, by: mark.move(newest(mark.article), 0, 5, by),
    "tags": lambda mark, by: mark.label(["open"], by),
    "response": lambda mark, by: react(mark, "agree", by),
    "audience": lambda mark, by: move_highlight(mark, Visibility.PUBLIC, None, by),
}


@pytest.fixture
def mark(world: World) -> Highlight:
    """Cleo's, in a public piece: her team sees it until she takes it back."""
    return make_highlight(world.public, "everything", world.cleo, visibility="team", team=world.foundry)


@pytest.mark.parametrize("verb", VERBS)
def test_a_curator_changes_nothing_that_was_taken_back(world: World, mark: Highlight, verb: str) -> None:
    opened = Highlight.objects.get(pk=mark.pk)
    move_highlight(mark, Visibility.PRIVATE, None, world.cleo)
    before, events = Highlight.objects.values().get(), Event.objects.count()

    with pytest.raises(Http404):
        VERBS[verb](opened, world.ben)

    assert Highlight.objects.values().get() == before
    assert not Reaction.objects.exists()
    assert Event.objects.count() == events


@pytest.mark.parametrize("verb", VERBS)
def test_a_viewer_by_now_changes_nothing(world: World, mark: Highlight, verb: str) -> None:
    world.foundry.memberships.filter(user=world.cleo).update(role="viewer")
    events = Event.objects.count()

    with pytest.raises(PermissionDenied):
        VERBS[verb](mark, User.objects.get(pk=world.cleo.pk))

    assert Event.objects.count() == events


def test_a_piece_that_was_taken_back_is_not_published(world: World) -> None:
    piece = make_article("Cleo's", world.cleo, "team", world.foundry)
    opened = Article.objects.get(pk=piece.pk)
    move_article(piece, Visibility.PRIVATE, None, world.cleo)

    with pytest.raises(Http404):
        move_article(opened, Visibility.PUBLIC, None, world.ben)

    assert Article.objects.get(pk=piece.pk).visibility == Visibility.PRIVATE
