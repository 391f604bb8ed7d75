"""The addresses of an installation in which one page is broken and one asks for patience."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from reader.core import errors
from reader.urls import handler400, handler403, handler404, handler429, handler500
from reader.urls import urlpatterns as sound

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [path("broken/", broken), path("busy/", errors.too_many_requests), *sound]
