from django.urls import URLPattern, URLResolver, path

from reader.library import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/suggestions/", views.people_suggestions, name="people-suggestions"),
    path("people/<slug:slug>/account/", views.person_account, name="person-account"),
    path("identifications/<int:pk>/undoing/", views.identification_undoing, name="identification-undoing"),
    path("publications/suggestions/", views.publications_suggestions, name="publications-suggestions"),
]
