"""Fetching the texts of pieces of which only the address came in, a few at a time: others wait in the queue too."""

import logging
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reader.core.access import may_share_with
from reader.core.events import let_ids_appear_in_order
from reader.core.jobs import job
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.intake.addresses import known_article, read_address
from reader.intake.details import as_details, as_text
from reader.intake.exports.things import Piece
from reader.intake.feeds.jobs import BEHIND_READERS
from reader.intake.feeds.together import host_of, together
from reader.intake.fetching import NotFetched, Way
from reader.intake.fetching.network import Network
from reader.intake.imports.made import gave_more, made_piece
from reader.intake.parcels.completing import filled
from reader.intake.parcels.models import ON_THE_LIST, Awaited
from reader.intake.parcels.pieces import add_what_is_said
from reader.library.addresses import spellings
from reader.library.models import Article, Text
from reader.library.shelving import offers_another_text, replace_text, shelve

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.intake.reading import Reading

log = logging.getLogger(__name__)

SLICE = 10.0  # seconds in which one is begun
MOST, MOST_OF_SITE = 200, 25  # of one slice
UNFORESEEN = "It could not be read, for a reason that was not foreseen. It is in the log of the server."
PREVIEW = "The site sends a server only the preview. If your browser shows you the whole piece, paste it from there."


@dataclass(frozen=True, slots=True)
class Came:
    """What an address answered, and what is understood of it."""

    raw: str
    url: str
    reading: "Reading"


@job
def fetch_awaited(owner_id: int) -> None:
    """Fetch a reader's awaited texts for a while, then go behind all that somebody waits for."""
    until = time.monotonic() + SLICE
    unknown = [one for one in next_of_each_site(owner_id) if not is_here(one)]
    for one, answer in together(unknown, lambda one: one.url, ask, until):
        settle(one, answer)
    if waiting_of(owner_id).exists():
        fetch_soon(owner_id)


def fetch_soon(owner_id: int) -> None:
    fetch_awaited.using(priority=BEHIND_READERS).enqueue(owner_id=owner_id)


def waiting_of(owner_id: int) -> "QuerySet[Awaited]":
    return Awaited.objects.filter(owner=owner_id, ended_at=None)


def next_of_each_site(owner_id: int) -> "QuerySet[Awaited]":
    """Those to be asked next: a few of each site, so that a hundred of a slow one are not before all others."""
    count, chosen = Counter[str](), list[int]()
    for pk, url in waiting_of(owner_id).order_by("asked_at", "pk").values_list("pk", "url"):
        site = host_of(url)
        count[site] += 1
        if count[site] <= MOST_OF_SITE and len(chosen) < MOST:
            chosen.append(pk)
    return Awaited.objects.filter(pk__in=chosen).select_related("owner", "team", "article").order_by("asked_at", "pk")


def fetch_one(one: Awaited, network: Network | None = None) -> None:
    """Fetch a text and put it on the shelf, or keep the reason why there is none and which door is open instead."""
    if not is_here(one):
        settle(one, ask(one, network))


def is_here(one: Awaited) -> bool:
    """Whether the piece came in by another door meanwhile; then nothing is left to fetch."""
    kept = known_article(one.url, one.owner) if one.article is None else None
    if kept:
        finish(one, kept)
    return kept is not None


def ask(one: Awaited, network: Network | None = None) -> Came | NotFetched:
    """What its address answers; in a thread of its own, which asks nothing of the database."""
    try:
        raw, _, url, reading = read_address(one.url, network)
    except NotFetched as refusal:
        return refusal
    except Exception:
        log.exception("nothing was made of what %s answered", one.url)
        return NotFetched(UNFORESEEN, Way.PASTE)
    return Came(raw, url, reading)


def settle(one: Awaited, answer: Came | NotFetched) -> None:
    if isinstance(answer, NotFetched):
        one.end(refusal=str(answer), way=answer.way)
        return
    text = as_text(answer.reading, answer.raw)
    with transaction.atomic():
        let_ids_appear_in_order()
        now = waiting_of(one.owner_id).filter(pk=one.pk).select_related("owner", "team", "article").first()
        if now is None:
            return  # taken away while it was fetched
        piece = now.article
        article = (
            complete(piece, answer.reading, text, now) if piece else shelved(now, answer.reading, text, answer.url)
        )
        if article:
            finish(now, article, PREVIEW if answer.reading.truncated else "")


def shelved(one: Awaited, reading: "Reading", text: Text, url: str) -> Article:
    details = as_details(reading)
    details = replace(
        details,
        title=details.title if reading.title else one.title or details.title,
        canonical_url=details.canonical_url or url,
    )
    visibility, team = one.visibility, one.team_id
    if visibility == Visibility.TEAM and not may_share_with(one.owner, team):
        visibility, team = Visibility.PRIVATE, None
    article, is_new = shelve(details, text, one.owner, visibility, team)
    if is_new:
        made_piece(one.work_id, article)
    return article


def complete(article: Article, reading: "Reading", text: Text, one: Awaited) -> Article | None:
    """Give a piece that is made of quotes its whole text; a preview would only take some of them away."""
    if reading.truncated:
        one.end(refusal=PREVIEW, way="paste")
        return None
    try:
        if offers_another_text(article, text, one.owner):
            replace_text(article, filled(article, as_details(reading)), text, one.owner)
            gave_more(one.work_id, article)
    except Refused as refused:
        one.end(refusal=str(refused), way="paste")
        return None
    return article


def arrived(article: Article, reader: "User") -> None:
    """The piece came in by another door: what waited for its text at this address waits no more."""
    if not article.canonical_url:
        return
    open_ones = Awaited.objects.filter(owner=reader, url__in=spellings(article.canonical_url))
    for one in open_ones.filter(ON_THE_LIST).select_related("owner"):
        with transaction.atomic():
            let_ids_appear_in_order()
            still = Awaited.objects.filter(ON_THE_LIST, pk=one.pk)
            if still.update(ended_at=timezone.now(), refusal="", way="", article=article):
                say_of(one, article)


def finish(one: Awaited, article: Article, refusal: str = "") -> None:
    with transaction.atomic():
        let_ids_appear_in_order()
        if one.end(article=article, refusal=refusal, way="paste" if refusal else ""):
            say_of(one, article)


def say_of(one: Awaited, article: Article) -> None:
    """Put the notes and tags that came with the address to the piece that it was."""
    said = Piece(tags=tuple(one.tags), notes=list(one.notes), archived=one.archived)
    add_what_is_said(article, said, one.owner, one.work_id)
