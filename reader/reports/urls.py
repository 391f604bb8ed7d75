from django.urls import URLPattern, URLResolver, path

from reader.reports.views import agreement, explaining, records

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/<slug:slug>/agreement/", agreement.agreement, name="article-agreement"),
    path("people/<slug:slug>/record/", records.person, name="person-record"),
    path("publications/<slug:slug>/record/", records.publication, name="publication-record"),
    path("tags/<slug:slug>/record/", records.tag, name="tag-record"),
    path("scores/", explaining.scores, name="scores"),
]
