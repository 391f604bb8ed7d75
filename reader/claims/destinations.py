"""Who can be chosen to see a piece or a mark, in words, and what the choice would do to what others have in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from reader.accounts.models import Membership, Team
from reader.claims.models import Claim, Statement
from reader.claims.moving import scope_for
from reader.core.access import EDITOR_ROLES, may_share_with
from reader.core.visibility import Visibility, is_within, visible_to
from reader.highlights.audiences import Audience, in_words
from reader.highlights.models import Highlight, Note
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

Thing = Article | Highlight
#: More names than these are only counted.
MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Destination:
    """A choice: who sees the things then, who these are by name, and what it means."""

    audience: Audience
    names: str
    consequence: str
    is_now: bool

    @property
    def key(self) -> str:
        return self.audience.key


def destinations(things: Sequence[Thing], mover: "User") -> list[Destination]:
    """The choices that fit all of these things, narrow to wide."""
    wanted = {*mover.roles, *(thing.team_id or 0 for thing in things)}
    names = dict(Team.objects.filter(pk__in=wanted).order_by("name", "pk").values_list("pk", "name"))
    shared: dict[str, Audience] = {}
    for number, thing in enumerate(things):
        fitting = {one.key: one for one in choices(thing, mover, names)}
        shared = {key: one for key, one in shared.items() if key in fitting} if number else fitting
    if len({thing.owner_id for thing in things}) > 1:
        shared[Visibility.PRIVATE] = Audience(Visibility.PRIVATE, None, "only those whose they are, each their own")
    return [describe(things, audience, mover) for audience in shared.values()]


def choices(thing: Thing, mover: "User", names: dict[int, str]) -> list[Audience]:
    """Where `mover`, who may change the thing, may put it; `names` are those of the teams, in order.

    Its owner decides freely, a team's curators about what is the team's; a site curator takes back what is public.
    """
    is_mine, is_teams = thing.owner_id == mover.pk, thing.visibility == Visibility.TEAM
    found = [Audience(Visibility.PRIVATE, None, "only you" if is_mine else f"only {thing.owner}, whose it is")]
    for pk, name in names.items():
        if pk == thing.team_id or ((is_mine or is_teams) and may_share_with(mover, pk)):
            found.append(Audience(Visibility.TEAM, pk, in_words(Visibility.TEAM, name)))
    found.append(Audience(Visibility.PUBLIC, None, "everyone"))
    if isinstance(thing, Article):
        return found
    return [one for one in found if is_within(scope_for(thing, one.visibility, one.team_id), thing.article)]


def describe(things: Sequence[Thing], audience: Audience, mover: "User") -> Destination:
    moved = [one for one in things if (one.visibility, one.team_id) != (audience.visibility, audience.team_id)]
    if not moved:
        return Destination(audience, names_in(audience, mover), "As it is now.", is_now=True)
    narrow = [one for one in moved if not is_within(one, scope_for(one, audience.visibility, audience.team_id))]
    widened = len(narrow) < len(moved)
    said = [WIDER[type(things[0]), len(things) > 1]] if widened else []
    if narrow:
        if any(not stays_reader(one, audience, mover) for one in narrow):
            said.append("You do not see it any more yourself.")
        said += narrowing_in_words(narrow, audience, mover)
    said += proposed_anew(things, audience, mover)
    return Destination(audience, names_in(audience, mover), " ".join(said), is_now=False)


WIDER: dict[tuple[type[Thing], bool], str] = {
    (Article, False): "The marks and notes in it are seen by those who see them now.",
    (Article, True): "The marks and notes in them are seen by those who see them now.",
    (Highlight, False): "Others’ notes on it are seen by those who see them now.",
}


def narrowing_in_words(things: Sequence[Thing], audience: Audience, mover: "User") -> list[str]:
    """What becomes of what others have in these things; of what the mover does not see, only the rule is said."""
    marks, notes, people = count_going(things, audience, mover)
    if isinstance(things[0], Highlight):
        going = f"{counted(notes, 'note')} of others on it {'goes' if notes == 1 else 'go'} to marks of their own."
        return [going] if notes else ["Nobody else’s notes that you can see are on it."]
    it, piece = ("them", "pieces") if len(things) > 1 else ("it", "piece")
    own_too = "Whatever others keep there for themselves goes with them too."
    if not people:
        return [f"Everybody whose marks and notes you see there keeps seeing {it}.", own_too]
    what = " and ".join(filter(None, [counted(marks, "mark"), counted(notes, "note")]))
    goes = "goes to a private copy" if marks + notes == 1 else "go to private copies"
    who = f"one person who no longer sees {it}" if people == 1 else f"{people} people who no longer see {it}"
    kept = "Those of the team keep theirs where they are, and the team sees them." if audience.team_id else ""
    return [f"{what} of {who} {goes} of the {piece}.", *filter(None, [kept]), own_too]


WAITS = {True: "waits", False: "wait"}


def proposed_anew(things: Sequence[Thing], audience: Audience, mover: "User") -> list[str]:
    """What other curators accepted is not accepted by those of the team to which it goes."""
    if mover.roles.get(audience.team_id or 0) in (None, *EDITOR_ROLES):
        return []
    leaving = [one.pk for one in things if one.team_id not in (None, audience.team_id)]
    if not leaving:
        return []
    where = "highlight" if isinstance(things[0], Highlight) else "highlight__article"
    stated = Statement.objects.filter(**{f"{where}__in": leaving}).values("claim")
    accepted = Claim.objects.standing().visible_to(mover).filter(visibility=Visibility.TEAM, pk__in=stated)
    count = accepted.filter(state=Claim.State.ACCEPTED).count()
    return [f"{counted(count, 'accepted claim')} {WAITS[count == 1]} for that team’s curators anew."] if count else []


def stays_reader(thing: Thing, audience: Audience, mover: "User") -> bool:
    return thing.owner_id == mover.pk or audience.team_id in mover.roles


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}" if number else ""


def count_going(things: Sequence[Thing], audience: Audience, mover: "User") -> tuple[int, int, int]:
    """How many marks and notes, of how many people, that `mover` sees have to go elsewhere."""
    ids = [thing.pk for thing in things]
    if isinstance(things[0], Highlight):
        notes = leaving(Note.objects.filter(highlight__in=ids), "highlight__", audience, mover)
        return 0, notes.count(), len(owners(notes))
    marks = leaving(Highlight.objects.filter(article__in=ids), "article__", audience, mover)
    seen = Q(highlight__article__in=ids, highlight__deleted_at=None) & visible_to(mover, "highlight__")
    on_marks = leaving(Note.objects.filter(seen), "highlight__article__", audience, mover)
    on_pieces = leaving(Note.objects.filter(article__in=ids), "article__", audience, mover)
    people = owners(marks) | owners(on_marks) | owners(on_pieces)
    return marks.count(), on_marks.count() + on_pieces.count(), len(people)


def leaving(
    rows: "QuerySet[Highlight] | QuerySet[Note]", thing: str, audience: Audience, mover: "User"
) -> QuerySet[Any]:
    """Those of these rows that `mover` sees and whose owner does not see the thing any more."""
    rows = rows.filter(visible_to(mover), deleted_at=None).exclude(owner=F(f"{thing}owner"))
    return rows.exclude(owner__in=members(audience)) if audience.team_id else rows


def owners(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("owner", flat=True).distinct())


def members(audience: Audience) -> QuerySet[Any, Any]:
    return Membership.objects.filter(team=audience.team_id).values("user")


def names_in(audience: Audience, mover: "User") -> str:
    """The people of a team by name: "you, Ben and Cleo"."""
    if not audience.team_id:
        return ""
    people = Membership.objects.filter(team=audience.team_id).exclude(user=mover).order_by("user__name")
    names = ["you"] if audience.team_id in mover.roles else []
    names += [str(one.user) for one in people.select_related("user")[:MOST_NAMES]]
    more = people.count() - MOST_NAMES
    if more > 0:
        names.append(f"{more} more")
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
