"""Track records, from the verbs that make them to the pages that show them."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.disputing import dispute
from reader.claims.judging import Ruling, judge
from reader.claims.models import Claim, Polarity, Stance, Statement
from reader.claims.scale import Grade
from reader.claims.verdicts import Status
from reader.core.visibility import Visibility
from reader.library.models import Article, Person
from tests.claims.ledger import AHEAD, again, judged, source
from tests.conftest import signed_in
from tests.reports.records import (
    FAILED,
    HAPPENED,
    LEDGER,
    MIRA,
    MOSTLY,
    MOSTLY_NOT,
    PARTLY,
    called,
    counts,
    figures,
    listed,
    page,
    record,
    said,
    words,
)
from tests.world import World


def test_it_works(world: World, client: Client) -> None:
    """The example of docs/scores.md, through every verb: 7 of 10 scored, four more beside them, three ahead."""
    called(world, *[HAPPENED] * 6, MOSTLY, MOSTLY_NOT, FAILED, FAILED, PARTLY)
    judge(said(world), Ruling(status=Status.AMBIGUOUS, reason="Nobody counted."), world.ben)
    for _ in range(2):
        said(world)
    for _ in range(3):
        said(world, ends=AHEAD)

    told = record(client)

    assert "70 % of 10 scored claims turned out as said" in told
    assert "lies between 44 and 88 %" in told
    assert "Jeffreys prior, Beta(½, ½)" in told
    assert "Public claims only" in told
    assert counts(client) == {"happened": 7, "did-not-happen": 3, "partly": 1, "ambiguous": 1, "not-judged": 2}
    assert "All whose window has ended 14" in told
    assert "Not over yet, and not in it 3" in told


def test_each_figure_leads_to_its_claims(world: World, client: Client) -> None:
    happened = called(world, HAPPENED, MOSTLY)
    failed = called(world, FAILED, MOSTLY_NOT)
    partly = called(world, PARTLY)
    due, ahead = said(world), said(world, ends=AHEAD)
    annulled = said(world)
    judge(annulled, Ruling(status=Status.ANNULLED, reason="It says nothing."), world.ben)

    found = {part: set(listed(client, address)) for part, (_, address) in figures(client).items() if address}

    assert found == {
        "happened": {claim.pk for claim in happened},
        "did-not-happen": {claim.pk for claim in failed},
        "partly": {partly[0].pk},
        "annulled": {annulled.pk},
        "not-judged": {due.pk},
    }
    assert listed(client, f"{MIRA}record/?counted=pending") == [ahead.pk]
    assert len(listed(client, f"{MIRA}record/?counted=cohort")) == 7
    assert len(listed(client, f"{MIRA}record/?counted=scored")) == 4


def test_nobody_is_ranked_below_ten(world: World, client: Client) -> None:
    called(world, *[HAPPENED] * 8, FAILED)

    told = record(client)

    assert "8 of 9 scored claims turned out as said" in told
    assert "too few to set beside anybody else’s" in told
    assert "89 %" not in told


def test_a_success_before_the_end_waits_for_the_end(world: World, client: Client) -> None:
    """Whoever counts what came true early counts the successes first."""
    judged(said(world, ends=AHEAD), world.ben, HAPPENED)

    assert "Nothing is over yet." in record(client)
    assert counts(client) == {}


def test_difficulty_stands_beside_the_share(world: World, client: Client) -> None:
    for difficulty in (2, 3, 3, 5):
        judged(said(world), world.ben, grade=Grade(difficulty=difficulty))
    called(world, FAILED)

    assert "Mean difficulty 3.2 on a scale from 1, safe, to 5, bold: of 4 scored claims" in record(client)
    assert len(listed(client, f"{MIRA}record/?counted=rated")) == 4


@pytest.mark.parametrize(
    ("stance", "polarity", "counted"),
    [
        (Stance.ASSERTS, Polarity.AFFIRMS, {"happened": 1}),
        (Stance.ENDORSES, Polarity.AFFIRMS, {"happened": 1}),
        (Stance.ASSERTS, Polarity.DENIES, {"did-not-happen": 1}),
        (Stance.DISPUTES, Polarity.AFFIRMS, {"did-not-happen": 1}),
        (Stance.DISPUTES, Polarity.DENIES, {"happened": 1}),
        (Stance.REPORTS, Polarity.AFFIRMS, {"happened": 1}),
        (Stance.IRONIC, Polarity.AFFIRMS, {}),
    ],
)
def test_what_was_meant_is_what_counts(
    world: World, client: Client, stance: str, polarity: str, counted: dict[str, int]
) -> None:
    judged(said(world, stance=stance, polarity=polarity), world.ben, HAPPENED)

    assert counts(client) == counted


def test_what_was_denied_is_told_where_it_is_listed(world: World, client: Client) -> None:
    judged(said(world, stance=Stance.DISPUTES), world.ben, FAILED)
    judged(said(world), world.ben, HAPPENED)

    behind = page(client, f"{MIRA}record/?counted=happened")

    assert "2 of 2 scored claims turned out as said" in record(client)
    assert "Claims that turned out as said, or mostly" in behind
    assert behind.count("denied: it counts the other way round") == 1


def test_what_is_retold_counts_for_the_speaker_alone(world: World, client: Client) -> None:
    """Mira retells what Noa said: it is Noa's, and neither Mira's nor her newsletter's."""
    noa = Person.objects.create(name="Noa", key="noa", slug="noa", owner=world.ada, visibility=Visibility.PUBLIC)
    mira = Person.objects.get(slug="mira-castell")
    judged(said(world, stance=Stance.REPORTS, speaker=noa, reported_by=mira), world.ben, HAPPENED)

    assert counts(client, "/people/noa/") == {"happened": 1}
    assert counts(client) == {}
    assert counts(client, LEDGER) == {}


def test_a_publication_has_what_its_pieces_say(world: World, client: Client) -> None:
    called(world, HAPPENED, FAILED)

    assert counts(client, LEDGER) == {"happened": 1, "did-not-happen": 1}
    assert len(listed(client, f"{LEDGER}record/?counted=scored")) == 2


def test_a_tag_has_the_claims_that_bear_it(world: World, client: Client) -> None:
    [claim, _] = called(world, HAPPENED, FAILED)
    claim.label(["open models"], world.cleo)

    assert counts(client, "/tags/open-models/") == {"happened": 1}
    assert listed(client, "/tags/open-models/record/?counted=happened") == [claim.pk]
    assert 'href="/tags/open-models/"' in page(client, "/tags/")


def test_said_twice_counts_once(world: World, client: Client) -> None:
    one, other = said(world), said(world)
    Statement.objects.filter(claim=other).update(claim=one)
    judged(one, world.ben, HAPPENED)

    assert counts(client) == {"happened": 1}


def test_said_both_ways_counts_both_ways(world: World, client: Client) -> None:
    one, other = said(world), said(world, polarity=Polarity.DENIES)
    Statement.objects.filter(claim=other).update(claim=one)
    judged(one, world.ben, HAPPENED)

    assert counts(client) == {"happened": 1, "did-not-happen": 1}


def test_said_both_ways_is_told_where_one_line_counts_twice(world: World, client: Client) -> None:
    one, other = said(world), said(world, polarity=Polarity.DENIES)
    Statement.objects.filter(claim=other).update(claim=one)
    judged(one, world.ben, HAPPENED)

    parts = ("cohort", "happened", "did-not-happen")
    cohort, happened, failed = (page(client, f"{MIRA}record/?counted={part}") for part in parts)

    assert listed(client, f"{MIRA}record/?counted=cohort") == [one.pk]
    assert "2 in the record" in cohort
    assert "said and denied: it counts twice, once the other way round" in cohort
    assert "denied:" not in happened
    assert "<span>denied: it counts the other way round</span>" in failed


@pytest.mark.parametrize("state", [Claim.State.PROPOSED, Claim.State.NEEDS_WORK, Claim.State.REJECTED])
def test_what_no_curator_accepted_fills_nobodys_record(world: World, client: Client, state: str) -> None:
    Claim.objects.filter(pk=said(world).pk).update(state=state)

    assert "No record yet." in record(client)


def test_a_disputed_verdict_is_told(world: World, client: Client) -> None:
    [claim] = called(world, HAPPENED)
    dispute(claim.verdicts.get(), "It came a day later.", world.cleo)

    assert "The verdict on 1 of these is disputed." in record(client)
    assert listed(client, f"{MIRA}record/?counted=disputed") == [claim.pk]


def test_a_new_verdict_changes_the_record(world: World, client: Client) -> None:
    [claim] = called(world, HAPPENED)
    cited = source(claim, world.ben, url="https://example.com/later")
    judge(again(claim), Ruling(outcome=FAILED, reason="It was a mistake.", evidence=[cited.pk]), world.ben)

    assert counts(client) == {"did-not-happen": 1}


def test_a_deleted_passage_counts_no_more(world: World, client: Client) -> None:
    [claim, _] = called(world, HAPPENED, FAILED)
    claim.statements.get().highlight.delete_by(world.cleo)

    assert counts(client) == {"did-not-happen": 1}


def test_a_list_comes_by_the_page(world: World, client: Client) -> None:
    claims = [said(world) for _ in range(32)]
    first = listed(client, f"{MIRA}record/?counted=not-judged")

    rest = client.get(
        f"{MIRA}record/?counted=not-judged&after={first[-1]}",
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    ).content.decode()

    assert len(first) == 30
    assert "<html" not in rest
    assert rest.count('class="ledger-row"') == 2
    assert {claim.pk for claim in claims} > set(first)


@pytest.mark.parametrize("query", ["?counted=everything", "?counted=%00", "?counted="])
def test_a_figure_that_there_is_not_has_no_list(world: World, client: Client, query: str) -> None:
    assert client.get(f"{MIRA}record/{query}").status_code == 404


@pytest.mark.parametrize(
    "address", ["/people/nobody/record/", "/publications/no/record/", "/tags/no/record/", "/tags/no/"]
)
def test_it_handles_missing(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"{MIRA}record/", f"{LEDGER}record/", MIRA])
def test_it_rejects_post(world: World, ada: Client, address: str) -> None:
    assert ada.post(address).status_code == 405


def test_queries_do_not_grow_with_claims(world: World, client: Client) -> None:
    def asked() -> list[int]:
        found = []
        for address in (MIRA, f"{MIRA}record/", LEDGER, "/tags/models/"):
            with CaptureQueriesContext(connection) as queries:
                page(client, address)
            found.append(len(queries))
        return found

    for claim in called(world, HAPPENED, FAILED):
        claim.label(["models"], world.cleo)
    few = asked()
    for claim in called(world, *[HAPPENED] * 6):
        claim.label(["models"], world.cleo)

    assert asked() == few


# The wrong person


def test_what_is_hidden_is_in_no_public_record(world: World, client: Client) -> None:
    """Not for those who see it either: everybody is shown the same figures."""
    called(world, HAPPENED, FAILED)
    everyone = [client, *(signed_in(user) for user in (world.ada, world.cleo, world.dov))]
    before = [record(one) for one in everyone]
    called(world, HAPPENED, HAPPENED, visibility=Visibility.TEAM, team=world.foundry)
    said(world, Visibility.TEAM, team=world.foundry)
    private = said(world, Visibility.PRIVATE)
    judged(private, world.cleo, FAILED)

    assert [record(one) for one in everyone] == before
    assert all(listed(one, f"{MIRA}record/?counted=cohort") == listed(client, f"{MIRA}record/") for one in everyone)


def test_a_team_has_a_record_of_its_own_claims(world: World, cleo: Client, dov: Client, client: Client) -> None:
    called(world, HAPPENED, FAILED)
    [ours] = called(world, MOSTLY, visibility=Visibility.TEAM, team=world.foundry)
    of = f"{MIRA}?of=team-foundry"

    assert counts(cleo, of) == {"happened": 1}
    assert "The team Foundry: no other claims" in record(cleo, of)
    assert listed(cleo, f"{MIRA}record/?of=team-foundry&counted=happened") == [ours.pk]
    for stranger in (dov, client):
        assert counts(stranger, of) == {"happened": 1, "did-not-happen": 1}
        assert ours.pk not in listed(stranger, f"{MIRA}record/?of=team-foundry&counted=cohort")
        assert "Foundry" not in page(stranger, of)


def test_all_of_a_team_see_one_record(world: World) -> None:
    """What one of them said in a piece of their own is none of the others' business, though its claim is shared."""
    [ours] = called(world, HAPPENED, visibility=Visibility.TEAM, team=world.foundry)
    Article.objects.filter(highlights__statements__claim=ours).update(visibility=Visibility.PRIVATE, team=None)
    members = [signed_in(user) for user in (world.ada, world.ben, world.cleo, world.vera)]

    assert {record(one, f"{MIRA}?of=team-foundry") for one in members} == {
        record(members[0], f"{MIRA}?of=team-foundry")
    }
    assert counts(members[2], f"{MIRA}?of=team-foundry") == {}


def test_ones_own_record_is_ones_own(world: World, cleo: Client, ada: Client) -> None:
    judged(said(world, Visibility.PRIVATE), world.cleo, HAPPENED)
    mine = f"{MIRA}?of=mine"

    assert counts(cleo, mine) == {"happened": 1}
    assert counts(ada, mine) == {}


def test_a_teams_person_is_hidden_with_their_record(world: World, cleo: Client, dov: Client) -> None:
    Person.objects.filter(slug="mira-castell").update(visibility=Visibility.TEAM, team=world.foundry)
    called(world, HAPPENED, visibility=Visibility.TEAM, team=world.foundry)

    assert counts(cleo) == {"happened": 1}
    for tail in ("", "record/"):
        hidden, missing = dov.get(f"{MIRA}{tail}"), dov.get(f"/people/no-such/{tail}")
        assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_a_private_tag_on_a_public_claim_counts_for_nobody_else(world: World, client: Client, cleo: Client) -> None:
    called(world, HAPPENED)[0].label(["models"], world.cleo)
    secret = said(world, Visibility.PRIVATE)
    secret.label(["models"], world.cleo)
    judged(secret, world.cleo, FAILED)

    assert counts(client, "/tags/models/") == {"happened": 1}
    assert counts(cleo, "/tags/models/") == {"happened": 1}
    assert counts(cleo, "/tags/models/?of=mine") == {"did-not-happen": 1}


# Along time


def timeline(client: Client, address: str = MIRA) -> str:
    return words(page(client, address).partition('id="timeline"')[2].partition("</section>")[0])


def test_the_timeline_has_each_claim_with_its_dates_and_outcome(world: World, client: Client) -> None:
    called(world, FAILED, said_on=date(2023, 5, 17))

    assert "said 17 May 2023 1 January 2024 – 31 December 2024 Did not happen" in timeline(client)


def test_the_timeline_shows_the_years_that_the_address_names(world: World, client: Client) -> None:
    old, new = said(world, ends=date(2024, 6, 30)), said(world, ends=date(2026, 6, 30))
    Claim.objects.filter(pk=old.pk).update(statement="The old one")
    Claim.objects.filter(pk=new.pk).update(statement="The new one", window_start=date(2026, 1, 1))

    assert all(one in timeline(client) for one in ("The old one", "The new one"))
    assert 'href="?from=2026&amp;to=2026#timeline"' in page(client)
    zoomed = timeline(client, f"{MIRA}?from=2026&to=2026")
    assert "The new one" in zoomed
    assert "The old one" not in zoomed
    assert "No claim in these years." in timeline(client, f"{MIRA}?from=1999&to=1998")


@pytest.mark.parametrize(
    "query", ["?from=0&to=99999", "?from=%00", "?from=9999&to=9999", "?from=1", "?to=-5", "?from=x"]
)
def test_a_strange_year_breaks_nothing(world: World, client: Client, query: str) -> None:
    said(world, ends=date.max)

    assert "Timeline" in page(client, f"{MIRA}{query}")


def test_markup_stays_text(world: World, client: Client) -> None:
    claim = said(world)
    Claim.objects.filter(pk=claim.pk).update(statement="<script>alert(1)</script> שלום 🦙")

    assert "<script>alert" not in page(client)
    assert "<script>alert(1)</script> שלום 🦙" in timeline(client)
