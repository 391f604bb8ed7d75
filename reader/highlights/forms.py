"""What readers send about marks and notes."""

from typing import TYPE_CHECKING, Any

from django import forms

from reader.core.requests import id_in
from reader.core.visibility import Visibility
from reader.highlights.audiences import Audience, audiences, key_of, usual_audience
from reader.highlights.models import NOTE_LIMIT, Kind
from reader.highlights.reactions import Response
from reader.library.models import Article
from reader.tags.models import parse_names

if TYPE_CHECKING:
    from reader.accounts.models import User

MOST_TAGS = 30
NOT_FOR_THEM = (
    "A mark in this piece can’t be shared with them: only members of a team share with it, "
    "and nobody sees a mark who does not see the piece. Choose again who sees it."
)
NO_SUCH_KIND = "There is no mark of the kind “%(value)s”. Choose highlight, prediction, evidence or question."


class TagsField(forms.CharField):
    """Tag names separated by commas."""

    def __init__(self) -> None:
        super().__init__(required=False, label="Tags", help_text="Separated by commas.")

    def clean(self, value: Any) -> list[str]:
        names = parse_names(super().clean(value))
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(f"At most {MOST_TAGS} tags fit on one mark; these are {len(names)}.")
        return names


class LinesField(forms.CharField):
    """Text of several lines; a line end is one character, though browsers send two."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class NoteField(LinesField):
    """Markdown."""

    def __init__(self, *, required: bool) -> None:
        super().__init__(
            required=required,
            max_length=NOTE_LIMIT,
            label="Note",
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={
                "required": "The note is empty. Write something, or delete the note.",
                "max_length": f"A note has at most {NOTE_LIMIT:,} characters; this one has %(show_value)d. "
                "It is kept here: shorten it and save again.",
            },
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser would cut a pasted note short without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class PassageForm(forms.Form):
    """Words of a text, with their place in it where the browser knows it (code points)."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    exact = LinesField(
        strip=False,
        label="The words to mark",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say which words to mark: select them in the text, or copy them here."},
    )


class PlaceForm(forms.Form):
    """A place in one text (code points)."""

    revision = forms.IntegerField()
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Kind,
        error_messages={"invalid_choice": NO_SUCH_KIND, "required": "Choose the kind of mark."},
        widget=forms.RadioSelect,
    )


class ReactionForm(forms.Form):
    response = forms.ChoiceField(
        choices=Response,
        error_messages={
            "required": "Choose a response.",
            "invalid_choice": "There is no response “%(value)s”. Choose one of these.",
        },
    )


class TagsForm(forms.Form):
    tags = TagsField()


class NoteForm(forms.Form):
    body = NoteField(required=True)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class HighlightForm(PassageForm, KindForm, TagsForm):
    """A new mark: the words, the kind, and what the reader has to say at once.

    Who sees it comes as `visibility` and `team` (scripts, the selection bar) or as one `audience` (the composer).
    """

    note = NoteField(required=False)
    visibility = forms.CharField(required=False)
    team = forms.IntegerField(required=False)
    audience = forms.CharField(required=False)
    #: Where the words are no longer in the piece, the mark is kept as one that has lost its place.
    placeless = forms.BooleanField(required=False)
    #: Whether they are not, so that this is offered.
    is_gone = False

    def __init__(self, data: Any = None, *, article: Article, reader: "User", **options: Any) -> None:
        super().__init__(data, **options)
        self.audiences = audiences(article, reader)
        self.usual = key_of(*usual_audience(article, reader))

    @property
    def chosen_audience(self) -> str:
        """The key of what is chosen so far, for the composer."""
        if not self.is_bound:
            asked = self.initial.get("visibility")
            return key_of(asked, self.initial.get("team")) if asked else self.usual
        return self.data.get("audience") or key_of(self.data.get("visibility", ""), id_in(self.data, "team"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["audience"] = self.find_audience(said.get("audience"), said.get("visibility"), said.get("team"))
        return said

    def find_audience(self, key: str | None, visibility: str | None, team: int | None) -> Audience | None:
        """The choice that was made, if it is one that may be: a mark is never seen by more people than its piece."""
        fitting = [
            one
            for one in self.audiences
            if (one.key == key if key else one.visibility == (visibility or Visibility.PRIVATE))
            and team in (None, one.team_id)
        ]
        if len(fitting) == 1:
            return fitting[0]
        self.add_error("visibility", NOT_FOR_THEM)
        return None
