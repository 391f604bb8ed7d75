"""What the reading page needs to know, in as few and as lean queries as it takes."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from reader.accounts.models import Team, User
from reader.claims.models import Statement
from reader.claims.queries import HIDDEN_STATES
from reader.core.blocks import Layout, layout_of
from reader.core.models import Event
from reader.core.prepared import prepared
from reader.core.visibility import visible_to
from reader.foresight.models import Answer
from reader.highlights.models import Anchor, Kind, Note
from reader.intake.images.queries import with_images
from reader.library.models import Article, Authorship, Person, Publication, Reading, Revision
from reader.notices.models import Notice

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Place(NamedTuple):
    """Where a reader is in a piece."""

    state: str = Reading.State.UNREAD
    position: int = 0
    percent: int = 0
    seen_event: int = 0


class Fellow(NamedTuple):
    """Somebody of the team whose piece it is, and how far they are."""

    name: str
    state: str
    percent: int

    def __str__(self) -> str:
        if self.state == Reading.State.FINISHED or self.percent == ALL:
            return f"{self.name} has read it"
        if self.state == Reading.State.ARCHIVED:
            return f"{self.name} put it away at {self.percent} %"
        return f"{self.name} has read {self.percent} %"


class There(NamedTuple):
    """What there is for the reader to ask for. Most pieces have none of it, and an index says so in no time."""

    tags: bool
    notes: bool  # on the piece as a whole
    notices: bool  # that the reader has not read
    lost: bool  # marks without a place in the newest text, of which a piece may have some from another app


class Opening(NamedTuple):
    """A piece, and what is around it."""

    article: Article
    revision_id: int
    latest_event: int
    latest_reading: datetime | None  # of anybody in the team whose piece it is
    latest_renaming: datetime | None  # of anybody at all: the piece may show any name
    latest_answer: datetime | None  # of this reader to what was suggested in it
    place: Place
    there: There

    @property
    def version(self) -> tuple[object, ...]:
        """What decides whether a page of the piece is still the one that the browser keeps."""
        return (
            *(self.revision_id, self.latest_event, self.latest_reading, self.latest_renaming, self.latest_answer),
            *(self.article.images_at, settings.IMAGES),
            *(self.place, self.article.foresight, self.article.team and self.article.team.foresight),
        )


ALL = 100
#: Of the newest text, of the log and of the reader's place, beside the piece's own fields.
AROUND = (
    "publication__name",
    "publication__slug",
    "team__name",
    "team__foresight",
    "revision_id",
    "latest_event",
    "latest_reading",
    "latest_renaming",
    "latest_answer",
    *(f"has_{name}" for name in There._fields),
    *Place._fields,
)
OWN_FIELDS = [field.attname for field in Article._meta.concrete_fields]


@prepared
def opening_fields(user: "AnyUser", slug: str) -> QuerySet[Any, Any]:
    mine = Reading.objects.filter(reader_id=user.pk, article_id=OuterRef("pk"))
    events = Event.objects.filter(visible_to(user), article_id=OuterRef("pk")).order_by("-id")
    revisions = Revision.objects.filter(article_id=OuterRef("pk")).order_by("-number")
    readings = Reading.objects.filter(
        article_id=OuterRef("pk"), reader__memberships__team_id=OuterRef("team_id")
    ).order_by("-read_at")
    answers = Answer.objects.filter(reader_id=user.pk, article_id=OuterRef("pk")).order_by("-answered_at")
    newest = Revision.objects.filter(article_id=OuterRef(OuterRef("pk"))).order_by("-number").values("pk")[:1]
    lost = Anchor.objects.filter(revision_id=Subquery(newest), state=Anchor.State.ORPHANED)
    renamed = User.objects.exclude(renamed_at=None).order_by("-renamed_at")
    around = {
        "latest_renaming": Subquery(renamed.values("renamed_at")[:1]),
        "latest_answer": Subquery(answers.values("answered_at")[:1]),
        "latest_reading": Subquery(readings.values("read_at")[:1]),
        "revision_id": Subquery(revisions.values("pk")[:1]),
        "latest_event": Coalesce(Subquery(events.values("pk")[:1]), 0),
        "has_tags": Exists(Article.tags.through.objects.filter(visible_to(user, "tag__"), article_id=OuterRef("pk"))),
        "has_notes": Exists(Note.objects.standing().visible_to(user).filter(article_id=OuterRef("pk"))),
        "has_notices": Exists(Notice.objects.filter(recipient_id=user.pk, read_at=None)),
        "has_lost": Exists(lost.filter(visible_to(user, "highlight__"), highlight__deleted_at=None)),
        **{name: Subquery(mine.values(name)[:1]) for name in Place._fields},
    }
    pieces: QuerySet[Any, Any] = Article.objects.filter(visible_to(user), slug=slug).annotate(**around)
    return pieces.values_list(*OWN_FIELDS, *AROUND)


def open_article(user: "AnyUser", slug: str) -> Opening:
    """The piece of this address, for somebody who may read it.

    Raises:
        Http404: there is none, or none for this reader.
    """
    rows = opening_fields(user, slug)
    if not rows:
        raise Http404
    own, around = rows[0][: len(OWN_FIELDS)], rows[0][len(OWN_FIELDS) :]
    publication, publication_slug, team, has_foresight, revision_id, event, reading, renaming, answer, *others = around
    there, where = others[: len(There._fields)], others[len(There._fields) :]
    article = Article.from_db(DEFAULT_DB_ALIAS, OWN_FIELDS, own)
    article.publication = Publication(name=publication, slug=publication_slug) if publication else None
    article.team = Team(pk=article.team_id, name=team, foresight=has_foresight) if team else None
    place = Place(*where) if where[0] else Place()
    return Opening(article, revision_id, event, reading, renaming, answer, place, There(*there))


def seen_event(article: Article, user: "AnyUser") -> int:
    """The last event that somebody has seen in a piece; 0 where nobody knows."""
    mine = Reading.objects.filter(article=article, reader_id=user.pk)
    return mine.values_list("seen_event", flat=True).first() or 0


@prepared
def fellow_fields(user: "AnyUser", article_id: int, team_id: int) -> QuerySet[Any, Any]:
    begun = Reading.objects.filter(article_id=article_id, reader__memberships__team_id=team_id)
    begun = begun.exclude(state=Reading.State.UNREAD).exclude(reader_id=user.pk)
    return begun.order_by("reader__name", "reader_id").values_list("reader__name", "state", "percent")


def fellows_of(opening: Opening, user: "AnyUser") -> list[Fellow]:
    """The same for a page that is opened, which knows already whether anybody of them has begun."""
    article = opening.article
    return fellows_in(article.pk, article.team_id, user) if opening.latest_reading else []


def fellows_in(article_id: int, team_id: int | None, user: "AnyUser") -> list[Fellow]:
    """How far the others of a team are in its piece; nobody else's piece says so."""
    if team_id is None or not (user.is_authenticated and team_id in user.team_ids):
        return []
    return [Fellow(*row) for row in fellow_fields(user, article_id, team_id)]


@prepared
def author_fields(user: "AnyUser", article_id: int) -> QuerySet[Any, Any]:
    signed = Authorship.objects.filter(article_id=article_id).order_by("position")
    return signed.values_list("person__name", "person__slug")


def authors_of(article: Article, user: "AnyUser") -> list[Person]:
    """The authors in the order of the byline; who reads the piece reads their names."""
    return [Person(name=name, slug=slug) for name, slug in author_fields(user, article.pk)]


@prepared
def tag_fields(user: "AnyUser", article_id: int) -> QuerySet[Any, Any]:
    """Slug and name of the tags on a piece that `user` may see."""
    tagged = Article.tags.through.objects.filter(visible_to(user, "tag__"), article=article_id)
    return tagged.order_by("tag__name").values_list("tag__slug", "tag__name")


@prepared
def text_fields(user: "AnyUser", revision_id: int) -> QuerySet[Any, Any]:
    return Revision.objects.filter(pk=revision_id).values_list("sha256", "html")


def layout_of_opening(opening: Opening, user: "AnyUser", places: tuple[int, ...] = ()) -> Layout:
    ((sha256, html),) = text_fields(user, opening.revision_id)
    return layout_of(*with_images(sha256, html, opening.article.pk, opening.article.slug), places)


def revision_for_drawing(revision_id: int, article_id: int, user: "AnyUser") -> Revision:
    """A text with no more of it than drawing takes."""
    ((sha256, html),) = text_fields(user, revision_id)
    return Revision(pk=revision_id, article_id=article_id, sha256=sha256, html=html)


class ClaimRow(NamedTuple):
    """The claim of a prediction, as far as its card tells it."""

    highlight_id: int
    speaker: str | None
    stance: str
    polarity: str
    time_text: str
    window_rule: str
    said_on: date | None
    id: int
    statement: str
    window_kind: str
    window_start: date | None
    window_end: date | None
    verdict_id: int | None
    dispute_id: int | None
    status: str | None
    outcome: int | None


@prepared
def claim_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    rows = Statement.objects.filter(
        visible_to(user, "claim__"), claim__deleted_at=None, highlight__in=ids, highlight__kind=Kind.PREDICTION
    )
    told = [f"claim__{name}" for name in CLAIM]
    return rows.exclude(claim__state__in=HIDDEN_STATES).values_list(*SAID, *told)


#: What a card says of the statement that its words are.
SAID = ("highlight_id", "speaker__name", "stance", "polarity", "time_text", "window_rule", "said_on")
#: What a card says of a claim.
CLAIM = (
    *("id", "statement", "window_kind", "window_start", "window_end", "verdict_id", "dispute_id"),
    *("verdict__status", "verdict__outcome"),
)


def claim_rows(ids: list[int], user: "AnyUser") -> list[ClaimRow]:
    """The claims that these marks state and that `user` sees."""
    return [ClaimRow(*row) for row in claim_fields(user, ids)]
