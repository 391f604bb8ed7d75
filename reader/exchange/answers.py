"""Answers to programs that come again and again."""

import hashlib

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from reader.core.requests import Request


def unless_known(request: Request, content: bytes, content_type: str) -> HttpResponseBase:
    """The content, or 304 for whoever has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
