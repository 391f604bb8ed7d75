"""A claim that was merged goes where the one goes that it was merged into, and its notes with their writers."""

import pytest

from reader.accounts.models import Membership
from reader.claims.disbanding import disband
from reader.claims.models import Claim
from reader.claims.moving import move_article, move_highlight
from reader.core.refusals import Refused
from reader.curation.claim_rulings import accept, merge
from reader.curation.deciding import undo
from reader.curation.models import Decision
from reader.highlights.models import Note, write_note
from reader.library.models import Article
from tests.claims.predictions import make_claim, one_window
from tests.claims.test_moving import OTHER, PRIVATE, QUOTE, TEAM, assert_lawful
from tests.conftest import signed_in
from tests.teams.moved import again, audience
from tests.world import World


def merged(world: World, article: Article) -> tuple[Claim, Claim, Decision]:
    """A claim of Cleo's with a note of hers and one of Ben's, merged into one of Ada's."""
    kept = make_claim(article, OTHER, world.ada, TEAM, world.foundry)
    accept(kept, world.ada)
    claim = make_claim(article, QUOTE, world.cleo, TEAM, world.foundry)
    write_note(claim, "Cleo said", world.cleo)
    write_note(claim, "Ben said", world.ben)
    one_window(claim, kept)
    decision = merge(claim, Claim.objects.get(pk=kept.pk), world.ben)
    return Claim.objects.get(pk=claim.pk), Claim.objects.get(pk=kept.pk), decision


def assert_each_reads_their_note(world: World) -> None:
    for who, words in ((world.cleo, "Cleo said"), (world.ben, "Ben said")):
        note = Note.objects.select_related("claim").get(body=words)
        assert note.claim
        page = signed_in(again(who)).get(note.claim.get_absolute_url(), follow=True)
        assert words in page.content.decode()


def test_it_is_narrowed_along(world: World) -> None:
    claim, _, _ = merged(world, world.shared)

    move_article(world.shared, PRIVATE, None, world.ada)

    claim.refresh_from_db()
    assert claim.merged_into
    assert (claim.merged_into.owner, audience(claim)) == (world.cleo, (PRIVATE, None))
    assert QUOTE in signed_in(again(world.cleo)).get(claim.get_absolute_url(), follow=True).content.decode()
    assert_each_reads_their_note(world)
    assert_lawful()


def test_it_stays_with_its_owner_who_keeps_it(world: World) -> None:
    claim, kept, _ = merged(world, world.shared)
    world.harbour.memberships.create(user=world.cleo, role="member")
    world.harbour.memberships.create(user=world.ada, role="member")

    move_article(world.shared, TEAM, world.harbour.pk, world.ada)

    claim.refresh_from_db()
    assert (claim.merged_into, audience(claim)) == (kept, (TEAM, world.harbour.pk))
    assert_each_reads_their_note(world)
    assert_lawful()


def test_it_is_not_parted_from_what_has_its_quotes_no_longer(world: World) -> None:
    claim, kept, decision = merged(world, world.public)
    move_highlight(claim.merged_into.statements.get(quote=QUOTE).highlight, PRIVATE, None, world.cleo)  # type: ignore[union-attr]  # merged

    with pytest.raises(Refused, match="quotes have gone elsewhere since"):
        undo(decision, again(world.ben))

    claim.refresh_from_db()
    assert claim.merged_into == kept
    assert_lawful()


@pytest.mark.parametrize("of_the_team", [True, False])
def test_the_end_of_a_team_leaves_no_note_wider_than_its_claim(world: World, *, of_the_team: bool) -> None:
    claim, *_ = merged(world, world.public)
    if not of_the_team:
        accept(public := make_claim(world.public, "Prices fall by half", world.ada, "public"), world.ada)
        Claim.objects.filter(pk=claim.pk).update(merged_into=public)
    for heir in (world.ada, world.ben):
        Membership.objects.create(team=world.harbour, user=heir, role="member")

    disband(world.foundry, again(world.ada), world.harbour)

    claim.refresh_from_db()
    assert audience(claim) == (PRIVATE, None)
    assert audience(Note.objects.get(body="Ben said")) == (TEAM, world.harbour.pk)
    assert_each_reads_their_note(world)
    assert_lawful()
