from django.urls import URLPattern, URLResolver, path

from reader.tags import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("tags/suggestions/", views.suggestions, name="tag-suggestions"),
]
