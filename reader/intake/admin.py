from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import LookOnly
from reader.intake.addresses import Fetch
from reader.intake.models import Draft


@admin.register(Draft)
class DraftAdmin(LookOnly):
    """What somebody has handed in is theirs alone until it is an article."""

    list_display = ["__str__", "owner", "article", "uploaded", "created_at"]
    list_filter = ["form", "uploaded"]
    list_select_related = ["owner", "article"]
    search_fields = ["raw", "article__title"]
    heavy = ("raw",)

    def readable(self, request: HttpRequest) -> Q:
        return Q(owner=request.user.pk)


@admin.register(Fetch)
class FetchAdmin(LookOnly):
    """What somebody asked for is theirs alone, as the draft is that came of it."""

    list_display = ["url", "owner", "refusal", "asked_at", "ended_at"]
    list_filter = ["way"]
    list_select_related = ["owner"]
    search_fields = ["url", "refusal"]

    def readable(self, request: HttpRequest) -> Q:
        return Q(owner=request.user.pk)
