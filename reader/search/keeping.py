"""Questions that a reader keeps, and those they asked of late."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.core.refusals import Refused
from reader.search.models import RecentSearch, SavedSearch

if TYPE_CHECKING:
    from reader.accounts.models import User

MOST_SAVED = 100
MOST_RECENT = 8


def save(text: str, name: str, by: "User") -> SavedSearch:
    """Keep this question; kept already, it only gets the name.

    Raises:
        Refused: they keep as many as can be kept.
    """
    with transaction.atomic():
        let_ids_appear_in_order()  # two at once would both count one too few
        others = by.saved_searches.exclude(text=text)
        if others.count() >= MOST_SAVED:
            raise Refused(f"Up to {MOST_SAVED} searches can be saved. Remove one first.")
        return SavedSearch.objects.update_or_create(reader=by, text=text, defaults={"name": name})[0]


def remember(text: str, by: "User") -> None:
    """Put this question before those asked earlier."""
    with transaction.atomic():
        let_ids_appear_in_order()
        RecentSearch.objects.update_or_create(reader=by, text=text, defaults={"at": timezone.now()})
        old = by.recent_searches.values_list("pk", flat=True)[MOST_RECENT:]
        RecentSearch.objects.filter(pk__in=list(old)).delete()
