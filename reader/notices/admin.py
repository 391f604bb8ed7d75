"""Notices in Django's administration: who was told when, and nothing of what."""

from django.contrib import admin

from reader.core.admin import ForCaretakers
from reader.notices.models import MailPreference, Notice


@admin.register(Notice)
class NoticeAdmin(ForCaretakers):
    list_display = ["kind", "recipient", "created_at", "read_at", "mailed_at"]
    list_filter = ["kind"]
    search_fields = ["recipient__email", "recipient__name"]
    list_select_related = ["recipient"]
    fields = ["kind", "recipient", "created_at", "read_at", "mailed_at"]


@admin.register(MailPreference)
class MailPreferenceAdmin(ForCaretakers):
    list_display = ["person", "kind", "post"]
    list_filter = ["kind", "post"]
    list_select_related = ["person"]
    search_fields = ["person__email", "person__name"]
