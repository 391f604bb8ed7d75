"""What readers answer to the suggestions, and what they find without any: what the next model learns from."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from reader.core.access import find_or_404
from reader.foresight.looking import key_of, sentences_between
from reader.foresight.models import Answer, Source, Suggestion, as_fields
from reader.foresight.refitting import EVERY, refit
from reader.foresight.spotters import live
from reader.highlights.models import Highlight
from reader.library.models import Article, Revision
from reader.spotting.features import VERSION

if TYPE_CHECKING:
    from reader.accounts.models import User


def wave_away(article: Article, key: str, by: "User") -> Suggestion:
    """Keep that this sentence predicts nothing, in the eyes of `by`.

    Raises:
        Http404: nothing of these words is suggested in the piece.
    """
    suggestion = find_or_404(Suggestion.objects.filter(revision__article=article).order_by("-revision_id"), key=key)
    with transaction.atomic():
        keep(article, by, key, predicts=False, source=source_of(suggestion), **as_fields(suggestion))
    return suggestion


def take_back(article: Article, key: str, by: "User") -> None:
    """Point at the sentence again."""
    waved = Answer.objects.filter(article=article, reader=by, key=key, predicts=False)
    waved.update(predicts=None, answered_at=timezone.now())


def learn_from(highlight: Highlight, revision: Revision, span: tuple[int, int], by: "User") -> None:
    """Keep that a passage was marked as a prediction, suggested or not; in the transaction that marks it."""
    article = highlight.article
    overlapping = Suggestion.objects.filter(revision=revision, start__lt=span[1], end__gt=span[0])
    suggested = list(overlapping.order_by("rank"))
    for suggestion in suggested:
        keep(
            article,
            by,
            suggestion.key,
            predicts=True,
            highlight=highlight,
            source=source_of(suggestion),
            **as_fields(suggestion),
        )
    for sentence in () if suggested else sentences_under(revision.text, *span):
        found: dict[str, Any] = {"revision_id": revision.pk, "start": sentence.span.start, "end": sentence.span.end}
        key = key_of(sentence.words)
        keep(article, by, key, predicts=True, highlight=highlight, source=Source.HAND, model=live().name, **found)


def sentences_under(text: str, start: int, end: int) -> list[Any]:
    """The sentences that a passage touches. A line break ends a sentence, so only its lines are looked at."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    here = sentences_between(text, first, last if last >= 0 else len(text))
    return [one for one in here if one.span.start < end and one.span.end > start]


def source_of(suggestion: Suggestion) -> Source:
    return Source.CHANCE if suggestion.by_chance else Source.LIKELY


def keep(article: Article, by: "User", key: str, **said: Any) -> None:
    """The answer of one reader to one sentence; the newest stands. Every so many, a model is fitted to all of them."""
    said |= {"features": VERSION, "answered_at": timezone.now()}
    said.setdefault("highlight", None)
    _, is_new = Answer.objects.update_or_create(article=article, reader=by, key=key, defaults=said)
    if is_new:
        now = Answer.objects.count()
        learn_every_so_often(now - 1, now)


def learn_every_so_often(before: int, now: int) -> None:
    """Let another model be fitted if there are so many answers more; in the transaction that keeps them."""
    if now // EVERY > before // EVERY:
        refit.enqueue()
