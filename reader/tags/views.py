"""Tags offered while one types."""

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from reader.core.requests import Request
from reader.tags.queries import suggested_names


@require_safe
def suggestions(request: Request) -> HttpResponse:
    """The options of a datalist, for the tag that is being typed: what stands behind the last comma.

    It comes as `q`, or under the name of its field.
    """
    typed = str(next(iter(request.GET.values()), ""))
    names = suggested_names(request.user, typed.rpartition(",")[2])
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((name,) for name in names)))
