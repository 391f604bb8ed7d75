"""Taking along what is one's own."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reader.core.access import signed_in
from reader.core.limits import Deed, TooMany, spend
from reader.core.requests import MemberRequest
from reader.exchange.everything import everything


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def export(request: MemberRequest) -> HttpResponseBase:
    if request.method != "POST":
        return show(request)
    try:
        spend(request.user, Deed.EXPORT)
    except TooMany as too_many:
        messages.error(request, str(too_many))
        return too_many.on(show(request))
    name = f"forecite-{request.user.handle or request.user.pk}-{timezone.localdate()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(everything(request.user), content_type="application/zip", headers=headers)


def show(request: MemberRequest) -> HttpResponse:
    return render(request, "exchange/export.html")
