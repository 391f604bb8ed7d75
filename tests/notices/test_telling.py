"""Whom a note concerns, and who is told of it once."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from reader.accounts.models import Membership
from reader.highlights.models import Note
from reader.notices.models import Kind, Notice
from reader.notices.telling import notify
from reader.pages.noting import rewrite, write
from tests.claims.predictions import make_claim
from tests.notices.telling import invite, mention_ben, recipients, team_mark
from tests.pages.asking import marks_of
from tests.world import World


def test_a_mention_is_told(world: World) -> None:
    notice = mention_ben(world)

    assert (notice.kind, notice.actor, notice.read_at, notice.mailed_at) == (Kind.MENTION, world.cleo, None, None)


def test_it_comes_with_a_note_of_every_door(cleo: Client, world: World) -> None:
    mark = team_mark(world)
    cleo.post(f"/highlights/{mark.pk}/notes/", {"body": "@ben on a mark"})
    cleo.post(f"{world.shared.get_absolute_url()}notes/", {"body": "@ben on the piece"})
    said = {"exact": "small models", "kind": "prediction", "note": "@ben at once", "statement": "They matter."}
    cleo.post(marks_of(world.shared), said | {"audience": f"team-{world.foundry.pk}"})
    claim = world.shared.highlights.get(kind="prediction").statements.get().claim
    cleo.post(f"/claims/{claim.pk}/notes/", {"body": "@ben on a claim"})

    assert Notice.objects.filter(recipient=world.ben, kind=Kind.MENTION).count() == 4


def test_the_writer_of_the_note_is_told_of_a_reply(world: World) -> None:
    first = write(team_mark(world), "First.", world.cleo)

    reply = write(first.highlight, "Reply.", world.ben, first)  # type: ignore[arg-type]  # it is on a mark

    assert recipients(reply, Kind.REPLY) == {"cleo"}


def test_those_who_replied_before_are_told_too(world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First.", world.cleo)
    write(mark, "Reply.", world.ben, first)

    answer = write(mark, "And back.", world.cleo, first)
    third = write(mark, "Me too.", world.ada, first)

    assert recipients(answer, Kind.REPLY) == {"ben"}
    assert recipients(third, Kind.REPLY) == {"ben", "cleo"}


def test_a_reply_that_mentions_is_one_notice(world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First.", world.cleo)

    reply = write(mark, "@cleo, no.", world.ben, first)

    assert recipients(reply, Kind.MENTION) == {"cleo"}
    assert recipients(reply, Kind.REPLY) == set()


def test_nobody_is_told_of_what_they_did_themselves(world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First, @cleo.", world.cleo)
    write(mark, "Second.", world.cleo, first)

    assert not Notice.objects.exists()


def test_rewriting_a_note_does_not_tell_again(world: World) -> None:
    note = write(team_mark(world), "@ben", world.cleo)

    for version, body in enumerate(["@ben, once more", "nobody", "@ben after all"], 1):
        rewrite(note, body, version, world.cleo)

    assert Notice.objects.count() == 1


def test_rewriting_tells_those_who_are_new(world: World) -> None:
    note = write(team_mark(world), "@ben", world.cleo)

    rewrite(note, "@ben @ada", 1, world.cleo)

    assert recipients(note, Kind.MENTION) == {"ben", "ada"}


def test_a_curator_who_corrects_a_reply_replies_to_nobody(world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First.", world.cleo)
    reply = write(mark, "Reply.", world.vera, first)
    Notice.objects.all().delete()

    rewrite(reply, "Corrected.", 1, world.ben)

    assert not Notice.objects.exists()


def test_a_note_sent_twice_tells_once(cleo: Client, world: World) -> None:
    mark = team_mark(world)
    for _ in range(2):
        cleo.post(f"/highlights/{mark.pk}/notes/", {"body": "@ben"})

    assert Notice.objects.count() == 1


def test_who_left_the_team_is_not_told_of_replies(world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First.", world.cleo)
    write(mark, "Reply.", world.vera, first)
    Membership.objects.filter(user=world.vera).delete()
    Notice.objects.all().delete()

    reply = write(mark, "Another.", world.ben, first)

    assert recipients(reply, Kind.REPLY) == {"cleo"}


def test_the_notice_and_its_cause_stand_or_fall_together(world: World) -> None:
    mark = team_mark(world)
    with transaction.atomic():
        write(mark, "@ben", world.cleo)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not Note.objects.exists()


def test_an_invitation_is_told_once(world: World) -> None:
    notice = invite(world.ben, world)

    notify(world.ben, Kind.INVITATION, notice.key, world.dov, invitation=notice.invitation)

    assert notice.leads_to == f"/teams/invitations/{notice.invitation_id}/"
    assert Notice.objects.get() == notice


def test_a_former_member_is_told_nothing(world: World) -> None:
    claim = make_claim(world.public, "Prices fall by half", world.dov, "public")
    world.dov.is_active = False
    notify(world.dov, Kind.DUE, "claim-1", claim=claim)

    assert not Notice.objects.exists()


def test_the_database_refuses_the_same_thing_twice(world: World) -> None:
    told = invite(world.ben, world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            recipient=world.ben, kind=Kind.INVITATION, key=told.key, invitation=told.invitation, actor=world.dov
        )


def test_the_database_refuses_a_notice_about_nothing(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(recipient=world.dov, kind=Kind.MENTION, key="nothing")
