from django.urls import URLPattern, URLResolver, path

from reader.claims import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("claims/", views.ledger, name="claims"),
    path("claims/<int:claim_id>/", views.claim_page, name="claim"),
    path("claims/<int:claim_id>/edit/", views.edit_claim, name="claim-edit"),
]
