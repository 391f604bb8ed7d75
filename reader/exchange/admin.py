"""Secret addresses in Django's administration: who has one, and never what it is."""

from django.contrib import admin

from reader.core.admin import ForCaretakers
from reader.exchange.models import SecretAddress


@admin.register(SecretAddress)
class SecretAddressAdmin(ForCaretakers):
    list_display = ["person", "made_at"]
    list_select_related = ["person"]
    search_fields = ["person__email", "person__name"]
    fields = ["person", "made_at"]
