"""What is known of a piece, for its reader to correct."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from reader.library.models import Article
from reader.library.precision import Precision, day_of, first_day, in_words
from reader.library.shelving import Details

#: A comma between two names, and not the one in "Acme, Inc." or "Ola Lind, Jr.".
BETWEEN_NAMES = re.compile(r",(?!\s*(?:Inc|Ltd|LLC|LLP|PLC|Corp|Co|GmbH|Jr|Sr|PhD|MD)\b)", re.IGNORECASE)


class DetailsForm(forms.Form):
    """Title, authors, date and the rest, beside the text itself."""

    title = forms.CharField(max_length=300, error_messages={"required": "Give the piece a title."})
    subtitle = forms.CharField(max_length=500, required=False)
    authors = forms.CharField(max_length=1000, required=False, help_text="Separated by commas.")
    publication = forms.CharField(max_length=200, required=False)
    published = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    published_precision = forms.ChoiceField(
        choices=[("", "Not known"), *[(value, f"to the {label}") for value, label in Precision.choices]],
        required=False,
        label="Exact",
    )
    doubted_is_right = forms.BooleanField(required=False)
    audience = forms.ChoiceField(choices=Article.Audience, label="Who may read the original")
    truncated = forms.ChoiceField(
        choices=[("", "Not known"), ("yes", "A preview only"), ("no", "The whole piece")],
        required=False,
        label="Is it whole",
    )
    canonical_url = forms.URLField(
        max_length=1000,
        required=False,
        label="Address of the original",
        assume_scheme="https",
        error_messages={"invalid": "This is no web address: one begins with https:// and names a site."},
    )

    def __init__(self, data: Any = None, *, known: Details, **options: Any) -> None:
        self.known = known
        super().__init__(data, initial=as_initial(known), **options)
        if known.doubted_date:
            self.fields["doubted_is_right"].label = f"{self.doubted_in_words} is right"
        else:
            del self.fields["doubted_is_right"]

    @property
    def doubted_in_words(self) -> str:
        """The date that the source tells and that cannot be meant."""
        return in_words(*day_of(self.known.doubted_date)) if self.known.doubted_date else ""

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        day = fields.get("published")
        if day is None and fields.get("doubted_is_right"):
            fields["published"], fields["published_precision"] = day_of(self.known.doubted_date)
        elif day is None:
            fields["published_precision"] = ""
        else:
            fields["published_precision"] = fields.get("published_precision") or Precision.DAY
            fields["published"] = first_day(day, fields["published_precision"])
        return fields

    def clean_published(self) -> date | None:
        day: date | None = self.cleaned_data["published"]
        if day and not 1900 <= day.year <= 2200:
            raise forms.ValidationError("This year is not one in which a newsletter can have been published.")
        return day

    def details(self) -> Details:
        """What the reader left of what was known."""
        fields = self.cleaned_data
        truncated = {"yes": True, "no": False}.get(fields["truncated"])
        return replace(
            self.known,
            title=fields["title"],
            subtitle=fields["subtitle"],
            authors=[name.strip() for name in BETWEEN_NAMES.split(fields["authors"]) if name.strip()],
            publication=fields["publication"],
            canonical_url=fields["canonical_url"] or None,
            published=fields["published"],
            published_precision=fields["published_precision"],
            audience=fields["audience"],
            truncated=truncated,
            truncation_evidence=self.known.truncation_evidence if truncated else "",
        )


#: Fields, and what they say of a piece.
TOGETHER = [
    (["title"], ["title"]),
    (["subtitle"], ["subtitle"]),
    (["authors"], ["authors"]),
    (["publication"], ["publication"]),
    (["published", "published_precision"], ["published", "published_precision"]),
    (["audience"], ["audience"]),
    (["truncated"], ["truncated", "truncation_evidence"]),
    (["canonical_url"], ["canonical_url"]),
]


class CorrectionForm(DetailsForm):
    """What is known of a piece, while others may correct it, too: what one leaves as it was shown is not theirs.

    It brings along what it showed; what comes without that (from a script) counts as typed.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "doubted_is_right"

    def details(self) -> Details:
        typed, left = super().details(), {name for name in self.fields if self.is_left(name)}
        if self.cleaned_data.get("doubted_is_right"):
            left.discard("published")
        kept = [name for fields, names in TOGETHER if left.issuperset(fields) for name in names]
        return replace(typed, **{name: getattr(self.known, name) for name in kept})

    def is_left(self, name: str) -> bool:
        return self.add_initial_prefix(name) in self.data and name not in self.changed_data


def as_initial(known: Details) -> dict[str, Any]:
    return {
        "title": known.title,
        "subtitle": known.subtitle,
        "authors": ", ".join(known.authors),
        "publication": known.publication,
        "published": known.published,
        "published_precision": known.published_precision,
        "audience": str(known.audience),
        "truncated": {True: "yes", False: "no", None: ""}[known.truncated],
        "canonical_url": known.canonical_url or "",
    }
