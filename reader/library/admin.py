from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from reader.core.admin import LookOnly
from reader.library.identifying import Identification
from reader.library.models import Article, Authorship, Person, Publication, Reading, Revision


@admin.register(Article)
class ArticleAdmin(LookOnly):
    list_display = ["title", "publication", "published", "visibility", "owner", "words"]
    list_filter = ["visibility", "audience"]
    list_select_related = ["publication", "owner"]
    search_fields = ["title", "subtitle", "canonical_url"]
    exclude = ["tags"]


@admin.register(Revision)
class RevisionAdmin(LookOnly):
    list_display = ["article", "number", "words", "source_kind", "created_at", "created_by"]
    list_filter = ["source_kind"]
    list_select_related = ["article", "created_by"]
    search_fields = ["article__title", "=sha256"]
    within = ("article__",)
    heavy = ("html", "text", "raw")


@admin.register(Authorship)
class AuthorshipAdmin(LookOnly):
    list_display = ["article", "person", "position"]
    list_select_related = ["article", "person"]
    search_fields = ["article__title", "person__name"]
    within = ("article__", "person__")


@admin.register(Reading)
class ReadingAdmin(LookOnly):
    """How far others are in what they read is nobody's business here."""

    list_display = ["article", "state", "percent", "read_at"]
    list_filter = ["state"]
    list_select_related = ["article", "reader"]
    search_fields = ["article__title"]

    def readable(self, request: HttpRequest) -> Q:
        return Q(reader=request.user.pk)


@admin.register(Person)
class PersonAdmin(LookOnly):
    list_display = ["name", "kind", "visibility", "owner"]
    list_filter = ["kind", "visibility"]
    list_select_related = ["owner"]
    search_fields = ["name"]


@admin.register(Publication)
class PublicationAdmin(LookOnly):
    list_display = ["name", "visibility", "owner"]
    list_filter = ["visibility"]
    list_select_related = ["owner"]
    search_fields = ["name"]


@admin.register(Identification)
class IdentificationAdmin(LookOnly):
    """For site curators the page of the person is the place: here nobody learns of an account from an address."""

    list_display = ["person", "by", "at", "undone_at"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "by"]
    search_fields = ["person__name", "by__name"]
    exclude = ["user", "email"]
    within = ("person__",)
