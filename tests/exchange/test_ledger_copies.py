"""The ledger as CSV and JSON."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.disputing import dispute, overturn
from reader.claims.judging import Ruling, undo_verdict
from reader.claims.models import Claim, Statement
from reader.claims.replying import reply
from reader.core import limits
from reader.core.limits import Deed, Limit
from reader.exchange import streaming
from reader.exchange.ledger import COLUMNS, defused
from reader.library.models import Person, find_or_make
from tests.claims.ledger import (
    AHEAD,
    QUOTES,
    again,
    judged,
    make_judged,
    private_claim,
    public_claim,
    source,
    teams_claim,
)
from tests.claims.predictions import make_claims
from tests.world import World


def taken(client: Client, ending: str, query: str = "") -> str:
    answer = client.get(f"/claims/ledger.{ending}{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams


def as_json(client: Client, query: str = "") -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads(taken(client, "json", query))
    return claims


def as_csv(client: Client, query: str = "") -> list[dict[str, str]]:
    text = taken(client, "csv", query)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_json_works(world: World, cleo: Client) -> None:
    claim = teams_claim(world, criteria="As the index says.")
    claim.label(["prices"], world.cleo)
    against = source(claim, world.cleo, "against", "https://example.com/no")
    verdict = judged(again(claim), world.ben, reason="It was released.")

    (found,) = as_json(cleo)

    assert (found["id"], found["statement"], found["criteria"]) == (claim.pk, claim.statement, "As the index says.")
    assert (found["phase"], found["team"], found["tags"], found["says"]) == ("judged", "Foundry", ["prices"], None)
    assert (found["window_start"], found["window_end"]) == ("2024-01-01", "2024-12-31")
    (statement,) = found["statements"]
    assert (statement["speaker"], statement["said_on"], statement["quote"]) == ("Mira Castell", "2023-05-17", QUOTES[0])
    assert statement["article"]["title"] == world.shared.title
    assert [one["bearing"] for one in found["evidence"]] == ["against", "for"]
    assert found["evidence"][0]["id"] == against.pk
    (decided,) = found["verdicts"]
    assert (decided["status"], decided["outcome"], decided["says"]) == ("resolved", 100, "Happened")
    assert decided["stands"]
    assert decided["cites"] == [found["evidence"][1]["id"]]
    assert decided["reason"] == verdict.reason


def test_json_tells_what_was_ticked(world: World, cleo: Client) -> None:
    Claim.objects.filter(pk=teams_claim(world).pk).update(has_time=True)

    assert as_json(cleo)[0]["says"] == {"subject": False, "predicate": False, "time": True, "threshold": False}


def test_csv_works(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    judged(claim, world.ben)

    (row,) = as_csv(cleo)

    assert tuple(row) == COLUMNS
    assert (row["claim"], row["claim_statement"]) == (str(claim.pk), claim.statement)
    assert (row["speaker"], row["quote"], row["article"]) == ("Mira Castell", QUOTES[0], world.shared.title)
    assert (row["verdict"], row["outcome"], row["phase"]) == ("Happened", "100", "judged")
    assert (row["window_start"], row["window_end"]) == ("2024-01-01", "2024-12-31")
    assert row["evidence"] == "for: https://example.com/model-released"


def test_csv_has_a_line_for_each_statement(world: World, cleo: Client) -> None:
    claim, other = teams_claim(world), teams_claim(world, quote=QUOTES[1])
    Statement.objects.filter(claim=other).update(claim=claim)

    assert {row["quote"] for row in as_csv(cleo)} == {QUOTES[0], QUOTES[1]}
    assert len(as_json(cleo)) == 1


def test_it_shows_what_the_viewer_may_see(world: World, cleo: Client, vera: Client, dov: Client) -> None:
    private_claim(world)
    teams_claim(world, quote=QUOTES[1])
    public_claim(world, quote=QUOTES[2])

    assert [len(as_json(client)) for client in (cleo, vera, dov)] == [3, 2, 1]
    assert [len(as_csv(client)) for client in (cleo, vera, dov)] == [3, 2, 1]


def test_hidden_statements_and_evidence_are_not_in_it(world: World, dov: Client) -> None:
    claim, hidden = public_claim(world), teams_claim(world, quote=QUOTES[1])
    Statement.objects.filter(claim=hidden).update(claim=claim)
    brought = source(claim, world.cleo, url="https://example.com/zanzibar")
    type(brought).objects.filter(pk=brought.pk).update(
        url="", highlight=hidden.statements.model.objects.get(quote=QUOTES[1]).highlight
    )

    text = taken(dov, "json") + taken(dov, "csv")

    assert QUOTES[0] in text
    assert QUOTES[1] not in text
    assert as_json(dov)[0]["evidence"] == []


def test_what_was_said_of_a_verdict_is_in_it(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    cited = source(claim, world.cleo, url="https://example.com/against")
    first = judged(again(claim), world.ben)
    made = dispute(first, "The source says otherwise.", world.cleo, cited)
    person = Person.objects.get(name="Mira Castell")
    reply(again(claim), person, "I never said so.", world.ben)
    overturn(made, Ruling(outcome=0, evidence=[cited.pk]), world.ada, "You are right.")

    (found,) = as_json(cleo)

    (said,) = found["disputes"]
    assert (said["reason"], said["ending"], said["answer"]) == (made.reason, "overturned", "You are right.")
    assert (said["verdict_id"], said["new_verdict_id"]) == tuple(one["id"] for one in found["verdicts"])
    assert said["evidence_id"] == cited.pk
    assert [(one["person"], one["text"]) for one in found["replies"]] == [("Mira Castell", "I never said so.")]


def test_what_names_a_person_or_a_source_that_is_hidden_is_not_in_it(world: World, dov: Client) -> None:
    claim = public_claim(world)
    hidden = find_or_make(Person, "The mole", world.shared)
    made = make_judged(claim, hidden, public_claim(world, quote=QUOTES[1]), world.ada)
    type(made.dispute).objects.update(evidence=made.evidence)
    type(made.evidence).objects.update(deleted_at=made.verdict.at)

    text = taken(dov, "json")

    assert made.dispute.reason in text
    assert f'"evidence_id": {made.evidence.pk}' not in text
    assert made.reply.text not in text


def test_forecasts_are_not_in_it(world: World, cleo: Client) -> None:
    teams_claim(world, ends=AHEAD)

    assert "forecast" not in taken(cleo, "json")


def test_what_was_taken_back_is_not_in_it(world: World, cleo: Client) -> None:
    undo_verdict(judged(teams_claim(world), world.ben), world.ben)

    assert as_json(cleo)[0]["verdicts"] == []
    assert as_csv(cleo)[0]["verdict"] == ""


def test_it_is_narrowed_as_the_list_is(world: World, cleo: Client) -> None:
    teams_claim(world).label(["prices"], world.cleo)
    judged(teams_claim(world, quote=QUOTES[1]), world.ben)

    assert len(as_json(cleo, "?tag=prices")) == 1
    assert len(as_csv(cleo, "?phase=judged")) == 1
    assert len(as_json(cleo, "?phase=due")) == 1
    assert as_json(cleo, "?speaker=Nobody") == as_csv(cleo, "?since=2999-01-01") == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(world: World, cleo: Client, sign: str) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(statement=f'{sign}HYPERLINK("https://example.com")')

    (row,) = as_csv(cleo)

    assert row["claim_statement"].startswith(f"'{sign}HYPERLINK")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [defused(cell) for cell in ("a=1", "", 5, None, date(2024, 1, 1), -1)] == [
        "a=1",
        "",
        5,
        None,
        date(2024, 1, 1),
        -1,
    ]


def test_hostile_words_come_back_as_they_were(world: World, cleo: Client) -> None:
    words = 'say "a", then\nb; <script>alert(1)</script> 🦙 שלום'
    Claim.objects.filter(pk=teams_claim(world).pk).update(statement=words)

    assert as_csv(cleo)[0]["claim_statement"] == as_json(cleo)[0]["statement"] == words


def test_more_claims_take_no_more_queries_but_for_each_batch(
    world: World, cleo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BATCH", 30)
    counts = []
    as_json(cleo)  # her first is counted from now on
    for more in (3, 20, 20):
        make_claims(world, more)
        with CaptureQueriesContext(connection) as queries:
            assert len(as_json(cleo)) == Claim.objects.count()
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[2] <= 2 * counts[1]


def test_it_asks_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/claims/ledger.csv").status_code == 302


def test_it_rejects_post(cleo: Client) -> None:
    assert cleo.post("/claims/ledger.json").status_code == 405


def test_too_many_are_told_to_wait(world: World, cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, Deed.LEDGER, Limit(1, timedelta(hours=1)))
    teams_claim(world)
    assert cleo.head("/claims/ledger.csv").status_code == 200
    taken(cleo, "csv")

    answer = cleo.get("/claims/ledger.csv")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_the_list_leads_to_it(world: World, cleo: Client, client: Client) -> None:
    public_claim(world)

    assert "/claims/ledger.csv?tag=&amp;phase=due" in cleo.get("/claims/?tag=&phase=due").content.decode()
    assert "/claims/ledger.csv" not in client.get("/claims/").content.decode()
