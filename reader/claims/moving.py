"""Moving a piece, or a mark in it, between oneself, a team and everyone.

Widening is simple: what stands in the thing keeps its own audience, but for the mover's own things where they say so.
Narrowing, and going from one team to another, is a parting (see `parting.py`).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from reader.claims.carrying import submit, widen_additions
from reader.claims.keeping import refuse_to_unsay
from reader.claims.models import Claim
from reader.claims.parting import MOVED, Parting
from reader.claims.rehoming import rename_speakers, retag, rewrite_byline
from reader.core.access import require_change_still
from reader.core.events import event_of, let_ids_appear_in_order, record_all, widest
from reader.core.slugs import make_slug
from reader.core.visibility import InScope, Scope, Scoped, Visibility, is_within, scope_of, visible_to
from reader.highlights.marking import WiderThanItsPiece
from reader.highlights.models import Highlight, Note
from reader.library.models import Article
from reader.library.shelving import AddressTaken

if TYPE_CHECKING:
    from reader.accounts.models import User


def scope_for(thing: InScope, visibility: str, team_id: int | None) -> Scope:
    """That audience for this thing: private is its owner's, whoever moves it."""
    return Scope(thing.owner_id, team_id, visibility)


def move_articles(
    articles: Iterable[Article], visibility: str, team_id: int | None, by: "User", *, along: bool = False
) -> None:
    """Move all of them or none.

    Raises:
        AddressTaken: there is a piece from the address of one of them already.
        Refused: a verdict rests on a passage in one of them that fewer people would see.
    """
    with transaction.atomic():
        for article in articles:
            move_article(article, visibility, team_id, by, along=along)


def move_article(
    article: Article,
    visibility: str,
    team_id: int | None,
    by: "User",
    *,
    along: bool = False,
    give_up_address: bool = False,
) -> None:
    """Let others see the piece; with `along`, the mover's own marks and notes in it too.

    Raises:
        AddressTaken: those people have a piece from its address, which `by` sees too; nothing is moved. A piece that
            `by` does not see must not be told of: the moved one then goes without its address, as it does with
            `give_up_address`.
        Refused: a verdict rests on a passage in it that fewer people would see.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        article.look_again()
        require_change_still(by, article)
        before, after = as_scope(article), scope_for(article, visibility, team_id)
        if is_alike(before, after):
            return
        settle_address(article, after, by, give_up=give_up_address)
        if not is_within(before, after):
            refuse_to_unsay(Highlight.objects.filter(article=article), by, after)
            Parting(article, after, by).run()
        retag(Article, [article.pk], after, among=before)
        rewrite_byline(article, after)
        if before.visibility == Visibility.PUBLIC:  # its plain words would tell of it by their being taken
            article.slug = make_slug(Article, article.title, visibility)
        article.team_id, article.visibility = team_id, visibility
        article.save(update_fields=["team", "visibility", "slug", "canonical_url", "publication"])
        tell(article, before, by, article.pk)
        if along and is_within(before, after):
            take_marks_along(article, before, after, by)


def settle_address(article: Article, after: Scope, by: "User", *, give_up: bool) -> None:
    if not article.canonical_url:
        return
    others = Article.objects.filter(scope_of(after), canonical_url=article.canonical_url).exclude(pk=article.pk)
    seen = None if give_up else others.filter(visible_to(by)).first()
    if seen:
        raise AddressTaken(article, seen)
    if others.exists():
        article.canonical_url = None


def take_marks_along(article: Article, before: Scope, after: Scope, by: "User") -> None:
    """What the mover marked and wrote for the same people goes with the piece."""
    for mark in Highlight.objects.filter(scope_of(before), article=article, owner=by):
        move_highlight(mark, after.visibility, after.team_id, by, along=True)
    widen_notes(Note.objects.filter(scope_of(before), article=article, owner=by), after, by, article.pk)


def move_highlight(
    highlight: Highlight, visibility: str, team_id: int | None, by: "User", *, along: bool = False
) -> None:
    """Let others see the mark; with `along`, the claim that it states and the mover's own notes on it too.

    Raises:
        WiderThanItsPiece: they do not see the piece; nothing is moved.
        Refused: a verdict rests on it, whose readers would not see it any more.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        highlight.look_again()
        require_change_still(by, highlight)
        article = Article.objects.get(pk=highlight.article_id)
        before, after = as_scope(highlight), scope_for(highlight, visibility, team_id)
        if not is_within(after, article):
            raise WiderThanItsPiece
        if is_alike(before, after):
            return
        if not is_within(before, after):
            refuse_to_unsay(Highlight.objects.filter(pk=highlight.pk), by, after)
            Parting(article, after, by, highlight).run()
            highlight.look_again()
            return
        highlight.team_id, highlight.visibility = team_id, visibility
        highlight.touch("team", "visibility")
        retag(Highlight, [highlight.pk], after)
        rename_speakers([highlight.pk], after)
        tell(highlight, before, by, article.pk)
        if along:
            widen_what_is_said(highlight, before, after, by)


def widen_what_is_said(highlight: Highlight, before: Scope, after: Scope, by: "User") -> None:
    widen_notes(Note.objects.filter(scope_of(before), highlight=highlight, owner=by), after, by, highlight.article_id)
    stated = Claim.objects.filter(scope_of(before), statements__highlight=highlight, owner=by, merged_into=None)
    for claim in stated:
        claim.team_id, claim.visibility = after.team_id, after.visibility
        change = submit(claim, by)
        claim.save(update_fields=["team", "visibility", "state"])
        retag(Claim, [claim.pk], after)
        widen_additions(claim, before, by)
        tell(claim, before, by, highlight.article_id, **change)
        widen_notes(Note.objects.filter(scope_of(before), claim=claim, owner=by), after, by, None)


def widen_notes(notes: Iterable[Note], after: Scope, by: "User", article_id: int | None) -> None:
    for note in notes:
        before = as_scope(note)
        note.team_id, note.visibility = after.team_id, after.visibility
        note.save(update_fields=["team", "visibility"])
        tell(note, before, by, article_id)


def tell(thing: Scoped, before: Scope, by: "User", article_id: int | None, **detail: Any) -> None:
    """The event of a thing that was moved, for all who saw it or see it now."""
    known_to = widest(before, as_scope(thing))
    record_all([event_of(by, MOVED, thing, one, article_id=article_id, **detail) for one in known_to])


def as_scope(thing: InScope) -> Scope:
    return Scope(thing.owner_id, thing.team_id, thing.visibility)


def is_alike(one: InScope, other: InScope) -> bool:
    return (one.visibility, one.team_id) == (other.visibility, other.team_id)
