"""The gutter in Django's administration: which models there were. What readers answered is theirs."""

from django.contrib import admin

from reader.core.admin import ForCaretakers
from reader.foresight.models import Spotter


@admin.register(Spotter)
class SpotterAdmin(ForCaretakers):
    list_display = ["name", "state", "answers", "precision", "rival", "rival_precision", "fitted_at"]
    list_filter = ["state"]
    exclude = ["text"]
    heavy = ("text",)
