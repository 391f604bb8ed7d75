"""What of the library somebody may read."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from reader.library.models import Named
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

SUGGESTIONS = 10


def names_like(model: type[Named], text: str, user: "AnyUser") -> list[str]:
    """Names of people or publications that contain `text`, for completing what is typed."""
    rows: QuerySet[Named] = model.objects.visible_to(user)
    return list(rows.filter(key__contains=fold(text)).order_by("key").values_list("name", flat=True)[:SUGGESTIONS])
