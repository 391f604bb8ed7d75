"""From an entry of a feed to a piece on the shelf, or to a new text of one that is there."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from reader.core.access import may_change
from reader.core.refusals import Refused
from reader.intake.dates import as_told
from reader.intake.details import as_details, as_text, cut, web_address
from reader.intake.feeds.documents import Entry
from reader.intake.feeds.models import EntryState, Feed, FeedEntry
from reader.intake.feeds.rules import audience_by, carry_out, rule_on, rules_for
from reader.intake.reading import Empty, Form, Reading, read
from reader.library.models import Article, Text
from reader.library.shelving import Details, details_of, replace_text, shelve

if TYPE_CHECKING:
    from reader.accounts.models import User

#: What the texts are made of that a later poll may replace; what a reader handed in instead stays.
FROM_FEED, FROM_PAGE = "feed_html", "feed_url_html"
NOTHING = "The feed tells neither words nor an address of this piece."
DOUBTED = "Its date, “{}”, can hardly be meant, so it is kept as doubtful."
UNREAD = "Its date, “{}”, cannot be read, so it has none."
LEFT_OUT = "{}."
BEGINNING = "Only its beginning: {}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an entry."""

    state: EntryState
    sentence: str = ""
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece on its way to the shelf."""

    details: Details
    text: Text


def kept(entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {"published": entry.published.isoformat() if entry.published else None}


def brought_back(said: dict[str, Any]) -> Entry:
    day = said["published"]
    return Entry(**(said | {"published": date.fromisoformat(day) if day else None}))


def from_feed(entry: Entry, feed: Feed, cut_off: str = "") -> Piece | None:
    """The piece as the feed tells it; `cut_off` is why it is only the beginning. None where it has no words."""
    if not entry.html.strip():
        return None
    try:
        reading = read(entry.html, Form.HTML, url=web_address(entry.url))
    except Empty:
        return None
    piece = as_piece(replace(reading, source_kind=FROM_FEED), entry.html, entry, feed)
    if not piece.text.text.strip():
        return None
    if cut_off:
        details = replace(piece.details, truncated=True, truncation_evidence=cut(cut_off, "truncation_evidence"))
        return Piece(details, piece.text)
    return piece


def from_page(raw: str, reading: Reading, entry: Entry, feed: Feed) -> Piece:
    return as_piece(replace(reading, source_kind=FROM_PAGE), raw, entry, feed)


def as_piece(reading: Reading, raw: str, entry: Entry, feed: Feed) -> Piece:
    """What was understood, and before it what the feed says in so many words."""
    text, understood = as_text(reading, raw), as_details(reading)
    published = entry.published or understood.published
    return Piece(
        replace(
            understood,
            title=cut(entry.title, "title") or understood.title,
            authors=entry.authors or understood.authors,
            publication=feed.title or understood.publication,
            canonical_url=web_address(entry.url) or understood.canonical_url,
            published=published,
            published_precision="day" if entry.published else understood.published_precision,
            doubted_date="" if published else as_told(entry.published_as_said) or understood.doubted_date,
            language=cut(entry.language or understood.language, "language") or "en",
        ),
        text,
    )


def put_on_the_shelf(piece: Piece | None, entry: Entry, feed: Feed, remark: str = "") -> Taken:
    """The article of this piece: made, or the one that is here already."""
    if piece is None:
        return Taken(EntryState.FAILED, remark or NOTHING)
    said = piece.details
    ruling = rule_on(rules_for(feed), feed.owner, said.title, said.authors, piece.text.text)
    if ruling.dropped_by:
        return Taken(EntryState.LEFT, LEFT_OUT.format(ruling.dropped_by))
    article, is_new = shelve(said, piece.text, feed.owner, *audience_by(ruling, feed))
    if not is_new:
        return Taken(EntryState.KNOWN, "", article)
    carry_out(ruling, article, feed.owner)
    sentences = [BEGINNING.format(remark) if remark else "", doubt_of(entry, article)]
    return Taken(EntryState.BROUGHT, " ".join(filter(None, sentences)), article)


def doubt_of(entry: Entry, article: Article) -> str:
    """What is wrong with the date of an entry, if anything and nothing else tells a better one."""
    if article.published or not entry.published_as_said:
        return ""
    return (DOUBTED if article.doubted_date else UNREAD).format(entry.published_as_said)


def give_new_text(row: FeedEntry, piece: Piece | None, by: "User") -> bool:
    """Make an edited entry the new text of its piece; whether it was.

    Only of a piece that this entry brought, and while its text is the feed's own: what a reader handed in stays.
    """
    article = row.article
    if piece is None or article is None or row.state != EntryState.BROUGHT or not may_change(by, article):
        return False
    if article.revisions.only("source_kind").latest("number").source_kind not in (FROM_FEED, FROM_PAGE):
        return False
    try:
        with transaction.atomic():
            known = details_of(article)
            is_untouched = known.title == row.title
            details = replace(known, title=piece.details.title) if is_untouched else known
            details = replace(details, truncated=piece.details.truncated)
            replace_text(
                article, replace(details, truncation_evidence=piece.details.truncation_evidence), piece.text, by
            )
    except (Refused, PermissionDenied, Http404, Article.DoesNotExist):
        return False
    return True
