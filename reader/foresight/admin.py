"""The gutter in Django's administration: what is suggested where, and which models there were."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import ForCaretakers, LookOnly
from reader.foresight.models import Answer, Spotter, Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(LookOnly):
    list_display = ["__str__", "rank", "score", "by_chance", "model"]
    list_filter = ["by_chance", "model"]
    list_select_related = ["revision__article"]
    search_fields = ["revision__article__title"]
    within = ("revision__article__",)


@admin.register(Answer)
class AnswerAdmin(LookOnly):
    """What somebody answered is theirs alone; the desk shows numbers."""

    list_display = ["__str__", "article", "predicts", "source", "answered_at"]
    list_filter = ["predicts", "source"]
    list_select_related = ["article"]
    search_fields = ["article__title"]

    def readable(self, request: HttpRequest) -> Q:
        return Q(reader=request.user.pk)


@admin.register(Spotter)
class SpotterAdmin(ForCaretakers):
    list_display = ["name", "state", "answers", "precision", "rival", "rival_precision", "fitted_at"]
    list_filter = ["state"]
    search_fields = ["rival", "state"]
    exclude = ["text"]
    heavy = ("text",)
