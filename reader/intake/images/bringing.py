"""Fetching pictures: many at once, each site one after the other, every file looked at before it is kept."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.conf import settings

from reader.intake.feeds.together import together
from reader.intake.fetching import NotFetched, Way, fetch
from reader.intake.fetching.network import Deadline, Network
from reader.intake.fetching.pages import HEADERS
from reader.intake.images.apart import Apart
from reader.intake.images.drawing import Counter, NotDrawn
from reader.intake.images.embedded import embedded_in
from reader.intake.images.models import ArticleImage, ArticleImageQuerySet, State
from reader.intake.images.showing import ENCLOSED, addresses_in
from reader.library.models import Article, Revision, Text

log = logging.getLogger(__name__)

#: Seconds in which a worker begins to ask for pictures; then other work comes first.
SLICE = 10.0
#: Seconds that one site may take for one picture.
PATIENCE = 10.0
MOST_AT_ONCE = 24
ASKING = HEADERS | {
    "User-Agent": "Mozilla/5.0 (compatible; Forecite/1.0; a picture of a piece, kept for its reader)",
    "Accept": "image/webp,image/png,image/jpeg,image/gif,image/avif;q=0.8",
}
BUSY = (408, 425, 429)
SAID = {
    401: "That site shows its picture only to those who sign in there.",
    403: "That site does not give a server its picture.",
    404: "There is no picture at that address.",
    410: "The picture at that address was taken away.",
}
GONE = "The page that it came with is not kept any more."
UNFORESEEN = "It could not be read, for a reason that was not foreseen. It is in the log of the server."


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no picture, and whether it may come another time."""

    sentence: str
    is_passing: bool = False


def network() -> Network:
    return Network(allow_private=settings.IMAGES_OF_HOME, deadline=Deadline(PATIENCE))


def bring(which: ArticleImageQuerySet, seconds: float = SLICE) -> bool:
    """Fetch what is due of these, for a while; whether more of them is due now."""
    until = time.monotonic() + seconds
    which.give_up_on_killers()
    with Apart() as apart:
        while time.monotonic() < until and (batch := which.take(MOST_AT_ONCE)):
            left = {one.pk: one for one in batch}
            for one, data in embedded_among(batch):
                settle(left.pop(one.pk), data, apart)
            for one, answer in together(list(left.values()), address_of, ask, until):
                settle(left.pop(one.pk), answer, apart)
            for one in left.values():
                one.let_go()
    return which.due().exists()


def embedded_among(batch: Iterable[ArticleImage]) -> Iterator[tuple[ArticleImage, bytes | Failure]]:
    """Those that stand in their pages themselves, each with its file."""
    own = sorted((one for one in batch if one.address.startswith(ENCLOSED)), key=attrgetter("article_id"))
    for article_id, ones in groupby(own, key=attrgetter("article_id")):
        files: dict[str, bytes] = {}
        for raw in Revision.objects.filter(article=article_id).order_by("number").values_list("raw", flat=True):
            files |= embedded_in(raw)
        for one in ones:
            yield one, files.get(one.address, Failure(GONE))


def keep_enclosed(article: Article, text: Text, pictures: Mapping[str, bytes]) -> None:
    """Keep the pictures that came along with a text, by the addresses that they have in it; twice, nothing changes."""
    shown = [address for address in addresses_in(text.html) if address in pictures]
    if not (shown and settings.IMAGES and article.revisions.filter(sha256=text.sha256).exists()):
        return
    ArticleImage.expect(article.pk, shown)
    with Apart() as apart:
        for one in ArticleImage.objects.filter(article=article, state=State.WAITING, address__in=shown):
            settle(one, pictures[one.address], apart)


def address_of(one: ArticleImage) -> str:
    return one.address


def ask(one: ArticleImage) -> bytes | Failure:
    """What the picture's address answers; without the database."""
    try:
        answer = fetch(one.address, network(), ASKING)
    except NotFetched as refusal:
        return Failure(str(refusal), is_passing=refusal.way is Way.AGAIN)
    if 200 <= answer.status < 300:
        return bytes(answer.body)
    sentence = SAID.get(answer.status, f"That site answered with {answer.status}, and no picture.")
    return Failure(sentence, is_passing=answer.status >= 500 or answer.status in BUSY)


def settle(one: ArticleImage, answer: bytes | Failure, apart: Apart) -> None:
    """Keep what came, or why nothing did."""
    if isinstance(answer, Failure):
        return one.put_off(answer.sentence) if answer.is_passing else one.refuse(answer.sentence)
    try:
        drawn = apart.draw(answer)
    except Counter:
        return one.drop()
    except NotDrawn as refusal:
        return one.refuse(str(refusal))
    except Exception:
        log.exception("a picture could not be drawn: %s", one.address)
        return one.refuse(UNFORESEEN)
    return one.receive(drawn)
