from django.urls import URLPattern, URLResolver, path

from reader.exchange import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/export/", views.export, name="export"),
]
