"""What a reader says of a prediction."""

from datetime import date
from typing import Any

from django import forms

from reader.claims.models import COMMITTED, Phase, Stance
from reader.claims.proposing import Horizon, Proposal
from reader.claims.queries import Filters
from reader.claims.windows import SET_BY_A_READER, WindowKind, in_words
from reader.library.models import Article

WINDOW_FIELDS = frozenset({"window_kind", "window_start", "window_end"})
AS_ISO = "write it as 2026-12-31."


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class ProposalForm(forms.Form):
    """A claim and who said it, for one passage of `article`.

    Everything may be left out: what is missing is what `read` (the reading of the quote itself) says.
    """

    statement = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence that can be judged without the article at hand.",
    )
    speaker = forms.CharField(max_length=200, required=False, label="Who says it")
    reported_by = forms.CharField(max_length=200, required=False, label="Retold by")
    stance = forms.ChoiceField(choices=Stance, required=False, initial=Stance.ASSERTS)
    window_kind = forms.ChoiceField(choices=WindowKind, required=False, label="When")
    window_start = forms.DateField(required=False, widget=DayInput(), label="From")
    window_end = forms.DateField(required=False, widget=DayInput(), label="Until")
    time_text = forms.CharField(max_length=200, required=False, label="Time wording")
    criteria = forms.CharField(
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Resolution criteria",
        help_text="What would have to be seen for it to count as happened.",
    )
    hedge = forms.CharField(
        max_length=200, required=False, label="Hedge", help_text="The words that say how sure they were: “probably”."
    )
    stated_percent = forms.DecimalField(
        min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False, label="Probability they gave, in %"
    )
    because = forms.CharField(max_length=500, required=False, label="Why the window changes")

    def __init__(self, *args: Any, article: Article, read: Proposal, **kwargs: Any) -> None:
        self.article = article
        self.read = read
        kwargs.setdefault("initial", as_initial(read))
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if self.errors.keys() & WINDOW_FIELDS:
            return fields
        kind, start, end = (fields[name] for name in ("window_kind", "window_start", "window_end"))
        said, last = self.said_no_later_than(), self.last_day()
        if start and end and end < start:
            self.add_error("window_end", f"The window would end before it starts, on {in_words(start)}.")
        elif kind == WindowKind.WINDOW and not end:
            self.add_error("window_end", "A window needs its last day; choose “From a day on” if it has none.")
        elif kind == WindowKind.OPEN and not start:
            self.add_error("window_start", "From which day on?")
        elif self.commits() and said and last and last < said:
            self.add_error(
                "window_end", f"The window would end before {in_words(said)}, when this was said. Choose a later day."
            )
        return fields

    def commits(self) -> bool:
        return (self.cleaned_data.get("stance") or self.read.stance) in COMMITTED

    def said_no_later_than(self) -> date | None:
        return self.article.said_no_later_than

    def proposal(self) -> Proposal:
        """What the reader said, completed by what was read."""
        fields = self.cleaned_data
        return Proposal(
            statement=" ".join(fields["statement"].split()) or self.read.statement,
            speaker=fields["speaker"] if "speaker" in self.data else self.read.speaker,
            reported_by=fields["reported_by"],
            stance=fields["stance"] or self.read.stance,
            criteria=fields["criteria"],
            horizon=self.horizon(),
            hedge=fields["hedge"] if "hedge" in self.data else self.read.hedge,
            stated_percent=fields["stated_percent"] if "stated_percent" in self.data else self.read.stated_percent,
            details=self.read.details,
            because=fields["because"],
        )

    def horizon(self) -> Horizon:
        read, fields = self.read.horizon, self.cleaned_data
        if not self.says_when():
            return read
        kind, start, end = self.settled_window()
        time_text = fields["time_text"] if "time_text" in self.data else read.time_text
        as_read = (kind, start, end) == (read.kind, read.start, read.end)
        return Horizon(
            kind=kind,
            start=start,
            end=end,
            precision=read.precision if as_read else "",
            rule=read.rule if as_read else SET_BY_A_READER,
            time_text=time_text,
        )

    def says_when(self) -> bool:
        return bool(self.data.keys() & WINDOW_FIELDS)

    def last_day(self) -> date | None:
        return self.settled_window()[2] if self.says_when() else self.read.horizon.end

    def settled_window(self) -> tuple[str, date | None, date | None]:
        """Days that the reader typed win over the kind; days left as they were yield to a kind without them."""
        kind, start, end = (self.cleaned_data[name] for name in ("window_kind", "window_start", "window_end"))
        untouched = (start, end) == (self.read.horizon.start, self.read.horizon.end)
        if kind in (WindowKind.VAGUE, WindowKind.NONE) and (untouched or not (start or end)):
            return kind, None, None
        if end and not (kind == WindowKind.OPEN and untouched):
            return WindowKind.WINDOW, start or min(self.article.published or end, end), end
        if start:
            return WindowKind.OPEN, start, None
        return WindowKind.NONE, None, None


def as_initial(proposal: Proposal) -> dict[str, Any]:
    horizon = proposal.horizon
    return {
        "statement": proposal.statement,
        "speaker": proposal.speaker,
        "reported_by": proposal.reported_by,
        "stance": proposal.stance,
        "criteria": proposal.criteria,
        "window_kind": horizon.kind,
        "window_start": horizon.start,
        "window_end": horizon.end,
        "time_text": horizon.time_text,
        "hedge": proposal.hedge,
        "stated_percent": proposal.stated_percent,
    }


class FilterForm(forms.Form):
    """What the ledger is narrowed to; lives in the address."""

    phase = forms.ChoiceField(choices=[("", "All"), *Phase.choices], required=False)
    tag = forms.CharField(max_length=100, required=False)
    speaker = forms.CharField(max_length=200, required=False)
    publication = forms.CharField(max_length=200, required=False)
    since = forms.DateField(required=False, error_messages={"invalid": f"“Ends after” is not a day: {AS_ISO}"})
    until = forms.DateField(required=False, error_messages={"invalid": f"“Starts before” is not a day: {AS_ISO}"})

    def filters(self) -> Filters:
        """What was understood; a filter that cannot be read narrows nothing, and its field says why."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})
