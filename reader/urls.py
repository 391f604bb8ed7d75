"""Every address, by feature."""

from django.contrib import admin
from django.urls import include, path

from reader.core import errors
from reader.core.admin import on_site
from reader.core.health import healthz

urlpatterns = [
    # Before the pages: articles/new/ is no article's address, people/suggestions/ no person's.
    path("", include("reader.intake.urls")),
    path("", include("reader.library.urls")),
    path("", include("reader.tags.urls")),
    path("", include("reader.search.urls")),
    path("", include("reader.reports.urls")),
    path("", include("reader.pages.urls")),
    path("", include("reader.claims.urls")),
    path("", include("reader.notices.urls")),
    path("", include("reader.curation.urls")),
    path("", include("reader.exchange.urls")),
    path("", include("reader.accounts.urls")),
    # Before the administration's own: that one tells the addresses of what the administrator may not read.
    path("admin/r/<int:content_type_id>/<path:object_id>/", admin.site.admin_view(on_site), name="admin-on-site"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many_requests  # allauth looks for it here
handler500 = errors.server_error
