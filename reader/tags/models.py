"""Labels that readers put on articles, highlights and claims."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from reader.core.names import find_or_make
from reader.core.visibility import InScope, Scoped, ScopedQuerySet, scope_of, unique_in_scope

MAX_LENGTH = 60
#: Folding can make a name longer, eighteen times where a ligature stands for a phrase: then the rest is not compared.
KEY_LENGTH = MAX_LENGTH * 3


def fold(name: str) -> str:
    """The form under which two spellings are one tag: compatibility characters, case and spaces folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Tag(Scoped):
    """A label in one scope: mine, a team's, or public."""

    name = models.CharField(max_length=MAX_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    slug = models.SlugField(max_length=80, unique=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["name"]
        constraints = [*Scoped.Meta.constraints, *unique_in_scope("key", "tag")]
        indexes = [models.Index(fields=["key"], name="tag_by_key")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


def parse_names(text: str) -> list[str]:
    """Tag names from what was typed: separated by commas, a leading # dropped, each once.

    Raises:
        ValidationError: a name is longer than `MAX_LENGTH` characters.
    """
    names: dict[str, str] = {}
    for part in text.replace("\n", ",").split(","):
        name = " ".join(part.replace("\x00", "").split()).lstrip("#").strip()
        if len(name) > MAX_LENGTH:
            raise ValidationError(f"A tag has at most {MAX_LENGTH} characters; “{name[:20]}…” has {len(name)}.")
        if name:
            names.setdefault(fold(name), name)
    return list(names.values())


def tags_named(names: list[str], scope: InScope) -> list[Tag]:
    """The tags of these names in the scope of `scope`, made where they are missing; call it inside a transaction."""
    return [tag_named(name, scope) for name in names]


def tag_named(name: str, scope: InScope) -> Tag:
    return find_or_make(Tag, name, fold(name)[:KEY_LENGTH], scope, scope_of(scope))
