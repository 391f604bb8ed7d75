"""What waits for a reader today."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from reader.claims.models import Claim, Phase
from reader.claims.queries import ORDERS, attach_statements, in_phase, listed_claims
from reader.core.prepared import prepared
from reader.core.visibility import Visibility, visible_to
from reader.highlights.models import Highlight
from reader.library.models import Article, Reading
from reader.pages.shelf import in_state, lines

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

FEW = 5


def continue_reading(reader: "User") -> list[Reading]:
    """The pieces begun and not read to the end, the latest touched first."""
    begun = Reading.objects.filter(
        visible_to(reader, "article__"), reader=reader, state=Reading.State.READING, percent__lt=100
    )
    return list(begun.select_related("article", "article__publication").order_by("-read_at")[:FEW])


def due_claims(user: "AnyUser", today: date) -> list[Claim]:
    """The claims whose window ended last."""
    claims = list(ORDERS[Phase.DUE].apply(listed_claims(user).filter(in_phase(Phase.DUE, today)))[:FEW])
    attach_statements(claims, user)
    return claims


def newest_unread(user: "AnyUser") -> list[Article]:
    articles: QuerySet[Article] = lines(Article.objects.visible_to(user))
    return list(in_state(articles, Reading.State.UNREAD, user).order_by("-added_at", "-id")[:FEW])


def team_marks(reader: "User") -> list[Highlight]:
    """What the others of my teams marked last."""
    newest = sorted((row for team in reader.team_ids for row in team_mark_fields(reader, team)), reverse=True)[:FEW]
    marks = Highlight.objects.filter(pk__in=[pk for _, pk in newest]).select_related("owner", "article", "team")
    return list(marks.order_by("-created_at", "-pk"))


@prepared
def team_mark_fields(reader: "AnyUser", team: int) -> "QuerySet[Any, Any]":
    """Team by team: of many at once a database would put all marks in order before it gives the first."""
    marks = Highlight.objects.standing().filter(visible_to(reader, "article__"), visibility=Visibility.TEAM, team=team)
    return marks.exclude(owner=reader.pk).order_by("-created_at").values_list("created_at", "pk")[:FEW]
