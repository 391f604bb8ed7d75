from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import LookOnly
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
