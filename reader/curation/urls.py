from django.urls import URLPattern, URLResolver, path

from reader.curation.views import acts, desk, flags, foresight, log, merging, tags

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.queue, {"name": "claims"}, name="desk"),
    path("desk/statements/", desk.queue, {"name": "statements"}, name="desk-statements"),
    path("desk/duplicates/", desk.queue, {"name": "duplicates"}, name="desk-duplicates"),
    path("desk/notes/", desk.queue, {"name": "notes"}, name="desk-notes"),
    path("desk/articles/", desk.queue, {"name": "articles"}, name="desk-articles"),
    path("desk/highlights/", desk.queue, {"name": "highlights"}, name="desk-highlights"),
    path("desk/tags/", desk.queue, {"name": "tags"}, name="desk-tags"),
    path("desk/foresight/", foresight.record, name="desk-foresight"),
    path("desk/foresight/model/", foresight.model, name="desk-foresight-model"),
    path("desk/tags/all/", tags.tag_list, name="desk-tag-list"),
    path("desk/tags/<int:pk>/", tags.tag, name="desk-tag"),
    path("desk/tags/<int:pk>/merging/", tags.tag_merging, name="desk-tag-merging"),
    path("desk/claims/<int:pk>/", desk.claim, name="desk-claim"),
    path("desk/claims/<int:pk>/merging/", merging.claim_merging, name="desk-claim-merging"),
    path("desk/duplicates/<int:pk>/merging/", merging.duplicate_merging, name="desk-duplicate-merging"),
    path("desk/lookalikes/<int:pk>/merging/", merging.lookalike_merging, name="desk-lookalike-merging"),
    path("desk/<slug:name>/together/", acts.together, name="desk-together"),
    path("desk/<slug:name>/<int:pk>/hold/", acts.hold, name="desk-hold"),
    path("desk/<slug:name>/<int:pk>/<slug:noun>/", acts.act, name="desk-act"),
    path("decisions/", log.decisions, name="decisions"),
    path("decisions/<int:pk>/undoing/", log.undoing, name="undoing"),
    path("notes/<int:pk>/flag/", flags.note_flag, name="note-flag"),
]
