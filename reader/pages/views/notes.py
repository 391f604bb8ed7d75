"""Notes on marks, pieces and claims, and replies to those on the first two."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.claims.models import Claim
from reader.claims.views.page import claim_context, readable_claim
from reader.core.access import find_or_404, may_change, require_annotation, require_change, require_settling, signed_in
from reader.core.limits import TooMany
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.core.visibility import Scope
from reader.highlights.forms import NoteForm
from reader.highlights.mentions import offered
from reader.highlights.models import GoneMeanwhile, Highlight, Note, StaleNote
from reader.highlights.queries import article_note_rows, highlights_for, notes_for
from reader.library.models import Article
from reader.pages.lost_marks import lost_anew
from reader.pages.noting import rewrite
from reader.pages.noting import write as write_note
from reader.pages.redrawing import NOWHERE, answer, open_page, partial
from reader.pages.threads import UNDER_PIECE, Viewer, thread
from reader.pages.views.marking import readable

if TYPE_CHECKING:
    from reader.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def highlight_notes(request: MemberRequest, pk: int) -> HttpResponse:
    return write(request, find_or_404(highlights_for(request.user), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def article_notes(request: MemberRequest, slug: str) -> HttpResponse:
    return write(request, readable(request, slug))


@require_POST
@signed_in
def claim_notes(request: MemberRequest, claim_id: int) -> HttpResponse:
    claim = readable_claim(request.user, claim_id)
    require_annotation(request.user, claim)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_claim(request, claim, form, status=422)
    try:
        note = write_note(claim, form.cleaned_data["body"], request.user)
    except TooMany as too_many:
        form.add_error(None, str(too_many))
        return too_many.on(show_claim(request, claim, form))
    return HttpResponseRedirect(f"{claim.get_absolute_url()}#note-{note.pk}", status=303)


def show_claim(request: MemberRequest, claim: Claim, form: NoteForm, status: int = 200) -> HttpResponse:
    return render(request, "claims/detail.html", claim_context(request, claim, note_form=form), status=status)


@require_safe
@signed_in
def mentions(request: MemberRequest) -> HttpResponse:
    """Who may be called into a note that `audience` will see, for what is typed behind the @: options of a list."""
    visibility, _, team = request.GET.get("audience", "").partition("-")
    scope = Scope(request.user.pk, id_in({"team": team}, "team"), visibility)
    people = offered(request.user, scope, request.GET.get("q", ""))
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', people))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def replies(request: MemberRequest, pk: int) -> HttpResponse:
    parent = find_or_404(notes_for(request.user, with_deleted_marks=True).filter(parent=None, claim=None), pk=pk)
    return write(request, parent.highlight or parent.article, parent)  # type: ignore[arg-type]  # on one of the two


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def note(request: MemberRequest, pk: int) -> HttpResponse:
    found = own(request, pk)
    if request.method != "POST":
        return show_form(request, found, NoteForm(initial={"body": found.body, "version": found.version}))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_form(request, found, form, status=422)
    try:
        rewrite(found, form.cleaned_data["body"], form.cleaned_data["version"] or found.version, request.user)
    except StaleNote as stale:
        again = NoteForm(initial={"body": form.cleaned_data["body"], "version": stale.kept.version})
        return show_form(request, found, again, status=409, kept=stale.kept)
    except TooMany as too_many:
        return wait(request, found, form, too_many)
    return changed(request, found)


@require_POST
@signed_in
def deletion(request: MemberRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    found.delete_by(request.user)
    messages.success(request, "The note is deleted.", extra_tags=f"/notes/{pk}/restoration/")
    return changed(request, found)


@require_POST
@signed_in
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_or_404(notes_for(request.user), pk=pk)
    if found.deleted_at is not None and not may_change(request.user, found):
        raise Http404
    require_change(request.user, found)
    found.restore(request.user)
    messages.success(request, "The note is back.")
    return changed(request, found)


def write(request: MemberRequest, on: Highlight | Article, parent: Note | None = None) -> HttpResponse:
    """The form of a new note, or the note that it brings."""
    require_annotation(request.user, on)
    if request.method != "POST":
        if is_gone(on, parent):
            raise Http404
        return show_form(request, on, NoteForm(), parent=parent)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_form(request, on, form, status=422, parent=parent)
    try:
        written = write_note(on, form.cleaned_data["body"], request.user, parent)
    except GoneMeanwhile as gone:
        form.add_error(None, str(gone))
        return show_form(request, on, form, status=409, parent=parent)
    except TooMany as too_many:
        return wait(request, on, form, too_many, parent=parent)
    return changed(request, written)


def is_gone(on: Highlight | Article, parent: Note | None) -> bool:
    return bool((isinstance(on, Highlight) and on.deleted_at) or (parent and parent.deleted_at))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def resolution(request: MemberRequest, pk: int) -> HttpResponse:
    """Closes a thread; asked for without a script, a page asks first."""
    return settle(request, pk, Note.resolve, "The thread is resolved.", "Resolve the thread")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reopening(request: MemberRequest, pk: int) -> HttpResponse:
    return settle(request, pk, Note.reopen, "The thread is open again.", "Reopen the thread")


def settle(
    request: MemberRequest, pk: int, act: "Callable[[Note, User], None]", done: str, question: str
) -> HttpResponse:
    found = standing_note(request, pk, parent=None, claim=None)
    require_settling(request.user, found, found.highlight.owner_id if found.highlight else None)
    if request.method != "POST":
        return render(request, "notes/settle_page.html", {"note": found, "question": question})
    act(found, request.user)
    messages.success(request, done)
    return changed(request, found)


def wait(
    request: MemberRequest, on: Highlight | Article | Note, form: NoteForm, too_many: TooMany, **more: Any
) -> HttpResponse:
    """The form with what was typed, and when it goes through."""
    form.add_error(None, str(too_many))
    return too_many.on(show_form(request, on, form, **more))


def standing_note(request: MemberRequest, pk: int, **lookup: Any) -> Note:
    found: Note = find_or_404(notes_for(request.user).filter(deleted_at=None, **lookup), pk=pk)
    return found


def changeable(request: MemberRequest, pk: int) -> Note:
    found = standing_note(request, pk)
    require_change(request.user, found)
    return found


def own(request: MemberRequest, pk: int) -> Note:
    """A note to write anew: 403 for all but its writer, since nobody puts words into another's mouth."""
    found = changeable(request, pk)
    if found.owner_id != request.user.pk:
        raise PermissionDenied
    return found


def changed(request: MemberRequest, found: Note) -> HttpResponse:
    """Back to where the note stands, drawn anew."""
    if found.claim:
        return HttpResponseRedirect(f"{found.get_absolute_url()}#notes", status=303)
    if found.highlight is None:
        return article_changed(request, found)
    if not wants_fragment(request):
        return HttpResponseRedirect(found.highlight.get_absolute_url(), status=303)
    page = open_page(found.highlight.article, request)
    span = page.span_of(found.highlight)
    return answer(
        request, page.card(span) if span != NOWHERE else lost_anew(request, found.highlight.article, found.highlight_id)
    )


def article_changed(request: MemberRequest, found: Note) -> HttpResponse:
    article: Article = found.article  # type: ignore[assignment]  # a note is on one thing
    if not wants_fragment(request):
        return HttpResponseRedirect(f"{article.get_absolute_url()}#notes", status=303)
    notes = thread(article_note_rows(article.pk, request.user), UNDER_PIECE, Viewer(request.user))
    return answer(
        request,
        partial("#article-notes", notes, "innerMorph"),
    )


def heading(on: Highlight | Article | Note, parent: Note | None, by: "User") -> str:
    """What is about to be written, since the form stands apart from the button that opened it."""
    if isinstance(on, Note):
        return "Change your note"
    if parent is not None:
        return "Answer to your own note" if parent.owner_id == by.pk else f"Answer to {parent.owner.get_short_name()}"
    return "A note on this mark" if isinstance(on, Highlight) else "A note on the piece"


def show_form(
    request: MemberRequest, on: Highlight | Article | Note, form: NoteForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "on": on, "note": on if isinstance(on, Note) else None, "address": request.path, **more}
    context["heading"] = heading(on, more.get("parent"), request.user)
    template = "notes/form.html" if wants_fragment(request) else "notes/form_page.html"
    return render(request, template, context, status=status)
