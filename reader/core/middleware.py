"""Headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from reader.core import frontend

Handler = Callable[[HttpRequest], HttpResponseBase]


def content_security_policy(get_response: Handler) -> Handler:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = frontend.policy()
        return response

    return answer


def words_for_wrong_methods(get_response: Handler) -> Handler:
    """Somebody who opens an address that only takes a form reads a page, not the browser's own complaint."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            response.content = render_to_string("errors/405.html")
        return response

    return answer


def private_pages(get_response: Handler) -> Handler:
    """Pages may be kept by the reader's own browser only, are asked for again each time, and a part is no page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["HX-Request-Type"])
        return response

    return answer
