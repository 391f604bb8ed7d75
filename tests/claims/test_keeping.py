"""Whoever marked a passage can't take away the verdict that rests on it; a curator of the claim can."""

from collections.abc import Callable

import pytest
from django.test import Client

from reader.claims.disbanding import disband
from reader.claims.keeping import delete_mark
from reader.claims.models import Claim, Statement
from reader.claims.moving import move_article, move_highlight
from reader.claims.proposing import Proposal
from reader.claims.stating import state_again
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.highlights.marking import locate
from reader.highlights.models import Highlight, Kind
from reader.library.models import Article
from reader.pages.composing import change_kind, change_passage
from tests.claims.ledger import again, judged, private_claim, public_claim, teams_claim
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, newest

PRIVATE = Visibility.PRIVATE
Deed = Callable[[Highlight, World], object]

#: Each by Cleo, whose mark it is; the piece is Ada's.
WIPES: dict[str, Deed] = {
    "deleting": lambda mark, world: delete_mark(mark, world.cleo),
    "narrowing": lambda mark, world: move_highlight(mark, PRIVATE, None, world.cleo),
    "another pencil": lambda mark, world: change_kind(mark, Kind.QUESTION, world.cleo),
    "other words": lambda mark, world: change_passage(
        mark, locate(newest(mark.article), "Prices fall by half"), world.cleo
    ),
}


def mark_of(claim: Claim) -> Highlight:
    found: Highlight = Highlight.objects.get(statements__claim=claim)
    return found


@pytest.mark.parametrize("deed", WIPES)
def test_what_a_verdict_rests_on_stays(world: World, client: Client, deed: str) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)

    with pytest.raises(Refused, match="only a curator"):
        WIPES[deed](mark_of(claim), world)

    assert claim.statement in client.get(again(claim).get_absolute_url()).content.decode()
    assert Highlight.objects.get(statements__claim=claim).exact == claim.statements.get().quote


@pytest.mark.parametrize("deed", WIPES)
def test_before_the_verdict_it_is_free(world: World, deed: str) -> None:
    WIPES[deed](mark_of(public_claim(world)), world)


def test_a_piece_is_not_narrowed_under_a_verdict(world: World, client: Client) -> None:
    """Vera's piece, in which Cleo's claim was judged."""
    claim = public_claim(world)
    Article.objects.filter(pk=world.public.pk).update(owner=world.vera)
    judged(claim, world.ben)

    with pytest.raises(Refused, match="only a curator"):
        move_article(Article.objects.get(pk=world.public.pk), PRIVATE, None, world.vera)

    assert client.get(claim.get_absolute_url()).status_code == 200


def test_a_curator_may(world: World) -> None:
    claim = public_claim(world, by=world.ada)
    judged(claim, world.ben)

    delete_mark(mark_of(claim), world.ada)

    assert mark_of(claim).deleted_at


def test_ones_own_is_ones_own(world: World) -> None:
    claim = private_claim(world)
    judged(claim, world.cleo)

    delete_mark(mark_of(claim), world.cleo)


def test_what_its_readers_still_see_is_moved(world: World) -> None:
    """A team's claim, stated by a mark that everyone sees: the team is enough."""
    claim = teams_claim(world)
    Article.objects.filter(pk=world.shared.pk).update(visibility=Visibility.PUBLIC, team=None)
    Highlight.objects.filter(statements__claim=claim).update(visibility=Visibility.PUBLIC, team=None)
    judged(claim, world.ben)

    move_highlight(mark_of(claim), Visibility.TEAM, world.foundry.pk, world.cleo)

    assert mark_of(claim).visibility == Visibility.TEAM


def test_what_was_added_since_goes_as_it_came(world: World) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    found = make_highlight(world.public, "Prices fall by half", world.dov, Kind.PREDICTION, Visibility.PUBLIC)
    state_again(again(claim), found, Proposal(statement=""), world.dov)

    delete_mark(found, world.dov)

    assert Highlight.objects.get(pk=found.pk).deleted_at


def test_a_teams_mark_is_the_teams(world: World) -> None:
    """It states everyone's claim too, to the team alone: no public verdict rests on it."""
    claim = public_claim(world)
    mark = make_highlight(world.shared, "Prices fall by half", world.cleo, Kind.PREDICTION, "team", world.foundry)
    state_again(claim, mark, Proposal(statement=""), world.cleo)
    judged(claim, world.ben)

    delete_mark(mark, world.cleo)
    disband(world.foundry, world.ada)

    assert again(claim).visibility == Visibility.PUBLIC


def test_a_hidden_claim_is_not_told_of(world: World) -> None:
    """The Foundry's claim on a mark of Dov's, who is not of it."""
    mark = make_highlight(world.public, "Prices fall by half", world.dov, Kind.PREDICTION, Visibility.PUBLIC)
    claim = teams_claim(world)
    Statement.objects.filter(claim=claim).update(highlight=mark)
    judged(claim, world.ben)

    delete_mark(mark, world.dov)


@pytest.mark.parametrize(
    ("place", "sent", "status"),
    [
        ("deletion", {}, 303),
        ("kind", {"kind": "question"}, 409),
        ("passage", {"exact": "Prices fall by half"}, 409),
        ("visibility", {"audience": "private"}, 422),
    ],
)
def test_the_page_says_why(world: World, cleo: Client, place: str, sent: dict[str, str], status: int) -> None:
    claim = public_claim(world)
    judged(claim, world.ben)
    address = f"/highlights/{mark_of(claim).pk}/{place}/"

    answer = cleo.post(address, sent)
    page = answer if status != 303 else cleo.get(answer["Location"].partition("#")[0])

    assert answer.status_code == status
    assert "only a curator of the claim can take that away" in page.content.decode()
    fragment = cleo.post(address, sent, headers=FRAGMENT)
    assert "only a curator of the claim" in fragment.content.decode()
    assert not mark_of(claim).deleted_at


def test_so_does_the_page_of_a_piece(world: World, cleo: Client) -> None:
    claim = public_claim(world)
    Article.objects.filter(pk=world.public.pk).update(owner=world.cleo)
    judged(claim, world.ben)

    answer = cleo.post(f"/articles/{world.public.slug}/visibility/", {"audience": "private"})

    assert answer.status_code == 422
    assert "only a curator of the claim can take that away" in answer.content.decode()
