"""A reader's word to the curators about a note."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from reader.core.access import find_or_404, signed_in
from reader.core.partials import answer
from reader.core.requests import MemberRequest, wants_fragment
from reader.core.visibility import Visibility
from reader.curation.forms import FlagForm
from reader.curation.models import flag
from reader.highlights.models import Note
from reader.highlights.queries import notes_for


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def note_flag(request: MemberRequest, pk: int) -> HttpResponse:
    note: Note = find_or_404(notes_for(request.user).filter(deleted_at=None), pk=pk)
    if note.owner_id == request.user.pk or note.visibility == Visibility.PRIVATE:
        raise PermissionDenied("Your own notes need no flag")
    form = FlagForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "note": note, "address": request.path}
        template = "curation/flag.html" if wants_fragment(request) else "curation/flag_page.html"
        return render(request, template, context, status=422 if form.is_bound else 200)
    flag(note, form.cleaned_data["kind"], form.cleaned_data["words"], request.user)
    messages.success(request, "Thank you. A curator will look at the note; only they see your flag.")
    if wants_fragment(request):
        return answer(request)
    return HttpResponseRedirect(note.get_absolute_url(), status=303)
