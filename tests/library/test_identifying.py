"""Saying which account a person is, from the person's page."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.accounts.models import Membership, User
from reader.claims.conflicts import ties
from reader.claims.models import Claim
from reader.claims.moving import move_article
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.library.identifying import Identification, identify, undo_identification
from reader.library.models import Person
from reader.pages.leaving import leave
from tests.claims.ledger import AHEAD, public_claim, teams_claim
from tests.world import World, make_person


@pytest.fixture
def mira(world: World) -> Person:
    person: Person = Person.objects.get(name="Mira Castell", visibility="public")
    return person


@pytest.fixture
def teams(world: World) -> Person:
    return Person.objects.create(
        owner=world.ada, team=world.foundry, visibility="team", name="Luke", key="luke", slug="luke"
    )


def say(client: Client, person: Person, **data: Any) -> Any:
    return client.post(f"{person.get_absolute_url()}account/", data)


def page_of(client: Client, person: Person) -> str:
    return client.get(person.get_absolute_url()).content.decode()


def now(person: Person) -> User | None:
    return Person.objects.get(pk=person.pk).user


def test_it_works(world: World, mira: Person, ada: Client, ben: Client) -> None:
    assert "Say whose account this is" in page_of(ada, mira)

    answer = say(ada, mira, account=world.cleo.pk)

    assert (answer.status_code, answer["Location"]) == (303, mira.get_absolute_url())
    assert now(mira) == world.cleo
    assert "This is Cleo’s account." in page_of(ben, mira)
    event = Event.objects.get(verb="identified")
    assert (event.actor, event.subject_id, event.visibility) == (world.ada, mira.pk, "public")
    assert event.detail == {"identification": Identification.objects.get().pk, "no_other_curator": False}


def test_it_is_taken_back_at_once(world: World, mira: Person, ada: Client) -> None:
    identify(mira, world.cleo, world.ada)
    say(ada, mira, account=world.vera.pk)
    made = Identification.objects.get(user=world.vera)
    assert f"/identifications/{made.pk}/undoing/" in page_of(ada, mira)

    ada.post(f"/identifications/{made.pk}/undoing/")

    assert now(mira) == world.cleo
    assert Event.objects.filter(verb="took back an identification").count() == 1
    ada.post(f"/identifications/{made.pk}/undoing/")
    assert "does not stand any more" in page_of(ada, mira)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)), pytest.raises(Refused, match="Ten minutes"):
        undo_identification(Identification.objects.get(user=world.cleo), world.ada)


def test_it_is_nobodys_again(world: World, mira: Person, ada: Client) -> None:
    assert say(ada, mira, nobody="1").status_code == 422
    identify(mira, world.cleo, world.ada)

    say(ada, mira, nobody="1")

    assert now(mira) is None
    assert "Say whose account this is" in page_of(ada, mira)


def test_sent_twice_it_is_said_once(world: World, mira: Person, ada: Client) -> None:
    for _ in range(2):
        assert say(ada, mira, email="Cleo@Example.org").status_code == 303

    assert Identification.objects.count() == Event.objects.filter(verb="identified").count() == 1
    assert now(mira) == world.cleo


def test_nobody_learns_whether_an_address_exists(world: World, mira: Person, ben: Client) -> None:
    """Dov shares no team with Ben."""
    seen = []
    for email in ("dov@example.org", "nobody@example.org"):
        answer = say(ben, mira, email=email)
        page = page_of(ben, mira)
        form = ben.get(f"{mira.get_absolute_url()}account/").content.decode()
        assert f"Said to be the account of {email}." in page
        seen.append((answer.status_code, page.count("<"), form.count("<"), "Dov" in page + form))

    assert seen[0] == seen[1]
    assert not seen[0][3]
    assert now(mira) is None


def test_an_address_that_nobody_confirmed_is_nobodys(world: World, mira: Person, ben: Client) -> None:
    EmailAddress.objects.create(user=world.dov, email="dov@example.org", verified=False, primary=True)

    say(ben, mira, email="dov@example.org")

    assert now(mira) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose somebody, or give the address"),
        ({"email": "no address"}, "This is no e-mail address"),
        ({"account": "999999"}, "not among the choices"),
        ({"email": f"{'x' * 1_000_000}@example.org"}, "up to 320 letters are kept"),
    ],
)
def test_what_names_nobody_is_refused(mira: Person, ben: Client, data: dict[str, str], words: str) -> None:
    answer = say(ben, mira, **data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Identification.objects.exists()


def test_only_somebody_known_can_be_chosen(world: World, mira: Person, ben: Client) -> None:
    assert "Dov" not in ben.get(f"{mira.get_absolute_url()}account/").content.decode()
    assert say(ben, mira, account=world.dov.pk).status_code == 422
    assert say(ben, mira, account=world.cleo.pk, email="dov@example.org").status_code == 422


def test_a_teams_person_is_one_of_the_team(world: World, teams: Person, ben: Client) -> None:
    form = ben.get(f"{teams.get_absolute_url()}account/").content.decode()

    assert "Vera" in form
    assert 'name="email"' not in form
    assert say(ben, teams, email="dov@example.org").status_code == 422
    assert say(ben, teams, account=world.vera.pk).status_code == 303
    assert Event.objects.get(verb="identified").team == world.foundry


def test_it_requires_curator(world: World, mira: Person, teams: Person, cleo: Client, client: Client) -> None:
    for person in (mira, teams):
        assert "account/" not in page_of(cleo, person)
        assert say(cleo, person, account=world.vera.pk).status_code == 403
        with pytest.raises(PermissionDenied):
            identify(person, world.cleo, world.cleo)
    assert client.get(f"{mira.get_absolute_url()}account/").status_code == 302


def test_it_checks_ownership(world: World, teams: Person) -> None:
    dov = Client()
    dov.force_login(world.dov)

    assert dov.get(f"{teams.get_absolute_url()}account/").status_code == 404
    made = identify(teams, world.vera, world.ada)
    assert dov.post(f"/identifications/{made.pk}/undoing/").status_code == 404
    assert now(teams) == world.vera


def test_it_handles_missing(ben: Client) -> None:
    assert ben.get("/people/nobody-here/account/").status_code == 404
    assert ben.post("/identifications/999999/undoing/").status_code == 404
    assert ben.get("/identifications/999999/undoing/").status_code == 405


def test_nobody_ties_or_frees_themselves(world: World, mira: Person, ada: Client, ben: Client) -> None:
    assert "another curator has to say so" in say(ben, mira, account=world.ben.pk).content.decode()
    assert now(mira) is None
    say(ada, mira, account=world.ben.pk)
    assert "This is your own account." in page_of(ben, mira)

    for data in ({"nobody": "1"}, {"account": world.cleo.pk}, {"email": "cleo@example.org"}):
        assert say(ben, mira, **data).status_code == 422
    ben.post(f"/identifications/{Identification.objects.get().pk}/undoing/")

    assert now(mira) == world.ben


def test_who_is_the_only_curator_does_and_it_is_told(world: World, teams: Person) -> None:
    Membership.objects.filter(user=world.ben).update(role="member")

    identify(teams, world.ada, world.ada)

    assert Event.objects.get(verb="identified").detail["no_other_curator"] is True


def test_the_owner_says_of_a_private_person_what_they_like(world: World) -> None:
    mine = Person.objects.create(owner=world.cleo, name="Me", key="me", slug="me")

    identify(mine, world.cleo, world.cleo)

    assert now(mine) == world.cleo
    assert Event.objects.get(verb="identified").visibility == "private"


# What it ties to


def freed(world: World, person: Person) -> None:
    """Ben was said to be this person in 2024, and is not since February 2025."""
    with time_machine.travel("2024-06-01"):
        identify(person, world.ben, world.ada)
    with time_machine.travel("2025-02-01"):
        identify(person, None, world.ada)


def test_being_freed_once_it_is_due_frees_from_nothing(world: World, mira: Person) -> None:
    freed(world, mira)

    assert ties(public_claim(world), world.ben) == ["speaker", "author"]
    assert ties(public_claim(world, ends=AHEAD, quote="Prices fall by half"), world.ben) == []


def test_but_what_was_taken_back_was_never_said(world: World, mira: Person) -> None:
    undo_identification(identify(mira, world.ben, world.ada), world.ada)

    assert ties(public_claim(world), world.ben) == []


def test_whoever_was_another_before_it_came_due_is_free(world: World, mira: Person) -> None:
    with time_machine.travel("2024-06-01"):
        identify(mira, world.ben, world.ada)
    with time_machine.travel("2024-07-01"):
        identify(mira, world.vera, world.ada)

    claim = public_claim(world)
    assert (ties(claim, world.ben), ties(claim, world.vera)) == ([], ["speaker", "author"])


def test_a_teams_word_is_not_carried_to_everyone(world: World, teams: Person) -> None:
    """Else who owns a team would say who a public person is."""
    claim = teams_claim(world)
    claim.statements.update(speaker=teams)
    identify(teams, world.vera, world.ada)
    mark = claim.statements.get().highlight
    mark.article.authors.clear()

    move_article(mark.article, "public", None, world.ada)

    speaker = Claim.objects.get(pk=claim.pk).statements.get().speaker
    assert speaker is None or (speaker.visibility, speaker.user) != ("public", world.vera)


def test_who_leaves_is_nobody_any_more(world: World, mira: Person) -> None:
    eda = make_person("Eda")
    identify(mira, eda, world.ada, email="eda@example.org")

    leave(eda)

    row = Identification.objects.get()
    assert (row.user, row.email, now(mira)) == (None, "", None)


def test_the_page_asks_no_more_as_people_grow(world: World, mira: Person, ben: Client) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ben.get(f"{mira.get_absolute_url()}account/").status_code == 200
        return len(queries)

    identify(mira, world.cleo, world.ada)
    few = ask()
    for number in range(5):
        person = make_person(f"Member{number}")
        Membership.objects.create(team=world.foundry, user=person, role="member")
        identify(mira, person, world.ada)

    assert ask() == few
