"""Pages for what went wrong. The 404 carries nothing of the person or the address: hidden and missing look the same."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


class Refusals(logging.Filter):
    """Where somebody may not do a thing the server says so in one line: nothing broke that a traceback would show."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == 403:
            record.exc_info = record.exc_text = None
        return True


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read at all; a form that is too large is told so."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("errors/413.html"), status=413)
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("errors/404.html"), status=404)


def void_invitation(request: HttpRequest) -> HttpResponse:
    """One page for every invitation that opens nothing, so that it tells nothing of the team."""
    return HttpResponse(render_to_string("errors/invitation.html", {"user": request.user}), status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", {"said": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("errors/429.html"), status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("errors/500.html"), status=500)
