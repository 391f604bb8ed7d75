"""What the worker does for pictures."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from reader.core.jobs import job, nightly, often
from reader.intake.images.bringing import bring
from reader.intake.images.embedded import embedded_in
from reader.intake.images.models import ArticleImage, Image, State
from reader.intake.images.showing import ENCLOSED, addresses_in

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.library.models import Revision

#: Words come before pictures, and the pictures of a new piece before those that were put off.
BEHIND_WORDS, BEHIND_ALL = -5, -20


def watch(revision: "Revision") -> None:
    """Have the pictures of a new text fetched."""
    embedded = embedded_in(revision.raw)
    addresses = [one for one in addresses_in(revision.html) if one in embedded or not one.startswith(ENCLOSED)]
    if addresses and ArticleImage.expect(revision.article_id, addresses) and settings.IMAGES:
        fetch_images.using(priority=BEHIND_WORDS).enqueue(article_id=revision.article_id)


@job
def fetch_images(article_id: int) -> None:
    """Fetch the pictures of a piece, a while at a time."""
    if settings.IMAGES and bring(ArticleImage.objects.filter(article=article_id)):
        fetch_images.using(priority=BEHIND_WORDS).enqueue(article_id=article_id)


@job
def fetch_due_images() -> None:
    """Fetch whatever picture is due, of any piece, a while at a time."""
    if settings.IMAGES and bring(ArticleImage.objects.all()):
        fetch_due_images.using(priority=BEHIND_ALL).enqueue()


@often(minutes=5)
def look_for_due_images() -> None:
    """See to it that pictures come that were put off, or whose worker was killed."""
    if settings.IMAGES and ArticleImage.objects.due().exists():
        fetch_due_images.using(priority=BEHIND_ALL).enqueue()


@nightly(hour=4)
def forget_unused_images() -> None:
    """Throw away the pictures of pieces that are gone."""
    Image.forget_unused()


def ask_again(reader: "User") -> None:
    """Ask once more for the pictures of a reader's pieces that did not come."""
    failed = ArticleImage.objects.filter(article__owner=reader, state=State.FAILED)
    if failed.update(state=State.WAITING, sentence="", tries=0, ask_at=timezone.now()) and settings.IMAGES:
        fetch_due_images.using(priority=BEHIND_WORDS).enqueue()
