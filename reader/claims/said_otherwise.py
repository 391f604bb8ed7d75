"""Which claims of a list were said in words that stand there still, and are said otherwise by now.

Words that are crossed out, taken into another sentence or taken back beside them: the log says of which claims that was
told, and only of those the texts are looked at.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from reader.claims.models import Claim, Statement
from reader.claims.page_queries import in_their_texts
from reader.core.models import Event
from reader.core.prepared import prepared
from reader.highlights.becoming import CROSSED_OUT, RETRACTED, TURNED
from reader.highlights.otherwise import in_few_words

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

OTHERWISE = (TURNED, RETRACTED, CROSSED_OUT)


@prepared
def told_of(user: "AnyUser", claims: list[int]) -> "QuerySet[Any, Any]":
    """Of which of these claims, or of one that is merged into it, that was ever told, to whomever.

    What one text put back another may not have, so the last that was told says nothing of all.
    """
    told = Event.objects.filter(subject_kind="claim", subject_id=OuterRef("pk"), verb__in=OTHERWISE)
    ones = Claim.objects.filter(Q(pk__in=claims) | Q(merged_into__in=claims))
    return ones.filter(Exists(told)).order_by("pk").values_list(Coalesce("merged_into", "pk"))


@prepared
def quote_fields(user: "AnyUser", claims: list[int]) -> "QuerySet[Any, Any]":
    """Whoever asks says which of the marks the reader sees."""
    return Statement.objects.filter(claim__in=claims).order_by("pk").values_list("highlight_id", "quote")


def said_otherwise(marks: Mapping[int, int], user: "AnyUser") -> dict[int, str]:
    """In a few words what became of these marks that have their words still; each is given with its claim."""
    claims = sorted({claim for (claim,) in told_of(user, sorted(set(marks.values())))}) if marks else []
    quotes = {mark: quote for mark, quote in quote_fields(user, claims) if mark in marks} if claims else {}
    newest = {mark: one.since[-1] for mark, one in in_their_texts(quotes, user).items() if one.since}
    return {
        mark: label
        for mark, wording in newest.items()
        if (label := in_few_words(wording.crossed, wording.turn, wording.remark))
    }
