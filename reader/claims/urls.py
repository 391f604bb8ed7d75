from django.urls import URLPattern, URLResolver, path

from reader.claims.views import disputes, due, editing, evidence, forecasts, ledger, page, relations, rounds, verdicts

urlpatterns: list[URLPattern | URLResolver] = [
    path("claims/", ledger.ledger, name="claims"),
    path("claims/due/", due.due, name="claims-due"),
    path("claims/<int:claim_id>/", page.claim_page, name="claim"),
    path("claims/<int:claim_id>/edit/", editing.edit_claim, name="claim-edit"),
    path("claims/<int:claim_id>/history/", page.claim_history, name="claim-history"),
    path("claims/<int:claim_id>/forecasts/", forecasts.claim_forecasts, name="claim-forecasts"),
    path("claims/<int:claim_id>/forecasts/withdrawal/", forecasts.withdrawal, name="forecast-withdrawal"),
    path("claims/<int:claim_id>/crowd/", forecasts.crowd, name="claim-crowd"),
    path("claims/<int:claim_id>/evidence/", evidence.claim_evidence, name="claim-evidence"),
    path("claims/<int:claim_id>/rounds/", rounds.claim_rounds, name="claim-rounds"),
    path("claims/<int:claim_id>/verdict/", verdicts.claim_verdict, name="claim-verdict"),
    path("claims/<int:claim_id>/replies/", disputes.claim_replies, name="claim-replies"),
    path("claims/<int:claim_id>/relations/", relations.claim_relations, name="claim-relations"),
    path("evidence/<int:pk>/removal/", evidence.removal, name="evidence-removal"),
    path("evidence/<int:pk>/restoration/", evidence.restoration, name="evidence-restoration"),
    path("rounds/<int:pk>/closing/", rounds.closing, name="round-closing"),
    path("rounds/<int:pk>/assessments/", rounds.assessments, name="round-assessments"),
    path("verdicts/<int:pk>/undoing/", verdicts.undoing, name="verdict-undoing"),
    path("verdicts/<int:pk>/disputes/", disputes.verdict_disputes, name="verdict-disputes"),
    path("disputes/<int:pk>/answer/", disputes.answer, name="dispute-answer"),
    path("disputes/<int:pk>/withdrawal/", disputes.withdrawal, name="dispute-withdrawal"),
    path("replies/<int:pk>/removal/", disputes.reply_removal, name="reply-removal"),
    path("replies/<int:pk>/restoration/", disputes.reply_restoration, name="reply-restoration"),
    path("relations/<int:pk>/removal/", relations.removal, name="relation-removal"),
]
