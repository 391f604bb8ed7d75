"""Addresses of things, made so that a clash betrays nothing hidden."""

import secrets

from django.db.models import Model
from django.utils.text import slugify

from reader.core.visibility import Visibility

#: Without vowels and look-alikes: no words by accident, and nothing to mistake when read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 60
#: Words that stand where a slug could: `articles/new/` is a page of its own.
TAKEN = frozenset({"new", "suggestions", "visibility"})
#: How far a common name is numbered before chance takes over.
MOST_NUMBERED = 20


def make_slug(model: type[Model], name: str, visibility: str) -> str:
    """A readable address for `name`.

    A public thing gets the plain words (numbered on a clash, which everyone can see anyway); a private or a team's
    thing always gets eight random characters too, so that nobody learns from a clash what others keep.
    """
    words = slugify(name)[:LENGTH].strip("-_") or model._meta.model_name or "thing"
    if visibility != Visibility.PUBLIC:
        return f"{words}-{random_suffix()}"
    numbered = [words, *(f"{words}-{number}" for number in range(2, MOST_NUMBERED + 1))]
    taken = TAKEN.union(model._default_manager.filter(slug__in=numbered).values_list("slug", flat=True))
    return next((slug for slug in numbered if slug not in taken), f"{words}-{random_suffix()}")


def random_suffix() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(8))
