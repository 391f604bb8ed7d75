"""What the tests of the desk have on it."""

from django.test import Client

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.curation.claim_rulings import accept
from reader.curation.models import Decision
from reader.highlights.models import Note, write_note
from tests.claims.predictions import make_claim
from tests.world import World, make_article, make_highlight

SMALL, HERDS = "2024 will be the year of the small model", "Nobody trains from scratch before 2030"
PRICES = "Prices fall by half within eighteen months"


def proposal(world: World, exact: str = SMALL, visibility: str = "public") -> Claim:
    """A claim that somebody proposed: on the public piece, on Foundry's, or on one of Cleo's own."""
    if visibility == "team":
        return make_claim(world.shared, exact, world.cleo, "team", world.foundry)
    if visibility == "private":
        return make_claim(world.private, exact, world.cleo)
    return make_claim(world.public, exact, world.cleo, "public")


def accepted(world: World, exact: str = HERDS, by: User | None = None) -> Claim:
    claim = proposal(world, exact)
    accept(claim, by or world.ben)
    claim.refresh_from_db()
    return claim


def again(world: World, exact: str = SMALL, title: str = "An echo") -> Claim:
    """The same words in another public piece: a second claim, and a duplicate of the first."""
    return make_claim(make_article(title, world.ada, "public"), exact, world.cleo, "public")


def public_note(world: World, body: str = "You are all fools.") -> Note:
    return write_note(make_highlight(world.public, "small models", world.dov, visibility="public"), body, world.dov)


def undo_last(client: Client) -> int:
    return client.post(f"/decisions/{Decision.objects.latest('id').pk}/undoing/").status_code
