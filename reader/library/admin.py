from django.contrib import admin

from reader.library.models import Article, Person, Publication


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin[Article]):
    list_display = ["title", "publication", "published", "visibility", "owner", "words"]
    list_filter = ["visibility", "audience"]
    list_select_related = ["publication", "owner"]
    search_fields = ["title", "subtitle"]
    raw_id_fields = ["owner", "team", "publication", "tags"]


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    list_display = ["name", "kind", "visibility", "owner"]
    list_filter = ["kind", "visibility"]
    search_fields = ["name"]
    raw_id_fields = ["owner", "team"]


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin[Publication]):
    list_display = ["name", "visibility", "owner"]
    list_filter = ["visibility"]
    search_fields = ["name"]
    raw_id_fields = ["owner", "team"]
