from django.contrib import admin

from reader.claims.models import Claim, Statement
from reader.core.admin import LookOnly


@admin.register(Claim)
class ClaimAdmin(LookOnly):
    list_display = ["statement", "state", "window_kind", "window_start", "window_end", "visibility", "owner"]
    list_filter = ["state", "visibility", "window_kind"]
    list_select_related = ["owner"]
    search_fields = ["statement", "criteria", "owner__name"]
    exclude = ["tags"]


@admin.register(Statement)
class StatementAdmin(LookOnly):
    list_display = ["__str__", "claim", "speaker", "stance", "polarity", "said_on"]
    list_filter = ["stance", "polarity"]
    list_select_related = ["claim", "speaker"]
    search_fields = ["quote", "claim__statement", "speaker__name"]
    within = ("claim__", "highlight__", "highlight__article__")
