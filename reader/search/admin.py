"""What is found, in Django's administration; what readers look for and keep is nobody else's business."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import LookOnly
from reader.search.models import RecentSearch, SavedSearch, SearchRecord, found_by


@admin.register(SearchRecord)
class SearchRecordAdmin(LookOnly):
    list_display = ["kind", "object_id", "visibility", "day"]
    list_filter = ["kind", "visibility"]
    search_fields = ["kind", "=object_id"]
    fields = ["kind", "object_id", "visibility", "day"]

    def readable(self, request: HttpRequest) -> Q:
        return found_by(request.user)


class OneOwnSearches(LookOnly):
    """What somebody looks for tells what they think of: each administrator sees their own."""

    search_fields = ["text"]

    def readable(self, request: HttpRequest) -> Q:
        return Q(reader=request.user.pk)


@admin.register(SavedSearch)
class SavedSearchAdmin(OneOwnSearches):
    list_display = ["name", "text", "made_at"]


@admin.register(RecentSearch)
class RecentSearchAdmin(OneOwnSearches):
    list_display = ["text", "at"]
