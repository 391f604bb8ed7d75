"""Two claims become one, and two again."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from reader.claims.models import Claim, Polarity
from reader.claims.proposing import Proposal
from reader.claims.stating import state_again
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.curation.claim_rulings import accept, merge, reject, seen_as
from reader.curation.deciding import undo
from reader.curation.models import Decision, Verb
from reader.highlights.models import write_note
from tests.claims.predictions import one_window
from tests.curation.desk import HERDS, PRICES, SMALL, accepted, again, proposal
from tests.world import World, make_article, make_highlight


@pytest.fixture
def kept(world: World) -> Claim:
    return accepted(world, SMALL)


@pytest.fixture
def echo(world: World, kept: Claim) -> Claim:
    return again(world)


def test_it_works(world: World, kept: Claim, echo: Claim, ben: Client, client: Client) -> None:
    answer = ben.post(f"/desk/claims/{echo.pk}/merging/", {"into": kept.pk, "reason": "The same words."})

    echo.refresh_from_db()
    decision = Decision.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    assert (echo.state, echo.merged_into) == ("merged", kept)
    assert (decision.verb, decision.other_id, decision.reason) == (Verb.MERGED, kept.pk, "The same words.")
    assert kept.statements.count() == 2
    page = client.get(kept.get_absolute_url()).content.decode()
    assert "An echo" in page
    assert world.public.title in page


def test_its_page_leads_to_the_one_it_became(world: World, kept: Claim, echo: Claim, client: Client) -> None:
    merge(echo, kept, world.ben)

    answer = client.get(echo.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (303, kept.get_absolute_url())


def test_its_marks_lead_to_the_one_it_became(world: World, kept: Claim, echo: Claim, client: Client) -> None:
    mark = echo.statements.get().highlight
    merge(echo, kept, world.ben)

    page = client.get(mark.article.get_absolute_url()).content.decode()

    assert f'<a href="/claims/{kept.pk}/" dir="auto">' in page
    assert f'<a href="/claims/{echo.pk}/" dir="auto">' not in page


def test_its_notes_are_shown_there(world: World, kept: Claim, echo: Claim, client: Client) -> None:
    write_note(echo, "I *doubt* it.", world.dov)
    merge(echo, kept, world.ben)

    assert "I <em>doubt</em> it." in client.get(kept.get_absolute_url()).content.decode()


def test_undoing_it_restores_exactly_what_was(world: World, kept: Claim, echo: Claim) -> None:
    own = list(echo.statements.values_list("pk", flat=True))
    theirs = list(kept.statements.values_list("pk", flat=True))
    decision = merge(echo, kept, world.ben, opposite=True)
    later = make_highlight(make_article("Later", world.ada, "public"), SMALL, world.ada, "prediction", "public")
    added = state_again(kept, later, Proposal(statement=""), world.ada)

    undo(decision, world.ben)

    echo.refresh_from_db()
    assert (echo.state, echo.merged_into, echo.merged_as_opposite) == ("proposed", None, False)
    assert list(echo.statements.values_list("pk", flat=True)) == own
    assert sorted(kept.statements.values_list("pk", flat=True)) == sorted([*theirs, added.pk])
    assert set(echo.statements.values_list("polarity", flat=True)) == {Polarity.AFFIRMS}


def test_an_opposite_turns_its_quotes_round(world: World, kept: Claim, echo: Claim, client: Client) -> None:
    merge(echo, kept, world.ben, opposite=True)

    echo.refresh_from_db()
    assert echo.merged_as_opposite
    assert sorted(kept.statements.values_list("polarity", flat=True)) == [Polarity.AFFIRMS, Polarity.DENIES]
    assert client.get(kept.get_absolute_url()).content.decode().count("says that it will not") == 1
    assert Event.objects.filter(verb="merged").latest("id").detail == {"into": kept.pk, "opposite": True}


def test_a_passage_that_states_both_is_quoted_once(world: World, kept: Claim, client: Client) -> None:
    mark = kept.statements.get().highlight
    other = Claim.objects.create(statement="Small models win", state="proposed", owner=world.cleo, visibility="public")
    state_again(other, mark, Proposal(statement=""), world.cleo)
    one_window(other, kept)

    decision = merge(other, kept, world.ben)

    assert (kept.statements.count(), other.statements.count()) == (1, 1)
    undo(decision, world.ben)
    assert (kept.statements.count(), other.statements.count()) == (1, 1)


def refused(world: World, claim: Claim, into: Claim) -> str:
    with pytest.raises(Refused) as refusal:
        merge(claim, into, world.ben)
    return str(refusal.value)


def test_a_new_date_is_a_new_claim(world: World, kept: Claim, ben: Client) -> None:
    later = accepted(world, HERDS)

    answer = ben.post(f"/desk/claims/{later.pk}/merging/", {"into": kept.pk})

    assert answer.status_code == 409
    assert "A new date is a new claim: say that it updates the other" in answer.content.decode()
    assert later.statements.count() == 1


def test_there_are_no_circles_and_no_chains(world: World, kept: Claim, echo: Claim) -> None:
    third = accepted(world, HERDS)
    assert "into itself" in refused(world, kept, kept)
    merge(echo, kept, world.ben)

    assert "Other claims were merged into this one" in refused(world, kept, third)
    assert "itself merged into another" in refused(world, third, echo)
    assert "Ben merged this into another" in refused(world, echo, third)


@pytest.mark.parametrize("state", ["proposed", "needs_work", "rejected", "withdrawn", "draft"])
def test_it_merges_into_accepted_claims_alone(world: World, kept: Claim, echo: Claim, state: str) -> None:
    kept.set_state(state, world.ben)

    assert "Accept it first." in refused(world, echo, kept)


def test_what_others_became_stays_accepted(world: World, kept: Claim, echo: Claim) -> None:
    merge(echo, kept, world.ben)

    with pytest.raises(Refused, match="Other claims were merged into this one"):
        reject(kept, world.ben, reason="No.")
    with pytest.raises(Refused, match="Other claims were merged into this one"):
        undo(Decision.objects.get(verb=Verb.ACCEPTED), world.ben)


def test_nobody_loses_sight_of_a_quote(world: World, kept: Claim) -> None:
    ours = proposal(world, HERDS, "team")
    accept(ours, world.ben)

    assert "Not everyone who sees this claim" in refused(world, kept, ours)
    one_window(ours, kept)
    merge(ours, kept, world.ben)


def test_a_teams_quotes_stay_the_teams(world: World, kept: Claim, cleo: Client, dov: Client) -> None:
    ours = proposal(world, HERDS, "team")
    one_window(ours, kept)
    merge(ours, kept, world.ben)

    assert world.shared.title in cleo.get(kept.get_absolute_url()).content.decode()
    assert world.shared.title not in dov.get(kept.get_absolute_url()).content.decode()
    assert dov.get(ours.get_absolute_url()).status_code == 404
    assert not Decision.objects.visible_to(world.dov).filter(verb=Verb.MERGED).exists()


def test_the_database_knows_what_a_merge_is(world: World, kept: Claim, echo: Claim) -> None:
    for bad in ({"state": "merged"}, {"merged_into": kept}, {"state": "merged", "merged_into": echo}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=echo.pk).update(**bad)


def test_the_form_offers_what_reads_like_it_and_finds_the_rest(
    world: World, kept: Claim, echo: Claim, ben: Client
) -> None:
    accepted(world, PRICES)

    page = ben.get(f"/desk/claims/{echo.pk}/merging/").content.decode()
    assert page.count('type="radio"') == 1
    assert f'value="{kept.pk}"' in page
    assert "1 quote moves to the claim you choose" in page
    assert "Prices fall" in ben.get(f"/desk/claims/{echo.pk}/merging/?q=half").content.decode()
    assert "No accepted claim says" in ben.get(f"/desk/claims/{echo.pk}/merging/?q=zebra%00").content.decode()


def test_it_offers_nothing_that_fewer_see(world: World, kept: Claim, ben: Client) -> None:
    ours = proposal(world, SMALL, "team")
    accept(ours, world.ben)

    assert f'value="{ours.pk}"' not in ben.get(f"/desk/claims/{kept.pk}/merging/").content.decode()
    assert f'value="{kept.pk}"' in ben.get(f"/desk/claims/{ours.pk}/merging/").content.decode()


def test_it_refuses_bad_input(world: World, kept: Claim, echo: Claim, ben: Client) -> None:
    address = f"/desk/claims/{echo.pk}/merging/"

    assert ben.post(address, {}).status_code == 422
    assert ben.post(address, {"into": "nonsense"}).status_code == 422
    assert ben.post(address, {"into": echo.pk}).status_code == 409
    for nowhere in (0, proposal(world, HERDS, "private").pk):
        answer = ben.post(address, {"into": nowhere, "reason": "The same words."})
        assert answer.status_code == 422
        assert "There is no such claim any more that you can see." in answer.content.decode()
        assert "The same words." in answer.content.decode()
    assert not Decision.objects.filter(verb=Verb.MERGED).exists()


@pytest.mark.parametrize("meanwhile", ["merged", "changed", "rejected"])
def test_what_was_written_is_kept_where_somebody_was_faster(
    world: World, kept: Claim, echo: Claim, ben: Client, meanwhile: str
) -> None:
    address = f"/desk/claims/{echo.pk}/merging/"
    seen = seen_as(echo)
    if meanwhile == "merged":
        merge(echo, kept, world.ada)
    elif meanwhile == "rejected":
        reject(kept, world.ada, reason="Too vague.")
    else:
        Claim.objects.filter(pk=echo.pk).update(statement="Something else comes", window_end=date(2031, 12, 31))
    sent = {"into": kept.pk, "reason": "The same words.", "opposite": "on", "seen": seen}

    answer = ben.post(address, sent)

    page = answer.content.decode()
    happened = {"merged": "Ada merged this into another", "changed": "was changed since you", "rejected": "is rejected"}
    assert answer.status_code == 409
    assert happened[meanwhile] in page
    assert "Nothing was merged; what you wrote is still here." in page
    assert "The same words.</textarea>" in page
    assert re.search(r'name="opposite"[^>]*checked', page)


def test_it_checks_ownership(world: World, kept: Claim, echo: Claim, cleo: Client, client: Client) -> None:
    address = f"/desk/claims/{echo.pk}/merging/"

    assert cleo.post(address, {"into": kept.pk}).status_code == 403
    assert client.post(address, {"into": kept.pk}).status_code == 302
    assert cleo.get(f"/desk/claims/{proposal(world, HERDS, 'private').pk}/merging/").status_code == 200


def test_what_was_merged_is_changed_on_no_page(world: World, kept: Claim, echo: Claim, cleo: Client) -> None:
    merge(echo, kept, world.ben)

    assert cleo.get(f"/claims/{echo.pk}/edit/").status_code == 303
