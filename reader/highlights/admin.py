from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.core.admin import LookOnly
from reader.highlights.models import Anchor, Highlight, MarkedAgain, Mention, Note
from reader.highlights.reactions import Reaction

if TYPE_CHECKING:
    from reader.accounts.models import User


@admin.action(description="Bring back what was deleted")
def bring_back(site: LookOnly, request: HttpRequest, rows: "QuerySet[Any]") -> None:
    back = 0
    for thing in rows.exclude(deleted_at=None):
        try:
            thing.restore(cast("User", request.user))
        except MarkedAgain as again:
            site.message_user(request, f"“{thing}”: {again}", messages.WARNING)
        else:
            back += 1
    site.message_user(request, f"{back} brought back.", messages.SUCCESS)


@admin.register(Highlight)
class HighlightAdmin(LookOnly):
    list_display = ["__str__", "kind", "article", "owner", "visibility", "created_at", "deleted_at"]
    list_filter = ["kind", "visibility", ("deleted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["article", "owner"]
    search_fields = ["exact", "article__title", "owner__name"]
    exclude = ["tags"]
    within = ("", "article__")
    actions = (bring_back,)


@admin.register(Anchor)
class AnchorAdmin(LookOnly):
    list_display = ["highlight", "revision", "start", "end", "state", "method", "score"]
    list_filter = ["state", "method"]
    list_select_related = ["highlight", "revision__article"]
    search_fields = ["highlight__exact", "revision__article__title"]
    within = ("highlight__", "highlight__article__")
    heavy = ("revision__html", "revision__text", "revision__raw")


@admin.register(Note)
class NoteAdmin(LookOnly):
    list_display = ["__str__", "owner", "highlight", "article", "claim", "visibility", "created_at", "deleted_at"]
    list_filter = ["visibility", ("hidden_at", admin.EmptyFieldListFilter), ("deleted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["owner", "highlight", "article", "claim"]
    search_fields = ["body", "owner__name"]
    heavy = ("html",)
    actions = (bring_back,)


@admin.register(Mention)
class MentionAdmin(LookOnly):
    list_display = ["person", "note"]
    list_select_related = ["person", "note"]
    search_fields = ["person__name", "note__body"]
    within = ("note__",)


@admin.register(Reaction)
class ReactionAdmin(LookOnly):
    list_display = ["reader", "response", "highlight", "at"]
    list_filter = ["response"]
    list_select_related = ["reader", "highlight"]
    search_fields = ["reader__name", "highlight__exact"]
    within = ("highlight__", "highlight__article__")
