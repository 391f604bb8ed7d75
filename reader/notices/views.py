"""The list behind the bell, and by which post notices come."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.accounts.addresses import is_confirmed
from reader.accounts.models import User
from reader.core.access import find_or_404, signed_in
from reader.core.requests import MemberRequest, Request, id_in, wants_fragment
from reader.notices.forms import PreferencesForm
from reader.notices.mails import read_stop_token
from reader.notices.models import Kind, Notice, Post, prefer
from reader.notices.queries import notices_page, read_all, visible_notices, with_what_they_tell
from reader.notices.wording import excerpt, sentence
from reader.templatetags.forecite import icon

SYMBOLS = {
    Kind.MENTION: icon("at-sign"),
    Kind.REPLY: icon("reply"),
    Kind.INVITATION: icon("user-plus"),
    Kind.DUE: icon("calendar-clock"),
    Kind.VERDICT: icon("scale"),
    Kind.DISPUTED: icon("scale"),
    Kind.DECIDED: icon("shield-check"),
    Kind.CHANGED: icon("pencil"),
}


@require_safe
@signed_in
def notices(request: MemberRequest) -> HttpResponse:
    page = notices_page(request.user, request.GET.get("after", ""))
    context = {
        "rows": [row(notice) for notice in page.rows],
        "next": page.next,
        "newest": max((notice.pk for notice in page.rows), default=0),
    }
    return render(request, "notices/_rows.html" if wants_fragment(request) else "notices/list.html", context)


def row(notice: Notice) -> dict[str, object]:
    return {
        "notice": notice,
        "sentence": sentence(notice),
        "excerpt": excerpt(notice),
        "symbol": SYMBOLS[Kind(notice.kind)],
    }


@require_safe
@signed_in
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    """The address in a mail: leads to what it is about, which is read by that."""
    found = mine(request, pk)
    if request.method == "GET":
        found.read()
    return HttpResponseRedirect(found.leads_to, status=303)


@require_POST
@signed_in
def read_one(request: MemberRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    found.read()
    if not wants_fragment(request):
        return HttpResponseRedirect(reverse("notices"), status=303)
    found.refresh_from_db(fields=["read_at"])
    return render(request, "notices/_changed.html", {"rows": [row(found)]})


@require_POST
@signed_in
def reading(request: MemberRequest) -> HttpResponse:
    """Marks all as read, up to the newest that the page showed."""
    read_all(request.user, id_in(request.POST, "until") or 0)
    messages.success(request, "All are marked as read.")
    return HttpResponseRedirect(reverse("notices"), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preferences(request: MemberRequest) -> HttpResponse:
    form = PreferencesForm(request.POST if request.method == "POST" else None, person_id=request.user.pk)
    if not form.is_valid():
        context = {"form": form, "is_confirmed": is_confirmed(request.user)}
        return render(request, "notices/preferences.html", context, status=422 if form.is_bound else 200)
    form.save()
    messages.success(request, "Your choices are saved.")
    return HttpResponseRedirect(reverse("mail-preferences"), status=303)


@csrf_exempt  # mail programs send it from outside; what is signed into the address allows it, and no more
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """Stops mails, from the mail itself and without signing in."""
    said = read_stop_token(token)
    if said is None or not User.objects.filter(pk=said[0], is_active=True).exists():
        raise Http404
    person_id, kinds = said
    if request.method == "POST":
        prefer(person_id, **dict.fromkeys(kinds, Post.NEVER))
    context = {"kinds": [Kind(kind).label for kind in kinds], "stopped": request.method == "POST"}
    return render(request, "notices/stop.html", context)


def mine(request: MemberRequest, pk: int) -> Notice:
    found: Notice = find_or_404(with_what_they_tell(visible_notices(request.user)), pk=pk)
    return found
