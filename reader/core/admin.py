"""What the administration shows of readers' things, and the records that nobody changes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase

from reader.core.access import find_or_404
from reader.core.jobs.models import Lease
from reader.core.limits import Tally
from reader.core.models import Event
from reader.core.visibility import Scoped, visible_to


class LookOnly(admin.ModelAdmin[Any]):
    """A list to look things up in: only what the administrator may read, and nothing to change.

    What is private stays so for whoever runs the installation, and a change made here would write no event. What can
    be done to many is done by the verbs that readers use (`actions`).
    """

    #: The relations through which a row is somebody's: of all of them the administrator must be a reader.
    within: ClassVar[Sequence[str]] = ("",)
    #: Fields too long for a list.
    heavy: ClassVar[Sequence[str]] = ()
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).filter(self.readable(request))
        is_list = request.resolver_match is None or not request.resolver_match.kwargs
        return rows.defer(*self.heavy) if is_list else rows

    def readable(self, request: HttpRequest) -> Q:
        seen = Q()
        for relation in self.within:
            seen &= visible_to(request.user, relation)
        return seen

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ForCaretakers(LookOnly):
    """Rows that belong to the installation and say nothing of what anybody keeps."""

    def readable(self, request: HttpRequest) -> Q:
        return Q()


@admin.register(Event)
class EventAdmin(LookOnly):
    list_display = ["at", "actor", "verb", "subject_kind", "subject_id", "article_id", "visibility"]
    list_filter = ["visibility", "subject_kind", "at"]
    list_select_related = ["actor"]
    search_fields = ["verb", "subject_kind", "actor__name", "=subject_id", "=article_id"]
    ordering = ["-id"]
    exclude = ["detail"]


@admin.register(Tally)
class TallyAdmin(ForCaretakers):
    list_display = ["person", "deed", "empty_at"]
    list_filter = ["deed"]
    list_select_related = ["person"]
    search_fields = ["person__email", "person__name"]


@admin.register(Lease)
class LeaseAdmin(ForCaretakers):
    list_display = ["task_id", "worker", "until"]
    search_fields = ["worker"]


def on_site(request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponseBase:
    """Django's way from a row to its page, but only to what the administrator may read: an address tells the title."""
    model = find_or_404(ContentType.objects.all(), pk=content_type_id).model_class()
    if model and issubclass(model, Scoped):
        find_or_404(model._default_manager.filter(visible_to(request.user)), pk=object_id)
    return shortcut(request, content_type_id, object_id)
