"""What is left to do when somebody has left."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.utils import timezone

from reader.accounts.models import Membership, Team, User
from reader.claims.disputes import Correction
from reader.claims.evidence import withhold
from reader.claims.forecasting import Forecast
from reader.claims.merging import release
from reader.claims.models import Claim, Statement
from reader.core.events import let_ids_appear_in_order
from reader.core.jobs import job
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.foresight.models import Answer
from reader.foresight.sweeps.models import Sweep
from reader.highlights.models import Highlight, Note
from reader.intake.addresses import Fetch
from reader.intake.feeds.models import Feed
from reader.intake.feeds.rules import FeedRule
from reader.intake.imports.models import Import
from reader.intake.models import Draft
from reader.intake.parcels.models import Awaited, Confirmation, Sender
from reader.intake.sending.models import WayIn
from reader.intake.sending.post import Received
from reader.library.models import Article, Authorship, Person, Publication, Reading
from reader.search.indexing import look_again
from reader.tags.models import Tag

if TYPE_CHECKING:
    from django.db.models import Model

#: So many are deleted in one transaction: others want to write meanwhile.
BATCH = 200


@job
def forget(person: int) -> None:
    """Delete what a former member kept to themselves, in batches; what a killed worker left is found again."""
    former = User.objects.filter(pk=person).exclude(left_at=None).first()
    if former is None:
        return
    deserted = Team.objects.exclude(Exists(Membership.objects.filter(team=OuterRef("pk"))))
    teams = list(deserted.values_list("pk", flat=True))
    alone = Q(owner=former) & (Q(visibility=Visibility.PRIVATE) | Q(team__in=teams))
    with transaction.atomic():
        let_ids_appear_in_order()
        passages = Highlight.objects.filter(alone | Q(article__in=Article.objects.filter(alone)))
        withhold(passages)
        release(Claim.objects.filter(alone), passages)
    for rows in kept_alone(former, alone):
        delete_all(rows)
    look_again(Q(owner=former) | Q(team__in=teams) | Q(within_team__in=teams))
    delete_sessions(former)
    for team in Team.objects.filter(pk__in=teams):
        delete_if_empty(team)


def kept_alone(former: User, alone: Q) -> "list[QuerySet[Any]]":
    """All of it, those before which others refer to. Names that something kept still bears stay with it."""
    signed = Authorship.objects.filter(person=OuterRef("pk"))
    said = Statement.objects.filter(Q(speaker=OuterRef("pk")) | Q(reported_by=OuterRef("pk")))
    corrected = Correction.objects.filter(person=OuterRef("pk"))
    published = Article.objects.filter(publication=OuterRef("pk"))
    return [
        Fetch.objects.filter(owner=former),
        Draft.objects.filter(owner=former),
        Import.objects.filter(owner=former),
        FeedRule.objects.filter(owner=former),
        Feed.objects.filter(owner=former),
        WayIn.objects.filter(person=former),
        Received.objects.filter(owner=former),
        Awaited.objects.filter(owner=former),
        Confirmation.objects.filter(owner=former),
        Sender.objects.filter(owner=former),
        Reading.objects.filter(reader=former),
        Answer.objects.filter(reader=former),
        Sweep.objects.filter(owner=former),
        Claim.objects.filter(alone, merged_into__isnull=False),
        Claim.objects.filter(alone),
        Forecast.objects.filter(alone),
        Note.objects.filter(alone),
        Highlight.objects.filter(alone),
        Article.objects.filter(alone),
        Tag.objects.filter(alone),
        Publication.objects.filter(alone).exclude(Exists(published)),
        Person.objects.filter(alone).exclude(Exists(signed)).exclude(Exists(said) | Exists(corrected)),
        Event.objects.filter(alone),
    ]


def delete_sessions(former: User) -> None:
    """What their browsers are remembered by. It opens nothing any more, and all sessions are read to find it."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if SessionStore().decode(session.session_data).get(SESSION_KEY) == str(former.pk):
            session.delete()


def delete_all(rows: "QuerySet[Model]") -> None:
    model = rows.model
    while keys := list(rows.order_by().values_list("pk", flat=True)[:BATCH]):
        model._default_manager.filter(pk__in=keys).delete()


def delete_if_empty(team: Team) -> None:
    """A team goes when nobody is in it and nothing of others is left in it."""
    try:
        with transaction.atomic():
            team.delete()
    except ProtectedError:
        return
