"""The pictures of a piece, for those who may read it; and those that did not come, for its owner."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reader.core.access import find_or_404, signed_in
from reader.core.paging import Order, page_of, parse_count
from reader.core.requests import MemberRequest, Request, wants_fragment
from reader.intake.images.jobs import ask_again
from reader.intake.images.queries import images_seen_by, missing_counts, missing_images

BY_ARRIVAL = Order("id", parse_count, descending=True)
#: What an address shows never changes: another picture has another hash.
FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def article_image(request: Request, slug: str, sha256: str) -> HttpResponse:
    image = find_or_404(images_seen_by(request.user, slug), sha256=sha256)
    response = HttpResponse(bytes(image.data), content_type="image/webp")
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: MemberRequest) -> HttpResponseBase:
    """The pictures that are on their way or did not come; a POST asks for the latter once more."""
    if request.method == "POST":
        ask_again(request.user)
        return HttpResponseRedirect(reverse("missing-images"), status=303)
    page = page_of(missing_images(request.user), BY_ARRIVAL, request.GET.get("after", ""))
    context: dict[str, Any] = {"page": page, "is_off": not settings.IMAGES}
    if wants_fragment(request):
        return render(request, "images/_rows.html", context)
    context |= {"counts": missing_counts(request.user)}
    return render(request, "images/missing.html", context)
