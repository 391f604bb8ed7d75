"""The page that says how every figure is computed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.core.requests import Request
from reader.reports.explaining import how_scores_are_computed


@require_safe
def scores(request: Request) -> HttpResponse:
    title, contents, text = how_scores_are_computed()
    return render(request, "reports/scores.html", {"title": title, "contents": contents, "text": text})
