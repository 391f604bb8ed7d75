"""Handing in a piece, and correcting what was understood of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from reader.accounts.models import Team, User
from reader.core.access import may_share_with
from reader.core.visibility import Visibility
from reader.intake.decoding import Unreadable, decode
from reader.intake.details import as_details
from reader.intake.reading import Form, Reading, guess_form
from reader.library.models import Article, Precision, first_day
from reader.library.shelving import Details

MOST_BYTES = 5 * 1024 * 1024
TOO_LARGE = "This is larger than 5 MB, more than any newsletter. Hand in the text alone, or a part of it."


class PasteField(forms.CharField):
    """Words as they were pasted, white space and all; the zero characters that some programs leave behind go."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")


class HandInForm(forms.Form):
    """Words pasted (plain, or with the clipboard's formatting), or a file."""

    text = PasteField(
        label="Paste the piece",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Paste all of it; subscribe buttons, share bars and footers are taken out, and shown to you first.",
    )
    rich = PasteField(widget=forms.HiddenInput)
    file = forms.FileField(
        required=False,
        label="Or upload a file",
        help_text="A .txt, .md or .html file of at most 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.markdown,.html,.htm,text/plain,text/markdown,text/html"}),
        error_messages={"empty": "This file is empty. Choose another, or paste the words."},
    )
    form = forms.ChoiceField(
        required=False,
        label="Read it as",
        choices=[
            ("", "What it looks like"),
            (Form.TEXT, "Plain text"),
            (Form.MARKDOWN, "Markdown"),
            (Form.HTML, "HTML"),
        ],
    )

    def clean_file(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if self.errors:
            return fields
        file, text, rich = fields.get("file"), fields["text"], fields["rich"]
        name = file.name if file else None
        try:
            raw = decode(file.read()) if file else rich.strip() or text
        except Unreadable as error:
            self.add_error("file", str(error))
            return fields
        if not raw.strip():
            self.add_error("text", "There is nothing here yet. Paste the words of the piece, or choose a file.")
        elif not file and len(raw.encode("utf-8", "replace")) > MOST_BYTES:
            self.add_error("text", TOO_LARGE)
        is_rich = bool(rich.strip()) and not file
        fields["raw"] = raw
        fields["read_as"] = fields["form"] or (Form.HTML if is_rich else guess_form(raw, name))
        return fields


class ReviewForm(forms.Form):
    """What was understood, for the reader to correct."""

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
    audience = forms.ChoiceField(choices=Article.Audience, label="Who may read the original")
    truncated = forms.ChoiceField(
        choices=[("", "Not known"), ("yes", "A preview only"), ("no", "The whole piece")],
        required=False,
        label="Is it whole",
    )
    canonical_url = forms.URLField(
        max_length=1000, required=False, label="Address of the original", assume_scheme="https"
    )
    seen_by = forms.ChoiceField(label="Who sees it here")

    def __init__(self, data: Any = None, *, reading: Reading, reader: User, **kwargs: Any) -> None:
        self.reading = reading
        super().__init__(data, initial=as_initial(reading), **kwargs)
        self.fields["seen_by"].choices = seen_by_choices(reader)  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        day = fields.get("published")
        if day is None:
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
        """What the reader left of what was understood."""
        fields, understood = self.cleaned_data, as_details(self.reading)
        truncated = {"yes": True, "no": False}.get(fields["truncated"])
        return replace(
            understood,
            title=fields["title"],
            subtitle=fields["subtitle"],
            authors=[name.strip() for name in fields["authors"].split(",") if name.strip()],
            publication=fields["publication"],
            canonical_url=fields["canonical_url"] or None,
            published=fields["published"],
            published_precision=fields["published_precision"],
            audience=fields["audience"],
            truncated=truncated,
            truncation_evidence=understood.truncation_evidence if truncated else "",
        )

    def audience_here(self) -> tuple[str, int | None]:
        """Visibility and team of the choice."""
        visibility, _, team = self.cleaned_data["seen_by"].partition(":")
        return visibility, int(team) if team else None


def seen_by_choices(reader: User) -> list[tuple[str, str]]:
    writable = [team for team in reader.roles if may_share_with(reader, team)]
    teams = Team.objects.filter(pk__in=writable).values_list("pk", "name")
    return [
        (Visibility.PRIVATE, "Only you"),
        *((f"{Visibility.TEAM}:{pk}", f"The team {name}") for pk, name in teams),
        (Visibility.PUBLIC, "Everyone"),
    ]


def as_initial(reading: Reading) -> dict[str, Any]:
    understood = as_details(reading)
    return {
        "title": understood.title if reading.title else "",
        "subtitle": understood.subtitle,
        "authors": ", ".join(understood.authors),
        "publication": understood.publication,
        "published": understood.published,
        "published_precision": understood.published_precision,
        "audience": str(understood.audience),
        "truncated": {True: "yes", False: "no", None: ""}[understood.truncated],
        "canonical_url": understood.canonical_url or "",
    }
