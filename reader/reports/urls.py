from django.urls import URLPattern, URLResolver, path

from reader.reports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/<slug:slug>/agreement/", views.agreement, name="article-agreement"),
]
