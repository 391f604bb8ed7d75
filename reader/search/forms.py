"""What is sent with a question."""

from typing import Any

from django import forms

from reader.search.models import SavedSearch


class SearchForm(forms.Form):
    """A question as it stands in the address; every text is one."""

    q = forms.CharField(required=False, strip=False)
    sort = forms.ChoiceField(choices=[("", "Best first"), ("newest", "Newest first")], required=False)
    typing = forms.BooleanField(required=False)
    literally = forms.BooleanField(required=False)
    after = forms.IntegerField(min_value=0, max_value=10_000, required=False)

    def asked(self) -> dict[str, Any]:
        """What was understood; what was not is as if it were not there. No database holds a zero character."""
        self.is_valid()
        nothing: dict[str, Any] = {"q": "", "sort": "", "typing": False, "literally": False, "after": 0}
        understood = {name: value for name, value in self.cleaned_data.items() if value}
        return nothing | understood | {"q": self.data.get("q", "").replace("\x00", " ")}


class SavingForm(forms.ModelForm[SavedSearch]):
    """A question to be kept; without a name it is called by its words."""

    class Meta:
        model = SavedSearch
        fields = ["text", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].label = "What to call it"
        self.fields["text"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name"):
            longest = SavedSearch._meta.get_field("name").max_length
            cleaned["name"] = str(cleaned.get("text", ""))[:longest]
        return cleaned
