"""What a verdict was given on stays where its readers find it: else whoever marked it could take the verdict away."""

from typing import TYPE_CHECKING

from django.db import transaction

from reader.claims.models import Statement
from reader.core.access import may_curate
from reader.core.events import let_ids_appear_in_order
from reader.core.refusals import Refused
from reader.core.visibility import InScope, Visibility, is_within, visible_to
from reader.highlights.models import Highlight, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User

JUDGED = "A claim that has been judged rests on this passage: only a curator of the claim can take that away."


def refuse_to_unsay(marks: "QuerySet[Highlight]", by: "User", after: InScope | None = None) -> None:
    """Keep what judged claims say by these marks to all their readers, unless those of `after` are all of them still.

    A claim that `by` does not see must not be told of, and one's own is one's own affair.

    Raises:
        Refused: there is such a claim, and `by` is no curator of it.
    """
    stated = Statement.objects.filter(
        visible_to(by, "claim__"),
        highlight__in=marks.filter(deleted_at=None, kind=Kind.PREDICTION),
        claim__verdict__isnull=False,
        claim__deleted_at=None,
        added_after=None,
    )
    for statement in stated.exclude(claim__visibility=Visibility.PRIVATE).select_related("claim", "highlight"):
        claim = statement.claim
        stays = after is not None and is_within(claim, after)
        if is_within(claim, statement.highlight) and not (stays or may_curate(by, claim)):
            raise Refused(JUDGED)


def delete_mark(highlight: Highlight, by: "User") -> None:
    """Take the mark away.

    Raises:
        Refused: a verdict rests on it, and `by` is no curator of the claim.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        refuse_to_unsay(Highlight.objects.filter(pk=highlight.pk), by)
        highlight.delete_by(by)
