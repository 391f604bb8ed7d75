"""The worker goes through the pieces of a sweep, for a while at a time."""

import logging
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.core.jobs import job, nightly
from reader.foresight.looking import WAITING, look
from reader.foresight.models import Suggestion
from reader.foresight.sweeps.gathering import Gathering
from reader.foresight.sweeps.models import Finding, Outcome, Sweep, SweptPiece, Wording
from reader.foresight.sweeps.queries import pieces_for
from reader.library.models import Article, Foresight

log = logging.getLogger(__name__)

#: Seconds that a sweep works before it lets others go first.
SLICE = 10.0
#: So many pieces are taken in hand at once.
BATCH = 500
#: How long a list that was taken away is kept.
KEPT = timedelta(days=30)
OUTCOMES = {
    Foresight.FOUND: Outcome.FOUND,
    Foresight.NOTHING: Outcome.NOTHING,
    Foresight.FOREIGN: Outcome.FOREIGN,
}


@job
def run_sweep(sweep_id: int) -> None:
    """Go on with a sweep, for a while."""
    sweep = Sweep.objects.select_related("owner").filter(pk=sweep_id).first()
    if sweep and sweep.take_up() and not carry_on(sweep):
        run_sweep.enqueue(sweep_id=sweep_id)


@nightly(hour=4)
def forget_old_sweeps() -> None:
    """Delete the lists that their readers took away long ago."""
    Sweep.objects.filter(removed_at__lt=timezone.now() - KEPT).delete()


def queue(sweep: Sweep) -> None:
    """Let a worker have it."""
    run_sweep.enqueue(sweep_id=sweep.pk)


def carry_on(sweep: Sweep, seconds: float = SLICE) -> bool:
    """Look through what was not looked through yet, for so many seconds; whether there is nothing left to do."""
    until, gathering = time.monotonic() + seconds, gathered(sweep)
    waiting = list(sweep.pieces.filter(outcome=Outcome.WAITING).select_related("article").order_by("pk")[:BATCH])
    for piece in waiting:
        if not sweep.is_wanted():
            return True
        if not take(piece, sweep, gathering):
            gathering = gathered(sweep)  # of what was begun nothing is there now
        if time.monotonic() > until:
            return False
    if len(waiting) < BATCH:
        sweep.finish()
    return len(waiting) < BATCH


def gathered(sweep: Sweep) -> Gathering:
    """The wordings found so far, each by its first sentence."""
    rows = sweep.findings.order_by("-pk").values_list("wording", "words")
    return Gathering(dict(rows.iterator()))


def take(piece: SweptPiece, sweep: Sweep, gathering: Gathering) -> bool:
    """Look through one piece; what nobody foresaw is noted too, and the next one is taken."""
    here = SweptPiece.objects.filter(pk=piece.pk, outcome=Outcome.WAITING)
    try:
        outcome = look_for(sweep, piece.article)
        with transaction.atomic():
            let_ids_appear_in_order()
            if here.update(outcome=outcome) and outcome == Outcome.FOUND:
                keep(sweep, piece.article, gathering)
    except (OperationalError, InterfaceError):
        raise  # no fault of the piece: the job is tried again
    except Exception:
        log.exception("a piece was not looked through: %s", piece.article_id)
        here.update(outcome=Outcome.FAILED)
        return False
    return True


def look_for(sweep: Sweep, article: Article) -> Outcome:
    """What there is in the piece, for whoever asked."""
    if not pieces_for(sweep.owner).filter(pk=article.pk).exists():
        return Outcome.LEFT
    if article.foresight not in OUTCOMES:
        look(article)
        article.refresh_from_db(fields=["foresight"])
    if article.foresight in {*WAITING, *WAITING.values()}:
        return Outcome.FAILED  # its text changes faster than it is read
    return OUTCOMES[Foresight(article.foresight)]


def keep(sweep: Sweep, article: Article, gathering: Gathering) -> None:
    """Keep the likely sentences of a piece, each once, with those that say the same."""
    known = set(Finding.objects.filter(sweep=sweep, article=article).values_list("key", flat=True))
    likely = Suggestion.objects.filter(revision__article=article, by_chance=False).exclude(key__in=known)
    texts = dict(article.revisions.filter(suggestions__in=likely).values_list("pk", "text"))
    for suggestion in likely.order_by("rank"):
        words = texts[suggestion.revision_id][suggestion.start : suggestion.end]
        wording_id = place(sweep, words, suggestion.score, gathering)
        Finding.objects.create(
            sweep=sweep,
            wording_id=wording_id,
            article=article,
            suggestion=suggestion,
            key=suggestion.key,
            words=words,
            score=suggestion.score,
        )


def place(sweep: Sweep, words: str, score: float, gathering: Gathering) -> int:
    """The wording that the sentence belongs to: one that is there, or its own."""
    kept = gathering.like(words)
    if kept is not None:
        Wording.objects.filter(pk=kept, best__lt=score).update(best=score)
        return kept
    made = Wording.objects.create(sweep=sweep, best=score)
    gathering.add(made.pk, words)
    return made.pk
