"""The log of decisions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.accounts.models import User
from reader.claims.moving import move_article, move_highlight
from reader.core.models import Event
from reader.core.visibility import Scope
from reader.curation.claim_rulings import accept, merge, reject
from reader.curation.models import Decision
from reader.curation.tag_rulings import merge as merge_tags
from reader.tags.models import tag_named
from tests.claims.predictions import make_claim, one_window
from tests.conftest import signed_in
from tests.curation.desk import HERDS, PRICES, SMALL, accepted, again, proposal, undo_last
from tests.curation.test_tags import public_tag
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article


def test_it_works(world: World, client: Client) -> None:
    reject(proposal(world), world.ben, reason="It names no day.")
    claim, kept = again(world, PRICES), accepted(world, HERDS, world.ada)
    one_window(claim, kept)
    merge(claim, kept, world.ben)
    merge_tags(public_tag(world, "open-model"), public_tag(world, "open models"), world.ben)

    page = client.get("/decisions/").content.decode()

    for words in (SMALL, "It names no day.", PRICES, HERDS, "open-model", "open models"):
        assert words in page
    assert page.index("open-model") < page.index(SMALL)
    assert "Undo" not in page


def test_it_says_who_undid_what(world: World, ben: Client, ada: Client, client: Client) -> None:
    reject(proposal(world), world.ben, reason="It names no day.")
    assert "Undo" in ada.get("/decisions/").content.decode()

    undo_last(ada)

    page = client.get("/decisions/").content.decode()
    assert "undone by Ada on" in page
    assert "undid the decision of" in page
    assert "that rejected" in page


def test_what_is_undone_says_what_it_had_been_merged_into(world: World, ben: Client, client: Client) -> None:
    claim, kept = again(world, PRICES), accepted(world, HERDS, world.ada)
    one_window(claim, kept)
    merge(claim, kept, world.ben)

    undo_last(ben)

    line = client.get("/decisions/").content.decode().partition("that merged")[2].partition("</p>")[0]
    assert PRICES in line
    assert f'into <q dir="auto">{HERDS}</q>' in line


def test_the_undoing_is_shown_in_the_log_that_it_is_in(world: World, ben: Client) -> None:
    for visibility, query in (("public", ""), ("team", "?of=foundry")):
        decision = accept(proposal(world, HERDS, visibility), world.ben)
        address = ben.post(f"/decisions/{decision.pk}/undoing/").headers["Location"]
        page, _, anchor = address.partition("#")
        assert page == f"/decisions/{query}"
        assert f'<li id="{anchor}">' in ben.get(page).content.decode()


def test_a_claim_tells_what_was_decided_on_it(world: World, ada: Client) -> None:
    claim = proposal(world)
    accept(claim, world.ben)
    undo_last(ada)

    page = ada.get(f"/claims/{claim.pk}/history/").content.decode()

    assert "accepted it" in page
    assert "put it among the proposals again" in page
    assert "decided on it" not in page
    at = timezone.localtime(Event.objects.filter(verb="decided").latest("id").at)
    assert f"{at:%H:%M}</time>" in page


def test_a_teams_log_is_for_its_members(world: World, vera: Client, dov: Client, client: Client) -> None:
    accept(proposal(world, HERDS, "team"), world.ben)

    assert HERDS in vera.get("/decisions/?of=foundry").content.decode()
    assert HERDS not in vera.get("/decisions/").content.decode()
    for who in (dov, client):
        assert HERDS not in who.get("/decisions/?of=foundry").content.decode()
    assert "Foundry" not in dov.get("/decisions/").content.decode()


def test_ones_own_log_is_ones_own(world: World, cleo: Client, ada: Client) -> None:
    accept(proposal(world, HERDS, "private"), world.cleo)

    assert HERDS in cleo.get("/decisions/?of=mine").content.decode()
    assert HERDS not in cleo.get("/decisions/").content.decode()
    assert HERDS not in ada.get("/decisions/?of=mine").content.decode()


def test_what_was_made_narrower_since_is_not_told_of(world: World, client: Client, ada: Client) -> None:
    claim, kept = again(world), accepted(world, HERDS)
    one_window(claim, kept)
    merge(claim, kept, world.ben)
    tag = public_tag(world, "soon ours")
    merge_tags(public_tag(world, "soon our"), tag, world.ben)
    for thing in (kept, tag):
        thing.visibility, thing.team = "team", world.foundry
        thing.save()

    page = client.get("/decisions/").content.decode()

    assert HERDS not in page
    assert "soon our" not in page
    assert HERDS in ada.get("/decisions/").content.decode()


def test_pages_follow_each_other(world: World, client: Client) -> None:
    many(world, 70)
    seen = 0
    after = ""

    while True:
        page = client.get("/decisions/", {"after": after}, headers=FRAGMENT)
        seen += page.content.count(b'<li id="decision-')
        after = page.context["next"]
        if not after:
            break

    assert seen == 70


def many(world: World, count: int) -> None:
    claim = proposal(world, HERDS) if not Decision.objects.exists() else None
    subject_id = claim.pk if claim else Decision.objects.first().subject_id  # type: ignore[union-attr]  # there is one
    Decision.objects.bulk_create(
        Decision(
            by=world.ben,
            verb="accepted",
            subject_kind="claim",
            subject_id=subject_id,
            subject=f"No. {number}",
            visibility="public",
        )
        for number in range(count)
    )


def test_queries_do_not_grow_with_rows(world: World, ben: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            ben.get("/decisions/")
        return len(queries)

    many(world, 2)
    few = count()
    many(world, 25)

    assert count() == few


def test_undoing_checks_ownership(world: World, cleo: Client, dov: Client, vera: Client, client: Client) -> None:
    accept(proposal(world), world.ben)
    public = Decision.objects.latest("id")
    accept(proposal(world, HERDS, "team"), world.ben)
    ours = Decision.objects.latest("id")

    for who, decision, status in [(cleo, public, 403), (vera, ours, 403), (dov, ours, 404), (client, public, 302)]:
        assert who.post(f"/decisions/{decision.pk}/undoing/").status_code == status
    assert not Decision.objects.filter(verb="undid").exists()


def test_undoing_handles_missing_and_rejects_get(world: World, ben: Client) -> None:
    accept(proposal(world), world.ben)

    assert ben.post("/decisions/0/undoing/").status_code == 404
    assert ben.get(f"/decisions/{Decision.objects.get().pk}/undoing/").status_code == 405


def test_an_undoing_is_not_undone(world: World, ben: Client) -> None:
    accept(proposal(world), world.ben)
    undo_last(ben)
    undoing = Decision.objects.latest("id")

    answer = ben.post(f"/decisions/{undoing.pk}/undoing/", headers=FRAGMENT)

    assert answer.status_code == 409
    assert "Decide anew instead" in answer.content.decode()


def test_it_leads_back_to_the_desk_it_came_from(world: World, ben: Client) -> None:
    accept(proposal(world), world.ben)
    address = f"/decisions/{Decision.objects.get().pk}/undoing/"

    assert ben.post(address, headers={"Referer": "http://testserver/desk/"})["Location"] == "/desk/"


@pytest.mark.parametrize("query", ["?of=nothing", "?of=%00", "?after=x~y", "?after=%00~1"])
def test_it_bears_any_address(world: World, ben: Client, query: str) -> None:
    make_article("Some piece", world.ada, "public")
    tag_named("mine", Scope(world.ben.pk))

    assert ben.get(f"/decisions/{query}").status_code == 200


def test_it_rejects_post(world: World, ben: Client) -> None:
    assert ben.post("/decisions/").status_code == 405


def test_undoing_requires_a_curator_of_the_thing_as_it_is_now(world: World) -> None:
    User.objects.filter(pk=world.ben.pk).update(is_curator=False)
    claim = make_claim(world.public, SMALL, world.ada, "team", world.foundry)
    accept(claim, world.ada)
    move_highlight(claim.statements.get().highlight, "public", None, world.ada, along=True)

    assert undo_last(signed_in(User.objects.get(pk=world.ben.pk))) == 403

    claim.refresh_from_db()
    assert (claim.visibility, claim.state) == ("public", "accepted")


def test_undo_is_offered_by_the_rule_of_the_undoing(world: World, cleo: Client, ada: Client) -> None:
    """What Cleo accepted for herself came to everyone since: it is the public's curators' to decide on."""
    claim = proposal(world, HERDS, "private")
    accept(claim, world.cleo)
    assert "Undo" in cleo.get("/decisions/?of=mine").content.decode()

    move_article(world.private, "public", None, world.cleo, along=True)

    assert "Undo" not in cleo.get("/decisions/?of=mine").content.decode()
    assert undo_last(cleo) == 403


def test_what_is_offered_costs_no_query_for_each_line(world: World, ben: Client) -> None:
    counts = []
    for number in range(3):
        reject(again(world, title=f"Echo {number}"), world.ben, reason="It names no day.")
        with CaptureQueriesContext(connection) as queries:
            assert "Undo" in ben.get("/decisions/").content.decode()
        counts.append(len(queries))
    assert len(set(counts)) == 1
