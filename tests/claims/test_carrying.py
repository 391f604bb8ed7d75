"""What readers added to a claim, when the claim goes to others than those who saw it."""

from datetime import date

import pytest

from reader.claims.assessing import Assessment, assess, open_round
from reader.claims.disbanding import disband
from reader.claims.disputes import Correction, Dispute
from reader.claims.disputing import dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast, forecast, look_at_crowd
from reader.claims.ledger_queries import evidence_for, forecasts_for, verdicts_for
from reader.claims.models import Claim, Phase
from reader.claims.moving import move_article, move_highlight
from reader.claims.page_queries import crowd_of
from reader.claims.relating import relate
from reader.claims.relations import Relation
from reader.claims.replying import reply
from reader.claims.scale import Grade, Outcome
from reader.claims.verdicts import Citation, Verdict
from reader.core.visibility import Visibility, is_within
from reader.curation.claim_rulings import accept
from reader.exchange.belongings import my_assessments, my_evidence, my_forecasts, my_verdicts
from reader.pages.jobs import forget
from reader.pages.leaving import leave
from tests.claims.ledger import AHEAD, OVER, again, judged, private_claim, public_claim, source, teams_claim
from tests.claims.test_moving import assert_lawful
from tests.teams.moved import again as user_again
from tests.world import World

TODAY = date(2026, 1, 1)
PRIVATE, TEAM, PUBLIC = Visibility.PRIVATE, Visibility.TEAM, Visibility.PUBLIC


def assert_nothing_is_wider() -> None:
    assert_lawful()
    for model in (Forecast, Evidence, Verdict, Dispute, Correction):
        for part in model._default_manager.select_related("claim"):
            assert is_within(part, part.claim), (part, part.visibility, part.claim.visibility)
    for relation in Relation.objects.filter(kind="conditional").select_related("claim", "other"):
        assert is_within(relation.claim, relation.other)
    for claim in Claim.objects.select_related("verdict"):
        assert claim.verdict is None or (claim.verdict.claim_id, claim.verdict.undone_at) == (claim.pk, None)
    for verdict in Verdict.objects.filter(outcome__isnull=False):
        assert Citation.objects.filter(verdict=verdict, evidence__claim=verdict.claim_id).exists()


def test_a_public_piece_goes_to_a_team_with_all_that_was_said(world: World) -> None:
    claim = public_claim(world, ends=AHEAD, by=world.ada)
    for number, reader in enumerate([world.ada, world.cleo, world.dov]):
        forecast(claim, 20 + number, reader)
    look_at_crowd(claim, world.dov)
    verdict = judged(claim, world.ben)
    objection = dispute(verdict, "No.", world.cleo)
    reply(claim, claim.statements.get().speaker, "I meant it.", world.ben)  # type: ignore[arg-type]  # it has one

    move_article(world.public, TEAM, world.foundry.pk, world.ada)

    assert_nothing_is_wider()
    claim = again(claim)
    assert (claim.visibility, claim.verdict, claim.dispute) == (TEAM, verdict, objection)
    assert set(Forecast.objects.filter(claim=claim).values_list("owner__name", flat=True)) == {"Ada", "Cleo"}
    # Dov has it for himself, judged as it was.
    copy = Claim.objects.exclude(pk=claim.pk).get()
    assert (copy.owner, copy.visibility, copy.dispute) == (world.dov, PRIVATE, None)
    assert copy.phase(TODAY) == Phase.JUDGED
    assert copy.verdict
    assert (copy.verdict.outcome, copy.verdict.by) == (Outcome.HAPPENED, world.ben)
    assert copy.verdict.evidence.get().claim == copy
    assert [one.percent for one in forecasts_for(world.dov)] == [22]
    assert CrowdLook.objects.get().claim == copy
    assert copy.corrections.get().person.visibility in (PUBLIC, PRIVATE)


def test_what_a_team_gave_a_claim_does_not_go_to_everyone(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 30, world.cleo)
    forecast(claim, 70, world.ada, "Canary")
    mine, others = source(claim, world.cleo), source(claim, world.ada)
    round_ = open_round(claim, world.ben)
    assess(round_, Grade(), world.ada)
    move_article(world.shared, PUBLIC, None, world.ada)

    move_highlight(claim.statements.get().highlight, PUBLIC, None, world.cleo, along=True)

    assert_nothing_is_wider()
    claim = again(claim)
    assert claim.visibility == PUBLIC
    assert list(evidence_for(world.dov)) == [mine]
    assert set(evidence_for(world.vera)) == {mine, others}
    forecast(claim, 50, world.dov)
    assert {row.name for row in crowd_of(claim, world.dov).rows} == {"Cleo", "Dov"}
    assert {row.name for row in crowd_of(claim, world.cleo).rows} == {"Cleo", "Dov", "Ada"}
    accept(claim, world.ben)
    assert open_round(again(claim), world.ben).visibility == PUBLIC


def test_a_claim_that_more_people_see_is_judged_anew(world: World) -> None:
    claim = private_claim(world)
    judged(claim, world.cleo)
    judged(claim, world.cleo, Outcome.PARTLY, reason="Hm.")
    move_article(world.private, PUBLIC, None, world.cleo)

    move_highlight(claim.statements.get().highlight, PUBLIC, None, world.cleo, along=True)

    assert again(claim).phase(TODAY) == Phase.DUE
    assert not verdicts_for(world.cleo).exists()
    assert_nothing_is_wider()


def test_a_condition_that_not_all_see_any_more_is_none(world: World) -> None:
    condition, claim = public_claim(world, by=world.ada), teams_claim(world)
    relate(claim, condition, Relation.Kind.CONDITIONAL, world.ben, "happened")
    judged(condition, world.ben, Outcome.DID_NOT_HAPPEN)
    assert again(claim).verdict_id

    move_article(world.public, PRIVATE, None, world.ada)

    assert not Relation.objects.filter(claim=claim).exists()
    assert again(claim).verdict is None
    assert_nothing_is_wider()


@pytest.mark.parametrize("has_heir", [False, True])
def test_a_team_that_ends_leaves_it_lawful(world: World, *, has_heir: bool) -> None:
    world.harbour.memberships.create(user=world.ada, role="owner")
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 30, world.cleo)
    forecast(claim, 70, world.ben)
    judged(claim, world.ada)
    everyones = public_claim(world, ends=OVER)
    Evidence.objects.create(
        claim=everyones, owner=world.cleo, team=world.foundry, visibility=TEAM, bearing="for", url="https://example.com"
    )

    disband(world.foundry, user_again(world.ada), world.harbour if has_heir else None)

    assert_nothing_is_wider()
    mine = [one.percent for one in Forecast.objects.visible_to(user_again(world.cleo)).filter(owner=world.cleo)]
    assert mine == [30]
    assert not Evidence.objects.filter(team__slug="foundry").exists()


# Leaving, and taking along


def test_a_former_member_keeps_what_they_shared(world: World) -> None:
    teams, mine = teams_claim(world, ends=AHEAD), private_claim(world, ends=AHEAD)
    forecast(teams, 30, world.cleo)
    forecast(mine, 40, world.cleo)
    assess(open_round(teams, world.ben), Grade(strict=0, charitable=0), world.cleo)
    claim = again(teams)

    leave(world.cleo)
    forget.call(world.cleo.pk)

    kept = Forecast.objects.get()
    assert (kept.claim, kept.percent, kept.owner.name) == (claim, 30, "A former member")
    assert Assessment.objects.get().by.name == "A former member"


def test_a_passage_leaves_with_its_owner(world: World) -> None:
    claim = public_claim(world, by=world.ada)
    verdict = judged(claim, world.ben)
    hers = claim.statements.get().highlight
    mark = type(hers).objects.create(article=world.public, owner=world.cleo, exact="everything")
    cited = Evidence.objects.create(
        claim=claim, owner=world.ada, visibility=PUBLIC, by=world.cleo, bearing="for", highlight=mark, quote="Canary"
    )
    verdict.citations.create(evidence=cited)

    leave(world.cleo)
    forget.call(world.cleo.pk)

    cited.refresh_from_db()
    assert (cited.withheld, cited.quote, cited.highlight) == (True, "", None)
    assert verdict.citations.count() == 2


def test_what_one_said_is_taken_along(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 30, world.ben, "Why not")
    forecast(claim, 99, world.ada, "Canary")
    round_ = open_round(claim, world.ada)
    assess(round_, Grade(strict=0, charitable=25), world.ben, "No.")
    assess(round_, Grade(), world.cleo, "Canary")
    source(claim, world.ada, url="https://example.com/canary")
    source(claim, world.ben)

    taken = [list(rows(world.ben)) for rows in (my_forecasts, my_assessments, my_evidence, my_verdicts)]

    forecasts, votes, evidence, verdicts = taken
    assert [(row["percent"], row["claim"], row["team"]) for row in forecasts] == [(30, claim.statement, "Foundry")]
    assert [(row["strict"], row["charitable"], row["reasons"]) for row in votes] == [(0, 25, "No.")]
    assert [row["url"] for row in evidence] == ["https://example.com/model-released?1"]
    assert verdicts == []
    assert "anary" not in str(taken)


def test_it_handles_a_team_one_has_left(world: World) -> None:
    forecast(teams_claim(world, ends=AHEAD), 30, world.ben)
    world.foundry.memberships.get(user=world.ben).delete()

    assert list(my_forecasts(user_again(world.ben))) == []
