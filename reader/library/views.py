"""Completing names while they are typed, and saying whose account a person is."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from reader.core.access import find_or_404, require_curation, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, Request, wants_fragment
from reader.core.visibility import visible_to
from reader.library.account_forms import AccountForm
from reader.library.identifying import (
    Identification,
    account_in_words,
    identification_of,
    identify,
    undo_identification,
)
from reader.library.models import Named, Person, Publication
from reader.library.queries import names_like


@require_safe
def people_suggestions(request: Request) -> HttpResponse:
    return suggest(request, Person)


@require_safe
def publications_suggestions(request: Request) -> HttpResponse:
    return suggest(request, Publication)


def suggest(request: Request, model: type[Named]) -> HttpResponse:
    """The options of a datalist. What was typed comes under the name of its field: `speaker`, `author`, …"""
    typed = str(next(iter(request.GET.values()), ""))
    names = names_like(model, typed, request.user)
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((name,) for name in names)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def person_account(request: MemberRequest, slug: str) -> HttpResponse:
    """A curator says which account this person is; or, by the second button, that it is nobody's any more."""
    person: Person = find_or_404(Person.objects.visible_to(request.user), slug=slug)
    require_curation(request.user, person)
    frees = "nobody" in request.POST
    data = request.POST if request.method == "POST" and not frees else None
    form = AccountForm(data, person=person, by=request.user)
    refused = ""
    if frees or form.is_valid():
        user, email = (None, "") if frees else form.chosen()
        try:
            made = identify(person, user, request.user, email=email)
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = "Noted that it is nobody’s account." if frees else "Noted whose account this is."
            messages.success(request, said, extra_tags=reverse("identification-undoing", args=[made.pk]))
            return HttpResponseRedirect(person.get_absolute_url(), status=303)
    now = account_in_words(identification_of(person), person, request.user)
    context = {"person": person, "form": form, "refused": refused, "now": now}
    return render(request, "library/account.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@signed_in
def identification_undoing(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Identification.objects.filter(visible_to(request.user, "person__")).select_related("person")
    identification = find_or_404(seen, pk=pk)
    require_curation(request.user, identification.person)
    try:
        undo_identification(identification, request.user)
        messages.success(request, "It is taken back.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    if wants_fragment(request):  # from the notice that offers it, on the person's page
        return HttpResponseClientRefresh()
    return HttpResponseRedirect(identification.person.get_absolute_url(), status=303)
