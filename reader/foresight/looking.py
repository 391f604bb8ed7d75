"""Looking through a text for what predicts: asked for when the text comes, done by the worker, once for each text."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reader.core.blocks import Layout, layout_of
from reader.core.events import let_ids_appear_in_order, record
from reader.core.jobs import job
from reader.foresight.models import KEY_LENGTH, Suggestion
from reader.foresight.spotters import Live, live
from reader.foresight.sweeps.models import follow
from reader.library.models import Article, Foresight, Revision
from reader.spotting.choosing import choose, is_sentence
from reader.spotting.gate import speaks_english
from reader.spotting.sentences import Span, split
from reader.spotting.spotter import score
from reader.spotting.tokens import tokenised

#: What the log says once a text was looked through.
LOOKED = "looked through"
#: Nobody reads a longer sentence as one prediction.
LONGEST = 1_000
#: After so long a piece that waits is asked for once more: the worker may have given it up.
LOST_AFTER = timedelta(hours=1)
#: What a piece is that waits to be asked for, and what it is then.
WAITING = {Foresight.UNREAD: Foresight.ASKED, Foresight.STALE: Foresight.AGAIN}


class Sentence(NamedTuple):
    span: Span
    words: str


def watch(revision: Revision) -> None:
    """A text has come: ask for it, in the transaction that brings it."""
    Article.objects.filter(pk=revision.article_id).update(foresight=Foresight.UNREAD)
    ask(revision.article_id)


def watch_anew(article: Article) -> None:
    """The piece has another date, from which what looks ahead, and how likely, is seen (in the transaction that sets
    it); or what was found would not be found today. Till the worker was there it stays to be seen.
    """
    looked = Article.objects.filter(pk=article.pk, foresight__in=[Foresight.FOUND, Foresight.NOTHING])
    looked.update(foresight=Foresight.STALE)
    ask(article.pk)


def is_overdue(article: Article) -> bool:
    """Whether the worker should be asked to look through the newest text; without a query."""
    has_waited = article.foresight_at is None or article.foresight_at < timezone.now() - LOST_AFTER
    return article.foresight in WAITING or (article.foresight in WAITING.values() and has_waited)


def ask(article_id: int) -> None:
    """Let the worker look through the newest text, unless it was asked already."""
    now = timezone.now()
    with transaction.atomic():
        for before, after in WAITING.items():
            given_up = Q(foresight=after, foresight_at__lt=now - LOST_AFTER)
            piece = Article.objects.filter(Q(foresight=before) | given_up, pk=article_id)
            if piece.update(foresight=after, foresight_at=now):
                look_through.enqueue(article=article_id)


@job
def look_through(article: int) -> None:
    """Look through the newest text of the piece, unless that has been done meanwhile."""
    piece = Article.objects.filter(pk=article, foresight__in=WAITING.values()).first()
    if piece:
        look(piece)


def look(article: Article) -> None:
    """Keep the sentences of the newest text that look like predictions."""
    revision = article.revisions.defer("raw").latest("number")
    spotter = live()
    said_on = article.published or timezone.localdate(article.added_at)
    sentences = sentences_of(layout_of(revision.sha256, revision.html))
    foreign = not speaks_english([tokenised(sentence.words, said_on.year) for sentence in sentences])
    found = [] if foreign else found_in(sentences, said_on, spotter, revision)
    outcome = Foresight.FOREIGN if foreign else Foresight.FOUND if found else Foresight.NOTHING
    with transaction.atomic():
        let_ids_appear_in_order()
        if article.revisions.latest("number").pk != revision.pk:
            return  # another text has come meanwhile, and asks for itself
        Suggestion.objects.filter(revision__article=article).delete()
        Suggestion.objects.bulk_create(found)
        follow(article, found)
        Article.objects.filter(pk=article.pk).update(foresight=outcome, foresight_at=timezone.now())
        if found:  # whoever has the piece open gets them with what others do there
            record(None, LOOKED, article, article_id=article.pk)


def sentences_of(layout: Layout) -> list[Sentence]:
    """The sentences of a text but for code and tables, in reading order."""
    found: list[Sentence] = []
    tables = 0  # that are open
    for glue, block in zip(layout.glue, layout.blocks, strict=False):
        tables += glue.count("<table") - glue.count("</table")
        if not tables and not glue[glue.rfind("<") :].startswith("<pre "):
            found += sentences_between(layout.text, block.start, block.end)
    return found


def sentences_between(text: str, start: int, end: int) -> Iterator[Sentence]:
    for span in split(text[start:end]):
        yield Sentence(Span(start + span.start, start + span.end), text[start + span.start : start + span.end])


def found_in(sentences: Sequence[Sentence], said_on: date, spotter: Live, revision: Revision) -> list[Suggestion]:
    words = [sentence.words for sentence in sentences]
    scores = score(words, said_on, model=spotter.model)
    unseen = spotter.model.unseen
    fitting = [chance if len(one) <= LONGEST else unseen for one, chance in zip(words, scores, strict=True)]
    no_sentences = {at for at, one in enumerate(words) if not is_sentence(one)}
    chosen = choose(fitting, unseen, f"{revision.sha256} {spotter.name}", no_sentences)
    likely_first = sorted(chosen, key=lambda choice: choice.by_chance)
    once = {key_of(words[choice.at]): choice for choice in reversed(likely_first)}  # of a refrain the likeliest alone
    return [
        Suggestion(
            revision=revision,
            key=key_of(words[choice.at]),
            start=sentences[choice.at].span.start,
            end=sentences[choice.at].span.end,
            rank=rank,
            score=scores[choice.at],
            by_chance=choice.by_chance,
            model=spotter.name,
        )
        for rank, choice in enumerate(one for one in chosen if once[key_of(words[one.at])] is one)
    ]


def key_of(words: str) -> str:
    """What tells the words of a sentence from others, whatever the white space and the case."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:KEY_LENGTH]
