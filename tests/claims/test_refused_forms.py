"""A form that is refused says at the field itself what is wrong with it."""

import re
from typing import Any

import pytest
from django.test import Client

from reader.claims.disputing import dispute
from reader.claims.models import Claim
from tests.claims.ledger import judged, source, teams_claim
from tests.world import World

URL = "https://example.com/released"


@pytest.fixture
def claim(world: World) -> Claim:
    return teams_claim(world)


def field(html: str, name: str) -> str:
    """The field as it is drawn, with its label and what is said of it."""
    around = [part for part in html.split('<div class="field')[1:] if f'name="{name}"' in part]
    return around[0].partition("</form>")[0]


def assert_marked(html: str, name: str, sentence: str) -> None:
    drawn = field(html, name)
    assert 'aria-invalid="true"' in drawn, name
    assert re.search(rf'id="id_{name}_error".*{re.escape(sentence)}', drawn, re.DOTALL), name
    assert 'aria-describedby="' in drawn
    assert html.count(sentence) == 1


@pytest.mark.parametrize(
    ("wrong", "name", "sentence"),
    [
        ({"bearing": ""}, "bearing", "Say whether it speaks for the claim or against it, or is context."),
        ({"url": ""}, "url", "Give the address of a source, or choose a passage here: one of the two."),
        ({"url": "javascript:alert(1)"}, "url", "That is no web address."),
        ({"url": "http://10.0.0.1/"}, "url", "That address is of a private network, which nobody outside"),
        ({"archive_url": "ftp://example.com/"}, "archive_url", "That is no web address."),
        ({"published_on": "2999-01-01"}, "published_on", "A source can’t have been published in the future."),
    ],
)
def test_evidence(cleo: Client, claim: Claim, wrong: dict[str, Any], name: str, sentence: str) -> None:
    answer = cleo.post(f"{claim.get_absolute_url()}evidence/", {"bearing": "for", "url": URL, **wrong})

    assert answer.status_code == 422
    assert_marked(answer.content.decode(), name, sentence)


@pytest.mark.parametrize(
    ("wrong", "name", "sentence"),
    [
        ({"decision": ""}, "decision", "Say how far it came true."),
        ({"decision": ["75", "ambiguous"]}, "decision", "It can’t be two of these at once: choose one."),
        ({"evidence": []}, "evidence", "Choose the evidence on which the verdict rests."),
        ({"decision": "annulled"}, "reason", "Say why it is annulled."),
        (
            {"strict": "100", "charitable": "100"},
            "strict",
            "The outcome lies between the strict and the charitable reading.",
        ),
        ({"known_since": "2999-01-01"}, "known_since", "It can’t be known only from a day that is still to come."),
    ],
)
def test_a_verdict(ben: Client, world: World, claim: Claim, wrong: dict[str, Any], name: str, sentence: str) -> None:
    said = {"decision": "75", "evidence": [source(claim, world.cleo).pk], **wrong}

    answer = ben.post(f"{claim.get_absolute_url()}verdict/", said)

    assert answer.status_code == 422
    assert_marked(answer.content.decode(), name, sentence)


@pytest.mark.parametrize(
    ("wrong", "name", "sentence"),
    [
        ({"kind": ""}, "kind", "Claims update each other, contradict each other, are narrower"),
        ({"other": ""}, "other", "Which claim?"),
        ({"other": "999999"}, "other", "There is no such claim that you can see."),
        ({"other": "itself"}, "other", "A claim can’t be related to itself."),
        ({"kind": "conditional"}, "holds_if", "Say whether the claim holds if the other happens"),
    ],
)
def test_a_relation(ben: Client, claim: Claim, wrong: dict[str, str], name: str, sentence: str) -> None:
    sent = {"kind": "updates", "other": str(claim.pk), **wrong}
    sent["other"] = str(claim.pk) if sent["other"] == "itself" else sent["other"]

    answer = ben.post(f"{claim.get_absolute_url()}relations/", sent)

    assert answer.status_code == 422
    assert_marked(answer.content.decode(), name, sentence)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("soon", "This is not a day: write it as 2026-12-31."),
        ("2020-01-01", "The round would be over before it begins: choose a later day."),
        ("9999-01-01", "Choose a day within the next ten years."),
    ],
)
def test_a_round(ben: Client, claim: Claim, day: str, sentence: str) -> None:
    answer = ben.post(f"{claim.get_absolute_url()}rounds/", {"closes_on": day})

    assert answer.status_code == 422
    assert_marked(answer.content.decode(), "closes_on", sentence)
    assert f'value="{day}"' in answer.content.decode()


def test_a_dispute_and_its_answer(ada: Client, cleo: Client, world: World, claim: Claim) -> None:
    verdict = judged(claim, world.ben)

    answer = cleo.post(f"/verdicts/{verdict.pk}/disputes/", {"reason": " "})
    assert_marked(answer.content.decode(), "reason", "Say what is wrong with the verdict.")

    disputed = dispute(verdict, "The source says otherwise.", world.cleo)
    answer = ada.post(f"/disputes/{disputed.pk}/answer/", {"decision": "upheld", "answer": ""})
    assert_marked(answer.content.decode(), "answer", "Say why the verdict stands.")
    again = {"decision": str(verdict.outcome), "answer": "No.", "evidence": [source(claim, world.cleo).pk]}
    answer = ada.post(f"/disputes/{disputed.pk}/answer/", again)
    assert_marked(answer.content.decode(), "decision", "That is the verdict which is disputed: uphold it")


def test_all_that_a_form_does_not_ask_is_said_above_it(ben: Client, claim: Claim) -> None:
    """Without any source there is no field for one."""
    answer = ben.post(f"{claim.get_absolute_url()}verdict/", {"decision": "100"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the evidence on which the verdict rests." in html.partition('<div class="field')[0]
