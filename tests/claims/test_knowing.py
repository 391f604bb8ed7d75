"""Since when an outcome is known: which days a verdict takes, and where its readers see them."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from reader.claims.details import ClaimKind
from reader.claims.evidence import Evidence
from reader.claims.judging import Ruling, judge
from reader.claims.models import Claim, Statement
from reader.claims.scale import Grade, Outcome
from reader.claims.verdicts import Verdict
from reader.core.refusals import Refused
from tests.claims.ledger import AHEAD, OVER, again, public_claim, source, teams_claim
from tests.world import World, make_highlight

SAID, IN_TIME, AFTER = date(2023, 5, 17), date(2024, 3, 9), OVER + timedelta(days=1)


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world)


def known(
    claim: Claim, world: World, day: date | None, outcome: int = Outcome.HAPPENED, grade: Grade | None = None
) -> Verdict:
    cited = claim.evidence.first() or source(claim, world.cleo)
    given = Ruling(outcome=outcome, evidence=[cited.pk], known_since=day, grade=grade or Grade(), reason="Seen.")
    return judge(claim, given, world.ben)


def test_it_works(world: World, claim: Claim) -> None:
    assert known(claim, world, IN_TIME).known_since == IN_TIME


def test_what_is_over_needs_no_day(world: World, claim: Claim) -> None:
    assert known(claim, world, None).known_since is None


def test_what_is_judged_early_needs_one(world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)

    with pytest.raises(Refused, match="Say since when it is known") as refused:
        known(claim, world, None)
    assert refused.value.field == "known_since"
    assert known(claim, world, IN_TIME).known_since == IN_TIME


def test_a_day_to_come_is_refused(world: World, claim: Claim) -> None:
    with pytest.raises(Refused, match="still to come"):
        known(claim, world, timezone.localdate() + timedelta(days=1))
    assert known(claim, world, timezone.localdate()).pk


def test_nothing_is_known_before_it_was_said(world: World, claim: Claim) -> None:
    before = SAID - timedelta(days=1)

    with pytest.raises(Refused, match=r"said first on 17 May 2023\. If it was known before"):
        known(claim, world, before)
    assert known(claim, world, SAID).known_since == SAID
    assert known(claim, world, before, grade=Grade(already_true=True)).known_since == before


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ClaimKind.EVENT, Outcome.DID_NOT_HAPPEN),
        (ClaimKind.EVENT, Outcome.PARTLY),
        (ClaimKind.STATE, Outcome.HAPPENED),
        (ClaimKind.TREND, Outcome.MOSTLY),
        (ClaimKind.ABSENCE, Outcome.HAPPENED),
        ("", Outcome.MOSTLY_NOT),
        (ClaimKind.CONDITIONAL, Outcome.DID_NOT_HAPPEN),
    ],
)
def test_what_shows_only_at_the_end_is_known_only_then(world: World, kind: str, outcome: int) -> None:
    claim = teams_claim(world, kind=kind)

    with pytest.raises(Refused, match="shows only when 31 December 2024 is over"):
        known(claim, world, OVER, outcome)
    assert known(claim, world, AFTER, outcome).known_since == AFTER


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ClaimKind.THRESHOLD, Outcome.MOSTLY),
        (ClaimKind.ABSENCE, Outcome.DID_NOT_HAPPEN),
        ("", Outcome.HAPPENED),
        (ClaimKind.CONDITIONAL, Outcome.HAPPENED),
    ],
)
def test_what_comes_on_a_day_is_known_from_it(world: World, kind: str, outcome: int) -> None:
    assert known(teams_claim(world, kind=kind), world, IN_TIME, outcome).known_since == IN_TIME


def test_what_has_no_outcome_has_no_day(world: World, claim: Claim) -> None:
    with pytest.raises(Refused, match="no outcome that could be known"):
        judge(claim, Ruling(status="ambiguous", reason="Who knows", known_since=IN_TIME), world.ben)
    verdict = judge(claim, Ruling(status="ambiguous", reason="Who knows"), world.ben)
    with pytest.raises(IntegrityError, match="what_is_known_has_an_outcome"), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(known_since=IN_TIME)


def test_another_day_is_another_verdict(world: World, claim: Claim) -> None:
    first = known(claim, world, IN_TIME)

    assert known(claim, world, IN_TIME) == first
    second = known(claim, world, SAID)

    assert (second.pk > first.pk, again(claim).verdict) == (True, second)
    first.refresh_from_db()
    assert (first.known_since, first.undone_at) == (IN_TIME, None)


def test_its_readers_see_it(world: World, claim: Claim, cleo: Client) -> None:
    known(claim, world, IN_TIME)
    known(claim, world, SAID)

    page = cleo.get(claim.get_absolute_url()).content.decode()

    verdict, _, rest = page.partition('id="criteria"')
    assert "<span>known since 17 May 2023</span>" in verdict
    assert "<span>known since 9 March 2024</span>" in rest.partition("Earlier verdicts")[2]
    history = cleo.get(f"{claim.get_absolute_url()}history/").content.decode()
    assert "gave the verdict: Happened, known since 9 March 2024" in history
    assert "gave the verdict: Happened, known since 17 May 2023" in history


# The form


def asked(client: Client, claim: Claim) -> str:
    html = client.get(f"{claim.get_absolute_url()}verdict/").content.decode()
    return html.partition('name="known_since"')[2].partition(">")[0]


def test_the_form_begins_with_the_day_after_the_end(world: World, claim: Claim, ben: Client) -> None:
    assert 'value="2025-01-01"' in asked(ben, claim)


def test_the_form_begins_with_the_day_of_the_first_source_that_shows_it(
    world: World, claim: Claim, ben: Client
) -> None:
    cited, context = source(claim, world.cleo), source(claim, world.cleo, "context")
    for one, day in ((cited, IN_TIME), (context, SAID)):
        Evidence.objects.filter(pk=one.pk).update(published_on=day)
    assert 'value="2024-03-09"' in asked(ben, claim)

    Claim.objects.filter(pk=claim.pk).update(kind=ClaimKind.STATE)
    assert 'value="2025-01-01"' in asked(ben, claim)


def test_the_form_guesses_no_day_of_what_is_not_over(world: World, ben: Client) -> None:
    assert "value" not in asked(ben, teams_claim(world, ends=AHEAD))


def test_the_form_says_at_its_field_what_is_missing(world: World, ben: Client) -> None:
    claim = teams_claim(world, ends=AHEAD)
    address = f"{claim.get_absolute_url()}verdict/"
    said = {"decision": "100", "evidence": [source(claim, world.cleo).pk]}

    refused = ben.post(address, said)

    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Known since" in html
    assert 'aria-invalid="true"' in html.partition('name="known_since"')[2].partition(">")[0]
    assert "Say since when it is known: the claim is judged before its time is over." in html
    assert ben.post(address, {**said, "known_since": "2024-03-09"}).status_code == 303
    assert Verdict.objects.get().known_since == IN_TIME


def test_a_day_that_was_filled_in_says_nothing_of_what_failed(world: World, claim: Claim, ben: Client) -> None:
    """The day of a source that shows it is offered; that it did not come shows only at the end."""
    cited = source(claim, world.cleo)
    Evidence.objects.filter(pk=cited.pk).update(published_on=IN_TIME)
    address, said = f"{claim.get_absolute_url()}verdict/", {"decision": "0", "evidence": [cited.pk]}
    assert 'value="2024-03-09"' in asked(ben, claim)

    assert ben.post(address, {**said, "known_since": "2024-03-10"}).status_code == 422
    assert ben.post(address, {**said, "known_since": "2024-03-09"}).status_code == 303
    assert Verdict.objects.get().known_since is None


def test_a_day_that_was_filled_in_says_nothing_of_what_is_ambiguous(world: World, claim: Claim, ben: Client) -> None:
    said = {"decision": "ambiguous", "reason": "Nobody can tell.", "known_since": "2025-01-01"}

    assert ben.post(f"{claim.get_absolute_url()}verdict/", said).status_code == 303
    assert Verdict.objects.get().known_since is None


def test_it_goes_out_with_the_ledger(world: World, cleo: Client) -> None:
    claim = public_claim(world)
    with time_machine.travel("2026-01-05 12:00"):
        known(claim, world, IN_TIME)

    [exported] = json.loads(cleo.get("/claims/ledger.json").getvalue())
    table = cleo.get("/claims/ledger.csv").getvalue().decode()

    assert exported["verdicts"][0]["known_since"] == "2024-03-09"
    assert '"known_since"' in table
    assert '"2024-03-09"' in table
    page = cleo.get(claim.get_absolute_url()).content.decode()
    assert '"ratingExplanation": "Known since 9 March 2024."' in page


def test_a_hidden_statement_tells_nothing_of_its_day(world: World) -> None:
    """Ben may not read what Cleo marked for herself: what he is told is the first day that he may know."""
    claim = public_claim(world)
    mark = make_highlight(world.private, "Prices fall by half", world.cleo, "prediction")
    Statement.objects.create(claim=claim, highlight=mark, quote=mark.exact, said_on=date(2020, 1, 1))

    with pytest.raises(Refused, match="said first on 17 May 2023"):
        known(claim, world, date(2021, 1, 1))
