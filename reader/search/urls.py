from django.urls import URLPattern, URLResolver, path

from reader.search import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.search, name="search"),
    path("search/completions/", views.completions, name="search-completions"),
    path("search/saved/", views.saved_searches, name="saved-searches"),
    path("search/saved/<int:saved_id>/deletion/", views.saved_search_deletion, name="saved-search-deletion"),
    path("search/recent/", views.recent_searches, name="recent-searches"),
    path("search/recent/deletion/", views.recent_searches_deletion, name="recent-searches-deletion"),
]
