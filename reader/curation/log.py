"""The log of decisions, for whoever may read what was decided on; its lines are filled in from plain rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString

from reader.claims.models import Claim
from reader.core.access import may_curate
from reader.core.markup import NOTHING, fill
from reader.core.prepared import Row, prepared
from reader.core.visibility import Visibility, visible_to
from reader.curation.deciding import as_they_are_now
from reader.curation.models import Decision, Verb
from reader.curation.wording import inside_quotes, when
from reader.highlights.models import Note
from reader.highlights.queries import highlights_for
from reader.library.models import Article
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

PAGE = 30
#: Behind every id that there is: where the newest page begins.
NEWEST = 2**62
ANONYMOUS = "A former member"


class Line(NamedTuple):
    id: int
    at: datetime
    by: str | None
    verb: str
    subject: str
    other: str
    reason: str
    owner_id: int
    team_id: int | None
    visibility: str
    undone_at: datetime | None
    undone_by: str | None
    undoes_verb: str | None
    undoes_at: datetime | None
    subject_kind: str
    subject_id: int


FIELDS = (
    *("id", "at", "by__name", "verb", "subject", "other", "reason", "owner_id", "team_id", "visibility"),
    *("undoing__at", "undoing__by__name", "undoes__verb", "undoes__at", "subject_kind", "subject_id"),
)


def decisions_for(user: "AnyUser") -> "QuerySet[Decision]":
    """The decisions that `user` may read of: on what they saw then and may still see now.

    A thing can have been made narrower since; then the log is silent to those who do not see it any more.
    """
    rows: QuerySet[Decision] = Decision.objects.filter(visible_to(user), still_seen(user))
    return rows.order_by("-id")


def still_seen(user: "AnyUser") -> Q:
    claims = Claim.objects.filter(visible_to(user))
    tags = Tag.objects.filter(visible_to(user))
    here, there = OuterRef("subject_id"), OuterRef("other_id")
    other_claim = Q(other_id=None) | Q(Exists(claims.filter(pk=there)))
    # A tag that was merged is no more; it was of the scope of the one that it became, or of one that is gone too.
    return (
        Q(subject_kind="claim") & Q(Exists(claims.filter(pk=here))) & other_claim
        | Q(subject_kind="note") & Q(Exists(Note.objects.filter(visible_to(user), pk=here)))
        | Q(subject_kind="highlight") & Q(Exists(highlights_for(user).order_by().filter(pk=here)))
        | Q(subject_kind="article") & Q(Exists(Article.objects.filter(visible_to(user), pk=here)))
        | Q(subject_kind="tag")
        & (Q(Exists(tags.filter(pk=here))) | ~Q(Exists(Tag.objects.filter(pk=here))))
        & (Q(other_id=None) | Q(Exists(tags.filter(pk=there))) | ~Q(Exists(Tag.objects.filter(pk=there))))
    )


@prepared
def public_fields(user: "AnyUser", before: int) -> "QuerySet[Any, Any]":
    rows = decisions_for(user).filter(visibility=Visibility.PUBLIC, id__lt=before)
    return rows.values_list(*FIELDS)[: PAGE + 1]


@prepared
def team_fields(user: "AnyUser", team: int, before: int) -> "QuerySet[Any, Any]":
    rows = decisions_for(user).filter(visibility=Visibility.TEAM, team_id=team, id__lt=before)
    return rows.values_list(*FIELDS)[: PAGE + 1]


@prepared
def private_fields(user: "AnyUser", before: int) -> "QuerySet[Any, Any]":
    rows = decisions_for(user).filter(visibility=Visibility.PRIVATE, owner_id=user.pk, id__lt=before)
    return rows.values_list(*FIELDS)[: PAGE + 1]


@prepared
def fields_about(user: "AnyUser", kind: str, pk: int) -> "QuerySet[Any, Any]":
    return decisions_for(user).filter(subject_kind=kind, subject_id=pk).values_list(*FIELDS)[:PAGE]


LINE = """<li id="decision-{id}"{undone}>
<p class="decision"><strong>{by}</strong> {verb} <q dir="auto">{subject}</q>{other}</p>
{reason}<div class="facts"><time datetime="{iso}">{at}</time>{after}</div></li>
"""
REASON = '<p class="decision-reason" dir="auto">{words}</p>\n'
OTHER = ' {joint} <q dir="auto">{words}</q>'
UNDONE, UNDONE_BY = SafeString(" data-undone"), "<span>undone by {by} on {at}</span>"
UNDO = '<button class="link-button small" form="undo" formaction="/decisions/{id}/undoing/">Undo</button>'
JOINTS = {
    Verb.MERGED: "into",
    Verb.RENAMED: "to",
    Verb.TOLD_APART: "and",
    **dict.fromkeys((Verb.TOOK_IN, Verb.TOOK_OUT), "in the words"),
}


def log_lines(rows: Iterable[Row], user: "AnyUser") -> list[SafeString]:
    """These decisions, each with the way back for whoever may take it."""
    told = [Line(*row) for row in rows]
    undoable = undoable_by(user, told)
    return [line(row, may_undo=row.id in undoable) for row in told]


def undoable_by(user: "AnyUser", rows: Sequence[Line]) -> set[int]:
    """By the rule of the undoing itself: whoever curates the thing both as it was then and as it is now."""
    asked: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        if row.undone_at is None and row.verb != Verb.UNDID and may_curate(user, row):
            asked[row.subject_kind].append(row)
    found = set()
    for kind, some in asked.items():
        now = as_they_are_now(kind, [row.subject_id for row in some])
        found |= {row.id for row in some if may_curate(user, now.get(row.subject_id, row))}
    return found


def line(row: Line, *, may_undo: bool) -> SafeString:
    """One decision: who, what, why, when; and what became of it."""
    undone = row.undone_at is not None
    return fill(
        LINE,
        id=row.id,
        undone=UNDONE if undone else NOTHING,
        by=row.by or ANONYMOUS,
        verb=verb_in_words(row),
        subject=inside_quotes(row.subject),
        other=other(row),
        reason=fill(REASON, words=row.reason) if row.reason else NOTHING,
        iso=row.at.isoformat(timespec="seconds"),
        at=when(row.at),
        after=after(row, may_undo=may_undo),
    )


def other(row: Line) -> SafeString:
    """What it was merged into, told apart from or named; of an undoing, what that decision had."""
    verb = row.undoes_verb or row.verb
    if verb not in JOINTS:
        return NOTHING
    return fill(OTHER, joint=JOINTS[Verb(verb)], words=inside_quotes(row.other))


def verb_in_words(row: Line) -> str:
    if row.undoes_at is None:
        return Verb(row.verb).label
    return f"undid the decision of {when(row.undoes_at)} that {Verb(row.undoes_verb or row.verb).label}"


def after(row: Line, *, may_undo: bool) -> SafeString:
    if row.undone_at:
        return fill(UNDONE_BY, by=row.undone_by or ANONYMOUS.lower(), at=when(row.undone_at))
    return fill(UNDO, id=row.id) if may_undo else NOTHING
