"""Notices in Django's administration: who was told when, and nothing of what."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.core.admin import LookOnly
from reader.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    list_display = ["kind", "recipient", "created_at", "read_at", "mailed_at"]
    list_filter = ["kind"]
    search_fields = ["recipient__email", "recipient__name"]
    fields = ["kind", "recipient", "created_at", "read_at", "mailed_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return Notice.objects.select_related("recipient")
