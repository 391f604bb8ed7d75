"""What curators and flagging readers send."""

from typing import Any

from django import forms

from reader.curation.desk import Act
from reader.curation.models import REASON_LIMIT, Flag
from reader.tags.models import MAX_LENGTH

ROWS = {"rows": 2}


class SentenceForm(forms.Form):
    """The sentence that an act asks for, and what the curator had seen of the thing."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    sentence = forms.CharField(required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs=ROWS))

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not act.asks:
            del self.fields["sentence"]
            return
        field = self.fields["sentence"]
        field.label, field.help_text, field.required = act.asks, act.help, True
        field.error_messages["required"] = "Say it in a sentence: others have only this to go by."


class ReasonForm(forms.Form):
    reason = forms.CharField(
        required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs=ROWS), label="Why, for the log"
    )


class MergeForm(ReasonForm):
    """Which claim another becomes part of."""

    field_order = ("into", "opposite", "reason", "seen")

    into = forms.IntegerField(error_messages={"required": "Choose the claim that stays."})
    opposite = forms.BooleanField(required=False, label="It says the opposite: that this will not happen")
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class PairForm(forms.Form):
    """Which of two stays."""

    keep = forms.IntegerField(error_messages={"required": "Choose the one that stays."})
    opposite = forms.BooleanField(required=False, label="The other says the opposite")


class NameForm(forms.Form):
    name = forms.CharField(max_length=MAX_LENGTH, label="Its new name")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split()).lstrip("#").strip()
        if "," in name:
            raise forms.ValidationError("A comma parts two tags; a name can’t have one.")
        if not name:
            raise forms.ValidationError("A tag needs a name.")
        return name


class FlagForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Flag.Kind,
        widget=forms.RadioSelect,
        label="What is wrong with this note",
        error_messages={"required": "Choose what is wrong with it."},
    )
    words = forms.CharField(
        required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs=ROWS), label="In your words"
    )
