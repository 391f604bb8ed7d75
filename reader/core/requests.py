"""The request as every view sees it, typed."""

from typing import TYPE_CHECKING, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from reader.accounts.models import User

AnyUser: TypeAlias = "User | AnonymousUser"


class Request(HttpRequest):
    """A request of anybody, signed in or not."""

    htmx: HtmxDetails
    user: AnyUser


class MemberRequest(Request):
    """A request of somebody signed in (`access.signed_in` has seen to it)."""

    user: "User"


def wants_fragment(request: Request) -> bool:
    """Whether htmx asked for a part of the page; a history restore wants the whole one though it is htmx too."""
    return request.htmx.request_type == "partial"


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
