"""What the members of a team did in a piece that the team reads."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from reader.accounts.models import Membership
from reader.core.access import WRITER_ROLES
from reader.core.visibility import Visibility
from reader.highlights.queries import anchors_in
from reader.library.models import Article, Reading

if TYPE_CHECKING:
    from reader.accounts.models import User


class MarkRow(NamedTuple):
    """A mark that the whole team sees, by code points of the text."""

    id: int
    start: int
    end: int
    kind: str
    reader_id: int
    reader: str


class MemberRow(NamedTuple):
    """A member who may mark for the team, and how far they have read; None where they have not opened the piece."""

    reader_id: int
    reader: str
    state: str | None
    percent: int | None

    @property
    def has_finished(self) -> bool:
        return self.state == Reading.State.FINISHED or self.percent == 100


def team_pieces(user: "User") -> QuerySet[Article]:
    """The pieces of the teams that `user` is in."""
    pieces: QuerySet[Article] = Article.objects.visible_to(user)
    return pieces.filter(visibility=Visibility.TEAM, team__in=user.team_ids).select_related("team")


def newest_text(article: Article) -> tuple[int, str]:
    """The newest revision's id and its words."""
    return article.revisions.order_by("-number").values_list("pk", "text")[0]


def team_marks(user: "User", article: Article, revision_id: int) -> list[MarkRow]:
    """The marks in one text that all of the team see, in its order."""
    shared = {"highlight__visibility": Visibility.TEAM, "highlight__team": article.team_id}
    rows = anchors_in(revision_id, user).filter(**shared)
    fields = ("highlight_id", "start", "end", "highlight__kind", "highlight__owner_id", "highlight__owner__name")
    return [MarkRow(*row) for row in rows.values_list(*fields)]


def team_members(article: Article) -> list[MemberRow]:
    """The members of the piece's team who may mark for it: viewers may not."""
    here = FilteredRelation("user__readings", condition=Q(user__readings__article=article.pk))
    members = Membership.objects.filter(team=article.team_id, role__in=WRITER_ROLES).annotate(here=here)
    fields = ("user_id", "user__name", F("here__state"), F("here__percent"))
    return [MemberRow(*row) for row in members.order_by("user__name", "user_id").values_list(*fields)]
