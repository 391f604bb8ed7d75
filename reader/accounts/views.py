"""The pages about oneself; signing in and its kin are allauth's."""

from typing import cast

from allauth.account import views as allauth_views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from reader.accounts.forms import DisplayForm, ProfileForm
from reader.core.access import signed_in
from reader.core.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings_page(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your name and handle are saved.")
        return HttpResponseRedirect(reverse("settings"), status=303)
    return settings_with(request, form, DisplayForm(instance=request.user))


@require_POST
@signed_in
def display(request: MemberRequest) -> HttpResponse:
    form = DisplayForm(request.POST, instance=request.user)
    if not form.is_valid():
        return settings_with(request, ProfileForm(instance=request.user), form)
    form.save()
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, "The display is as you chose.")
    return HttpResponseRedirect(way_back(request), status=303)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-out, which also empties the browser's cache: what a reader saw is theirs alone."""
    response = cast(HttpResponseBase, allauth_views.logout(request))
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


def settings_with(request: MemberRequest, profile: ProfileForm, display: DisplayForm) -> HttpResponse:
    request.user.refresh_from_db()  # a form that was refused has already written on the user who draws the page
    wrong = bool(profile.errors or display.errors)
    context = {"profile_form": profile, "display_form": display}
    return render(request, "account/settings.html", context, status=422 if wrong else 200)


def way_back(request: HttpRequest) -> str:
    """The page of ours that the form says it was sent from, else the settings."""
    next_page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(next_page, {request.get_host()}, require_https=request.is_secure())
    return next_page if ours else reverse("settings")
