"""What is found of tags, and which things an event of a tag is about."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Model, QuerySet

from reader.core.models import Event
from reader.core.prepared import NOBODY, Row, SomeReader, prepared
from reader.core.visibility import visible_to
from reader.search.documents import Document, Hit, of_subjects, unknown
from reader.search.models import Kind
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: The events that give a tag's labels to another tag, or back.
HANDED_OVER = frozenset({"merged", "parted"})
#: What bears tags, by the name of its model; each is also that of the relation, in the plural.
BEARERS = ("article", "highlight", "claim")


def labels(bearer: str) -> "type[Model]":
    """The table that says which thing of this kind bears which tag; the things themselves are of features below."""
    return cast("type[Model]", getattr(Tag, f"{bearer}s").through)


def relabelled(events: Sequence[Event], bearer: str) -> set[int]:
    """The things of this kind whose tags are others since tags were merged or parted."""
    handed = [event for event in events if event.subject_kind == "tag" and event.verb in HANDED_OVER]
    if not handed:
        return set()
    tags = {event.subject_id for event in handed} | {event.detail["into"] for event in handed if "into" in event.detail}
    rows = labels(bearer)._default_manager.filter(tag_id__in=tags)
    return set(rows.values_list(f"{bearer}_id", flat=True))


def label_fields(bearer: str) -> "Callable[[SomeReader, list[int]], list[Row]]":
    @prepared
    def fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
        rows: Any = labels(bearer)._default_manager.filter(**{f"{bearer}_id__in": ids})
        return cast("QuerySet[Any, Any]", rows.values_list(f"{bearer}_id", "tag_id"))

    return fields


LABELS = {bearer: label_fields(bearer) for bearer in BEARERS}


def tags_of(bearer: str, ids: Collection[int]) -> list[Row]:
    """Which of these things bears which tag, by their ids."""
    return LABELS[bearer](NOBODY, list(ids)) if ids else []


class TagSource:
    kind = Kind.TAG.value

    def documents(self, ids: Collection[int]) -> Iterable[Document]:
        rows = Tag.objects.filter(pk__in=ids).values_list("pk", "owner_id", "team_id", "visibility", "name")
        return [Document.of_name(*row) for row in rows]

    def touched(self, events: Sequence[Event]) -> set[int]:
        borne: set[int] = set()
        for bearer in BEARERS:
            if ids := of_subjects(events, bearer):
                borne.update(tag for _, tag in tags_of(bearer, ids))
        return of_subjects(events, "tag") | unknown(self.kind, borne)

    def ids_after(self, last: int, most: int) -> list[int]:
        return list(Tag.objects.order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)[:most])

    def hits(self, ids: Collection[int], user: "AnyUser") -> dict[int, Hit]:
        return {
            pk: Hit(f"/tags/{slug}/", name, facts=["Tag"], visibility=seen)
            for pk, slug, name, seen in tag_fields(user, list(ids))
        }


@prepared
def tag_fields(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    return Tag.objects.filter(visible_to(user), pk__in=ids).values_list("pk", "slug", "name", "visibility")
