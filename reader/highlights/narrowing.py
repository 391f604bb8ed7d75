"""What the marks of a piece are narrowed to. It lives in the address: a link, without a script."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from reader.highlights.models import Highlight, Kind, Note
from reader.highlights.news import news_for
from reader.tags.models import Tag, fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: The largest id that every database keeps.
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Whose marks, of which kind, under which tag, and since which event; nothing chosen narrows nothing."""

    by: int | None = None
    kind: str = ""
    tag: str = ""
    since: int | None = None

    @property
    def query(self) -> str:
        """As it stands in an address."""
        chosen = {"by": self.by, "kind": self.kind, "tag": self.tag, "since": self.since}
        return urlencode({name: value for name, value in chosen.items() if value not in (None, "")})

    def condition(self, article_id: int, user: "AnyUser") -> Q | None:
        """What the anchors of a text are filtered by, if by anything."""
        wanted = [
            Q(highlight__owner_id=self.by) if self.by is not None else None,
            Q(highlight__kind=self.kind) if self.kind else None,
            Q(highlight__in=tagged(self.tag, article_id, user)) if self.tag else None,
            is_new(self.since, article_id, user) if self.since is not None else None,
        ]
        chosen = [one for one in wanted if one is not None]
        return Q(*chosen) if chosen else None


def tagged(name: str, article_id: int, user: "AnyUser") -> "QuerySet[Highlight, Any]":
    tags = Tag.objects.visible_to(user).filter(key=fold(name))
    return Highlight.objects.filter(article_id=article_id, tags__in=tags).values("pk")


def is_new(since: int, article_id: int, user: "AnyUser") -> Q:
    """The marks that are new or have a new note."""
    news = news_for(user).filter(article_id=article_id, pk__gt=since)
    noted = Note.objects.filter(pk__in=news.filter(subject_kind="note").values("subject_id"), highlight__isnull=False)
    marked = news.filter(subject_kind="highlight").values("subject_id")
    return Q(highlight_id__in=marked) | Q(highlight_id__in=noted.values("highlight_id"))


class NarrowingForm(forms.Form):
    by = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    kind = forms.ChoiceField(choices=Kind, required=False)
    tag = forms.CharField(max_length=100, required=False)
    since = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)


def read_narrowing(said: QueryDict) -> Narrowing:
    """What was understood of an address; a word that is none of ours narrows nothing."""
    if not said:
        return Narrowing()
    form = NarrowingForm(said)
    form.is_valid()
    return Narrowing(**{name: value for name, value in form.cleaned_data.items() if value not in (None, "")})
