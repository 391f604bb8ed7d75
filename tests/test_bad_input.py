"""What readers are told who ask together for what cannot be: one clear sentence, and nothing is half done."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from reader.accounts.addresses import vouch_for
from reader.accounts.inviting import invite
from reader.accounts.models import Invitation, Membership, Role, User
from reader.claims.models import Claim
from reader.core import limits
from reader.core.limits import Deed, Limit
from reader.core.models import Event
from reader.curation.claim_rulings import merge
from reader.curation.models import Decision
from reader.highlights.models import Mention, Note, write_note
from reader.pages.inviting import invite_by_mail
from reader.tags.models import Tag
from tests.claims.predictions import one_window
from tests.conftest import signed_in
from tests.curation.desk import accepted
from tests.curation.test_tags import public_tag
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight

#: Who sends what where.
Sent = tuple[User, str, dict[str, Any]]
Ask = Callable[[World], Sent]


def by_a_link(world: World, **changes: object) -> Sent:
    _, token = invite(world.foundry, Role.MEMBER, world.ada, days=7)
    Invitation.objects.update(**changes)
    return world.dov, f"/invitations/{token}/", {}


def an_expired_invitation(world: World) -> Sent:
    return by_a_link(world, expires_at=timezone.now() - timedelta(seconds=1))


def a_used_invitation(world: World) -> Sent:
    return by_a_link(world, uses=1)


def an_invitation_that_was_taken_back(world: World) -> Sent:
    return by_a_link(world, revoked_at=timezone.now())


def somebody_elses_letter(world: World) -> Sent:
    return by_a_link(world, email="eda@example.org")


def what_somebody_else_was_told(world: World) -> Sent:
    vouch_for(world.ben)
    letter = invite_by_mail(world.harbour, Role.MEMBER, world.dov, days=7, email=world.ben.email)
    return world.cleo, f"/teams/invitations/{letter.pk}/", {}


def a_tag_into_itself(world: World) -> Sent:
    tag = public_tag(world, "open models")
    return world.ben, f"/desk/tags/{tag.pk}/merging/", {"into-name": tag.name}


def a_claim_into_itself(world: World) -> Sent:
    claim = accepted(world)
    return world.ben, f"/desk/claims/{claim.pk}/merging/", {"into": claim.pk}


def claims_in_a_circle(world: World) -> Sent:
    one, other = accepted(world), accepted(world, "Prices fall by half within eighteen months")
    one_window(one, other)
    merge(one, other, world.ben)
    return world.ben, f"/desk/claims/{other.pk}/merging/", {"into": one.pk}


def the_only_owner_as_a_member(world: World) -> Sent:
    ada = world.foundry.memberships.get(user=world.ada)
    return world.ada, f"/teams/foundry/members/{ada.pk}/", {"role": "member"}


def the_only_owner_leaving(world: World) -> Sent:
    return world.ada, "/teams/foundry/departure/", {}


def a_reply_to_a_deleted_note(world: World) -> Sent:
    note = write_note(world.shared, "First.", world.ada)
    note.delete_by(world.ada)
    return world.cleo, f"/notes/{note.pk}/replies/", {"body": "But why?"}


def a_flood_of_notes(world: World) -> Sent:
    cleo, address = signed_in(world.cleo), f"{world.shared.get_absolute_url()}notes/"
    for number in range(3):
        assert cleo.post(address, {"body": f"Note {number}."}).status_code == 303
    return world.cleo, address, {"body": "One too many."}


def a_flood_of_invitations(world: World) -> Sent:
    ada, letter = signed_in(world.ada), {"role": "member", "days": "7"}
    for number in range(3):
        assert ada.post("/teams/foundry/invitations/", letter | {"email": f"x{number}@example.org"}).status_code == 303
    return world.ada, "/teams/foundry/invitations/", letter | {"email": "one@example.org"}


NOTHING_OPEN = "This invitation opens nothing"
ONLY_OWNER = "You are the only owner of Foundry, and a team needs one."
ASKED: list[tuple[Ask, int, str]] = [
    (an_expired_invitation, 404, NOTHING_OPEN),
    (a_used_invitation, 404, NOTHING_OPEN),
    (an_invitation_that_was_taken_back, 404, NOTHING_OPEN),
    (somebody_elses_letter, 404, NOTHING_OPEN),
    (what_somebody_else_was_told, 404, NOTHING_OPEN),
    (a_tag_into_itself, 409, "A tag can’t be merged into itself."),
    (a_claim_into_itself, 409, "A claim can’t be merged into itself."),
    (claims_in_a_circle, 409, "That claim was merged into this one already."),
    (the_only_owner_as_a_member, 422, ONLY_OWNER),
    (the_only_owner_leaving, 422, ONLY_OWNER),
    (a_reply_to_a_deleted_note, 409, "The note you answer was deleted meanwhile. Nothing was saved;"),
    (a_flood_of_notes, 429, "More than 3 notes in 60 minutes do not go through. Nothing is lost: wait "),
    (a_flood_of_invitations, 429, "More than 3 invitations by mail in 60 minutes do not go through."),
]


def kept() -> list[object]:
    """All that such a request could change, and the log, which would tell of it."""
    models = (Membership, Tag, Claim, Note, Mention, Decision, Event, Invitation)
    memberships = list(Membership.objects.order_by("pk").values_list("pk", "role"))
    return [memberships, *(model._default_manager.count() for model in models)]


@pytest.mark.parametrize(("ask", "status", "sentence"), ASKED, ids=[ask.__name__ for ask, _, _ in ASKED])
def test_it_is_refused_with_one_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, ask: Ask, status: int, sentence: str
) -> None:
    monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(Deed, Limit(3, timedelta(hours=1))))
    who, address, said = ask(world)
    before = kept()

    answer = signed_in(who).post(address, said)

    assert answer.status_code == status
    assert unescape(answer.content.decode()).count(sentence) == 1
    assert ("Retry-After" in answer.headers) == (status == 429)
    assert kept() == before


@pytest.mark.parametrize("handle", ["dov", "no-such-person"])
def test_a_mention_of_somebody_outside_is_plain_text_like_one_of_nobody(world: World, handle: str) -> None:
    mark = make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)
    cleo = signed_in(world.cleo)

    answer = cleo.post(f"/highlights/{mark.pk}/notes/", {"body": f"Ask @{handle}."}, headers=FRAGMENT)

    assert answer.status_code == 200
    assert Note.objects.get().html == f"<p>Ask @{handle}.</p>"
    assert not Mention.objects.exists()
    assert answer.content.decode().replace(handle, "…").count("…") == 1
