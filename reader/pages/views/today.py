"""The first page: what to go on with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.core.requests import Request
from reader.pages.shelf_rows import shelf_rows
from reader.pages.today import continue_reading, due_claims, newest_unread, team_marks


@require_safe
def today(request: Request) -> HttpResponse:
    day = timezone.localdate()
    context = {
        "due": due_claims(request.user, day),
        "unread": shelf_rows(newest_unread(request.user), request.user),
        "day": day,
    }
    if not request.user.is_authenticated:
        return render(request, "pages/welcome.html", context)
    context |= {"readings": continue_reading(request.user), "marks": team_marks(request.user)}
    return render(request, "pages/today.html", context)
