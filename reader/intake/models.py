"""What was handed in and waits for its reader's look."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.intake.reading import Form, Reading, read
from reader.library.models import Article, Revision, Text
from reader.library.shelving import Details, replace_text, shelve

if TYPE_CHECKING:
    from reader.accounts.models import User


class Draft(models.Model):
    """An input on its way to being an article: as it came, with the lines that the reader put back or took out."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    raw = models.TextField()
    form = models.CharField(max_length=8, choices=[(form.value, form.name.title()) for form in Form])
    uploaded = models.BooleanField(default=False)
    url = models.TextField("address it was fetched from", blank=True)
    kept = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    #: The piece of which it is to be the new text; empty for a piece of its own.
    replaces = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.get_form_display()} of {self.created_at:%d %B %Y}"

    def get_absolute_url(self) -> str:
        if self.replaces:
            return reverse("replacement", args=[self.replaces.slug, self.pk])
        return reverse("draft", args=[self.pk])

    def read(self) -> Reading:
        """What is understood of it now.

        Raises:
            Empty: nothing in it shows.
        """
        return read(
            self.raw, Form(self.form), keep=self.kept, drop=self.dropped, uploaded=self.uploaded, url=self.url or None
        )

    def sort_lines(self, *, put_back: set[int], take_out: set[int]) -> None:
        """Remember which lines the reader put back, and which more went out; what is put back is out no longer."""
        self.kept = sorted(put_back)
        self.dropped = sorted((take_out | set(self.dropped)) - put_back)
        self.save(update_fields=["kept", "dropped"])

    def shelve(
        self, details: Details, text: Text, by: "User", visibility: str, team_id: int | None
    ) -> tuple[Article, bool]:
        """The article of this draft, and whether it is new; sent twice, even with other words, it is shelved once."""
        with transaction.atomic():
            kept = Draft.objects.select_for_update().get(pk=self.pk).article
            if kept:
                return kept, False
            self.article, is_new = shelve(details, text, by, visibility, team_id)
            self.save(update_fields=["article"])
        return self.article, is_new

    def replace(
        self, article: Article, details: Details, text: Text, by: "User", upon: int | None = None
    ) -> Revision | None:
        """Make it the new text of the piece; sent twice, it is so once, and the second time None.

        Raises:
            Refused: the piece has this text already, or there is nothing in it to read.
            TextCame: the piece has another text than the one of the number `upon` by now.
        """
        article.foresee(text)
        with transaction.atomic():
            let_ids_appear_in_order()
            if Draft.objects.select_for_update().get(pk=self.pk).article_id is not None:
                return None
            revision = replace_text(article, details, text, by, upon)
            self.article = article
            self.save(update_fields=["article"])
        return revision
