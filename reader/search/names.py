"""The filters of a question, as what records say: only of names that the reader may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from reader.accounts.models import Team
from reader.core.prepared import prepared
from reader.search.days import are_whole_months, facets_between
from reader.search.documents import of_author, of_kind, of_publication, of_tag
from reader.search.engine import Ask, engine
from reader.search.folding import phrase_of, words_of
from reader.search.language import Query, Term, begins_words, day_of, shortened
from reader.search.models import Kind, SearchRecord

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: Of so many names that fit, all are meant.
MOST_NAMES = 50
FACET_OF = {
    "tag": (Kind.TAG, of_tag),
    "author": (Kind.PERSON, of_author),
    "publication": (Kind.PUBLICATION, of_publication),
}
NOUNS = {"tag": "tag", "author": "author or speaker", "publication": "publication"}


@dataclass(slots=True)
class Narrowing:
    """What a record must say, what its columns must hold, and what there is to say of filters that lead nowhere."""

    audience: Sequence[str]
    facets: list[Sequence[str]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    columns: Q = field(default_factory=Q)
    hints: list[str] = field(default_factory=list)
    leads_nowhere: bool = False

    def fail(self, hint: str) -> None:
        self.hints.append(hint)
        self.leads_nowhere = True


def narrowing_of(query: Query, user: "AnyUser", today: date) -> Narrowing:
    found = Narrowing(audience(user))
    if kinds := query.values("kind"):
        found.facets.append([of_kind(kind) for kind in kinds])
    if phases := query.values("phase"):
        found.facets.append([of_kind(Kind.CLAIM)])
        in_one = Q()
        for phase in phases:
            in_one |= in_phase(phase, today)
        found.columns &= in_one
    narrow_days(found, query)
    for name, value in query.filters:
        narrow(found, name, value, user)
    for name, value in query.not_filters:
        leave_out(found, name, value, user, today)
    return found


def audience(user: "AnyUser") -> list[str]:
    """What records say that `user` may see: a database skips the others. The columns decide all the same."""
    if not user.is_authenticated:
        return ["vpublic"]
    return ["vpublic", f"o{user.pk}", *(f"vt{team}" for team in sorted(user.team_ids))]


def narrow(found: Narrowing, name: str, value: str, user: "AnyUser") -> None:
    match name:
        case "tag" | "author" | "publication":
            if facets := facets_named(name, value, user):
                found.facets.append(facets)
            else:
                found.fail(f"No {NOUNS[name]} that you may see is called “{shortened(value)}”.")
        case "by":
            if user.is_authenticated:
                found.facets.append([f"o{user.pk}"])
            else:
                found.fail("by:me works once you are signed in.")
        case "team":
            if teams := teams_named(value, user):
                found.facets.append([f"vt{pk}" for pk in teams])
            else:
                found.fail(f"You are in no team called “{shortened(value)}”.")


def narrow_days(found: Narrowing, query: Query) -> None:
    """By the months, for a database to skip the rest; to the day where it is asked for."""
    first = max(filter(None, map(day_of, query.values("after"))), default=None)
    behind = min(filter(None, map(day_of, query.values("before"))), default=None)
    if first is None and behind is None:
        return
    facets = facets_between(first, behind)
    found.leads_nowhere = found.leads_nowhere or not facets
    found.facets.append(facets)
    if not are_whole_months(first, behind):
        found.columns &= (Q(day__gte=first) if first else Q()) & (Q(day__lt=behind) if behind else Q())


def leave_out(found: Narrowing, name: str, value: str, user: "AnyUser", today: date) -> None:
    """What must not be so; a name that there is not leaves nothing out."""
    match name:
        case "tag" | "author" | "publication":
            found.without += facets_named(name, value, user)
        case "kind":
            found.without.append(of_kind(value))
        case "phase":
            found.columns &= ~(Q(kind=Kind.CLAIM) & in_phase(value, today))
        case "by":
            found.without += [f"o{user.pk}"] if user.is_authenticated else []
        case "team":
            found.without += [f"vt{pk}" for pk in teams_named(value, user)]


def facets_named(name: str, value: str, user: "AnyUser") -> list[str]:
    """Those of this very name, or else those that have its words in theirs, or else those in which they begin so."""
    kind, facet = FACET_OF[name]
    words = tuple(phrase_of(value))
    if not words:
        return []
    named = names_with(Term(words), kind, user, MOST_NAMES)
    if not named and begins_words(words[-1]):
        named = names_with(Term(words, is_prefix=True), kind, user, MOST_NAMES)
    exactly = words_of(value)
    chosen = [pk for pk, words in named if words_of(words) == exactly] or [pk for pk, _ in named]
    return [facet(pk) for pk in chosen]


def names_with(term: Term | None, kind: str, user: "AnyUser", most: int) -> list[tuple[int, str]]:
    """The newest so many names that say so, as far as `user` may see them."""
    ask = Ask([term] if term else [], facets=[[of_kind(kind)]], in_title=term is not None)
    return name_fields(most)(user, kind, engine().expression(ask))


@cache
def name_fields(most: int) -> Callable[..., list[tuple[int, str]]]:
    """The query for so many names, which the ORM compiles once."""

    @prepared
    def fields(user: "AnyUser", kind: str, expression: str) -> "QuerySet[Any, Any]":
        rows = engine().matching(SearchRecord.objects.visible_to(user).filter(kind=kind), expression)
        return rows.values_list("object_id", "name")[:most]

    return fields


def teams_named(value: str, user: "AnyUser") -> list[int]:
    """My teams of this name; those of others are none of mine to know of."""
    if not user.is_authenticated:
        return []
    wanted, mine = words_of(value), teams_of(user)
    called = [pk for pk, name, slug in mine if wanted in (words_of(name), words_of(slug))]
    return called or [pk for pk, name, _ in mine if goes_on_as(phrase_of(value), words_of(name))]


def teams_of(user: "AnyUser") -> list[tuple[int, str, str]]:
    mine = Team.objects.filter(pk__in=user.team_ids) if user.is_authenticated else Team.objects.none()
    return list(mine.order_by("name", "pk").values_list("pk", "name", "slug"))


def goes_on_as(begun: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words of a name stand so one after the other; the last may go on."""
    *whole, last = begun or [""]
    return bool(begun) and any(
        [*words[at : at + len(whole)]] == whole and words[at + len(whole)].startswith(last)
        for at in range(len(words) - len(whole))
    )


def in_phase(phase: str, today: date) -> Q:
    """What `claims.models.phase_of` computes, of the columns of a record (a test holds the two together)."""
    match phase:
        case "disputed":
            return Q(dispute__isnull=False)
        case "judged":
            return Q(verdict__isnull=False, dispute=None)
        case "undated":
            in_time = Q(window_start=None)
        case "upcoming":
            in_time = Q(window_start__gt=today)
        case "live":
            in_time = Q(window_start__lte=today) & (Q(window_end=None) | Q(window_end__gte=today))
        case _:
            in_time = Q(window_end__lt=today)
    return in_time & Q(verdict=None, dispute=None)
