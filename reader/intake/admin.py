from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import ForCaretakers, LookOnly
from reader.core.visibility import visible_to
from reader.intake.addresses import Fetch
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.rules import FeedRule
from reader.intake.images.models import ArticleImage, Image
from reader.intake.imports.made import Made
from reader.intake.imports.models import Import, ImportChunk, ImportItem
from reader.intake.models import Draft
from reader.intake.parcels.models import Awaited, Confirmation, KnownLetter, Plan, Sender
from reader.intake.sending.models import WayIn
from reader.intake.sending.post import Received


class OwnersAlone(LookOnly):
    """What somebody hands in, follows or asks for is theirs alone, also while nothing has come of it."""

    def readable(self, request: HttpRequest) -> Q:
        return Q(owner=request.user.pk)


class OfAnImport(LookOnly):
    """A part of what somebody brings in."""

    def readable(self, request: HttpRequest) -> Q:
        return Q(work__owner=request.user.pk)


@admin.register(Draft)
class DraftAdmin(OwnersAlone):
    list_display = ["__str__", "owner", "article", "uploaded", "created_at"]
    list_filter = ["form", "uploaded"]
    list_select_related = ["owner", "article"]
    search_fields = ["raw", "article__title"]
    heavy = ("raw",)


@admin.register(Fetch)
class FetchAdmin(OwnersAlone):
    list_display = ["url", "owner", "refusal", "asked_at", "ended_at"]
    list_filter = ["way"]
    list_select_related = ["owner"]
    search_fields = ["url", "refusal"]


@admin.register(Import)
class ImportAdmin(OwnersAlone):
    list_display = ["source", "owner", "door", "state", "total", "added", "known", "failed", "asked_at", "ended_at"]
    list_filter = ["door", "state"]
    list_select_related = ["owner"]
    search_fields = ["source"]


@admin.register(ImportItem)
class ImportItemAdmin(OfAnImport):
    list_display = ["name", "work", "outcome", "sentence", "at"]
    list_filter = ["outcome"]
    list_select_related = ["work"]
    search_fields = ["name"]


@admin.register(Made)
class MadeAdmin(OfAnImport):
    list_display = ["__str__", "work", "at", "stays"]
    list_filter = ["stays"]
    list_select_related = ["work", "article", "highlight", "note"]
    search_fields = ["work__source"]


@admin.register(ImportChunk)
class ImportChunkAdmin(OfAnImport):
    list_display = ["__str__", "work", "number"]
    list_select_related = ["work"]
    search_fields = ["work__source"]
    heavy = ("data",)


@admin.register(Feed)
class FeedAdmin(OwnersAlone):
    list_display = ["__str__", "owner", "url", "polled_at", "next_at", "failures", "paused_at", "removed_at"]
    list_select_related = ["owner"]
    search_fields = ["title", "url"]


@admin.register(FeedEntry)
class FeedEntryAdmin(LookOnly):
    list_display = ["__str__", "feed", "state", "sentence", "seen_at"]
    list_filter = ["state"]
    list_select_related = ["feed"]
    search_fields = ["title", "url"]
    heavy = ("said",)

    def readable(self, request: HttpRequest) -> Q:
        return Q(feed__owner=request.user.pk)


@admin.register(FeedRule)
class FeedRuleAdmin(OwnersAlone):
    list_display = ["words", "part", "act", "feed", "owner", "made_at"]
    list_filter = ["part", "act"]
    list_select_related = ["feed", "owner"]
    search_fields = ["words"]


@admin.register(Plan)
class PlanAdmin(OfAnImport):
    list_display = ["work", "app", "mails", "pieces", "addresses", "marks", "problem_count", "confirmed_at"]
    list_select_related = ["work"]
    search_fields = ["work__source", "app"]


@admin.register(Sender)
class SenderAdmin(OwnersAlone):
    list_display = ["publication", "key", "owner", "seen_at"]
    list_select_related = ["owner"]
    search_fields = ["publication", "key"]


@admin.register(KnownLetter)
class KnownLetterAdmin(OwnersAlone):
    list_display = ["article", "owner", "key"]
    list_select_related = ["owner", "article"]
    search_fields = ["key"]


@admin.register(Confirmation)
class ConfirmationAdmin(OwnersAlone):
    list_display = ["subject", "sender", "owner", "came_at", "done_at"]
    list_select_related = ["owner"]
    search_fields = ["subject", "sender"]


@admin.register(Awaited)
class AwaitedAdmin(OwnersAlone):
    list_display = ["__str__", "url", "owner", "article", "refusal", "asked_at", "ended_at"]
    list_filter = ["way"]
    list_select_related = ["owner", "article"]
    search_fields = ["url", "title"]


@admin.register(ArticleImage)
class ArticleImageAdmin(LookOnly):
    list_display = ["__str__", "article", "state", "sentence", "tries", "ask_at"]
    list_filter = ["state"]
    list_select_related = ["article"]
    search_fields = ["address", "article__title"]

    def readable(self, request: HttpRequest) -> Q:
        return visible_to(request.user, "article__")


@admin.register(Image)
class ImageAdmin(ForCaretakers):
    """That something is kept, and how large it is; never whose it is, nor what it shows."""

    list_display = ["__str__", "width", "height", "kept_at"]
    search_fields = ["sha256"]
    heavy = ("data",)
    fields = ["sha256", "width", "height", "kept_at"]


@admin.register(WayIn)
class WayInAdmin(ForCaretakers):
    """That somebody has one; never what opens it."""

    list_display = ["person", "door", "made_at"]
    list_filter = ["door"]
    list_select_related = ["person"]
    search_fields = ["person__email", "person__name"]
    fields = ["person", "door", "made_at"]


@admin.register(Received)
class ReceivedAdmin(OwnersAlone):
    list_display = ["__str__", "owner", "outcome", "sentence", "came_at", "brought_at"]
    list_filter = ["outcome"]
    list_select_related = ["owner"]
    search_fields = ["name"]
    heavy = ("data",)
