"""The request as every view sees it, typed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

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


def id_in(values: Mapping[str, Any], name: str) -> int | None:
    """The id under this name, if it is one that a table can hold."""
    text = str(values.get(name, ""))
    return int(text) if text.isdecimal() and len(text) < 19 else None


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
