from django.contrib import admin

from reader.claims.models import Claim, Statement


class StatementInline(admin.TabularInline[Statement, Claim]):
    model = Statement
    extra = 0
    raw_id_fields = ["highlight", "speaker", "reported_by"]


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin[Claim]):
    list_display = ["statement", "state", "window_kind", "window_start", "window_end", "visibility", "owner"]
    list_filter = ["state", "visibility", "window_kind"]
    list_select_related = ["owner"]
    search_fields = ["statement"]
    raw_id_fields = ["owner", "team", "tags"]
    inlines = [StatementInline]
