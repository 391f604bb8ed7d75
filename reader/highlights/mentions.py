"""Who can be called into a note with `@`, and who is."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Lower

from reader.accounts.models import User
from reader.accounts.queries import readers_of, teammates_of
from reader.core.markdown import handles_called, handles_mentioned, render_note
from reader.core.visibility import InScope, Visibility

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: More names than that are not looked through.
MOST_OFFERED = 8
#: No name is longer, and a database refuses to look for a pattern of any length.
LONGEST_TYPED = 80


def mentionable(by: "AnyUser", note: InScope) -> QuerySet[User]:
    """Those whom `by` may call into a note of this scope: people of a team of theirs who may read it.

    Anybody else is to them like nobody, found by the same query and written as the same plain text. Who is in a team
    that they are not in, or not any more, is nothing that they may ask.
    """
    if note.visibility == Visibility.TEAM and not (by.is_authenticated and note.team_id in by.roles):
        return User.objects.none()
    return teammates_of(by).filter(readers_of(note))


def render_with_mentions(
    body: str, note: InScope, by: "User", kept: "QuerySet[Any, Any] | None" = None
) -> tuple[str, list[User]]:
    """The note's HTML, and whom it calls in; whoever is called in already (`kept`) may stay, whoever rewrites it.

    Call it before the transaction that saves them too: a long note takes longer to read than a hundred to write, and in
    the transaction all other writers would wait.
    """
    called = handles_called(body)
    if not called:
        return render_note(body), []
    there = User.objects.filter(pk__in=kept) if kept is not None else User.objects.none()
    allowed = Q(pk__in=mentionable(by, note).values("pk")) | Q(pk__in=there.filter(readers_of(note)).values("pk"))
    people = {str(one.handle): one for one in User.objects.filter(allowed, handle__in=called)}
    html = render_note(body, people)
    mentioned = handles_mentioned(html)
    return html, [one for handle, one in people.items() if handle in mentioned]


def offered(by: "AnyUser", note: InScope, typed: str) -> list[tuple[str, str]]:
    """Handles and names that begin with what is typed behind the `@`, or have a word that does; by name."""
    start = typed.replace("\x00", "")[:LONGEST_TYPED].casefold()
    people = mentionable(by, note).annotate(called=Concat(Value(" "), Lower("name")))
    if start:
        people = people.filter(Q(handle__startswith=start) | Q(called__contains=f" {start}"))
    named = people.exclude(handle=None).order_by("name", "pk").values_list("handle", "name")
    return [(str(handle), name) for handle, name in named[:MOST_OFFERED]]
