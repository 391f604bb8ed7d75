from django.urls import URLPattern, URLResolver, path

from reader.intake import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/new/", views.add_article, name="add-article"),
    path("articles/new/<int:draft_id>/", views.review, name="draft"),
]
