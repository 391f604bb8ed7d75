"""Bringing in what another app kept: the piece, or the address of one, and every mark that was made in it."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.core.visibility import Scope
from reader.highlights.bringing import Brought, Quote, bring_marks
from reader.highlights.models import Note, write_once
from reader.intake.dates import Dated, Precision
from reader.intake.details import as_details, as_text, web_address
from reader.intake.documents import Metadata
from reader.intake.exports.things import Mark, Piece
from reader.intake.imports import Import, Item, Outcome
from reader.intake.imports.made import gave_more, made_marks, made_notes, made_piece
from reader.intake.parcels.models import Awaited
from reader.intake.reading import Empty, Form, read
from reader.library.addresses import canonical, spellings
from reader.library.models import QUOTES, Article, Reading, Text
from reader.library.shelving import Details, describe, details_of, shelve

if TYPE_CHECKING:
    from reader.accounts.models import User

ONLY_QUOTES = "Only the passages that were marked in {app} are here."
ONLY_QUOTES_OF_SEVERAL = "Only the passages that were marked in other apps are here."
TO_BE_FETCHED = "Its text is to be fetched; until then it waits among the addresses."
NO_WORDS = "There are no words of it, and no address to fetch them from."
TAGS_OF_PIECE, MOST_DOUBTS = 20, 3


def bring_piece(work: Import, piece: Piece, app: str) -> list[Item]:
    """The piece with its marks; or the address of one, which waits for its text."""
    owner = work.owner
    article = known_article(piece, owner)
    is_new = False
    if article is None and not (piece.html or piece.marks or piece.notes):
        return [wait_for(work, piece)] if piece.url else [left(piece, NO_WORDS)]
    if article is None:
        made = make_article(work, piece, app)
        if made is None:
            return [wait_for(work, piece)] if piece.url else [left(piece, NO_WORDS)]
        article, is_new = made
    elif is_of_quotes(article) and article.owner_id == owner.pk:
        add_quotes(work, article, piece, app)
    brought = bring_marks(article, map(as_quote, piece.marks), owner, partial(made_marks, work, article))
    add_what_is_said(article, piece, owner, work.pk)
    if brought.unplaced and work.total:
        work.expect(work.total + len(brought.unplaced))  # each has a line of its own
    return items_of(article, brought, piece, is_new=is_new)


def items_of(article: Article, brought: Brought, piece: Piece, *, is_new: bool) -> list[Item]:
    outcome = Outcome.ADDED if is_new else Outcome.CHANGED if brought.placed or brought.unplaced else Outcome.KNOWN
    sentence = f"{in_words(brought, article)} {doubtful(piece, article)}".strip()
    whole = Item(name=article.title, outcome=outcome, sentence=sentence, article=article)
    lost = (
        Item(name=mark.exact, outcome=Outcome.ADDED, sentence="Kept as a quote without a place.", article=article)
        for mark in brought.unplaced
    )
    return [whole, *lost]


def in_words(brought: Brought, article: Article) -> str:
    placed, lost = len(brought.placed), len(brought.unplaced)
    parts = [f"{placed} {'mark' if placed == 1 else 'marks'} in place"] if placed else []
    parts += [f"{lost} without a place"] if lost else []
    parts += [f"{brought.known} here already"] if brought.known else []
    said = f"{', '.join(parts).capitalize()}." if parts else ""
    return f"{said} {article.truncation_evidence}".strip() if is_of_quotes(article) else said


def doubtful(piece: Piece, article: Article | None = None) -> str:
    """What the file says of days and cannot mean: the piece keeps that of its own as doubtful, its marks keep none."""
    told = list(dict.fromkeys(piece.doubtful))
    if not told:
        return ""
    if len(told) == 1 and article and article.doubted_date:
        return f"Its date, “{told[0]}”, can hardly be meant, so it is kept as doubtful."
    if len(told) == 1:
        return f"Its date, “{told[0]}”, cannot be, so it was not taken."
    return f"{len(told)} dates cannot be, so they were not taken: “{'”, “'.join(told[:MOST_DOUBTS])}”."


def left(piece: Piece, why: str) -> Item:
    return Item(name=piece.title or piece.url or "Without a name", outcome=Outcome.LEFT, sentence=why)


def as_quote(mark: Mark) -> Quote:
    return Quote(
        exact=mark.exact,
        prefix=mark.prefix,
        suffix=mark.suffix,
        start=mark.start,
        note=mark.note,
        tags=mark.tags,
        made_at=mark.made_at,
    )


def known_article(piece: Piece, reader: "User") -> Article | None:
    """The piece that the reader sees at this address; one without an address is known by its title and an author."""
    seen = Article.objects.visible_to(reader)
    if piece.url:
        found: Article | None = seen.filter(canonical_url__in=spellings(piece.url)).order_by("pk").first()
        return found
    if not piece.title or piece.html:
        return None
    named = seen.filter(title__iexact=piece.title)
    if piece.authors:
        # An app that knows one name of a piece writes where it stood as its author.
        wrote = Q(authors__name__in=piece.authors) | Q(publication__name__in=piece.authors)
        named = named.filter(wrote | Q(authors=None))
    article: Article | None = named.order_by("pk").first()
    return article


def make_article(work: Import, piece: Piece, app: str) -> tuple[Article, bool] | None:
    """The piece of the words that came along, else of what was marked in it; None where there are none at all."""
    found = of_words(piece) if piece.html else None
    if found is None and not piece.marks:
        return None
    details, text = found or of_quotes(piece, app)
    with transaction.atomic():
        article, is_new = shelve(details, text, work.owner, *work.audience)
        if is_new:
            made_piece(work.pk, article)
        if found is None and piece.url:
            await_text(work, piece, article)
    return article, is_new


def of_words(piece: Piece) -> tuple[Details, Text] | None:
    published = piece.published
    told = Metadata(
        title=piece.title or None,
        authors=piece.authors,
        publication=piece.publication or None,
        published=Dated(published.date(), Precision.DAY) if published else None,
        url=piece.url or None,
        free={"everyone": True, "only_paid": False}.get(piece.audience),
    )
    try:
        reading = read(piece.html, Form.HTML, told=told)
    except Empty:
        return None
    text = as_text(reading, piece.html)
    return (as_details(reading), text) if text.text.strip() else None


def of_quotes(piece: Piece, app: str, before: str = "") -> tuple[Details, Text]:
    """A piece of which nothing is here but what was marked in it."""
    html = "\n".join(filter(None, [before, *(quote_block(mark.exact) for mark in piece.marks)]))
    details = Details(
        title=piece.title or piece.url[:290] or "Untitled",
        authors=piece.authors,
        publication=piece.publication,
        canonical_url=web_address(piece.url or None),
        published=day_of(piece.published),
        published_precision="day" if piece.published else "",
        truncated=True,
        truncation_evidence=ONLY_QUOTES.format(app=app),
    )
    return details, text_of_quotes(html)


def text_of_quotes(html: str) -> Text:
    from reader.core.sanitising import clean, text_of

    body = clean(html)
    return Text(html=body, text=text_of(body), raw=html, source_kind=QUOTES)


def quote_block(words: str) -> str:
    lines = "".join(f"<p>{escape(line, quote=False)}</p>" for line in words.split("\n") if line.strip())
    return f"<blockquote>{lines}</blockquote>"


def day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def is_of_quotes(article: Article) -> bool:
    return article.revisions.only("source_kind").latest("number").source_kind == QUOTES


def add_quotes(work: Import, article: Article, piece: Piece, app: str) -> None:
    """Take what was marked since into the text that is made of marks."""
    newest = article.revisions.latest("number")
    missing = [mark for mark in piece.marks if " ".join(mark.exact.split()) not in " ".join(newest.text.split())]
    if missing:
        html = "\n".join([newest.html, *(quote_block(mark.exact) for mark in missing)])
        with transaction.atomic():
            article.revise(text_of_quotes(html), work.owner)
            if article.truncation_evidence != ONLY_QUOTES.format(app=app):
                describe(article, replace(details_of(article), truncation_evidence=ONLY_QUOTES_OF_SEVERAL), work.owner)
            gave_more(work.pk, article)


def add_what_is_said(article: Article, piece: Piece, owner: "User", work_id: int | None = None) -> None:
    """The notes on the whole, the tags, and that it was read: each once."""
    if piece.notes and (article.owner_id == owner.pk or article.visibility == "private"):
        with transaction.atomic():
            let_ids_appear_in_order()
            before = set(Note.objects.filter(article=article, owner=owner).values_list("pk", flat=True))
            notes = {note.pk: note for note in [write_once(article, body, owner) for body in piece.notes]}
            made_notes(work_id, article, [note for pk, note in notes.items() if pk not in before])
    if piece.tags and article.owner_id == owner.pk:
        own = Scope(article.owner_id, article.team_id, article.visibility)
        had = list(article.tags.filter(visibility=article.visibility).values_list("name", flat=True))
        wanted = list(dict.fromkeys([*had, *piece.tags]))[: max(len(had), TAGS_OF_PIECE)]
        if {name.casefold() for name in wanted} - {name.casefold() for name in had}:
            with transaction.atomic():
                article.label(wanted, owner, own)
                gave_more(work_id, article)
    if piece.archived:
        state = {"state": Reading.State.ARCHIVED, "read_at": timezone.now()}
        Reading.objects.get_or_create(article=article, reader=owner, defaults=state)


def wait_for(work: Import, piece: Piece) -> Item:
    outcome = Outcome.ADDED if await_text(work, piece, None) else Outcome.KNOWN
    return Item(name=piece.title or piece.url, outcome=outcome, sentence=f"{TO_BE_FETCHED} {doubtful(piece)}".strip())


def await_text(work: Import, piece: Piece, article: Article | None) -> bool:
    """Have its text fetched; whether nobody waited for it before."""
    visibility, team_id = work.audience
    known = {
        "work": work,
        "title": piece.title[:300],
        "tags": list(piece.tags),
        "notes": piece.notes,
        "archived": piece.archived,
        "visibility": visibility,
        "team_id": team_id,
        "article": article,
    }
    with transaction.atomic():
        let_ids_appear_in_order()
        one, is_new = Awaited.objects.get_or_create(owner=work.owner, url=canonical(piece.url)[:2000], defaults=known)
        is_back = not is_new and one.put_back()
        if is_back:
            Awaited.objects.filter(pk=one.pk).update(**known)
            one.named_by.clear()
        elif not is_new and one.work_id != work.pk:
            one.named_by.add(work)
    return is_new or is_back
