"""What waits for a reader today."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from reader.claims.models import Claim, Phase
from reader.claims.queries import ORDERS, attach_statements, in_phase, listed_claims
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
    marks = Highlight.objects.standing().visible_to(reader).filter(visibility=Visibility.TEAM).exclude(owner=reader)
    return list(
        marks.filter(visible_to(reader, "article__"))
        .select_related("owner", "article", "team")
        .order_by("-created_at")[:FEW]
    )
