from django.urls import URLPattern, URLResolver, path

from reader.library import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/suggestions/", views.people_suggestions, name="people-suggestions"),
    path("publications/suggestions/", views.publications_suggestions, name="publications-suggestions"),
]
