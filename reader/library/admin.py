from django.contrib import admin

from reader.core.admin import LookOnly
from reader.library.models import Article, Person, Publication


@admin.register(Article)
class ArticleAdmin(LookOnly):
    list_display = ["title", "publication", "published", "visibility", "owner", "words"]
    list_filter = ["visibility", "audience"]
    list_select_related = ["publication", "owner"]
    search_fields = ["title", "subtitle"]
    exclude = ["tags"]


@admin.register(Person)
class PersonAdmin(LookOnly):
    list_display = ["name", "kind", "visibility", "owner"]
    list_filter = ["kind", "visibility"]
    search_fields = ["name"]


@admin.register(Publication)
class PublicationAdmin(LookOnly):
    list_display = ["name", "visibility", "owner"]
    list_filter = ["visibility"]
    search_fields = ["name"]
