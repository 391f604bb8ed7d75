"""Deleting one's account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.core.access import signed_in
from reader.core.requests import MemberRequest
from reader.pages.leaving import StillNeeded, farewell_of, leave


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def deletion(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    try:
        leave(request.user)
    except StillNeeded:
        return show(request, status=409)
    logout(request)
    messages.success(request, "Your account is deleted. What was yours alone goes with it. Farewell.")
    response = HttpResponseRedirect(reverse("today"), status=303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def show(request: MemberRequest, status: int = 200) -> HttpResponse:
    return render(request, "mine/deletion.html", {"farewell": farewell_of(request.user)}, status=status)
