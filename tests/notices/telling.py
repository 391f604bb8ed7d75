"""Notices as they come about, for tests."""

from reader.accounts.addresses import vouch_for
from reader.accounts.models import Role, User
from reader.highlights.models import Highlight, Note
from reader.notices.models import Kind, Notice
from reader.pages.inviting import invite_by_mail
from reader.pages.noting import write
from tests.world import World, make_highlight


def team_mark(world: World) -> Highlight:
    """A mark of Cleo's that the Foundry sees."""
    exact = "2024 will be the year"
    return make_highlight(world.shared, exact, world.cleo, visibility="team", team=world.foundry)


def mention_ben(world: World, body: str = "What do you say, @ben?") -> Notice:
    note = write(team_mark(world), body, world.cleo)
    return Notice.objects.get(note=note, recipient=world.ben)


def many(world: World, count: int) -> None:
    """Ben is mentioned often."""
    mark = team_mark(world)
    for number in range(count):
        write(mark, f"@ben, the {number}th time.", world.cleo)


def invite(recipient: User, world: World) -> Notice:
    """Dov invites somebody into Harbour."""
    vouch_for(recipient)
    letter = invite_by_mail(world.harbour, Role.MEMBER, world.dov, days=7, email=recipient.email)
    return Notice.objects.get(recipient=recipient, invitation=letter)


def recipients(note: Note, kind: Kind) -> set[str | None]:
    return set(Notice.objects.filter(note=note, kind=kind).values_list("recipient__handle", flat=True))
