"""Answers that touch several places of an open page."""

from django.contrib import messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.core.requests import Request

PARTIAL = '<hx-partial hx-target="{target}" hx-swap="{swap}">{html}</hx-partial>\n'


def partial(target: str, html: SafeString, swap: str = "innerHTML") -> SafeString:
    return fill(PARTIAL, target=target, swap=swap, html=html)


def answer(request: Request, *parts: SafeString, status: int = 200) -> HttpResponse:
    """The parts, with whatever there is to say about them."""
    toasts = NOTHING
    if len(messages.get_messages(request)):
        toasts = partial("#toasts", render_to_string("components/toasts.html", {}, request), "beforeend")
    return HttpResponse(together([*parts, toasts]), status=status)
