"""What can be deleted and brought back."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.core.visibility import ScopedQuerySet


class Deletable(models.Model):
    """Something whose deletion can be undone."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def take_away(self) -> bool:
        """Delete it, and whether it still stood: of two who delete it at once the second finds nothing to do."""
        let_ids_appear_in_order()
        self.deleted_at = timezone.now()
        return bool(self.row().filter(deleted_at=None).update(deleted_at=self.deleted_at))

    def bring_back(self) -> bool:
        """Undo its deletion, and whether it was deleted."""
        let_ids_appear_in_order()
        self.deleted_at = None
        return bool(self.row().exclude(deleted_at=None).update(deleted_at=None))

    def row(self) -> models.QuerySet[Any]:
        return type(self)._default_manager.filter(pk=self.pk)


class DeletableQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        return self.filter(deleted_at=None)
