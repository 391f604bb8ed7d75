"""The log of decisions, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reader.accounts.models import Team
from reader.core.access import find_or_404, require_curation, signed_in
from reader.core.partials import answer
from reader.core.prepared import Row
from reader.core.refusals import Refused
from reader.core.requests import AnyUser, MemberRequest, Request, id_in, wants_fragment
from reader.core.visibility import Visibility
from reader.curation.deciding import undo
from reader.curation.log import NEWEST, PAGE, decisions_for, log_lines, private_fields, public_fields, team_fields
from reader.curation.models import Decision
from reader.curation.views.answering import brought_back, came_from, counted_again
from reader.curation.wording import inside_quotes


@require_safe
def decisions(request: Request) -> HttpResponse:
    """What was decided on public things, for everyone; of a team, for its members; and of what is one's own."""
    scope = str(request.GET.get("of", "")) if request.user.is_authenticated else ""
    rows = fields_of(request.user, scope, id_in(request.GET, "after") or NEWEST)
    context: dict[str, Any] = {
        "rows": log_lines(rows[:PAGE], request.user),
        "next": rows[PAGE - 1][0] if len(rows) > PAGE else 0,
        "scope": scope,
    }
    if wants_fragment(request):
        return render(request, "curation/_log_rows.html", context)
    return render(request, "curation/log.html", context | {"tabs": tabs(request, scope)})


def fields_of(user: AnyUser, scope: str, before: int) -> list[Row]:
    """The rows of the public log, of a team's by its address, or of one's own."""
    if scope == "mine":
        return private_fields(user, before)
    if not scope:
        return public_fields(user, before)
    team = Team.objects.filter(slug=scope.replace("\x00", "")).first()
    return team_fields(user, team.pk, before) if team else []


def tabs(request: Request, scope: str) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    teams = Team.objects.filter(pk__in=request.user.team_ids).values_list("slug", "name")
    named = [("", "Public"), *((slug, f"The team {name}") for slug, name in teams), ("mine", "Only yours")]
    return [{"query": f"?of={key}" if key else "?", "label": label, "current": key == scope} for key, label in named]


@require_POST
@signed_in
def undoing(request: MemberRequest, pk: int) -> HttpResponse:
    decision = find_or_404(decisions_for(request.user), pk=pk)
    require_curation(request.user, decision)  # type: ignore[arg-type]  # an owner who left curates nothing
    undone = decision
    try:
        undone = undo(decision, request.user)
    except Refused as refused:
        messages.error(request, f"Not undone. {refused}")
        if wants_fragment(request):
            return answer(request, status=409)
    else:
        messages.success(request, f"Undone: “{inside_quotes(decision.subject)}” is as it was.")
        if wants_fragment(request):
            return answer(request, brought_back(request, decision), counted_again(request))
    return HttpResponseRedirect(came_from(request) or address_of(undone), status=303)


def address_of(decision: Decision) -> str:
    """Its line in the log of those who read it: what was just written is on the first page."""
    scope = {Visibility.PUBLIC.value: "", Visibility.PRIVATE.value: "mine"}.get(decision.visibility)
    if scope is None:
        scope = decision.team.slug if decision.team else ""
    return f"{reverse('decisions')}{f'?of={scope}' if scope else ''}#decision-{decision.pk}"
