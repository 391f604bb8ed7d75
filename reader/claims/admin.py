from django.contrib import admin

from reader.claims.models import Claim
from reader.core.admin import LookOnly


@admin.register(Claim)
class ClaimAdmin(LookOnly):
    list_display = ["statement", "state", "window_kind", "window_start", "window_end", "visibility", "owner"]
    list_filter = ["state", "visibility", "window_kind"]
    list_select_related = ["owner"]
    search_fields = ["statement"]
    exclude = ["tags"]
