"""What is found of marks and of notes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from reader.core.models import Event
from reader.core.prepared import NOBODY, prepared
from reader.core.visibility import Visibility, visible_to
from reader.highlights.models import Highlight, Kind, Note
from reader.library.searching import facets_of_pieces, ids_after, placed
from reader.search.documents import Document, Hit, of_kind, of_subjects, of_tag
from reader.search.models import Kind as Found
from reader.tags.searching import relabelled, tags_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: What changes nothing that can be found of a mark: what others respond to it, and where it stands in a new text.
RESPONSES = frozenset({"responded", "took back a response", "carried", "lost", "found", "placed", "kept", "unplaced"})
#: What changes nothing that can be found of a note.
HARMLESS = frozenset({"resolved", "reopened", "flagged", "let stand"})
#: What changes a mark so that what hangs on it is found otherwise: its audience, its place, whether it stands.
#: ("changed audience" is `parting.MOVED`, of a feature below.)
PLACING = frozenset({"changed audience", "deleted", "restored"})
#: The same of a claim.
SETTLING = PLACING | {"merged", "parted"}


class HighlightSource:
    kind = Found.HIGHLIGHT.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        found = placed_mark_fields(NOBODY, list(ids)) if ids else []
        pieces = facets_of_pieces({row[7] for row in found})
        tags: dict[int, list[str]] = defaultdict(list)
        for pk, tag in tags_of("highlight", ids):
            tags[pk].append(of_tag(tag))
        for pk, owner, team, seen, exact, kind, created, article, its_team, its_owner in found:
            yield Document(
                pk,
                owner,
                team,
                seen,
                body=exact,
                moment=created,
                day=created.date(),
                within_team=its_team,
                within_owner=its_owner,
                facets=[*pencil(kind), *tags[pk], *pieces.get(article, [])],
            )

    def touched(self, events: Sequence[Event]) -> set[int]:
        found = of_subjects(events, "highlight", RESPONSES) | relabelled(events, "highlight")
        if pieces := placed(events):
            found.update(Highlight.objects.filter(article__in=pieces).values_list("pk", flat=True))
        return found

    def ids_after(self, last: int, most: int) -> list[int]:
        return ids_after(Highlight, last, most)

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        return {
            pk: Hit(
                f"/articles/{slug}/#h-{pk}",
                exact,
                text=exact,
                facts=[Kind(kind).label if kind != Kind.HIGHLIGHT else "Mark", f"{owner}, in “{title}”"],
                pencil=kind,
                is_quote=True,
                visibility=seen,
            )
            for pk, exact, kind, seen, slug, title, owner in mark_fields(user, list(ids))
        }


@prepared
def placed_mark_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return (
        Highlight.objects.standing()
        .filter(pk__in=ids)
        .values_list(
            "pk",
            "owner_id",
            "team_id",
            "visibility",
            "exact",
            "kind",
            "created_at",
            "article_id",
            "article__team_id",
            "article__owner_id",
        )
    )


@prepared
def mark_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    rows = Highlight.objects.standing().filter(visible_to(user), visible_to(user, "article__"), pk__in=ids)
    return rows.values_list("pk", "exact", "kind", "visibility", "article__slug", "article__title", "owner__name")


def pencil(kind: str) -> list[str]:
    """The kind of a mark, where it is more than a mark."""
    return [of_kind(kind)] if kind != Kind.HIGHLIGHT else []


class PlacedNote(NamedTuple):
    """A note with whose team's, and whose own, the things are that it hangs on.

    It hangs on one: a piece, a mark, which is in a piece, or a claim.
    """

    pk: int
    owner: int
    team: int | None
    visibility: str
    body: str
    created: datetime
    hidden: datetime | None
    article: int | None
    claim_team: int | None
    claim_owner: int | None
    mark_team: int | None
    mark_owner: int | None
    piece_team: int | None
    piece_owner: int | None

    @property
    def within(self) -> tuple[int | None, int | None]:
        """The team that sees the place, and its owner; nobody where everyone does or the owner alone."""
        if self.claim_team:
            return self.claim_team, self.claim_owner
        if self.mark_team:
            return self.mark_team, self.mark_owner
        return (self.piece_team, self.piece_owner) if self.piece_team else (None, None)


@prepared
def placed_note_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    on_something = Q(highlight__isnull=True) | Q(highlight__deleted_at=None)
    shown = Q(claim__isnull=True) | Q(claim__deleted_at=None)
    rows = Note.objects.standing().filter(on_something, shown, pk__in=ids).order_by()
    return rows.values_list(
        "pk",
        "owner_id",
        "team_id",
        "visibility",
        "body",
        "created_at",
        "hidden_at",
        Coalesce("highlight__article_id", "article_id"),
        "claim__team_id",
        "claim__owner_id",
        "highlight__team_id",
        "highlight__owner_id",
        Coalesce("highlight__article__team_id", "article__team_id"),
        Coalesce("highlight__article__owner_id", "article__owner_id"),
    )


class NoteSource:
    """A note is found by whoever sees it in the place where it stands; what a curator hid, by its writer alone."""

    kind = Found.NOTE.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        found = [PlacedNote(*row) for row in placed_note_fields(NOBODY, list(ids))] if ids else []
        pieces = facets_of_pieces({note.article for note in found if note.article})
        for note in found:
            hidden = note.hidden is not None
            within_team, within_owner = note.within
            yield Document(
                note.pk,
                note.owner,
                None if hidden else note.team,
                Visibility.PRIVATE if hidden else note.visibility,
                body=note.body,
                moment=note.created,
                day=note.created.date(),
                within_team=within_team,
                within_owner=within_owner,
                facets=pieces.get(note.article or 0, []),
            )

    def touched(self, events: Sequence[Event]) -> set[int]:
        found = of_subjects(events, "note", HARMLESS)
        pieces = placed(events)
        marks = {one.subject_id for one in events if one.subject_kind == "highlight" and one.verb in PLACING}
        claims = [one for one in events if one.subject_kind == "claim" and one.verb in SETTLING]
        claim_ids = {one.subject_id for one in claims} | {one.detail["into"] for one in claims if "into" in one.detail}
        if pieces or marks or claim_ids:
            there = Q(article__in=pieces) | Q(highlight__article__in=pieces) | Q(highlight__in=marks)
            found.update(Note.objects.filter(there | Q(claim__in=claim_ids)).values_list("pk", flat=True))
        return found

    def ids_after(self, last: int, most: int) -> list[int]:
        return ids_after(Note, last, most)

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        found = {}
        for pk, body, seen, owner, mark, marked_in, marked_title, slug, title, claim, statement in note_fields(
            user, list(ids)
        ):
            if mark:
                address, on = f"/articles/{marked_in}/#h-{mark}", marked_title
            else:
                address, on = (
                    f"/articles/{slug}/#note-{pk}" if slug else f"/claims/{claim}/#note-{pk}",
                    title or statement,
                )
            facts = ["Note", f"{owner}, on “{on}”"]
            found[pk] = Hit(address, body, text=body, facts=facts, is_quote=True, visibility=seen)
        return found


@prepared
def note_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return (
        Note.objects.standing()
        .visible_to(user)
        .filter(pk__in=ids)
        .values_list(
            "pk",
            "body",
            "visibility",
            "owner__name",
            "highlight_id",
            "highlight__article__slug",
            "highlight__article__title",
            "article__slug",
            "article__title",
            "claim_id",
            "claim__statement",
        )
    )
