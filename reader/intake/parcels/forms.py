"""Handing in files of many things."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from reader.accounts.models import User
from reader.intake.forms import seen_by_choices

MOST_BYTES = 1024**3
TOO_LARGE = "Together these are larger than 1 GB. Bring them in by and by."


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or many."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class ParcelForm(forms.Form):
    chosen = FilesField(
        label="The files",
        help_text="Drop them here, whole folders too: mails (.eml, .mbox, or a zip of them), the file that another app "
        "gave you, or a list of feeds (OPML). At most 1 GB.",
        allow_empty_file=True,  # it is told of by its name, and holds up no other
        error_messages={"required": "Choose a file first."},
    )
    seen_by = forms.ChoiceField(label="Who sees the pieces here", required=False)

    def __init__(self, *args: Any, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["seen_by"]).choices = seen_by_choices(reader)

    def clean_chosen(self) -> "list[UploadedFile[Any]]":
        files: list[UploadedFile[Any]] = self.cleaned_data["chosen"]
        if sum(file.size or 0 for file in files) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return files

    def audience(self) -> dict[str, Any]:
        visibility, _, team = (self.cleaned_data["seen_by"] or "private").partition(":")
        return {"visibility": visibility, "team_of_pieces_id": int(team) if team else None}
