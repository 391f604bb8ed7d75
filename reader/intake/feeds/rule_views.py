"""Rules for what comes by feeds: made, tried on what came last, and removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reader.core.access import find_or_404, signed_in
from reader.core.refusals import Refused
from reader.core.requests import MemberRequest, id_in, wants_fragment
from reader.intake.feeds.forms import RuleForm
from reader.intake.feeds.models import Feed
from reader.intake.feeds.rules import FeedRule, make_rule, remove_rule, would_meet


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rules(request: MemberRequest) -> HttpResponse:
    chosen = Feed.objects.followed().filter(owner=request.user, pk=id_in(request.GET, "feed") or 0).first()
    form = RuleForm(request.POST if request.method == "POST" else None, reader=request.user, feed=chosen)
    if request.method != "POST":
        return show(request, form)
    if not form.is_valid():
        return show(request, form, status=422)
    if request.POST.get("action") == "preview":
        return show(request, form, status=200, met=would_meet(form.instance, request.user))
    try:
        make_rule(form.instance)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, form, status=422)
    messages.success(request, "From now on it is done so.")
    return HttpResponseRedirect(reverse("feed-rules"), status=303)


@require_POST
@signed_in
def rule_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    remove_rule(find_or_404(FeedRule.objects.filter(owner=request.user).select_related("owner"), pk=pk))
    messages.success(request, "The rule is gone. What it did stays.")
    return HttpResponseRedirect(reverse("feed-rules"), status=303)


def show(request: MemberRequest, form: RuleForm, status: int = 200, met: Any = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    if met is not None:
        context |= {"met": met[0], "looked_at": met[1], "rule": form.instance}
    if wants_fragment(request):
        return render(request, "feeds/_preview.html", context, status=status)
    context["rules"] = FeedRule.objects.filter(owner=request.user).select_related("feed", "team")
    return render(request, "feeds/rules.html", context, status=status)
