"""Reading tags: only those that the reader may see."""

from typing import TYPE_CHECKING

from django.db.models import Q

from reader.tags.models import MAX_LENGTH, Tag, fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

MOST_SUGGESTIONS = 12


def suggested_names(user: "AnyUser", typed: str) -> list[str]:
    """Names of tags that begin with what is typed, or have a word that does; each once, whatever its scopes."""
    key = fold(typed.replace("\x00", "").strip().lstrip("#")[:MAX_LENGTH])
    rows = Tag.objects.visible_to(user)
    if key:
        rows = rows.filter(Q(key__startswith=key) | Q(key__contains=f" {key}") | Q(key__contains=f"-{key}"))
    names: dict[str, str] = {}
    for folded, name in rows.order_by("key").values_list("key", "name")[: MOST_SUGGESTIONS * 3]:
        names.setdefault(folded, name)
    return list(names.values())[:MOST_SUGGESTIONS]
