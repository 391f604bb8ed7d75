"""What the bell at the top of every page knows."""

from functools import partial
from typing import Any, cast

from django.http import HttpRequest

from reader.core.requests import Request
from reader.notices.queries import unread_count


def context(request: HttpRequest) -> dict[str, Any]:
    """The number on the bell, counted only where a page has one; a page that has counted already says so itself."""
    return {"unread_notices": partial(unread_count, cast(Request, request).user)}
