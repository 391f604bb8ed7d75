"""Following a feed by its address, or many by a list."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from reader.accounts.models import Team, User
from reader.core.access import may_share_with
from reader.intake.decoding import Unreadable, decode
from reader.intake.feeds.models import Feed
from reader.intake.feeds.opml import read_list, refusal_of
from reader.intake.feeds.rules import Act, FeedRule, Part
from reader.intake.forms import MOST_BYTES, seen_by_choices

NONE = "There is no feed in this file. A list of feeds is an OPML file that another reader exports."


class SeenByForm(forms.Form):
    """Who is to see the pieces."""

    seen_by = forms.ChoiceField(label="Who sees the pieces here", required=False)

    def __init__(self, *args: Any, reader: User) -> None:
        super().__init__(*args)
        field = cast(forms.ChoiceField, self.fields["seen_by"])
        field.choices = seen_by_choices(reader)

    def audience(self) -> dict[str, Any]:
        visibility, _, team = (self.cleaned_data["seen_by"] or "private").partition(":")
        return {"visibility": visibility, "team_of_pieces_id": int(team) if team else None}


class FeedForm(SeenByForm):
    url = forms.CharField(
        label="The address of a feed, or of the site",
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://…"}),
        error_messages={"required": "There is no address here yet."},
    )
    field_order = ["url", "seen_by"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        return url if ":" in url.partition("/")[0].partition(".")[0] or url.startswith("/") else f"https://{url}"


class ListForm(SeenByForm):
    file = forms.FileField(
        label="A list of feeds (OPML)",
        widget=forms.FileInput(attrs={"accept": ".opml,.xml,text/xml,text/x-opml,application/xml"}),
        error_messages={"empty": "This file is empty.", "required": "Choose a file first."},
    )
    field_order = ["file", "seen_by"]

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("This is larger than 5 MB, more than any list of feeds.")
        try:
            text = decode(file.read())
        except Unreadable as error:
            raise forms.ValidationError(error.fault) from None
        if refusal := refusal_of(text) or ("" if read_list(text) else NONE):
            raise forms.ValidationError(refusal)
        file.seek(0)
        return file


class RuleForm(forms.ModelForm[FeedRule]):
    """When words stand somewhere, something is done."""

    class Meta:
        model = FeedRule
        fields = ("words", "part", "feed", "act", "tag", "team")

    def __init__(self, data: Any = None, *, reader: User, feed: Feed | None = None) -> None:
        super().__init__(data, instance=FeedRule(owner=reader), initial={"feed": feed, "part": Part.TITLE})
        own = cast("forms.ModelChoiceField[Feed]", self.fields["feed"])
        own.queryset, own.empty_label = Feed.objects.followed().filter(owner=reader), "every feed"
        team = cast("forms.ModelChoiceField[Team]", self.fields["team"])
        writable = [pk for pk in reader.roles if may_share_with(reader, pk)]
        team.queryset, team.empty_label = Team.objects.filter(pk__in=writable), "none"
        said = {
            "words": "When these words stand",
            "part": "In",
            "feed": "Of",
            "act": "Then",
            "tag": "The tag, for tagging",
        }
        said |= {"team": "The team, for sharing"}
        for name, label in said.items():
            self.fields[name].label = label
        self.fields["words"].error_messages["required"] = "There are no words here yet."
        cast(forms.ChoiceField, self.fields["act"]).choices = [*Act.choices]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("act") == Act.TAG and not said.get("tag", "").strip():
            self.add_error("tag", "Say which tag.")
        if said.get("act") == Act.TEAM and not said.get("team"):
            self.add_error("team", "Say which team.")
        return said
