from django.urls import URLPattern, URLResolver, path

from reader.intake import address_views, views
from reader.intake.feeds import rule_views as feed_rules
from reader.intake.feeds import views as feeds
from reader.intake.images import views as images
from reader.intake.imports import views as imports
from reader.intake.parcels import views as parcels
from reader.intake.sending import views as sending

urlpatterns: list[URLPattern | URLResolver] = [
    path("articles/new/", views.add_article, name="add-article"),
    path("articles/new/fetches/", address_views.ask, name="fetches"),
    path("articles/new/fetches/<int:fetch_id>/", address_views.fetch, name="fetch"),
    path("articles/new/sent/<str:secret>/", sending.sent_page, name="sent-page"),
    path("articles/new/shared/", sending.shared, name="shared"),
    path("manifest.webmanifest", sending.manifest, name="manifest"),
    path("bookmarklet/", sending.bookmarklet_page, name="bookmarklet"),
    path("bookmarklet/end/", sending.bookmarklet_end, name="bookmarklet-end"),
    path("mail-address/", sending.mail_address, name="mail-address"),
    path("mail-address/end/", sending.mail_address_end, name="mail-address-end"),
    path("articles/new/<int:draft_id>/", views.review, name="draft"),
    path("articles/<slug:slug>/images/<slug:sha256>/", images.article_image, name="article-image"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/list/", feeds.feed_list, name="feeds-list"),
    path("feeds/feeds.opml", feeds.opml, name="feeds-opml"),
    path("feeds/rules/", feed_rules.rules, name="feed-rules"),
    path("feeds/rules/<int:pk>/deletion/", feed_rules.rule_deletion, name="feed-rule-deletion"),
    path("feeds/<int:pk>/", feeds.feed, name="feed"),
    path("feeds/<int:pk>/pause/", feeds.pause, name="feed-pause"),
    path("feeds/<int:pk>/resumption/", feeds.resumption, name="feed-resumption"),
    path("feeds/<int:pk>/removal/", feeds.removal, name="feed-removal"),
    path("feeds/<int:pk>/restoration/", feeds.restoration, name="feed-restoration"),
    path("feeds/entries/<int:pk>/bringing/", feeds.entry_bringing, name="feed-entry-bringing"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", parcels.bring_in, name="bring-in"),
    path("imports/awaited/", parcels.awaited, name="awaited"),
    path("imports/awaited/<int:pk>/removal/", parcels.awaited_removal, name="awaited-removal"),
    path("imports/awaited/<int:pk>/restoration/", parcels.awaited_restoration, name="awaited-restoration"),
    path("imports/images/", images.missing, name="missing-images"),
    path("imports/confirmations/", parcels.confirmations, name="confirmations"),
    path("imports/confirmations/<int:pk>/", parcels.confirmation_done, name="confirmation-done"),
    path("imports/<int:pk>/plan/", parcels.plan, name="import-plan"),
    path("imports/<int:pk>/plan/deletion/", parcels.plan_deletion, name="import-plan-deletion"),
    path("imports/<int:pk>/", imports.one_import, name="import"),
    path("imports/<int:pk>/cancellation/", imports.cancellation, name="import-cancellation"),
    path("imports/<int:pk>/repetition/", imports.repetition, name="import-repetition"),
    path("imports/<int:pk>/taking-back/", imports.taking_back, name="import-taking-back"),
]
