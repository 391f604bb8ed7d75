"""Whoever proposed a claim or wrote a note is told what a curator decided on it."""

import pytest
from django.test import Client
from django.utils import timezone

from reader.claims.models import Claim
from reader.curation.claim_rulings import accept, reject, send_back
from reader.curation.deciding import undo
from reader.curation.models import Decision
from reader.curation.note_rulings import hide, let_stand
from reader.highlights.models import Note, write_note
from reader.notices.models import Kind, Notice
from reader.notices.wording import sentence
from tests.claims.predictions import make_claim
from tests.world import World, make_highlight

QUOTE = "Nobody trains from scratch before 2030"


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(world.public, QUOTE, world.cleo, "public")


@pytest.fixture
def note(world: World) -> Note:
    return write_note(make_highlight(world.public, "everything", world.cleo, visibility="public"), "Fools.", world.cleo)


def told() -> list[tuple[str, str]]:
    return [(notice.recipient.name, sentence(notice)) for notice in Notice.objects.order_by("pk")]


def test_it_works(world: World, claim: Claim, note: Note, cleo: Client) -> None:
    send_back(claim, world.ben, question="By when?")
    hide(note, world.ben, reason="Rude.")

    said = [f"Ben has a question about your claim “{claim}”", f"Ben hid your note on “{world.public.title}”"]
    assert told() == [("Cleo", one) for one in said]
    page = cleo.get("/notices/").content.decode()
    assert all(one in page for one in said)
    for notice in Notice.objects.all():
        assert cleo.get(notice.get_absolute_url(), follow=True).status_code == 200


def test_it_says_why_and_at_what_time(world: World, claim: Claim, note: Note, cleo: Client) -> None:
    send_back(claim, world.ben, question="By when?")
    hide(note, world.ben, reason="It calls people names.")

    page = cleo.get("/notices/").content.decode()

    assert "By when?" in page
    assert "It calls people names." in page
    assert "Fools." not in page
    for notice in Notice.objects.all():
        assert f"{timezone.localtime(notice.created_at):%H:%M}</time>" in page


def test_a_question_that_was_answered_is_repeated_no_more(world: World, claim: Claim, cleo: Client) -> None:
    send_back(claim, world.ben, question="By when?")
    Claim.objects.filter(pk=claim.pk).update(state="proposed")

    assert "By when?" not in cleo.get("/notices/").content.decode()


def test_a_second_question_is_told_again_and_each_once(world: World, claim: Claim) -> None:
    for question in ("By when?", "Says who?"):
        send_back(claim, world.ben, question=question)
        Claim.objects.filter(pk=claim.pk).update(state="proposed")

    assert len(set(Notice.objects.values_list("key", flat=True))) == len(told()) == 2


def test_an_undone_decision_is_told_no_more(world: World, claim: Claim, note: Note) -> None:
    reject(claim, world.ben, reason="No.")
    hide(note, world.ben, reason="Rude.")
    assert told()[0] == ("Cleo", f"Ben rejected your claim “{claim}”")

    for decision in Decision.objects.order_by("pk"):
        undo(decision, world.ben)

    assert told() == []


def test_what_leaves_them_nothing_to_do_is_not_told(world: World, claim: Claim, note: Note) -> None:
    accept(claim, world.ben)
    note.flags.create(by=world.dov, kind="abuse")
    let_stand(note, world.ben)

    assert told() == []


def test_nobody_is_told_what_they_decided_themselves(world: World) -> None:
    reject(make_claim(world.public, QUOTE, world.ben, "public"), world.ben, reason="My mistake.")

    assert told() == []


def test_it_comes_by_the_post_that_was_chosen(cleo: Client) -> None:
    assert Kind.DECIDED.label in cleo.get("/settings/notices/").content.decode()
