"""The gutter in Django's administration: what is suggested where, and which models there were."""

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import ForCaretakers, LookOnly
from reader.foresight.models import Answer, Spotter, Suggestion
from reader.foresight.sweeps.models import Finding, Sweep, SweptPiece, Wording


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


@admin.register(Sweep)
class SweepAdmin(LookOnly):
    """What somebody has looked through is theirs alone."""

    list_display = ["title", "owner", "state", "asked_at", "ended_at"]
    list_filter = ["state"]
    list_select_related = ["owner"]
    search_fields = ["title"]

    def readable(self, request: HttpRequest) -> Q:
        return Q(owner=request.user.pk)


class OfASweep(LookOnly):
    """A part of it, of a piece that the administrator may still read."""

    within: ClassVar[Sequence[str]] = ("article__",)

    def readable(self, request: HttpRequest) -> Q:
        return super().readable(request) & Q(sweep__owner=request.user.pk)


@admin.register(SweptPiece)
class SweptPieceAdmin(OfASweep):
    list_display = ["article", "sweep", "outcome"]
    list_filter = ["outcome"]
    list_select_related = ["article", "sweep"]
    search_fields = ["article__title"]


@admin.register(Finding)
class FindingAdmin(OfASweep):
    list_display = ["__str__", "sweep", "article", "score"]
    list_select_related = ["article", "sweep"]
    search_fields = ["words", "article__title"]


@admin.register(Wording)
class WordingAdmin(OfASweep):
    within = ()
    list_display = ["__str__", "sweep", "best"]
    list_select_related = ["sweep"]
    search_fields = ["sweep__title"]
