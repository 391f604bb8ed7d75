"""What the administration shows of readers' things."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from reader.core.visibility import visible_to


class LookOnly(admin.ModelAdmin[Any]):
    """A list to look things up in: only what the administrator may read, and nothing to change.

    What is private stays so for whoever runs the installation, and a change made here would write no event.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(visible_to(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
