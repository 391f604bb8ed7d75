"""What an import made, so that it can be taken back: written in the transaction that makes it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.highlights.models import Highlight, Note
from reader.intake.imports.models import Import
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.highlights.bringing import Brought


class Stays(models.TextChoices):
    """Why something was left when its import was taken back."""

    PUBLIC = "public", "Everyone sees it."
    RIGHTS = "rights", "You may not change it any more."
    OTHERS = "others", "Others of the team have read it or built on it."
    USED = "used", "Something was marked, written or claimed in it since."
    TEXT = "text", "It was given another text since."
    DETAIL = "detail", "Its details were corrected, or tags given to it, since."
    MARK = "mark", "It was changed, answered or made part of a claim since."


class Made(models.Model):
    """A piece that an import made, or a mark or a note that it put into one."""

    work = models.ForeignKey(Import, models.CASCADE, related_name="made")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    highlight = models.ForeignKey(Highlight, models.CASCADE, null=True, blank=True, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="+")
    #: When the import had to do with it last: what came later is somebody's own.
    at = models.DateTimeField(default=timezone.now)
    stays = models.CharField(max_length=6, choices=Stays, blank=True)

    class Meta:
        verbose_name_plural = "made by imports"
        constraints = [
            models.UniqueConstraint(fields=["highlight"], name="a_mark_is_made_once"),
            models.UniqueConstraint(fields=["note"], name="a_note_is_made_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(highlight=None, note=None), name="a_piece_is_made_once"
            ),
            models.CheckConstraint(condition=Q(highlight=None) | Q(note=None), name="one_thing_is_made"),
        ]
        indexes = [models.Index(fields=["work", "stays", "article"], name="made_in_order")]

    def __str__(self) -> str:
        return f"{self.highlight or self.note or self.article}, by {self.work}"


def made_piece(work_id: int | None, article: Article) -> None:
    if work_id:
        Made.objects.create(work_id=work_id, article=article)


def gave_more(work_id: int | None, article: Article) -> None:
    """The import itself gave a piece another text, details or tags, which are nobody's own."""
    if work_id:
        Made.objects.filter(work=work_id, article=article, highlight=None, note=None).update(at=timezone.now())


def made_marks(work: Import, article: Article, brought: "Brought") -> None:
    marks = [Made(work=work, article=article, highlight=mark) for mark in (*brought.placed, *brought.unplaced)]
    Made.objects.bulk_create([*marks, *(Made(work=work, article=article, note=note) for note in brought.notes)])


def made_notes(work_id: int | None, article: Article, notes: Iterable[Note]) -> None:
    if work_id:
        Made.objects.bulk_create([Made(work_id=work_id, article=article, note=note) for note in notes])
