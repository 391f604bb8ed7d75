"""The gutter: faint marks beside the sentences that look like predictions, for one reader of a piece."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from reader.core.access import may_share_with
from reader.core.markup import NOTHING, fill, together
from reader.foresight.looking import ask, is_overdue, watch_anew
from reader.foresight.queries import Pointer
from reader.highlights.models import Kind
from reader.highlights.rendering import MarkRow
from reader.library.models import Article, Foresight
from reader.spotting.choosing import MOST, is_sentence
from reader.templatetags.forecite import icon, pencil

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: What a mark says to those who hear the page: of long sentences the beginning.
EXCERPT = 120
#: One form for all: each button says which sentence it is about.
WITHOUT_SCRIPT = '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
GUTTER = """<form class="gutter" id="gutter" method="post" action="{address}suggestions/dismissal/" \
hx-post="{address}suggestions/dismissal/" hx-swap="none" aria-label="Sentences that look like predictions">
{token}<ol role="list">{items}</ol></form>"""
ITEM = """<li id="suggestion-{start}" data-suggestion="{start}-{end}" data-rank="{rank}" \
data-anchor="--s{start}" data-card="--g{start}"{after}>\
<a href="{address}highlights/new/?kind=prediction&amp;revision={revision}&amp;start={start}&amp;end={end}"{focus} \
title="Looks like a prediction (Enter)">{pencil}\
<span class="visually-hidden">Looks like a prediction: {words}</span></a>\
<button class="button quiet icon-only" name="suggestion" value="{key}" data-key="x" title="Not a prediction (x)">{icon}\
<span class="visually-hidden">Not a prediction: {words}</span></button></li>"""
FOCUS = SafeString(" autofocus")
#: What a piece is in which something may be found.
HOLDS_SOME = (Foresight.FOUND, Foresight.STALE, Foresight.AGAIN)


def shows_a_gutter(team_id: int | None, user: "AnyUser") -> bool:
    """Whether somebody who reads a piece (of this team, or of none) is shown anything in its gutter.

    They must be able to mark it, and must not have switched the suggestions off; a team's own switch is in the query.
    """
    return user.is_authenticated and user.foresight and (team_id is None or may_share_with(user, team_id))


def has_foresight(article: Article) -> bool:
    """Whether its team lets it be looked through, if it is a team's."""
    return article.team is None or article.team.foresight


def ask_once(article: Article, user: "AnyUser") -> None:
    """An old piece is looked through when it is opened for the first time, or after another model went live."""
    if is_overdue(article) and shows_a_gutter(article.team_id, user) and has_foresight(article):
        ask(article.pk)


def ask_anew_for_what_is_drawn(article: Article, pointers: Iterable[Pointer], text: str) -> None:
    """Where a line was drawn by chance that is no sentence, as older versions drew them, the worker looks once more."""
    drawn = (text[one.start : one.end] for one in pointers if one.by_chance)
    if article.foresight == Foresight.FOUND and not all(is_sentence(words) for words in drawn):
        watch_anew(article)


def predictions_among(marks: Iterable[MarkRow]) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end, kind, _ in marks if kind == Kind.PREDICTION]


def unmarked(pointers: Iterable[Pointer], predictions: Sequence[tuple[int, int]]) -> list[Pointer]:
    """The best of those that a reader sees neither marked as predictions nor waved away; the best first, and behind
    them what was drawn by chance.
    """
    left = [one for one in pointers if not one.is_waved]
    seen = [one for one in left if not any(one.start < end and one.end > start for start, end in predictions)][:MOST]
    return sorted(seen, key=lambda one: one.turn)


def gutter(
    address: str,
    revision_id: int,
    text: str,
    pointers: Sequence[Pointer],
    token: str = "",
    focus_from: tuple[bool, int] | None = None,
) -> SafeString:
    """All of it; the token is for whoever has no script.

    The next one whose turn it is after `focus_from` gets the focus, for whoever works through it by keys.
    """
    in_text_order = sorted(pointers, key=lambda one: one.start)
    ranks = {one.key: rank for rank, one in enumerate(pointers)}
    in_focus = next_after(focus_from, pointers)
    items, before = [], None
    for one in in_text_order:
        words = text[one.start : one.end]
        items.append(
            fill(
                ITEM,
                start=one.start,
                end=one.end,
                rank=ranks[one.key],
                key=one.key,
                address=address,
                revision=revision_id,
                after=fill(' data-after="--g{start}"', start=before.start) if before else NOTHING,
                focus=FOCUS if one is in_focus else NOTHING,
                pencil=pencil(Kind.PREDICTION),
                icon=icon("x"),
                words=words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…",
            )
        )
        before = one
    return fill(
        GUTTER, address=address, token=fill(WITHOUT_SCRIPT, token=token) if token else NOTHING, items=together(items)
    )


def next_after(turn: tuple[bool, int] | None, pointers: Sequence[Pointer]) -> Pointer | None:
    """The likeliest of those behind it; behind the last one the first."""
    if turn is None or not pointers:
        return None
    return next((one for one in pointers if one.turn > turn), pointers[0])
