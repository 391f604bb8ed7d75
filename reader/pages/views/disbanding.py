"""The end of a team: where its pieces go is asked first."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.accounts.models import Team, User
from reader.claims.destinations import narrowing_in_words
from reader.claims.disbanding import disband
from reader.core.access import may_share_with, signed_in
from reader.core.requests import MemberRequest, id_in
from reader.core.visibility import Visibility
from reader.highlights.audiences import Audience
from reader.library.models import Article
from reader.pages.views.teams import my_team, require_owner

BACK = "back"


class DisbandForm(forms.Form):
    """To another team, or back to those who added the pieces."""

    goes_to = forms.ChoiceField(
        label="Where its pieces go",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose where the pieces go.",
            "invalid_choice": "This team is not there to take them, or not any more. Choose again.",
        },
    )

    def __init__(self, data: Any, *, heirs: QuerySet[Team], pieces: list[Article], owner: User) -> None:
        super().__init__(data)
        self.heirs = heirs
        choices = []
        for team in heirs:
            audience = Audience(Visibility.TEAM, team.pk, "")
            choices.append((str(team.pk), f"To the team {team}. {what_goes(pieces, audience, owner)}"))
        back = what_goes(pieces, Audience(Visibility.PRIVATE, None, ""), owner)
        choices.append((BACK, f"Back to those who added them: each sees their own, and nobody else does. {back}"))
        cast(forms.ChoiceField, self.fields["goes_to"]).choices = choices

    def heir(self) -> Team | None:
        return self.heirs.filter(pk=id_in(self.cleaned_data, "goes_to") or 0).first()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def deletion(request: MemberRequest, slug: str) -> HttpResponse:
    team = my_team(request, slug)
    require_owner(request, team)
    pieces = list(Article.objects.filter(team=team))
    heirs = possible_heirs(request.user, team)
    form = DisbandForm(
        request.POST if request.method == "POST" else None, heirs=heirs, pieces=pieces, owner=request.user
    )
    if form.is_bound and form.is_valid():
        disband(team, request.user, form.heir())
        messages.success(request, f"The team {team} is no more. Nothing that was marked or written is lost.")
        return HttpResponseRedirect(reverse("teams"), status=303)
    context = {"team": team, "form": form, "pieces": len(pieces)}
    return render(request, "teams/deletion.html", context, status=422 if form.errors else 200)


def what_goes(pieces: list[Article], audience: Audience, owner: User) -> str:
    return " ".join(narrowing_in_words(pieces, audience, owner)) if pieces else ""


def possible_heirs(owner: User, team: Team) -> QuerySet[Team]:
    """The other teams for which the owner may write."""
    writable = [pk for pk in owner.roles if pk != team.pk and may_share_with(owner, pk)]
    return Team.objects.filter(pk__in=writable)
