from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.claims.assessing import Assessment, Round
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.ledger_queries import crowd_is_open_to, source_is_open_to, votes_are_open_to
from reader.claims.models import Claim, Statement
from reader.claims.relations import Relation
from reader.claims.verdicts import Citation, Verdict
from reader.core.admin import LookOnly


@admin.register(Claim)
class ClaimAdmin(LookOnly):
    list_display = ["statement", "state", "window_kind", "window_start", "window_end", "visibility", "owner"]
    list_filter = ["state", "visibility", "window_kind", "kind", ("verdict", admin.EmptyFieldListFilter)]
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


@admin.register(Forecast)
class ForecastAdmin(LookOnly):
    """Blind here too: whoever has not forecast, nor chosen to look, sees no crowd."""

    list_display = ["claim", "owner", "percent", "made_at", "visibility"]
    list_filter = ["visibility", "made_at"]
    list_select_related = ["claim", "owner"]
    search_fields = ["claim__statement", "owner__name", "reason"]
    ordering = ["-id"]
    within = ("", "claim__")

    def readable(self, request: HttpRequest) -> Q:
        return super().readable(request) & crowd_is_open_to(request.user)


@admin.register(CrowdLook)
class CrowdLookAdmin(LookOnly):
    """One's own: nobody is told that somebody looked."""

    list_display = ["claim", "reader", "at"]
    list_filter = ["at"]
    list_select_related = ["claim", "reader"]
    search_fields = ["claim__statement", "reader__name"]
    within = ("claim__",)

    def readable(self, request: HttpRequest) -> Q:
        return super().readable(request) & Q(reader=request.user.pk)


@admin.register(Evidence)
class EvidenceAdmin(LookOnly):
    list_display = ["__str__", "claim", "bearing", "by", "added_at", "visibility", "deleted_at"]
    list_filter = ["bearing", "visibility", ("deleted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["claim", "by"]
    search_fields = ["title", "url", "quote", "claim__statement", "by__name"]
    within = ("", "claim__")

    def readable(self, request: HttpRequest) -> Q:
        return super().readable(request) & source_is_open_to(request.user)


@admin.register(Round)
class RoundAdmin(LookOnly):
    list_display = ["claim", "by", "opened_at", "closes_at", "closed_at", "visibility"]
    list_filter = ["visibility", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["claim", "by"]
    search_fields = ["claim__statement", "by__name"]
    within = ("", "claim__")


@admin.register(Assessment)
class AssessmentAdmin(LookOnly):
    """Blind here too: others' votes appear once their round is over."""

    list_display = ["round", "by", "strict", "charitable", "timing", "already_true", "difficulty", "made_at"]
    list_filter = ["strict", "timing", "already_true"]
    list_select_related = ["round", "by"]
    search_fields = ["reasons", "by__name", "round__claim__statement"]
    within = ("round__", "round__claim__")

    def readable(self, request: HttpRequest) -> Q:
        return super().readable(request) & votes_are_open_to(request.user)


@admin.register(Verdict)
class VerdictAdmin(LookOnly):
    list_display = ["at", "claim", "status", "outcome", "by", "visibility", "undone_at"]
    list_filter = ["status", "outcome", "visibility", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["claim", "by"]
    search_fields = ["claim__statement", "reason", "by__name"]
    ordering = ["-id"]
    exclude = ["evidence"]
    within = ("", "claim__")


@admin.register(Citation)
class CitationAdmin(LookOnly):
    list_display = ["verdict", "evidence"]
    list_select_related = ["verdict", "evidence"]
    search_fields = ["evidence__title", "evidence__url", "evidence__quote", "verdict__claim__statement"]
    within = ("verdict__", "verdict__claim__", "evidence__")

    def readable(self, request: HttpRequest) -> Q:
        return super().readable(request) & source_is_open_to(request.user, "evidence__")


@admin.register(Dispute)
class DisputeAdmin(LookOnly):
    list_display = ["at", "claim", "by", "ending", "ended_by", "visibility"]
    list_filter = ["ending", "visibility"]
    list_select_related = ["claim", "by", "ended_by"]
    search_fields = ["claim__statement", "reason", "answer", "by__name"]
    ordering = ["-id"]
    exclude = ["evidence"]  # a passage that may have been narrowed since
    within = ("", "claim__")


@admin.register(Correction)
class CorrectionAdmin(LookOnly):
    list_display = ["person", "claim", "by", "at", "visibility", "deleted_at"]
    list_filter = ["visibility", ("deleted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "claim", "by"]
    search_fields = ["text", "person__name", "claim__statement"]
    within = ("", "claim__")


@admin.register(Relation)
class RelationAdmin(LookOnly):
    list_display = ["claim", "kind", "other", "holds_if", "by", "at"]
    list_filter = ["kind", "holds_if"]
    list_select_related = ["claim", "other", "by"]
    search_fields = ["claim__statement", "other__statement", "by__name"]
    within = ("claim__", "other__")
