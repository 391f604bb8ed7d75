"""What the reading page sends of its reader."""

from django import forms

from reader.foresight.models import KEY_LENGTH
from reader.library.models import Reading

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


class SuggestionForm(forms.Form):
    """Which sentence is meant, by what tells its words from others."""

    suggestion = forms.CharField(max_length=KEY_LENGTH)
