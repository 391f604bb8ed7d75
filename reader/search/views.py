"""The page of the search, whole and as one types; what a reader keeps of it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reader.core.access import find_or_404, signed_in
from reader.core.refusals import Refused
from reader.core.requests import AnyUser, MemberRequest, Request, wants_fragment
from reader.search.completing import completions_of
from reader.search.faceting import facets_of
from reader.search.forms import SavingForm, SearchForm
from reader.search.keeping import remember, save
from reader.search.language import LONGEST, parse
from reader.search.models import RecentSearch, SavedSearch
from reader.search.queries import PAGE, find, hits_of
from reader.search.rows import shown, shown_facets


@require_safe
def search(request: Request) -> HttpResponse:
    asked = SearchForm(request.GET).asked()
    context = answer_to(asked, request.user)
    if context["found"].query.is_empty:
        context |= kept_by(request.user)
    if not wants_fragment(request):
        return render(request, "search/page.html", context)
    if asked["after"]:
        return render(request, "search/_rows.html", context)
    response = render(request, "search/_found.html", context)
    response.headers["HX-Replace-Url"] = (
        f"{reverse('search')}?{context['address']}" if asked["q"] else reverse("search")
    )
    return response


def answer_to(asked: dict[str, Any], user: AnyUser) -> dict[str, Any]:
    """What was found, as the page shows it."""
    query = parse(asked["q"], typing=asked["typing"])
    newest = asked["sort"] == "newest"
    found = find(query, user, timezone.localdate(), newest=newest, literally=asked["literally"])
    after = asked["after"]
    hits = hits_of(found.rows[after : after + PAGE], user)
    address = {"q": asked["q"], "sort": asked["sort"], "literally": "1" if asked["literally"] else ""}
    return {
        "text": asked["q"],
        "sort": asked["sort"],
        "found": found,
        "rows": shown(hits, found.answered),
        "next": after + PAGE if after + PAGE < found.count else 0,
        "facets": [] if after else shown_facets(facets_of(found.rows, user), query, "+" if found.is_more else ""),
        "address": urlencode({name: value for name, value in address.items() if value}),
        "can_save": user.is_authenticated and not query.is_empty and len(query.text) <= LONGEST,
    }


def kept_by(user: AnyUser) -> dict[str, Any]:
    if not user.is_authenticated:
        return {"saved": [], "recent": []}
    return {"saved": list(user.saved_searches.all()), "recent": list(user.recent_searches.all())}


@require_safe
def completions(request: Request) -> HttpResponse:
    """The options of a list, for the word that is being typed."""
    return render(
        request, "search/_completions.html", {"options": completions_of(request.GET.get("q", ""), request.user)}
    )


@require_POST
@signed_in
def saved_searches(request: MemberRequest) -> HttpResponse:
    form = SavingForm(request.POST)
    if not form.is_valid():
        return render(request, "search/saving_page.html", {"form": form}, status=422)
    try:
        kept = save(form.cleaned_data["text"], form.cleaned_data["name"], request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "search/saving_page.html", {"form": form}, status=422)
    messages.success(request, f"Saved as “{kept.name}”. It stands on the page of the search.")
    return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': kept.text})}", status=303)


@require_POST
@signed_in
def saved_search_deletion(request: MemberRequest, saved_id: int) -> HttpResponse:
    kept = find_or_404(SavedSearch.objects.filter(reader=request.user), pk=saved_id)
    kept.delete()
    messages.success(request, f"“{kept.name}” is no longer saved.")
    return HttpResponseRedirect(reverse("search"), status=303)


@require_POST
@signed_in
def recent_searches(request: MemberRequest) -> HttpResponse:
    """A script says what was looked for once somebody goes on with what was found."""
    text = request.POST.get("q", "").replace("\x00", " ").strip()[:LONGEST]
    if text:
        remember(text, request.user)
    return HttpResponse(status=204)


@require_POST
@signed_in
def recent_searches_deletion(request: MemberRequest) -> HttpResponse:
    RecentSearch.objects.filter(reader=request.user).delete()
    return HttpResponseRedirect(reverse("search"), status=303)
