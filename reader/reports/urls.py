from django.urls import URLPattern, URLResolver, path

from reader.reports.views import agreement as agreeing

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/<slug:slug>/agreement/", agreeing.agreement, name="article-agreement"),
]
