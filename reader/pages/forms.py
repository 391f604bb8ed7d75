"""What the reading page sends of its reader."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from reader.foresight.models import KEY_LENGTH
from reader.library.models import Reading
from reader.pages.revision_queries import Version

#: The largest whole number that every database keeps in an integer column.
LARGEST = 2**31 - 1


class SeenForm(forms.Form):
    """The last event that the reader has seen."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


class ProgressForm(SeenForm):
    """The code point at the top of the window, and how much of the piece lies above its lower edge."""

    position = forms.IntegerField(min_value=0, max_value=LARGEST)
    percent = forms.IntegerField(min_value=0, max_value=100)


class StateForm(SeenForm):
    state = forms.ChoiceField(choices=Reading.State)


class TwoTextsForm(forms.Form):
    """Which two texts of a piece are to be compared, in whatever order they are named."""

    old = forms.TypedChoiceField(coerce=int, label="This text")
    new = forms.TypedChoiceField(coerce=int, label="With this one")

    def __init__(self, data: Any = None, *, versions: Sequence[Version]) -> None:
        super().__init__(data, initial={"old": versions[-1].number, "new": versions[0].number})
        choices = [(version.number, version.label) for version in versions]
        for name in ("old", "new"):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "old" in said and said["old"] == said.get("new"):
            self.add_error("new", "Choose another text than the first one.")
        return said


class SuggestionForm(forms.Form):
    """Which sentence is meant, by what tells its words from others."""

    suggestion = forms.CharField(max_length=KEY_LENGTH)
