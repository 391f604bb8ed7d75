from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.core.admin import ForCaretakers, LookOnly
from reader.curation.models import Decision, Duplicate, Flag, Hold, Lookalike


@admin.register(Decision)
class DecisionAdmin(LookOnly):
    list_display = ["at", "by", "verb", "subject_kind", "subject", "other", "visibility"]
    list_filter = ["verb", "subject_kind", "visibility"]
    list_select_related = ["by"]
    search_fields = ["subject", "other", "reason", "by__name"]
    ordering = ["-id"]


@admin.register(Hold)
class HoldAdmin(ForCaretakers):
    list_display = ["subject_kind", "subject_id", "holder", "since", "until"]
    list_filter = ["subject_kind"]
    list_select_related = ["holder"]
    search_fields = ["holder__name", "=subject_id"]
    actions = ("let_go",)

    @admin.action(description="Let go of these, so that others may decide")
    def let_go(self, request: HttpRequest, rows: "QuerySet[Any]") -> None:
        count, _ = rows.delete()
        self.message_user(request, f"{count} let go of.", messages.SUCCESS)


@admin.register(Flag)
class FlagAdmin(LookOnly):
    list_display = ["note", "kind", "words", "by", "at", "settled_by"]
    list_filter = ["kind", ("settled_by", admin.EmptyFieldListFilter)]
    list_select_related = ["note", "by", "settled_by__by"]
    search_fields = ["words", "by__name", "note__body"]
    within = ("note__",)


class PairAdmin(LookOnly):
    list_display = ["first", "second", "score", "found_at", "told_apart_at"]
    list_filter = [("told_apart_at", admin.EmptyFieldListFilter)]
    list_select_related = ["first", "second"]
    within = ("first__", "second__")


@admin.register(Duplicate)
class DuplicateAdmin(PairAdmin):
    search_fields = ["first__statement", "second__statement"]


@admin.register(Lookalike)
class LookalikeAdmin(PairAdmin):
    search_fields = ["first__name", "second__name"]
