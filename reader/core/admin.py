"""What the administration shows of readers' things."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

from reader.core.access import find_or_404
from reader.core.visibility import Scoped, visible_to


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


def on_site(request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponseBase:
    """Django's way from a row to its page, but only to what the administrator may read: an address tells the title."""
    model = find_or_404(ContentType.objects.all(), pk=content_type_id).model_class()
    if model and issubclass(model, Scoped):
        find_or_404(model._default_manager.filter(visible_to(request.user)), pk=object_id)
    return shortcut(request, content_type_id, object_id)
