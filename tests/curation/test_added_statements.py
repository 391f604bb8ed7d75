"""What readers add to a claim that is accepted waits for a curator, and counts for nobody until then."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from reader.claims.conflicts import other_curators, ties
from reader.claims.models import Claim, Statement
from reader.claims.proposing import Proposal
from reader.claims.replying import heard
from reader.claims.stating import state_again
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.curation.models import Decision, Verb
from reader.curation.statement_rulings import accept, remove
from reader.highlights.models import Highlight
from reader.library.identifying import identify
from reader.library.models import Person, find_or_make
from reader.notices.models import Notice
from reader.reports.ledgers import PUBLIC
from reader.reports.record_queries import sayings
from tests.claims.ledger import private_claim, teams_claim
from tests.curation.desk import HERDS, PRICES, SMALL, accepted, proposal, undo_last
from tests.world import World, make_article, make_highlight


@pytest.fixture
def claim(world: World) -> Claim:
    return accepted(world)


@pytest.fixture
def added(world: World, claim: Claim) -> Statement:
    return added_to(claim, world)


def added_to(claim: Claim, world: World, by: str = "cleo") -> Statement:
    who = getattr(world, by)
    mark = make_highlight(make_article("An echo", who, "public"), HERDS, who, "prediction", "public")
    return state_again(claim, mark, Proposal(statement="", speaker="Luke"), who)


def record_of(statement: Statement) -> int:
    assert statement.speaker is not None
    return len(sayings(statement.speaker, PUBLIC))


def test_it_counts_once_a_curator_accepts_it(world: World, claim: Claim, added: Statement, ben: Client) -> None:
    assert added.waits
    assert (record_of(added), "Luke" in str(list(heard(claim)))) == (0, False)

    answer = ben.post(f"/desk/statements/{added.pk}/acceptance/")

    added.refresh_from_db()
    decision = Decision.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (303, "/desk/statements/")
    assert not added.waits
    assert (record_of(added), "Luke" in str(list(heard(claim)))) == (1, True)
    assert (decision.verb, decision.subject_id, decision.other) == (Verb.TOOK_IN, claim.pk, HERDS)
    assert Event.objects.filter(verb="took in", subject_id=claim.pk, actor=world.ben).exists()
    assert undo_last(ben) == 303
    added.refresh_from_db()
    assert added.waits


def test_one_that_is_taken_out_leaves_its_mark_and_can_come_back(
    world: World, claim: Claim, added: Statement, ben: Client, cleo: Client
) -> None:
    kept = Statement.objects.filter(pk=added.pk).values().get()

    assert ben.post(f"/desk/statements/{added.pk}/removal/").status_code == 303

    assert not Statement.objects.filter(pk=added.pk).exists()
    assert Highlight.objects.standing().filter(pk=added.highlight_id).exists()
    assert Notice.objects.get().recipient == world.cleo
    assert "does not take the passage you added" in cleo.get("/notices/").content.decode()
    assert "took out somebody" in cleo.get(claim.get_absolute_url()).content.decode()
    assert undo_last(ben) == 303
    assert Statement.objects.filter(pk=added.pk).values().get() == kept
    assert not Notice.objects.exists()


def test_the_page_and_the_desk_say_that_it_waits(claim: Claim, added: Statement, ben: Client, client: Client) -> None:
    page, curators = (one.get(claim.get_absolute_url()).content.decode() for one in (client, ben))
    desk = ben.get("/desk/statements/").content.decode()

    assert page.count("waits for a curator") == 1
    assert 'href="/desk/statements/"' not in page
    assert 'href="/desk/statements/"' in curators
    assert f'id="statement-{added.pk}"' in desk
    assert f'formaction="/desk/statements/{added.pk}/acceptance/"' in desk


def test_what_no_curator_can_see_does_not_seem_to_wait_for_one(world: World, claim: Claim, cleo: Client) -> None:
    mark = make_highlight(world.private, HERDS, world.cleo, "prediction")
    assert state_again(claim, mark, Proposal(statement=""), world.cleo).waits

    page = cleo.get(claim.get_absolute_url()).content.decode()

    assert "waits for a curator" not in page
    assert '<span class="stamp">only you see it</span>' in page


def test_whoever_marked_what_fewer_see_is_told_who_they_are(world: World, claim: Claim, ben: Client) -> None:
    """A curator's own too, which waits for nobody."""
    for mark in (
        make_highlight(world.public, PRICES, world.ben, "prediction"),
        make_highlight(world.shared, PRICES, world.ben, "prediction", Visibility.TEAM, world.foundry),
    ):
        state_again(claim, mark, Proposal(statement=""), world.ben)

    page = ben.get(claim.get_absolute_url()).content.decode()

    assert page.count('<span class="stamp">only you see it</span>') == 1
    assert page.count('<span class="stamp">only the team Foundry sees it</span>') == 1


def test_nobody_else_learns_of_what_one_reader_sees_alone(
    world: World, claim: Claim, ada: Client, ben: Client, client: Client
) -> None:
    def seen() -> list[str]:
        addresses = [
            claim.get_absolute_url(),
            f"{claim.get_absolute_url()}history/",
            f"/desk/claims/{claim.pk}/merging/",
        ]
        pages = [who.get(address).content.decode() for who in (ada, ben, client) for address in addresses]
        return [re.sub(r"\b\w{64}\b", "token", page) for page in pages]

    # Ada's look holds the claim for some minutes, and Ben is told until when.
    with time_machine.travel(timezone.now(), tick=False):
        before = seen()
        mark = make_highlight(world.public, PRICES, world.dov, "prediction")
        state_again(claim, mark, Proposal(statement="", speaker="Luke"), world.dov)
        after = seen()

    assert after == before


def test_what_one_reader_sees_alone_keeps_nobody_from_judging(world: World, claim: Claim) -> None:
    luke = find_or_make(Person, "Luke", world.public)
    identify(luke, world.ben, world.ada)
    mark = make_highlight(world.public, PRICES, world.dov, "prediction")
    stated = state_again(claim, mark, Proposal(statement="", speaker="Luke"), world.dov)

    assert stated.speaker == luke
    assert ties(claim, world.ben) == []
    assert world.ben in other_curators(claim, [])
    identify(luke, world.dov, world.ada)
    assert ties(claim, world.dov) == ["speaker"]


def test_nothing_waits_that_nobody_else_counts_on(world: World) -> None:
    """A curator's own, what comes with a proposal, and what is said of one's own claims."""
    assert not added_to(accepted(world), world, "ben").waits
    assert not added_to(proposal(world, SMALL), world).waits
    assert not added_to(private_claim(world, quote=SMALL), world).waits


def test_a_team_has_its_own_curators(world: World, ben: Client, dov: Client) -> None:
    claim = teams_claim(world)
    mark = make_highlight(world.shared, HERDS, world.cleo, "prediction", Visibility.TEAM, world.foundry)
    added = state_again(claim, mark, Proposal(statement=""), world.cleo)

    assert added.waits
    assert f'id="statement-{added.pk}"' in ben.get("/desk/statements/").content.decode()
    assert f'id="statement-{added.pk}"' not in dov.get("/desk/statements/").content.decode()
    assert dov.post(f"/desk/statements/{added.pk}/acceptance/").status_code == 404


def test_whoever_is_said_to_say_it_is_a_party_until_it_is_taken_out(
    world: World, claim: Claim, added: Statement
) -> None:
    """Nobody judges first what they said, and takes it in afterwards; what is put into their mouth is taken out."""
    assert added.speaker is not None
    identify(added.speaker, world.ben, world.ada)
    assert ties(claim, world.ben) == ["speaker"]

    remove(added, world.ada)

    assert ties(claim, world.ben) == []


def test_it_is_decided_once(world: World, added: Statement) -> None:
    remove(added, world.ben)

    for act in (accept, remove):
        with pytest.raises(Refused, match="meanwhile"):
            act(added, world.ben)


def test_it_checks_ownership(added: Statement, cleo: Client, client: Client) -> None:
    for noun in ("acceptance", "removal"):
        assert cleo.post(f"/desk/statements/{added.pk}/{noun}/").status_code == 403
        assert client.post(f"/desk/statements/{added.pk}/{noun}/").status_code == 302
    added.refresh_from_db()
    assert added.waits
