"""Looking for claims and tags that may be one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from reader.claims.models import Claim, Statement
from reader.claims.similarity import ALIKE, likeness, near_names, similar_pairs
from reader.curation.models import Duplicate, Lookalike
from reader.tags.models import Tag

#: The states in which a claim can be merged, or merged into.
MERGEABLE = (Claim.State.PROPOSED, Claim.State.ACCEPTED, Claim.State.NEEDS_WORK)
#: What two claims must have in common to be compared at all.
SAME = (
    "claim__visibility",
    "claim__team_id",
    "claim__window_kind",
    "claim__window_start",
    "claim__window_end",
    "speaker__key",
)
FEW = 8

Found = Iterable[tuple[int, int, float]]


def find_duplicates() -> None:
    """List the pairs of claims in one scope, of one window and speaker, that are worded alike."""
    groups: dict[tuple[Any, ...], dict[int, str]] = defaultdict(dict)
    rows = Statement.objects.filter(claim__state__in=MERGEABLE, claim__deleted_at=None, highlight__deleted_at=None)
    shared = rows.exclude(claim__visibility="private").values_list("claim_id", "claim__statement", *SAME)
    for pk, wording, *same in shared.iterator():
        groups[tuple(same)][pk] = wording
    keep(Duplicate, (pair for wordings in groups.values() for pair in similar_pairs(wordings)))


def find_lookalikes() -> None:
    """List the pairs of tags in one scope that are spelt almost alike."""
    groups: dict[tuple[Any, ...], dict[int, str]] = defaultdict(dict)
    for pk, name, *same in Tag.objects.exclude(visibility="private").values_list("id", "name", "visibility", "team_id"):
        groups[tuple(same)][pk] = name
    keep(Lookalike, (pair for names in groups.values() for pair in near_names(names)))


def keep(model: type[Duplicate] | type[Lookalike], found: Found) -> None:
    """Make the list say what was found now; what a curator told apart stays apart."""
    scores = {(first, second): score for first, second, score in found}
    with transaction.atomic():
        rows = model._default_manager.values_list("first_id", "second_id", "id", "told_apart_at")
        listed = {(first, second): (pk, told) for first, second, pk, told in rows}
        gone = [pk for key, (pk, told) in listed.items() if key not in scores and told is None]
        model._default_manager.filter(pk__in=gone).delete()
        new: list[Any] = [
            model(first_id=first, second_id=second, score=score)
            for (first, second), score in scores.items()
            if (first, second) not in listed
        ]
        model._default_manager.bulk_create(new, ignore_conflicts=True)


def look_alikes(claim: Claim, among: "Any") -> list[Claim]:
    """The claims `among` those that are likeliest to be the same as `claim`: of its window, in similar words."""
    same = {name: getattr(claim, name) for name in ("window_kind", "window_start", "window_end")}
    near = among.filter(**same).exclude(pk=claim.pk).order_by("-id")[:200]
    scored = [(likeness(claim.statement, other.statement), other) for other in near]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE / 2), key=lambda pair: -pair[0])
    return [other for _, other in alike[:FEW]]
