"""Completing names while they are typed."""

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from reader.core.requests import Request
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
