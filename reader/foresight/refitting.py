"""The worker fits a model to the shipped sentences and to what readers answered; it goes live if it does not lose."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reader.core.blocks import layout_of
from reader.core.events import let_ids_appear_in_order
from reader.core.jobs import job
from reader.foresight.looking import sentences_of
from reader.foresight.models import SHIPPED, Answer, Spotter, SpotterState
from reader.foresight.spotters import Live, live
from reader.library.models import Article, Foresight, Revision
from reader.spotting.checking import check
from reader.spotting.features import VERSION
from reader.spotting.labelled import written_pieces
from reader.spotting.model import load
from reader.spotting.refitting import Lesson, refitted
from reader.spotting.spotter import described

if TYPE_CHECKING:
    from reader.accounts.models import User

#: So many answers, and another model is tried.
EVERY = 20
#: One answer of a reader here teaches as much as so many sentences that were written to teach.
TRUST_IN_READERS = 2.0
#: So many pieces are taken in hand at once when another model goes live: others want to write meanwhile.
BATCH = 500


@job
def refit() -> None:
    """Fit a model to all that is known by now, and use it if it does no worse on the check set."""
    own = list(lessons_of_readers())
    if not own:
        return
    is_spoilt = learned_more_than(len(own))
    rival = Live(SHIPPED, load()) if is_spoilt else live()
    fitted = refitted(load(), [*shipped_lessons(), *own])
    precision, rival_precision = round(check(fitted), 4), round(check(rival.model), 4)
    wins = precision >= rival_precision
    with transaction.atomic():
        let_ids_appear_in_order()
        spotter = Spotter.objects.create(
            text=fitted.dumped(),
            features=VERSION,
            answers=len(own),
            precision=precision,
            rival=rival.name,
            rival_precision=rival_precision,
            state=SpotterState.RESTING if wins else SpotterState.LOST,
        )
        if wins or is_spoilt:
            use(spotter if wins else None)
    if wins or is_spoilt:
        read_again.enqueue()


def learned_more_than(answers: int) -> bool:
    """Whether the model in use learned what was taken back since: its figure is no measure for another then.

    One that somebody chose stays until they choose again, or it is beaten.
    """
    return Spotter.objects.filter(state=SpotterState.LIVE, chosen_by=None, answers__gt=answers).exists()


def use(spotter: Spotter | None, by: "User | None" = None) -> None:
    """Let this model be the one in use, or the shipped one; in a transaction."""
    Spotter.objects.filter(state=SpotterState.LIVE).update(state=SpotterState.RESTING)
    if spotter:
        Spotter.objects.filter(pk=spotter.pk).update(state=SpotterState.LIVE, chosen_by=by)


def switch(spotter: Spotter | None, by: "User") -> None:
    """Go back to a model that was in use before, or to the shipped one."""
    with transaction.atomic():
        let_ids_appear_in_order()
        use(spotter, by)
        read_again.enqueue()


@job
def read_again() -> None:
    """Let each piece be looked through by the model that is in use now, when somebody opens it next."""
    outdated = Article.objects.filter(foresight__in=[Foresight.FOUND, Foresight.NOTHING]).order_by("pk")
    while keys := list(outdated.values_list("pk", flat=True)[:BATCH]):
        Article.objects.filter(pk__in=keys).update(foresight=Foresight.STALE, foresight_at=timezone.now())


@lru_cache(maxsize=1)
def shipped_lessons() -> tuple[Lesson, ...]:
    """The sentences that come with the program, but for those that the gate turns away."""
    lessons: list[Lesson] = []
    for piece in written_pieces():
        known = described([one.text for one in piece.sentences], piece.said_on, piece.contexts)
        lessons += [
            Lesson(features, one.predicts, 0.5 if one.is_borderline else 1.0)
            for one, features in zip(piece.sentences, known, strict=True)
            if features
        ]
    return tuple(lessons)


def lessons_of_readers() -> Iterator[Lesson]:
    """What readers here answered, of the features that are in use now; text by text, since neighbours tell too.

    Words that stand in many pieces teach once what a reader said of them: a whole group may be answered with one key.
    """
    answers = Answer.objects.standing().filter(features=VERSION)
    taught: set[tuple[int, str, bool | None]] = set()
    for revision_id in list(answers.order_by("revision").values_list("revision", flat=True).distinct()):
        revision = Revision.objects.select_related("article").defer("raw").get(pk=revision_id)
        said = answers.filter(revision=revision).order_by("pk").values_list("reader", "key", "predicts", "start")
        new = [(start, predicts) for *who, predicts, start in said if (*who, predicts) not in taught]
        taught.update((reader, key, predicts) for reader, key, predicts, _ in said)
        yield from lessons_in(revision, new)


def lessons_in(revision: Revision, said: Iterable[tuple[int, bool | None]]) -> Iterator[Lesson]:
    article = revision.article
    said_on = article.published or timezone.localdate(article.added_at)
    sentences = sentences_of(layout_of(revision.sha256, revision.html))
    known = dict(
        zip((one.span.start for one in sentences), described([s.words for s in sentences], said_on), strict=True)
    )
    for start, predicts in said:
        if features := known.get(start):
            yield Lesson(features, bool(predicts), TRUST_IN_READERS)
