"""What falls due, as a calendar that a program reads."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from reader.accounts.models import User
from reader.claims.judging import undo_verdict
from reader.claims.models import Claim
from reader.claims.proposing import Proposal
from reader.claims.stating import reword, state_again
from reader.claims.windows import WindowKind
from reader.exchange.calendar import LINE, MOST, escaped, written
from reader.exchange.models import SecretAddress
from tests.claims.ledger import AHEAD, QUOTES, judged, private_claim, public_claim, teams_claim
from tests.claims.predictions import make_claims
from tests.conftest import signed_in
from tests.world import World, make_highlight

TODAY = date(2025, 1, 10)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def address_of(user: User) -> str:
    return f"/claims/{SecretAddress.make(user).secret}/due.ics"


def entries(address: str) -> list[Any]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


def test_it_works(world: World) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(criteria="As the index says; or, a report.\nNothing else.")

    (entry,) = entries(address_of(world.cleo))

    assert entry["SUMMARY"] == f"Due: {claim.statement}"
    assert entry.decoded("DTSTART") == date(2024, 12, 31)
    assert "DTEND" not in entry
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert entry["URL"] == f"http://localhost:8000/claims/{claim.pk}/"
    assert "As the index says; or, a report.\nNothing else." in entry["DESCRIPTION"]
    assert entry["DESCRIPTION"].startswith("Said by Mira Castell in “Notes for the Foundry”, 17 May 2023\n")
    assert entry["UID"] == f"claim-{claim.pk}@localhost"


def test_a_change_raises_its_sequence_and_nothing_else_of_it(world: World) -> None:
    claim, address = teams_claim(world), address_of(world.cleo)
    (before,) = entries(address)
    Client().get(address)

    window = {"window_kind": WindowKind.WINDOW, "window_start": date(2024, 1, 1), "window_end": date(2025, 6, 30)}
    with time_machine.travel(TODAY + timedelta(days=1)):
        claim.amend(claim.statement, "", window, world.ben)
    (after,) = entries(address)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")
    assert after.decoded("DTSTART") == date(2025, 6, 30)


def test_another_speaker_is_a_change_too(world: World) -> None:
    claim, address = teams_claim(world), address_of(world.cleo)
    (before,) = entries(address)

    with time_machine.travel(TODAY + timedelta(days=1)):
        reword(claim.statements.get(), Proposal(statement="", speaker="Luke Sernau"), world.ben)
    (after,) = entries(address)

    assert after["DESCRIPTION"].startswith("Said by Luke Sernau in")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_change_counts_once_in_however_many_pieces_it_is_said(world: World) -> None:
    """Else the number would tell a stranger in how many pieces that they can't see the claim is stated."""
    claim = public_claim(world)
    for article in (world.shared, world.private):
        said = make_highlight(article, QUOTES[0], world.cleo, "prediction", article.visibility, article.team)
        state_again(claim, said, Proposal(statement=""), world.cleo)
    for days, by in ((1, world.ben), (2, world.ada)):
        with time_machine.travel(TODAY + timedelta(days=days)):
            claim.set_state(Claim.State.ACCEPTED, by)

    for reader in (world.dov, world.cleo):
        (entry,) = entries(address_of(reader))
        assert entry["SEQUENCE"] == 2


def test_what_was_judged_leaves_and_comes_back_with_a_higher_sequence(world: World) -> None:
    claim, address = teams_claim(world), address_of(world.cleo)
    (before,) = entries(address)

    verdict = judged(claim, world.ben)
    assert entries(address) == []
    undo_verdict(verdict, world.ben)
    (after,) = entries(address)

    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_it_shows_what_its_owner_may_see(world: World) -> None:
    teams_claim(world)
    private_claim(world, quote=QUOTES[1])
    public_claim(world, quote=QUOTES[2])

    assert [len(entries(address_of(one))) for one in (world.cleo, world.ada, world.dov)] == [3, 2, 1]


def test_what_is_long_over_or_has_no_last_day_is_not_in_it(world: World) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(window_end=TODAY - timedelta(days=91))
    teams_claim(world, quote=QUOTES[1])
    Claim.objects.exclude(pk=claim.pk).update(window_kind=WindowKind.OPEN, window_end=None)

    assert entries(address_of(world.cleo)) == []


def test_it_is_narrowed_as_the_ledger_is(world: World) -> None:
    teams_claim(world).label(["prices"], world.cleo)
    teams_claim(world, ends=AHEAD, quote=QUOTES[1])

    assert len(entries(address_of(world.cleo) + "?tag=prices")) == 1
    assert len(entries(address_of(world.cleo) + "?since=2025-02-01&until=nonsense")) == 1


def test_whoever_has_it_has_it(world: World) -> None:
    teams_claim(world)
    address = address_of(world.cleo)
    first = Client().get(address)

    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    judged(Claim.objects.get(), world.ben)
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_wrong_secret_is_answered_as_nothing_is(world: World, dov: Client) -> None:
    secret = SecretAddress.make(world.cleo).secret
    nothing = dov.get("/no/such/page").content
    key, _, signature = secret.partition(".")

    for wrong in (f"{secret}A", f"{key[:-1]}_.{signature}", key, "12", "ü", SecretAddress.objects.get().key + "."):
        answer = dov.get(f"/claims/{wrong}/due.ics")
        assert (answer.status_code, answer.content) == (404, nothing)


def test_a_renewed_one_opens_nothing_any_more(world: World, cleo: Client) -> None:
    before = address_of(world.cleo)

    assert cleo.post("/settings/addresses/").status_code == 303
    after = f"/claims/{SecretAddress.objects.get().secret}/due.ics"

    assert after != before
    assert Client().get(before).status_code == 404
    assert Client().get(after).status_code == 200
    cleo.post("/settings/addresses/end/")
    assert Client().get(after).status_code == 404
    assert not SecretAddress.objects.exists()


def test_a_former_members_opens_nothing(world: World) -> None:
    address = address_of(world.cleo)
    User.objects.filter(pk=world.cleo.pk).update(is_active=False)

    assert Client().get(address).status_code == 404


def test_the_table_alone_opens_nothing(world: World) -> None:
    SecretAddress.make(world.cleo)

    assert Client().get(f"/claims/{SecretAddress.objects.get().key}/due.ics").status_code == 404


def test_the_settings_show_it(world: World) -> None:
    cleo = signed_in(world.cleo)
    assert "You have none yet" in cleo.get("/settings/addresses/").content.decode()

    cleo.post("/settings/addresses/")
    answer = cleo.get("/settings/addresses/")

    assert SecretAddress.objects.get().secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert SecretAddress.objects.get().secret not in signed_in(world.ada).get("/settings/addresses/").content.decode()


def test_it_rejects_post(world: World) -> None:
    assert Client().post(address_of(world.cleo)).status_code == 405
    assert signed_in(world.cleo).get("/settings/addresses/end/").status_code == 405


def test_more_claims_take_no_more_queries(world: World) -> None:
    address = address_of(world.cleo)
    counts = []
    for more in (3, 40):
        make_claims(world, more)
        Claim.objects.update(window_kind=WindowKind.WINDOW, window_start=TODAY, window_end=TODAY)
        with CaptureQueriesContext(connection) as queries:
            assert len(entries(address)) == Claim.objects.count()
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert MOST >= 40


def test_the_last_day_there_is_can_be_due(world: World) -> None:
    Claim.objects.filter(pk=teams_claim(world).pk).update(window_end=date.max)

    (entry,) = entries(address_of(world.cleo))

    assert entry.decoded("DTSTART") == date.max


@given(st.text())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", f"SUMMARY:{escaped(text)}"]
    data = written([*lines, "END:VEVENT", "END:VCALENDAR"])

    assert all(len(line) <= LINE for line in data.split(b"\r\n"))
    (entry,) = Calendar.from_ical(data).walk("VEVENT")
    kept = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign in "\t\n" or sign >= " ")
    assert entry["SUMMARY"] == kept.replace("\x7f", "")
