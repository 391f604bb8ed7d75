"""Pages that come from a reader's browser or telephone, and the secrets that these send along."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.core.access import signed_in
from reader.core.limits import Deed, TooMany, spend
from reader.core.requests import MemberRequest, Request
from reader.intake.address_views import AddressForm
from reader.intake.decoding import without_surrogates
from reader.intake.details import web_address
from reader.intake.fetching.landing import BALLAST
from reader.intake.forms import MOST_BYTES, TOO_LARGE
from reader.intake.models import Draft
from reader.intake.reading import Empty, Form
from reader.intake.sending.bookmarklet import bookmarklet
from reader.intake.sending.models import WayIn, holder_of
from reader.intake.sending.queries import letters_of

PAGE, MAIL = WayIn.Door.PAGE, WayIn.Door.MAIL


@csrf_exempt  # it comes from the page that is read; the secret says whose it is, and nothing is saved but a draft
@require_POST
def sent_page(request: Request, secret: str) -> HttpResponseBase:
    """Takes a page as a reader's browser has it; its review is shown to them, once they are signed in."""
    reader = holder_of(secret, PAGE)
    if reader is None:
        raise Http404
    html = without_ballast(without_surrogates(request.POST.get("html", "")).replace("\x00", ""))
    if len(html.encode()) > MOST_BYTES:
        return refused(request, TOO_LARGE)
    draft = Draft(owner=reader, raw=html, form=Form.HTML, url=web_address(request.POST.get("url")) or "")
    try:
        draft.read()
        with transaction.atomic():
            spend(reader, Deed.UPLOAD)
            draft.save()
    except Empty:
        return refused(request, "The page holds no words yet. Wait until it is all there, and send it again.")
    except TooMany as too_many:
        return too_many.on(refused(request, str(too_many)))
    return HttpResponseRedirect(draft.get_absolute_url(), status=303)


def without_ballast(html: str) -> str:
    """A page of ordinary size as it is; a large one without its scripts and styles."""
    data = html.encode()
    return html if len(data) <= MOST_BYTES else BALLAST.sub(b"", data).decode()


def refused(request: Request, sentence: str) -> HttpResponse:
    return render(request, "sending/refused.html", {"sentence": sentence}, status=422)


@signed_in
@require_safe
def shared(request: MemberRequest) -> HttpResponse:
    """What a telephone shares: an address, in whichever field its app put it. Nothing is fetched before one says so."""
    said = " ".join(request.GET.get(name, "") for name in ("url", "text", "title"))[:4000]
    url = next((word for word in said.split() if word.startswith(("https://", "http://"))), "")
    form = AddressForm({"url": url}) if url else AddressForm()
    return render(request, "sending/shared.html", {"form": form, "url": url})


@require_safe
def manifest(request: Request) -> HttpResponse:
    """What a telephone asks before it keeps the site as an app, which can then be shared to."""
    said: dict[str, Any] = {
        "name": "Forecite",
        "short_name": "Forecite",
        "id": "/",
        "start_url": "/",
        "display": "standalone",
        "icons": [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        "share_target": {
            "action": reverse("shared"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": "max-age=86400"})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bookmarklet_page(request: MemberRequest) -> HttpResponseBase:
    """Shows the bookmarklet; a POST makes it, or another, and the one before opens nothing any more."""
    if request.method == "POST":
        return made(request, PAGE, "bookmarklet", "Here is your bookmarklet.", "The one before sends nothing any more.")
    mine = WayIn.of(request.user, PAGE)
    context = {"mine": mine, "bookmarklet": bookmarklet(mine.secret) if mine else ""}
    return unkept(render(request, "sending/bookmarklet.html", context))


@signed_in
@require_POST
def bookmarklet_end(request: MemberRequest) -> HttpResponseBase:
    return ended(request, PAGE, "bookmarklet")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail_address(request: MemberRequest) -> HttpResponseBase:
    """Shows the address for newsletters; a POST makes it, or another."""
    if request.method == "POST":
        return made(request, MAIL, "mail-address", "Here is your address.", "Nothing comes in at the one before.")
    mine = WayIn.of(request.user, MAIL)
    host = settings.INBOX_HOST
    address = f"{mine.secret}@{host}" if mine and host else ""
    context = {"mine": mine, "address": address, "host": host, "letters": letters_of(request.user)}
    return unkept(render(request, "sending/mail_address.html", context))


@signed_in
@require_POST
def mail_address_end(request: MemberRequest) -> HttpResponseBase:
    return ended(request, MAIL, "mail-address")


def made(request: MemberRequest, door: str, name: str, first: str, another: str) -> HttpResponse:
    had_one = WayIn.of(request.user, door) is not None
    WayIn.make(request.user, door)
    messages.success(request, another if had_one else first)
    return HttpResponseRedirect(reverse(name), status=303)


def ended(request: MemberRequest, door: str, name: str) -> HttpResponse:
    WayIn.end(request.user, door)
    messages.success(request, "It opens nothing any more.")
    return HttpResponseRedirect(reverse(name), status=303)


def unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
