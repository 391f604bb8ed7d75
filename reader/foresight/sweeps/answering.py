"""Answering many sentences at once: in a few statements, however many there are."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reader.foresight.answering import learn_every_so_often, source_of
from reader.foresight.models import Answer, as_fields
from reader.foresight.sweeps.models import Finding, Wording
from reader.spotting.features import VERSION

if TYPE_CHECKING:
    from reader.accounts.models import User

BATCH = 500
#: What the newest answer says anew where there was one.
SAID = ["predicts", "source", "features", "answered_at", "highlight", "revision", "start", "end", "score", "model"]


def wave_all_away(findings: "QuerySet[Finding]", by: "User") -> tuple[int, datetime]:
    """Keep that these sentences predict nothing, in the eyes of `by`: how many they were, and the moment that all of
    them were answered at, which names them when they are taken back.
    """
    now = timezone.now()
    answers = [
        Answer(
            reader=by,
            article_id=finding.article_id,
            key=finding.key,
            predicts=False,
            source=source_of(finding.suggestion),
            features=VERSION,
            answered_at=now,
            **as_fields(finding.suggestion),
        )
        for finding in findings.select_related("suggestion").defer("words")
        if finding.suggestion
    ]
    with transaction.atomic():
        before = Answer.objects.count()
        Answer.objects.bulk_create(
            answers,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["reader", "article", "key"],
            update_fields=SAID,
        )
        learn_every_so_often(before, Answer.objects.count())
    return len(answers), now


def take_all_back(wording: Wording, at: datetime, by: "User") -> None:
    """Point at those again that were waved away at this moment."""
    of_it = Finding.objects.filter(wording=wording, article=OuterRef("article"), key=OuterRef("key"))
    waved = Answer.objects.filter(Exists(of_it), reader=by, predicts=False, answered_at=at)
    waved.update(predicts=None, answered_at=timezone.now())
