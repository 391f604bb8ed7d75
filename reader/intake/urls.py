from django.urls import URLPattern, URLResolver, path

from reader.intake import address_views, views
from reader.intake.imports import views as imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/new/", views.add_article, name="add-article"),
    path("articles/new/fetches/", address_views.ask, name="fetches"),
    path("articles/new/fetches/<int:fetch_id>/", address_views.fetch, name="fetch"),
    path("articles/new/<int:draft_id>/", views.review, name="draft"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.one_import, name="import"),
    path("imports/<int:pk>/cancellation/", imports.cancellation, name="import-cancellation"),
    path("imports/<int:pk>/repetition/", imports.repetition, name="import-repetition"),
]
