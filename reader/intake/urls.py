from django.urls import URLPattern, URLResolver, path

from reader.intake import address_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/new/", views.add_article, name="add-article"),
    path("articles/new/fetches/", address_views.ask, name="fetches"),
    path("articles/new/fetches/<int:fetch_id>/", address_views.fetch, name="fetch"),
    path("articles/new/<int:draft_id>/", views.review, name="draft"),
]
