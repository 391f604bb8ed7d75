"""Taking pieces away for good."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from reader.core.access import require_change_still
from reader.core.events import event_of, let_ids_appear_in_order, record_all
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User


def remove(ids: Collection[int], by: "User") -> None:
    """Delete these pieces with their texts. Call it only where nothing that somebody made hangs on them any more.

    Raises:
        Http404: one of them is out of sight by now; nothing is deleted.
        PermissionDenied: one of them is not for `by` to change.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        articles = list(Article.objects.filter(pk__in=ids))
        for article in articles:
            require_change_still(by, article)
        events = [event_of(by, "removed", article, article, article_id=article.pk) for article in articles]
        Article.objects.filter(pk__in=ids).delete()
        if events:
            record_all(events)
