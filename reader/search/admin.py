"""What is found, in Django's administration; what readers look for and keep is nobody else's business."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import LookOnly
from reader.search.models import SearchRecord, found_by


@admin.register(SearchRecord)
class SearchRecordAdmin(LookOnly):
    list_display = ["kind", "object_id", "visibility", "day"]
    list_filter = ["kind", "visibility"]
    fields = ["kind", "object_id", "visibility", "day"]

    def readable(self, request: HttpRequest) -> Q:
        return found_by(request.user)
