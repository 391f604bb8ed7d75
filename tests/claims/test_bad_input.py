"""Bad input on the way from a claim to a verdict: each is refused in one clear sentence, and nothing is changed."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db.models import Model

from reader.accounts.models import User
from reader.claims.assessing import Assessment, close_round, open_round
from reader.claims.evidence import Evidence
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim, Statement
from reader.claims.verdicts import Verdict
from reader.core.models import Event
from reader.highlights.models import Highlight
from reader.library.identifying import identify
from reader.library.models import Person
from tests.claims.ledger import AHEAD, public_claim, source, teams_claim
from tests.conftest import signed_in
from tests.world import World

#: Who sends what where.
Sent = tuple[User, str, dict[str, Any]]
Ask = Callable[[World], Sent]
KEPT: tuple[type[Model], ...] = (Claim, Statement, Highlight, Forecast, Evidence, Assessment, Verdict, Event)


def a_window_before_the_day_it_was_said(world: World) -> Sent:
    said = {"kind": "prediction", "exact": "Prices fall by half within eighteen months", "audience": "private"}
    window = {"window_kind": "window", "window_start": "2022-01-01", "window_end": "2022-12-31"}
    who = {"statement": "Prices fall.", "speaker": "Mira Castell", "stance": "asserts"}
    return world.cleo, f"{world.public.get_absolute_url()}highlights/", said | window | who


def a_probability(percent: str) -> Ask:
    def ask(world: World) -> Sent:
        return world.cleo, f"{teams_claim(world, ends=AHEAD).get_absolute_url()}forecasts/", {"percent": percent}

    return ask


def a_verdict_without_evidence(world: World) -> Sent:
    claim = teams_claim(world)
    source(claim, world.cleo)
    return world.ben, f"{claim.get_absolute_url()}verdict/", {"decision": "100"}


def an_outcome_and_ambiguous(world: World) -> Sent:
    claim = teams_claim(world)
    brought = source(claim, world.cleo)
    said = {"decision": ["100", "ambiguous"], "evidence": brought.pk, "reason": "Both."}
    return world.ben, f"{claim.get_absolute_url()}verdict/", said


def an_assessment_after_closing(world: World) -> Sent:
    round_ = open_round(teams_claim(world), world.ben)
    close_round(round_, world.ben)
    return world.cleo, f"/rounds/{round_.pk}/assessments/", {"strict": "100", "reasons": "I was late."}


def evidence_at(url: str) -> Ask:
    def ask(world: World) -> Sent:
        return world.cleo, f"{teams_claim(world).get_absolute_url()}evidence/", {"bearing": "for", "url": url}

    return ask


def a_curator_judging_their_own(world: World) -> Sent:
    claim = public_claim(world)
    identify(Person.objects.get(name="Mira Castell", visibility="public"), world.ben, world.ada)
    brought = source(claim, world.cleo)
    return world.ben, f"{claim.get_absolute_url()}verdict/", {"decision": "100", "evidence": brought.pk}


NO_PERCENTAGE = "A forecast is a whole number from 1 to 99 %: nothing ahead is certain, or impossible."
NOT_OUTSIDE = "That address is of a private network, which nobody outside of it can open."
PAST = "The window would end before 17 May 2023, when this was said. Choose a later day."
ASKED: list[tuple[str, Ask, str]] = [
    ("a window before it was said", a_window_before_the_day_it_was_said, PAST),
    ("0 %", a_probability("0"), NO_PERCENTAGE),
    ("100 %", a_probability("100"), NO_PERCENTAGE),
    ("maybe", a_probability("maybe"), NO_PERCENTAGE),
    ("no evidence", a_verdict_without_evidence, "Choose the evidence on which the verdict rests."),
    ("outcome and ambiguous", an_outcome_and_ambiguous, "It can’t be two of these at once: choose one."),
    ("after closing", an_assessment_after_closing, "The round is over"),
    ("a private host", evidence_at("http://10.0.0.1/wiki"), NOT_OUTSIDE),
    ("a script", evidence_at("javascript:alert(1)"), "That is no web address. It begins with https:// or http://."),
    ("their own", a_curator_judging_their_own, "You said or retold this yourself: another curator has to judge it."),
]


def kept() -> list[int]:
    return [model._default_manager.count() for model in KEPT]


@pytest.mark.parametrize(("ask", "sentence"), [one[1:] for one in ASKED], ids=[one[0] for one in ASKED])
def test_it_is_refused_in_one_sentence_and_changes_nothing(world: World, ask: Ask, sentence: str) -> None:
    who, address, said = ask(world)
    before = kept()

    answer = signed_in(who).post(address, said)

    assert answer.status_code == 422
    assert unescape(answer.content.decode()).count(sentence) == 1
    assert kept() == before
