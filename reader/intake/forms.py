"""Handing in a piece, and correcting what was understood of it."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from reader.accounts.models import Team, User
from reader.core.access import may_share_with
from reader.core.visibility import Visibility
from reader.intake.decoding import Unreadable, decode
from reader.intake.details import as_details, as_replacement, headline_of
from reader.intake.reading import Form, Reading, guess_form
from reader.library.forms import DetailsForm
from reader.library.models import Article
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


class ReviewForm(DetailsForm):
    """What was understood, for the reader to correct, and who is to see it."""

    seen_by = forms.ChoiceField(label="Who sees it here")

    def __init__(self, data: Any = None, *, reading: Reading, reader: User) -> None:
        super().__init__(data, known=as_details(reading))
        cast(forms.ChoiceField, self.fields["seen_by"]).choices = seen_by_choices(reader)

    def audience_here(self) -> tuple[str, int | None]:
        """Visibility and team of the choice."""
        visibility, _, team = self.cleaned_data["seen_by"].partition(":")
        return visibility, int(team) if team else None


class ReplacementForm(DetailsForm):
    """What a new text may change of what is known of its piece: how it is called, and whether it is whole."""

    ASKED = ("title", "subtitle", "audience", "truncated")

    take_title = forms.BooleanField(required=False, label="Take this title, too?")

    def __init__(self, data: Any = None, *, article: Article, reading: Reading) -> None:
        super().__init__(data, known=as_replacement(article, reading))
        #: What the new text is headed, where that is not how the piece is called.
        self.headed = headline_of(reading, article)
        offered = ["take_title"] if self.headed else []
        self.fields = {name: self.fields[name] for name in [*self.ASKED, *offered]}

    def details(self) -> Details:
        said = self.cleaned_data
        truncated = {"yes": True, "no": False}.get(said["truncated"])
        asked = {name: said[name] for name in self.ASKED} | {"truncated": truncated}
        if said.get("take_title") and said["title"] == self.known.title:
            asked["title"] = self.headed
        return replace(self.known, **asked, truncation_evidence=self.known.truncation_evidence if truncated else "")


def seen_by_choices(reader: User) -> list[tuple[str, str]]:
    writable = [team for team in reader.roles if may_share_with(reader, team)]
    teams = Team.objects.filter(pk__in=writable).values_list("pk", "name")
    return [
        (Visibility.PRIVATE, "Only you"),
        *((f"{Visibility.TEAM}:{pk}", f"The team {name}") for pk, name in teams),
        (Visibility.PUBLIC, "Everyone"),
    ]
