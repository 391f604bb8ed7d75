"""Renaming and merging tags, everywhere at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from reader.claims.models import Claim
from reader.core.events import record_in_pieces
from reader.core.refusals import Refused
from reader.core.visibility import scope_of
from reader.curation.deciding import deciding, undoes, write
from reader.curation.models import Decision, Verb
from reader.highlights.models import Highlight
from reader.library.models import Article
from reader.tags.models import KEY_LENGTH, Tag, fold

if TYPE_CHECKING:
    from reader.accounts.models import User


class NameTaken(Exception):
    """Another tag of the same scope has the name; the two can be merged."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(f"There is a tag “{tag}” already.")
        self.tag = tag


class Bearers(NamedTuple):
    """One kind of thing that bears tags: its table of labels, and how to come from there to the piece."""

    labels: Any
    column: str
    piece: str

    @property
    def rows(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = self.labels._default_manager.all()
        return rows


BEARERS = {
    "articles": Bearers(Article.tags.through, "article_id", "article_id"),
    "highlights": Bearers(Highlight.tags.through, "highlight_id", "highlight__article_id"),
    "claims": Bearers(Claim.tags.through, "claim_id", "claim__statements__highlight__article_id"),
}


def rename(tag: Tag, name: str, by: "User") -> Decision:
    """Call a tag otherwise, wherever it is.

    Raises:
        NameTaken: its scope has a tag of that name.
        Refused: it is called so already, or gone.
    """
    with deciding("tag", tag.pk, by):
        tag = as_it_stands(tag.pk)
        if tag.name == name:
            raise Refused(f"The tag is called “{name}” already.")
        refuse_a_taken_name(tag, name)
        before = {"name": tag.name}
        decision = write(Verb.RENAMED, tag, tag.name, by, other_words=name, before=before)
        call(tag, name, by)
        return decision


def call(tag: Tag, name: str, by: "User") -> None:
    tag.name, tag.key = name, fold(name)[:KEY_LENGTH]
    tag.save(update_fields=["name", "key"])
    record_in_pieces(by, "renamed", tag, pieces_of(tag.pk))


def refuse_a_taken_name(tag: Tag, name: str) -> None:
    namesake = Tag.objects.filter(scope_of(tag), key=fold(name)[:KEY_LENGTH]).exclude(pk=tag.pk).first()
    if namesake:
        raise NameTaken(namesake)


def merge(tag: Tag, into: Tag, by: "User", reason: str = "") -> Decision:
    """Put `into` wherever `tag` is, and have `tag` no more.

    Raises:
        Refused: the two are one already, of different scopes, or gone.
    """
    with deciding("tag", tag.pk, by):
        if tag.pk == into.pk:
            raise Refused("A tag can’t be merged into itself.")
        tag, into = as_it_stands(tag.pk), as_it_stands(into.pk)
        if not Tag.objects.filter(scope_of(tag), pk=into.pk).exists():
            raise Refused("The two tags are not seen by the same people, and can’t be one.")
        before = {"name": tag.name, "key": tag.key, "slug": tag.slug, "owner": tag.owner_id}
        before["bearers"] = {kind: hand_over(one, tag.pk, into.pk) for kind, one in BEARERS.items()}
        decision = write(
            Verb.MERGED, tag, tag.name, by, other=into, other_words=into.name, reason=reason, before=before
        )
        Tag.objects.filter(pk=tag.pk).delete()
        record_in_pieces(by, "merged", tag, pieces_of(into.pk), into=into.pk)
        return decision


def hand_over(bearers: Bearers, tag_id: int, into_id: int) -> dict[str, list[int]]:
    """Label `into` what is labelled `tag`; answers what bore the one alone, and what bore both."""
    bore = set(bearers.rows.filter(tag_id=tag_id).values_list(bearers.column, flat=True))
    both = bore & set(bearers.rows.filter(tag_id=into_id).values_list(bearers.column, flat=True))
    alone = sorted(bore - both)
    label(bearers, into_id, alone)
    return {"alone": alone, "both": sorted(both)}


def label(bearers: Bearers, tag_id: int, ids: Sequence[int]) -> None:
    rows = [bearers.labels(**{bearers.column: pk, "tag_id": tag_id}) for pk in ids]
    bearers.labels._default_manager.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def pieces_of(tag_id: int) -> list[int]:
    """The articles that show the tag, on themselves or on what is in them."""
    found: set[int] = set()
    for bearers in BEARERS.values():
        found.update(bearers.rows.filter(tag_id=tag_id).values_list(bearers.piece, flat=True))
    return sorted(pk for pk in found if pk)


def count_bearers(tag_id: int) -> dict[str, int]:
    return {kind: bearers.rows.filter(tag_id=tag_id).count() for kind, bearers in BEARERS.items()}


def as_it_stands(pk: int) -> Tag:
    tag: Tag | None = Tag.objects.select_for_update().filter(pk=pk).first()
    if tag is None:
        raise Refused("The tag is no longer there: it was merged or taken away meanwhile.")
    return tag


@undoes("tag", Verb.RENAMED)
def put_back_the_name(decision: Decision, by: "User") -> None:
    tag = as_it_stands(decision.subject_id)
    if tag.name != decision.other:
        raise Refused(f"The tag was renamed since: it is called “{tag.name}” now.")
    try:
        refuse_a_taken_name(tag, decision.before["name"])
    except NameTaken:
        raise Refused(f"Another tag is called “{decision.before['name']}” by now.") from None
    call(tag, decision.before["name"], by)


@undoes("tag", Verb.MERGED)
def part(decision: Decision, by: "User") -> None:
    """The tag is there again, on all that bore it and has not been labelled anew since."""
    before = decision.before
    into = Tag.objects.filter(pk=decision.other_id or 0).first()
    if into is None:
        raise Refused(f"The tag “{decision.other}” is no longer there.")
    tag = Tag(pk=decision.subject_id, name=before["name"], key=before["key"], slug=before["slug"])
    tag.owner_id, tag.team_id, tag.visibility = before["owner"], decision.team_id, decision.visibility
    if Tag.objects.filter(scope_of(tag), key=tag.key).exists():
        raise Refused(f"A new tag is called “{tag.name}” by now.")
    tag.save(force_insert=True)
    for kind, bearers in BEARERS.items():
        take_back(bearers, tag.pk, into.pk, **before["bearers"][kind])
    record_in_pieces(by, "parted", tag, pieces_of(tag.pk), into=into.pk)


def take_back(bearers: Bearers, tag_id: int, into_id: int, alone: list[int], both: list[int]) -> None:
    still = set(bearers.rows.filter(tag_id=into_id).values_list(bearers.column, flat=True))
    theirs = still.intersection(alone)
    label(bearers, tag_id, sorted(theirs | still.intersection(both)))
    bearers.rows.filter(tag_id=into_id, **{f"{bearers.column}__in": theirs}).delete()
