"""Deleting one's account."""

import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from reader.accounts.addresses import vouch_for
from reader.accounts.inviting import invite, is_open
from reader.accounts.models import Membership, Team, User
from reader.claims.models import Claim
from reader.core.models import Event
from reader.curation.claim_rulings import accept, merge
from reader.highlights.models import Highlight, Note, write_note
from reader.intake.models import Draft
from reader.library.models import Article, Person, Publication, Reading
from reader.notices.models import Notice, prefer
from reader.pages.jobs import BATCH, forget
from reader.pages.leaving import StillNeeded, farewell_of, leave
from reader.pages.noting import write
from reader.pages.progress import keep_place
from reader.tags.models import Tag
from tests.claims.predictions import make_claim, one_window
from tests.conftest import signed_in
from tests.core.test_jobs import work
from tests.world import PASSWORD, World, make_article, make_highlight, make_person, make_team, make_world

SMALL, HERDS = "2024 will be the year of the small model", "Nobody trains from scratch before 2030"
PRICES = "Prices fall by half within eighteen months"
ADDRESS = "/settings/deletion/"


def confirmed(user: User) -> Client:
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def settle(world: World) -> dict[str, int]:
    """Give Cleo some of everything, and say which of it is hers alone."""
    vouch_for(world.cleo)
    mark = make_highlight(world.private, "Prices fall by half", world.cleo)
    mark.label(["mine"], world.cleo)
    note = write(mark, "The word is zanzibar.", world.cleo)
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)
    shared = make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)
    shared.label(["ours"], world.cleo)
    write(shared, "For @ben.", world.cleo)
    write(shared, "For @cleo.", world.ben)
    make_highlight(world.public, "a model for researchers", world.cleo)
    keep_place(world.shared, world.cleo, 10, 20)
    Draft.objects.create(owner=world.cleo, raw="Handed in.", form="text")
    prefer(world.cleo.pk, mention="never")
    return {"article": world.private.pk, "mark": mark.pk, "note": note.pk, "claim": claim.pk}


def test_it_works(world: World) -> None:
    settle(world)
    client = confirmed(world.cleo)

    response = client.post(ADDRESS)
    work()

    assert response.status_code == 303
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "Your account is deleted." in client.get("/").content.decode()
    assert client.get("/settings/").status_code == 302
    former = User.objects.get(pk=world.cleo.pk)
    assert (former.name, former.handle, former.is_active) == ("A former member", None, False)
    assert former.email == f"former-{former.pk}@former.invalid"
    assert former.left_at is not None
    assert not former.has_usable_password()
    assert not EmailAddress.objects.filter(user=former).exists()
    assert not Authenticator.objects.filter(user=former).exists()
    assert not Membership.objects.filter(user=former).exists()
    assert not Notice.objects.filter(recipient=former).exists()
    assert not Reading.objects.filter(reader=former).exists()
    assert not Draft.objects.filter(owner=former).exists()


def test_private_things_vanish(world: World) -> None:
    hers = settle(world)
    leave(world.cleo)
    work()

    assert not Article.objects.filter(pk=hers["article"]).exists()
    assert not Highlight.objects.filter(owner=world.cleo, visibility="private").exists()
    assert not Note.objects.filter(pk=hers["note"]).exists()
    assert not Claim.objects.filter(pk=hers["claim"]).exists()
    for model in (Tag, Person, Publication, Event):
        assert not model.objects.filter(owner=world.cleo, visibility="private").exists()
    assert "zanzibar" not in repr(list(Event.objects.values()))


def test_shared_things_stay_under_a_former_member(ben: Client, world: World) -> None:
    settle(world)
    leave(world.cleo)
    work()

    page = ben.get(world.shared.get_absolute_url()).content.decode()

    assert "<strong>A former member</strong>" in page
    assert "Cleo" not in page.replace("@cleo", "")
    assert "For <span" in page
    assert Tag.objects.filter(name="ours").exists()


def test_two_former_members_differ_in_the_database_alone(world: World) -> None:
    for person in (world.cleo, world.vera):
        leave(person)

    former = User.objects.exclude(left_at=None)
    assert former.count() == 2
    assert len({one.email for one in former}) == 2
    assert {str(one) for one in former} == {"A former member"}


def test_one_can_sign_in_no_longer(world: World) -> None:
    elsewhere = signed_in(world.cleo)
    assert elsewhere.get("/settings/").status_code == 200

    leave(world.cleo)

    assert elsewhere.get("/settings/").status_code == 302
    work()
    assert not Session.objects.filter(pk=elsewhere.cookies["sessionid"].value).exists()
    client = Client()
    client.post("/accounts/login/", {"login": "cleo@example.org", "password": PASSWORD})
    assert client.get("/settings/").status_code == 302
    assert signed_in(world.ben).get("/settings/").status_code == 200


def test_the_address_can_be_used_again(client: Client, world: World, settings: Settings) -> None:
    settings.SIGNUP = "open"
    vouch_for(world.cleo)
    leave(world.cleo)

    client.post("/accounts/signup/", {"name": "Cleo", "email": "cleo@example.org", "password1": PASSWORD})

    again = User.objects.get(email="cleo@example.org")
    assert again.pk != world.cleo.pk
    assert again.handle == "cleo"
    assert client.get("/settings/").status_code == 200


def test_the_password_is_asked_for(cleo: Client, world: World) -> None:
    for answer in (cleo.get(ADDRESS), cleo.post(ADDRESS)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/")

    assert User.objects.get(pk=world.cleo.pk).is_active


def test_it_is_said_what_vanishes_and_what_stays(world: World) -> None:
    settle(world)

    page = confirmed(world.cleo).get(ADDRESS).content.decode()

    assert "1 article, 3 marks, 1 note, 1 claim and 0 forecasts" in page
    assert "0 articles, 1 mark, 1 note, 0 claims and 0 forecasts" in page


def test_the_only_owner_hands_the_team_over_first(world: World) -> None:
    client = confirmed(world.ada)

    asked = client.get(ADDRESS)
    refused = client.post(ADDRESS)

    assert "You are the only owner of the team Foundry." in asked.content.decode()
    assert refused.status_code == 409
    assert User.objects.get(pk=world.ada.pk).is_active
    assert Membership.objects.filter(user=world.ada).exists()


def test_with_another_owner_one_may_go(world: World) -> None:
    owner = make_person("Olga")
    Membership.objects.create(team=world.harbour, user=owner, role="owner")

    leave(world.dov)

    event = Event.objects.get(verb="left")
    assert (event.subject_kind, event.team, event.visibility) == ("membership", world.harbour, "team")
    assert event in Event.objects.visible_to(owner)


def test_whoever_runs_it_alone_stays(world: World) -> None:
    Membership.objects.filter(user=world.ada).delete()

    with pytest.raises(StillNeeded, match=r"manage\.py owner --another"):
        leave(world.ada)

    make_person("Root", is_superuser=True)
    leave(world.ada)


def test_a_team_of_one_goes_along(world: World) -> None:
    make_highlight(world.elsewhere, "small models", world.dov, visibility="team", team=world.harbour)
    assert farewell_of(world.dov).vanishing["article"] == 1

    leave(world.dov)
    work()

    assert not Article.objects.filter(pk=world.elsewhere.pk).exists()
    assert not Team.objects.filter(pk=world.harbour.pk).exists()


def test_what_others_left_in_a_team_of_one_stays_theirs(world: World) -> None:
    theirs = make_article("Vera's memo", world.vera, "team", world.harbour)

    leave(world.dov)
    work()

    assert list(Article.objects.filter(team=world.harbour)) == [theirs]
    assert signed_in(world.vera).get(theirs.get_absolute_url()).status_code == 200


def test_a_name_that_something_kept_bears_stays(world: World) -> None:
    person = Person.objects.create(name="Ilse Brandt", key="ilse brandt", slug="ilse", owner=world.cleo)
    world.shared.authorships.create(person=person, position=1)

    leave(world.cleo)
    work()

    assert Person.objects.filter(pk=person.pk).exists()
    assert not Article.objects.filter(pk=world.private.pk).exists()


def test_a_job_that_was_cut_off_ends_its_work_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(world)
    leave(world.cleo)
    with monkeypatch.context() as patch:
        patch.setattr("reader.pages.jobs.delete_if_empty", killed)
        patch.setattr("reader.pages.jobs.BATCH", 1)
        make_team("Empty")
        with pytest.raises(KeyboardInterrupt):
            forget.func(world.cleo.pk)

    forget.func(world.cleo.pk)
    forget.func(world.cleo.pk)

    assert not Highlight.objects.filter(owner=world.cleo, visibility="private").exists()
    assert not Team.objects.filter(name="Empty").exists()


def killed(team: Team) -> None:
    raise KeyboardInterrupt


def test_the_job_touches_nobody_who_is_there(world: World) -> None:
    settle(world)

    forget.func(world.cleo.pk)
    forget.func(4711)

    assert Article.objects.filter(pk=world.private.pk).exists()


def test_a_great_deal_is_deleted_in_batches(world: World) -> None:
    Highlight.objects.bulk_create(
        Highlight(article=world.private, owner=world.cleo, exact=str(number)) for number in range(BATCH * 2 + 1)
    )

    leave(world.cleo)
    work()

    assert not Highlight.objects.filter(owner=world.cleo).exists()


def test_a_claim_of_somebody_else_that_was_merged_into_theirs_stands_for_itself(world: World) -> None:
    kept = make_claim(world.elsewhere, HERDS, world.dov, "team", world.harbour)
    accept(kept, world.dov)
    world.harbour.memberships.create(user=world.vera, role="member")
    vera = User.objects.get(pk=world.vera.pk)
    own = make_article("Vera's memo", vera, "team", world.harbour)
    quoted = make_claim(own, SMALL, vera, "team", world.harbour)
    empty, noted = (make_claim(world.elsewhere, words, vera, "team", world.harbour) for words in (SMALL, PRICES))
    write_note(noted, "Said twice.", vera)
    for claim in (quoted, empty, noted):
        one_window(claim, kept)
        merge(claim, Claim.objects.get(pk=kept.pk), world.dov)
    Membership.objects.get(user=vera, team=world.harbour).delete()

    leave(User.objects.get(pk=world.dov.pk))
    work()

    assert not Article.objects.filter(pk=world.elsewhere.pk).exists()
    assert quoted.statements.get().highlight.article == own
    states = dict(Claim.objects.values_list("pk", "state"))
    assert states == {quoted.pk: "proposed", noted.pk: "withdrawn"}


def test_merged_claims_go_in_whatever_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = make_claim(world.private, HERDS, world.cleo)
    accept(kept, world.cleo)
    claim = make_claim(world.private, SMALL, world.cleo)
    one_window(claim, kept)
    merge(claim, Claim.objects.get(pk=kept.pk), world.cleo)
    monkeypatch.setattr("reader.pages.jobs.BATCH", 1)

    leave(world.cleo)
    forget.func(world.cleo.pk)

    assert not Claim.objects.exists()
    assert not Article.objects.filter(pk=world.private.pk).exists()


def test_a_private_note_of_theirs_is_no_longer_mentioned_anywhere(world: World) -> None:
    mark = make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)
    note = write_note(mark, "@ben @vera", world.cleo)

    leave(world.vera)

    assert set(note.mentions.values_list("person__handle", flat=True)) == {"ben"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway")
@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_once_one_stays() -> None:
    world = make_world()
    Membership.objects.filter(user=world.ben).update(role="owner")
    make_person("Root", is_superuser=True)
    told: list[str] = []

    def go(person: User) -> None:
        try:
            leave(person)
        except StillNeeded as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(person,)) for person in (world.ada, world.ben)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 1


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    assert client.get(ADDRESS).status_code == 302


def test_an_invitation_that_they_gave_is_taken_back(world: World) -> None:
    invitation, _ = invite(world.foundry, "viewer", world.ben, days=7)

    leave(world.ben)

    assert not is_open(invitation)
    assert Event.objects.filter(verb="revoked", team=world.foundry).exists()


def test_an_owner_who_was_locked_out_is_no_other_owner(world: World) -> None:
    Membership.objects.filter(user=world.ben).update(role="owner")
    User.objects.filter(pk=world.ben.pk).update(is_active=False)

    assert farewell_of(world.ada).obstacles[0].startswith("You are the only owner of the team Foundry.")
