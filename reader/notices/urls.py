from django.urls import URLPattern, URLResolver, path

from reader.notices import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", views.notices, name="notices"),
    path("notices/reading/", views.reading, name="notices-reading"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/reading/", views.read_one, name="notice-reading"),
    path("notices/stop/<str:token>/", views.stop, name="stop-mails"),
    path("settings/notices/", views.preferences, name="mail-preferences"),
]
