from django.urls import URLPattern, URLResolver, include, path

from reader.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/logout/", views.sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("settings/", views.settings_page, name="settings"),
    path("settings/display/", views.display, name="display"),
]
