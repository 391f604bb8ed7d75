from django.urls import URLPattern, URLResolver, path

from reader.pages.views import details, highlights, live, marking, notes, reading, shelf, tags, today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("articles/", shelf.shelf, name="articles"),
    path("articles/<slug:slug>/", reading.article, name="article"),
    path("articles/<slug:slug>/reading/", reading.reading, name="reading"),
    path("articles/<slug:slug>/highlights/", marking.highlights, name="highlights"),
    path("articles/<slug:slug>/changes/", live.changes, name="changes"),
    path("articles/<slug:slug>/highlights/new/", marking.composer, name="composer"),
    path("articles/<slug:slug>/details/", details.details, name="article-details"),
    path("articles/<slug:slug>/tags/", details.tags, name="article-tags"),
    path("articles/<slug:slug>/notes/", notes.article_notes, name="article-notes"),
    path("highlights/<int:pk>/", highlights.highlight, name="highlight"),
    path("highlights/<int:pk>/editing/", highlights.editing, name="highlight-editing"),
    path("highlights/<int:pk>/kind/", highlights.kind, name="highlight-kind"),
    path("highlights/<int:pk>/passage/", highlights.passage, name="highlight-passage"),
    path("highlights/<int:pk>/tags/", highlights.tags, name="highlight-tags"),
    path("highlights/<int:pk>/deletion/", highlights.deletion, name="highlight-deletion"),
    path("highlights/<int:pk>/restoration/", highlights.restoration, name="highlight-restoration"),
    path("highlights/<int:pk>/reactions/", highlights.reactions, name="highlight-reactions"),
    path("highlights/<int:pk>/notes/", notes.highlight_notes, name="highlight-notes"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/replies/", notes.replies, name="note-replies"),
    path("notes/<int:pk>/resolution/", notes.resolution, name="note-resolution"),
    path("notes/<int:pk>/reopening/", notes.reopening, name="note-reopening"),
    path("notes/<int:pk>/deletion/", notes.deletion, name="note-deletion"),
    path("notes/<int:pk>/restoration/", notes.restoration, name="note-restoration"),
    path("people/<slug:slug>/", shelf.person, name="person"),
    path("publications/<slug:slug>/", shelf.publication, name="publication"),
    path("tags/", tags.index, name="tags"),
]
