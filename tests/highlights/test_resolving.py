import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from reader.accounts.models import Membership, Role
from reader.core.models import Event
from reader.highlights.models import Highlight, Note, write_note
from tests.conftest import signed_in
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, make_person

STATES = ["resolution", "reopening"]


@pytest.fixture
def note(world: World) -> Note:
    """The beginning of a thread of Cleo's, on words that Ada marked."""
    mark = make_highlight(world.shared, "2024 will be the year", world.ada, visibility="team", team=world.foundry)
    return write_note(mark, "Which year?", world.cleo)


@pytest.fixture
def reply(note: Note, world: World) -> Note:
    assert note.highlight
    return write_note(note.highlight, "That one.", world.ben, parent=note)


def test_it_works(cleo: Client, note: Note, reply: Note, world: World) -> None:
    assert cleo.post(f"/notes/{note.pk}/resolution/").status_code == 303

    note.refresh_from_db()
    page = cleo.get(world.shared.get_absolute_url()).content.decode()
    assert note.resolved_by == world.cleo
    assert Event.objects.latest("id").verb == "resolved"
    assert f'<details class="resolved" id="thread-{note.pk}"><summary>' in page
    assert "<span>Resolved by Cleo</span><span>2 notes</span>" in page
    assert f'action="/notes/{note.pk}/reopening/"' in page


def test_it_can_be_opened_again(cleo: Client, ben: Client, note: Note, world: World) -> None:
    cleo.post(f"/notes/{note.pk}/resolution/")
    ben.post(f"/notes/{note.pk}/reopening/")

    note.refresh_from_db()
    assert (note.resolved_at, note.resolved_by) == (None, None)
    assert "Resolved by" not in cleo.get(world.shared.get_absolute_url()).content.decode()


def test_twice_is_once(cleo: Client, ben: Client, note: Note, world: World) -> None:
    for client in (cleo, ben):
        assert client.post(f"/notes/{note.pk}/resolution/").status_code == 303

    note.refresh_from_db()
    assert note.resolved_by == world.cleo
    assert Event.objects.filter(verb="resolved").count() == 1


@pytest.mark.parametrize("state", STATES)
def test_it_answers_fragment(cleo: Client, note: Note, state: str) -> None:
    page = cleo.post(f"/notes/{note.pk}/{state}/", headers=FRAGMENT).content.decode()

    assert page.startswith('<hx-partial hx-target="#cards" hx-swap="place">')


@pytest.mark.parametrize("state", STATES)
def test_without_a_script_a_page_asks_first(cleo: Client, note: Note, state: str) -> None:
    page = cleo.get(f"/notes/{note.pk}/{state}/").content.decode()

    assert "Which year?" in page
    assert '<form method="post">' in page


@pytest.mark.parametrize("state", STATES)
def test_only_a_thread_is_resolved(cleo: Client, reply: Note, state: str) -> None:
    assert cleo.post(f"/notes/{reply.pk}/{state}/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=reply.pk).update(resolved_at=timezone.now())


@pytest.mark.parametrize("state", STATES)
def test_it_checks_ownership(vera: Client, note: Note, state: str) -> None:
    assert vera.post(f"/notes/{note.pk}/{state}/").status_code == 403


def settle_all(note: Note, *clients: Client) -> list[int]:
    return [client.post(f"/notes/{note.pk}/{state}/").status_code for client in clients for state in STATES]


def test_who_began_it_who_marked_the_words_and_who_curates_may(
    world: World, note: Note, reply: Note, ada: Client, ben: Client, cleo: Client
) -> None:
    mate = make_person("Mo")
    Membership.objects.create(team=world.foundry, user=mate, role=Role.MEMBER)
    address = world.shared.get_absolute_url()

    assert settle_all(note, ada, ben, cleo) == [303] * 6
    assert settle_all(note, signed_in(mate)) == [403] * 2
    assert f"/notes/{note.pk}/resolution/" in cleo.get(address).content.decode()
    assert f"/notes/{note.pk}/resolution/" not in signed_in(mate).get(address).content.decode()


def test_a_public_thread_is_not_everybodys(world: World, dov: Client, vera: Client, cleo: Client, ben: Client) -> None:
    mark = make_highlight(world.public, "2024 will be the year", world.vera, visibility="public")
    note = write_note(mark, "Which year?", world.cleo)

    assert settle_all(note, dov) == [403] * 2
    assert dov.get(f"/notes/{note.pk}/resolution/").status_code == 403
    assert settle_all(note, vera, cleo, ben) == [303] * 6


def test_a_viewer_closes_no_thread_that_they_began_as_a_member(world: World, note: Note, cleo: Client) -> None:
    Membership.objects.filter(user=world.cleo).update(role=Role.VIEWER)

    assert settle_all(note, cleo) == [403] * 2


@pytest.mark.parametrize("state", STATES)
def test_it_handles_missing(dov: Client, cleo: Client, note: Note, world: World, state: str) -> None:
    assert dov.post(f"/notes/{note.pk}/{state}/").status_code == 404
    assert dov.post(f"/notes/4711/{state}/").status_code == 404
    note.delete_by(world.ada)
    assert cleo.post(f"/notes/{note.pk}/{state}/").status_code == 404


def test_a_thread_under_the_piece_is_resolved_too(cleo: Client, world: World) -> None:
    note = write_note(world.shared, "On all of it.", world.cleo)

    page = cleo.post(f"/notes/{note.pk}/resolution/", headers=FRAGMENT).content.decode()

    assert "Resolved by Cleo" in page
    assert '<hx-partial hx-target="#article-notes"' in page


def test_what_is_resolved_can_still_be_answered(ben: Client, note: Note, world: World) -> None:
    note.resolve(world.ada)

    ben.post(f"/notes/{note.pk}/replies/", {"body": "One more thing."})

    assert Note.objects.filter(parent=note).count() == 1
    assert Highlight.objects.count() == 1
