"""Which pieces a reader lets be looked through at once: those of the shelf as it is narrowed, or of one feed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict

from reader.core.access import find_or_404
from reader.core.requests import id_in
from reader.foresight.sweeps.models import MOST_PIECES, Sweep
from reader.foresight.sweeps.queries import pieces_for
from reader.foresight.sweeps.running import queue
from reader.intake.feeds.queries import feeds_of
from reader.library.models import Article
from reader.pages.shelf import ORDERS, ShelfFilters
from reader.pages.shelf_form import STATE_NAMES, ShelfForm

if TYPE_CHECKING:
    from reader.accounts.models import User


SHELF = "The shelf"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Pieces that belong together, and what names them in a query; the first ones first."""

    title: str
    said: dict[str, str]
    address: str
    pieces: "QuerySet[Article]"

    @classmethod
    def by(cls, asked: QueryDict, reader: "User") -> Self:
        """What a query chooses.

        Raises:
            Http404: it names a feed that the reader does not follow.
        """
        feed = id_in(asked, "feed")
        return cls.of_feed(feed, reader) if feed else cls.on_shelf(ShelfForm(asked).filters(), reader)

    @classmethod
    def of_feed(cls, pk: int, reader: "User") -> Self:
        feed = find_or_404(feeds_of(reader), pk=pk)
        entries = feed.entries.filter(article__isnull=False).values("article")
        pieces = ORDERS["added"].apply(Article.objects.visible_to(reader).filter(pk__in=entries))
        return cls(str(feed), {"feed": str(pk)}, f"/feeds/{pk}/", pieces)

    @classmethod
    def on_shelf(cls, filters: ShelfFilters, reader: "User") -> Self:
        pieces = filters.apply(Article.objects.visible_to(reader), reader)
        said = said_of(filters)
        return cls(in_words(filters), said, f"/articles/?{urlencode(said)}", ORDERS[filters.sort].apply(pieces))

    def for_reader(self, reader: "User") -> "QuerySet[Article]":
        """Those of them that the reader may mark, and whose team lets them be looked through."""
        return self.pieces.filter(pk__in=pieces_for(reader).values("pk"))

    def keys(self, reader: "User") -> list[int]:
        return list(self.for_reader(reader).values_list("pk", flat=True)[:MOST_PIECES])


def said_of(filters: ShelfFilters) -> dict[str, str]:
    """The filters that narrow or sort the shelf, as its address has them."""
    said = {name: getattr(filters, name) for name in ("state", "q", "tag", "author", "publication")}
    said["sort"] = "" if filters.sort == "added" else filters.sort
    return {name: value for name, value in said.items() if value}


def in_words(filters: ShelfFilters) -> str:
    """What is on a shelf that is narrowed so."""
    parts = [
        f"{SHELF}: {STATE_NAMES[filters.state]}" if filters.state else SHELF,
        f"“{filters.q}” in the title" if filters.q else "",
        f"tagged {filters.tag}" if filters.tag else "",
        f"by {filters.author}" if filters.author else "",
        f"in {filters.publication}" if filters.publication else "",
    ]
    return ", ".join(part for part in parts if part)


def begin(chosen: Chosen, reader: "User") -> Sweep:
    """Let the worker look for predictions in what was chosen.

    Raises:
        TooMany: the reader began many of late.
    """
    with transaction.atomic():
        sweep = Sweep.begin(reader, chosen.title, urlencode(chosen.said), chosen.keys(reader))
        queue(sweep)
    return sweep


def begin_again(sweep: Sweep, reader: "User") -> None:
    """Look through all of it once more, and through what belongs to it now.

    Raises:
        Refused: it goes on already.
    """
    with transaction.atomic():
        sweep.begin_again(keys_again(sweep, reader))
        queue(sweep)


def keys_again(sweep: Sweep, reader: "User") -> list[int]:
    """What the query of a sweep chooses now; of a feed that is followed no more, nothing new."""
    asked = QueryDict(sweep.choice)
    feed = id_in(asked, "feed")
    is_gone = feed is not None and not feeds_of(reader).filter(pk=feed).exists()
    return [] if is_gone else Chosen.by(asked, reader).keys(reader)
