"""What the shelf is narrowed to, as its address says it."""

from django import forms

from reader.library.models import Reading
from reader.pages.shelf import SORT_NAMES, ShelfFilters

#: Without a state the shelf shows all but the archive.
STATES = [("", "On the shelf"), *Reading.State.choices]
STATE_NAMES = {str(value): str(label) for value, label in STATES}


class ShelfForm(forms.Form):
    """What the shelf is narrowed to; lives in the address."""

    state = forms.ChoiceField(choices=STATES, required=False)
    q = forms.CharField(max_length=200, required=False, label="Search titles")
    tag = forms.CharField(max_length=100, required=False)
    author = forms.CharField(max_length=200, required=False)
    publication = forms.CharField(max_length=200, required=False)
    sort = forms.ChoiceField(choices=list(SORT_NAMES.items()), required=False)

    def filters(self) -> ShelfFilters:
        """What was understood; a word that is none of ours narrows nothing."""
        self.is_valid()
        return ShelfFilters(**{name: value for name, value in self.cleaned_data.items() if value})
