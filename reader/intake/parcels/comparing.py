"""Telling what of a file is here already, as far as its reader sees it; nothing of the file is kept."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q

from reader.highlights.bringing import Quote, known_among
from reader.intake.archives import Unopened
from reader.intake.details import as_details, as_text
from reader.intake.exports.things import Export, Piece
from reader.intake.feeds.models import Feed
from reader.intake.feeds.opml import Listed
from reader.intake.mail.forwards import unwrap
from reader.intake.mail.letters import NoLetter, read_letter
from reader.intake.mail.pieces import Confirmation, understand
from reader.intake.parcels.contents import Source
from reader.intake.parcels.letters import known_letter
from reader.intake.parcels.models import Awaited, Plan
from reader.intake.parcels.pieces import as_quote, known_article, of_words
from reader.intake.reading import Empty, guess_form, read
from reader.library.addresses import canonical, spellings
from reader.library.models import Article
from reader.library.shelving import already_visible

if TYPE_CHECKING:
    from reader.accounts.models import User

log = logging.getLogger(__name__)

Row = TypeVar("Row")
#: Seconds in which letters, files and marks are looked into; what is left then is compared when it comes in.
LONGEST = 4.0
BATCH = 300
#: How `find` answers where nothing is here.
NOT_HERE = 0


class Comparison:
    """Counts into a plan what of it is here already, and of what that is not known yet."""

    def __init__(self, plan: Plan, reader: "User") -> None:
        self.plan, self.reader, self.until = plan, reader, time.monotonic() + LONGEST

    def mail(self, data: Callable[[], bytes | None]) -> None:
        here = self.find(lambda: self.letter(data()))
        self.plan.mails += 1
        self.plan.known_mails += bool(here)
        self.plan.unsure_mails += here is None

    def file(self, source: Source) -> None:
        here = self.find(partial(self.text_of, source))
        self.plan.pieces += 1
        self.plan.known += bool(here)
        self.plan.unsure += here is None

    def feeds(self, listed: Sequence[Listed]) -> None:
        mine = Feed.objects.followed().filter(owner=self.reader)
        self.plan.feeds += len(listed)
        for some in batches([one.url for one in listed]):
            followed = set(mine.filter(url__in=some).values_list("url", flat=True))
            self.plan.known_feeds += sum(url in followed for url in some)

    def export(self, export: Export) -> None:
        """The pieces by their addresses, titles or words; their marks by what the reader marked in the same pieces."""
        addressed = [piece.url for piece in export.pieces if piece.url]
        at, waiting = self.articles_at(addressed), self.waiting_for(addressed)
        marks: dict[int, list[Quote]] = {}
        for piece in export.pieces:
            here: int | None = at.get(spellings(piece.url)[0], NOT_HERE) if piece.url else NOT_HERE
            if not here and (piece.html or not piece.url):
                here = self.find(partial(self.words_of, piece) if piece.html else partial(self.name_of, piece))
            if here and piece.marks:
                marks.setdefault(here, []).extend(map(as_quote, piece.marks))
            if piece.html or piece.marks or not piece.url:
                self.plan.pieces += 1
                self.plan.known += bool(here)
                self.plan.unsure += here is None
            else:
                self.plan.addresses += 1
                self.plan.known_addresses += bool(here) or canonical(piece.url) in waiting
        self.plan.marks += export.marks
        told = known_among(marks, self.reader, self.until)
        self.plan.known_marks += told.known
        self.plan.unsure_marks += told.unsure

    def find(self, look: Callable[[], int | None]) -> int | None:
        """The piece that it is, or `NOT_HERE`; None where that is known only when it comes in."""
        if time.monotonic() > self.until:
            return None
        try:
            return look()
        except (Unopened, NoLetter, Empty):
            return None  # the report will say why
        except Exception:
            log.exception("a part of a file was not compared")
            return None

    def letter(self, data: bytes | None) -> int | None:
        if data is None:
            return None
        known = known_letter(unwrap(read_letter(data)), self.reader)
        if known:
            return known.pk
        found = understand(data)
        if isinstance(found, Confirmation):
            return None
        return pk_of(already_visible(found.reading.url, as_text(found.reading, found.raw), self.reader))

    def text_of(self, source: Source) -> int:
        raw = source.text()
        reading = read(raw, guess_form(raw, source.path), uploaded=True)
        return pk_of(already_visible(as_details(reading).canonical_url, as_text(reading, raw), self.reader))

    def words_of(self, piece: Piece) -> int:
        found = of_words(piece)
        return pk_of(already_visible(found[0].canonical_url, found[1], self.reader)) if found else NOT_HERE

    def name_of(self, piece: Piece) -> int:
        return pk_of(known_article(piece, self.reader))

    def articles_at(self, urls: Iterable[str]) -> dict[str, int]:
        """By address the oldest piece there that the reader sees, as a door would open it."""
        found: dict[str, int] = {}
        for some in batches(urls):
            asked = [spelling for url in some for spelling in spellings(url)]
            there = Article.objects.visible_to(self.reader).filter(canonical_url__in=asked).order_by("-pk")
            found |= {spellings(url)[0]: pk for url, pk in there.values_list("canonical_url", "pk") if url}
        return found

    def waiting_for(self, urls: Iterable[str]) -> set[str]:
        """The addresses whose text the reader waits for already."""
        # Those that their reader took off the list are waited for again.
        off = Q(ended_at__isnull=False, refusal="", article=None)
        mine, found = Awaited.objects.filter(~off, owner=self.reader), set[str]()
        for some in batches(canonical(url)[:2000] for url in urls):
            found |= set(mine.filter(url__in=some).values_list("url", flat=True))
        return found


def pk_of(article: Article | None) -> int:
    return article.pk if article else NOT_HERE


def batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    whole = list(rows)
    return (whole[at : at + BATCH] for at in range(0, len(whole), BATCH))
