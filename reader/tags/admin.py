from django.contrib import admin

from reader.core.admin import LookOnly
from reader.tags.models import Tag


@admin.register(Tag)
class TagAdmin(LookOnly):
    list_display = ["name", "slug", "visibility", "team", "owner"]
    list_filter = ["visibility"]
    list_select_related = ["team", "owner"]
    search_fields = ["name", "slug"]
