"""Marking a passage: finding it, refusing what is not there, keeping one row however often it is sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, transaction

from reader import anchoring
from reader.core.access import require_sight
from reader.core.events import let_ids_appear_in_order, record
from reader.core.prepared import NOBODY, prepared
from reader.core.visibility import Scope, is_within
from reader.highlights.carrying import carry_on
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article, Revision

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User
    from reader.core.requests import AnyUser


WORD = re.compile(r"\S+")
#: How many places are compared: the letter e stands in a long piece half a million times.
MOST_PLACES = 10_000
#: How many places one can choose from, and how many characters around each tell which it is.
MOST_CHOSEN_FROM, AROUND = 50, 60
#: What of a piece decides who may mark it for whom, and whether the mark must be carried on.
DECIDING = ["id", "owner_id", "team_id", "visibility", "revised_at"]
GONE = "The text was changed since you opened it, and these words are no longer in it."


class NoSuchPassage(Exception):
    """The words are not in the text, or not where they were said to be."""


class Gone(NoSuchPassage):
    """The words stood in the text that somebody saw, and have no place in the newest."""

    def __init__(self, passage: "Passage") -> None:
        super().__init__(GONE)
        self.passage = passage


class WiderThanItsPiece(ValueError):
    """More people would see the mark than see its piece."""

    def __init__(self) -> None:
        super().__init__("more people would see the mark than see its piece")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one revision, in code points of its text."""

    revision: Revision
    start: int
    end: int

    @property
    def exact(self) -> str:
        return self.revision.text[self.start : self.end]


def locate(revision: Revision, exact: str, start: int | None = None, end: int | None = None, near: int = 0) -> Passage:
    """The passage whose words are `exact`: at the offsets where these are given, else where they stand nearest `near`.

    Without offsets (no script in the browser) white space may differ, as it does in what a reader types or pastes.

    Raises:
        NoSuchPassage: the offsets hold other words, or the words occur nowhere.
    """
    if start is not None and end is not None:
        if not exact.strip() or not 0 <= start < end <= len(revision.text) or revision.text[start:end] != exact:
            raise NoSuchPassage("These words are not at that place in the text.")
        return Passage(revision, start, end)
    span = search(revision.text, exact, near)
    if span is None:
        raise NoSuchPassage("These words do not occur in the text.")
    return Passage(revision, *span)


def carry(passage: Passage, newest: Revision) -> Passage:
    """Where the passage went in a newer text.

    Raises:
        Gone: it is in it no longer, or nobody can be sure.
    """
    (found,) = anchoring.carry(passage.revision.text, newest.text, [anchoring.Anchor(passage.start, passage.end)])
    if found.state == anchoring.State.ORPHANED:
        raise Gone(passage)
    return Passage(newest, found.start, found.end)


def in_newest(passage: Passage, newest: Revision) -> Passage:
    """The passage as it stands, or where it went since the reader opened the page."""
    return passage if passage.revision.pk == newest.pk else carry(passage, newest)


def occurrences(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact)
    while at >= 0:
        yield at
        at = text.find(exact, at + len(exact))


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places where some words stand, with what stands around them there."""

    start: int
    end: int
    before: str
    after: str


def places_of(passage: Passage) -> list[Place]:
    """Where the words of a passage stand in its text, in its order: for whoever cannot select one of them."""
    text, size = passage.revision.text, len(passage.exact)
    return [
        Place(at, at + size, text[max(0, at - AROUND) : at], text[at + size : at + size + AROUND])
        for at in islice(occurrences(text, passage.exact), MOST_CHOSEN_FROM)
    ]


def search(text: str, exact: str, near: int = 0) -> tuple[int, int] | None:
    """Where `exact` stands in `text`, nearest `near`; else where it first does, any white space matching any other."""
    sought = " ".join(exact.split())
    if not sought:
        return None
    places = islice(occurrences(text, exact), MOST_PLACES)
    nearest = min(places, key=lambda at: abs(at - near), default=None)
    if nearest is not None:
        return nearest, nearest + len(exact)
    spaced = " ".join(text.split())
    at = spaced.find(sought)
    return None if at < 0 else (unspaced(text, spaced, at), unspaced(text, spaced, at + len(sought) - 1) + 1)


def unspaced(text: str, spaced: str, at: int) -> int:
    """The place in `text` of a character of a word, given its place where all white space is one blank."""
    word, begins = spaced.count(" ", 0, at), spaced.rfind(" ", 0, at) + 1
    found = next(islice(WORD.finditer(text), word, None))
    return found.start() + at - begins


def mark(
    passage: Passage, kind: str, by: "User", visibility: str, team_id: int | None = None, *, placeless: bool = False
) -> tuple[Highlight, bool]:
    """Highlight the passage, and whether that made a new row: the same mark sent twice is one.

    Where the piece has a newer text by now, the mark keeps the words that were marked and stands in both; made
    `placeless`, it may be lost in the newer one.

    Raises:
        WiderThanItsPiece: more people would see the mark than its piece.
        Gone: the words are not in the newest text.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        # Asked under the lock: somebody may have narrowed the piece since its page was opened.
        article = as_it_is_now(passage.revision.article_id)
        require_sight(by, article)
        if not is_within(Scope(by.pk, team_id, visibility), article):
            raise WiderThanItsPiece
        same = like_marks(by, kind, visibility, team_id, passage.revision.pk, passage.start, passage.end)
        if same:
            return Highlight.objects.get(pk=same[0][0]), False
        highlight = Highlight(
            article_id=passage.revision.article_id, kind=kind, owner=by, team_id=team_id, visibility=visibility
        )
        highlight.select(passage.revision, passage.start, passage.end)
        highlight.save()
        Anchor.objects.create(highlight=highlight, revision=passage.revision, start=passage.start, end=passage.end)
        if article.revised_at:
            place_in_newest(highlight, passage, placeless=placeless)
        record(by, "marked", highlight, article_id=highlight.article_id)
    return highlight, True


def as_it_is_now(article_id: int) -> Article:
    """A piece, as far as it decides who may mark it for whom.

    Raises:
        Article.DoesNotExist: it is gone.
    """
    for row in deciding_fields(NOBODY, article_id):
        return Article.from_db(DEFAULT_DB_ALIAS, DECIDING, row)
    raise Article.DoesNotExist


@prepared
def deciding_fields(user: "AnyUser", article_id: int) -> "QuerySet[Any, Any]":
    return Article.objects.filter(pk=article_id).values_list(*DECIDING)


@prepared
def like_marks(
    user: "AnyUser", kind: str, visibility: str, team_id: int | None, revision_id: int, start: int, end: int
) -> "QuerySet[Any, Any]":
    """The marks of this reader that say the same of the same words."""
    mine = Highlight.objects.standing().filter(owner_id=user.pk, kind=kind, visibility=visibility, team_id=team_id)
    there = mine.filter(anchors__revision_id=revision_id, anchors__start=start, anchors__end=end)
    return there.order_by("pk").values_list("pk")[:1]


def place_in_newest(highlight: Highlight, passage: Passage, *, placeless: bool) -> None:
    newest = carry_on(highlight, passage.revision, passage.start, passage.end)
    if newest and newest.state == Anchor.State.ORPHANED and not placeless:
        raise Gone(passage)
