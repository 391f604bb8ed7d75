"""Finding a claim again: by words, by its number, or by what a passage says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from reader.claims.models import Claim
from reader.claims.queries import LINE, listed_claims, said_rows, standing_statements
from reader.core.access import may_annotate
from reader.highlights.models import Anchor
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: So many are offered, of so many of the newest that have a word in common with the passage.
OFFERED, LOOKED_AT = 8, 200
#: SQLite refuses to look for a pattern of fifty thousand characters.
LONGEST = 200
#: Of a passage the longest words tell what it is about.
TELLING, SHORTEST = 6, 4
PLACED = (Anchor.State.ANCHORED, Anchor.State.MOVED)
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"(?:.*/claims/|#)?(\d{1,18})/?(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as it is offered to whoever looks for it."""

    claim: Claim
    speakers: str

    @property
    def pk(self) -> int:
        return self.claim.pk


def number_in(typed: str) -> int:
    """The claim's number in what was typed or pasted; 0, which no claim has, where there is none."""
    found = NUMBER.fullmatch(typed.strip()[:LONGEST])
    return int(found[1]) if found else 0


def claims_like(user: "AnyUser", typed: str, quote: str = "") -> list[Claim]:
    """The claims that `user` may add to and that hold all that was typed; with nothing typed, those like the quote."""
    if number := number_in(typed):
        return addable(user, listed_claims(user).filter(pk=number))
    if WORD.search(cleaned(typed)):
        return addable(user, claims_holding(user, typed))
    return claims_about(user, quote)


def claims_of_passage(user: "AnyUser", revision_id: int, start: int, end: int) -> list[Claim]:
    """The claims that others made of exactly these words of a text and that `user` may add to."""
    said = standing_statements(user).filter(
        claim=OuterRef("pk"),
        highlight__anchors__revision=revision_id,
        highlight__anchors__start=start,
        highlight__anchors__end=end,
    )
    theirs = listed_claims(user).filter(Exists(said.exclude(highlight__owner_id=user.pk))).order_by("pk")
    return addable(user, theirs)


def stated_within(user: "AnyUser", revision_id: int, start: int, end: int) -> list[tuple[Claim, str]]:
    """The claims that marks of others state which share words with these, as far as `user` may add to them; each with
    the name of who marked first.
    """
    said = standing_statements(user).filter(
        highlight__anchors__revision=revision_id,
        highlight__anchors__start__lt=end,
        highlight__anchors__end__gt=start,
        highlight__anchors__state__in=PLACED,
    )
    theirs = said.exclude(highlight__owner_id=user.pk).order_by("-highlight")
    first = dict(theirs.values_list("claim", "highlight__owner__name"))
    claims = addable(user, listed_claims(user).filter(pk__in=first)) if first else []
    return [(claim, first[claim.pk]) for claim in claims]


def made_here(user: "AnyUser", revision_id: int, start: int, end: int) -> str:
    """Those claims by their numbers, for a form to keep; never empty."""
    return ",".join(["0", *(str(claim.pk) for claim in claims_of_passage(user, revision_id, start, end))])


def claims_named(user: "AnyUser", typed: str) -> "QuerySet[Claim]":
    """The claim of this number or address; or those that hold all that was typed, the newest first."""
    if number := number_in(typed):
        return listed_claims(user).filter(pk=number)
    return claims_holding(user, typed).order_by("-pk") if WORD.search(cleaned(typed)) else Claim.objects.none()


def claims_holding(user: "AnyUser", typed: str) -> "QuerySet[Claim]":
    words = WORD.findall(cleaned(typed))[:TELLING]
    return listed_claims(user).filter(*(Q(statement__icontains=word) for word in words))


def claims_about(user: "AnyUser", quote: str) -> list[Claim]:
    """The claims that share the most of the long words of a passage."""
    words = sorted({word for word in WORD.findall(cleaned(quote)) if len(word) >= SHORTEST}, key=len)[-TELLING:]
    if not words:
        return []
    holding = reduce(or_, (Q(statement__icontains=word) for word in words))
    found = addable(user, listed_claims(user).filter(holding), LOOKED_AT)
    shared = {claim.pk: sum(word in fold(claim.statement) for word in words) for claim in found}
    enough = min(2, len(words))
    alike = [claim for claim in found if shared[claim.pk] >= enough]
    return sorted(alike, key=lambda claim: -shared[claim.pk])[:OFFERED]


def cleaned(text: str) -> str:
    return fold(text[:LONGEST].replace("\x00", ""))


def addable(user: "AnyUser", claims: "QuerySet[Claim]", most: int = OFFERED) -> list[Claim]:
    """The newest of these on which `user` may write."""
    rows = claims.only(*LINE, "owner", "team", "visibility").order_by("-pk")[:most]
    return [claim for claim in rows if may_annotate(user, claim)]


def with_speakers(claims: Sequence[Claim], user: "AnyUser") -> list[Found]:
    """What tells two claims of one wording apart: who said them, as far as `user` may know."""
    speakers: dict[int, dict[str, None]] = {}
    for row in said_rows(claims, user):
        if row.speaker:
            speakers.setdefault(row.claim_id, {})[row.speaker] = None
    return [Found(claim, ", ".join(speakers.get(claim.pk, {}))) for claim in claims]
