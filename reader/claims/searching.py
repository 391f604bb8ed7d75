"""What is found of claims."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reader.claims.models import Claim, Statement, phase_of
from reader.claims.queries import FELL_DUE, HIDDEN_STATES
from reader.claims.windows import window_in_words
from reader.core.models import Event
from reader.core.prepared import prepared
from reader.core.visibility import Scope, is_within, visible_to
from reader.highlights.models import Kind
from reader.highlights.searching import PLACING
from reader.library import searching as library
from reader.library.searching import ids_after, placed
from reader.search.documents import Document, Hit, of_author, of_publication, of_subjects, of_tag, unknown
from reader.search.models import Kind as Found
from reader.tags.searching import relabelled, tags_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: What is done with a claim and changes nothing that can be found of it.
HARMLESS = frozenset(
    {
        FELL_DUE,
        "looked at the crowd",
        "forecast",
        "changed a forecast",
        "withdrew a forecast",
        "assessed",
        "changed an assessment",
        "opened a round",
        "closed a round",
        "added evidence",
        "removed evidence",
        "restored evidence",
        "related",
        "unrelated",
    }
)
#: What changes a mark so that it states a claim, or no longer does.
MARKING = PLACING | {"changed kind"}


class ClaimSource:
    """A claim is found in the ledger's words by whoever sees it, as long as a standing passage states it."""

    kind = Found.CLAIM.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        stated = Statement.objects.filter(
            claim=OuterRef("pk"), highlight__deleted_at=None, highlight__kind=Kind.PREDICTION
        )
        claims = Claim.objects.standing().filter(Exists(stated), pk__in=ids).exclude(state__in=HIDDEN_STATES)
        found = list(claims)
        facets = spoken({claim.pk: claim for claim in found})
        for pk, tag in tags_of("claim", ids):
            facets[pk].append(of_tag(tag))
        for claim in found:
            yield Document(
                claim.pk,
                claim.owner_id,
                claim.team_id,
                claim.visibility,
                title=claim.statement,
                body=f"{claim.criteria}\n{claim.fine_print}",
                moment=claim.created_at,
                day=claim.created_at.date(),
                window_start=claim.window_start,
                window_end=claim.window_end,
                verdict=claim.verdict_id,
                dispute=claim.dispute_id,
                facets=facets[claim.pk],
            )

    def touched(self, events: Sequence[Event]) -> set[int]:
        about = [one for one in events if one.subject_kind == "claim" and one.verb not in HARMLESS]
        found = {one.subject_id for one in about} | {one.detail["into"] for one in about if "into" in one.detail}
        found |= relabelled(events, "claim")
        marks = {one.subject_id for one in events if one.subject_kind == "highlight" and one.verb in MARKING}
        stated = Statement.objects.order_by()
        if marks:
            found.update(stated.filter(highlight__in=marks).values_list("claim_id", flat=True))
        if pieces := placed(events):
            found.update(stated.filter(highlight__article__in=pieces).values_list("claim_id", flat=True))
        return found

    def ids_after(self, last: int, most: int) -> list[int]:
        return ids_after(Claim, last, most)

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        today = timezone.localdate()
        return {
            pk: Hit(
                f"/claims/{pk}/",
                statement,
                text=criteria,
                facts=["Claim", window_in_words(kind, start, end), phase_of(start, end, verdict, dispute, today).label],
                pencil=Kind.PREDICTION,
                visibility=seen,
            )
            for pk, statement, criteria, kind, start, end, verdict, dispute, seen in claim_fields(user, list(ids))
        }


@prepared
def claim_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return (
        Claim.objects.standing()
        .filter(visible_to(user), pk__in=ids)
        .values_list(
            "pk",
            "statement",
            "criteria",
            "window_kind",
            "window_start",
            "window_end",
            "verdict_id",
            "dispute_id",
            "visibility",
        )
    )


def spoken(claims: dict[int, Claim]) -> dict[int, list[str]]:
    """Who says each of these claims and where, as far as all know of it who see the claim.

    A public claim may be said in a team's piece too: by that speaker it is not found, or the finding would tell.
    """
    found: dict[int, dict[str, None]] = defaultdict(dict)
    said = Statement.objects.filter(claim__in=claims, highlight__deleted_at=None, highlight__kind=Kind.PREDICTION)
    rows = said.order_by("pk").values_list(
        "claim_id",
        "speaker_id",
        "highlight__article__publication_id",
        "highlight__owner_id",
        "highlight__team_id",
        "highlight__visibility",
        "highlight__article__owner_id",
        "highlight__article__team_id",
        "highlight__article__visibility",
    )
    for pk, speaker, publication, marker, marking_team, seen, owner, team, piece_seen in rows:
        mark, piece = Scope(marker, marking_team, seen), Scope(owner, team, piece_seen)
        if is_within(claims[pk], mark) and is_within(claims[pk], piece):
            names = [of_author(speaker)] if speaker else []
            found[pk].update(dict.fromkeys(names + ([of_publication(publication)] if publication else [])))
    return defaultdict(list, {pk: list(names) for pk, names in found.items()})


def speakers(events: Sequence[Event]) -> set[int]:
    """The people whom claims that were just said name for the first time."""
    claims = of_subjects(events, "claim", HARMLESS)
    if not claims:
        return set()
    rows = Statement.objects.filter(claim__in=claims).order_by().values_list("speaker_id", "reported_by_id")
    return unknown(Found.PERSON, {pk for pair in rows for pk in pair if pk})


class PersonSource(library.PersonSource):
    """People are known of by what they wrote, and by what they said."""

    def touched(self, events: Sequence[Event]) -> set[int]:
        return super().touched(events) | speakers(events)
