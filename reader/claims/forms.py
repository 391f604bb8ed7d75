"""What a reader says of a prediction."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms

from reader.claims.finding import Found, claims_like, number_in, with_speakers
from reader.claims.models import COMMITTED, Claim, Phase, Polarity, Stance
from reader.claims.proposing import Proposal
from reader.claims.queries import Filters
from reader.claims.timing import Horizon
from reader.claims.windows import SET_BY_A_READER, WindowKind, in_words
from reader.library.models import Article
from reader.spotting.saying import Saying

if TYPE_CHECKING:
    from reader.accounts.models import User

WINDOW_FIELDS = frozenset({"window_kind", "window_start", "window_end"})
#: What is said of one statement, and not of the claim.
SAYING_FIELDS = ("speaker", "reported_by", "stance", "polarity", "hedge", "stated_percent", "time_text")
BEGINS_BEFORE = "Begins before it was said."
NO_SHARE = "A probability is a number from 0 to 100, as 75. Leave it empty where they gave none in digits."
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
    polarity = forms.ChoiceField(
        choices=Polarity,
        required=False,
        initial=Polarity.AFFIRMS,
        label="What they say of it",
        help_text="Of the claim as it is worded above.",
    )
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
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),  # of a field for numbers, "maybe" comes as nothing
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "max_digits", "max_whole_digits"), NO_SHARE),
        label="Probability they gave, in %",
        help_text="To what they say themselves: 80, where they give 80 % that it will not happen.",
    )
    because = forms.CharField(max_length=500, required=False, label="Why the window changes")

    reading = forms.CharField(required=False)

    def __init__(
        self,
        *args: Any,
        article: Article,
        read: Proposal,
        readings: Sequence[Horizon] = (),
        saying: Saying | None = None,
        **kwargs: Any,
    ) -> None:
        self.article = article
        self.saying = saying
        self.read = read
        self.readings = readings
        kwargs.setdefault("initial", as_initial(read))
        super().__init__(*args, **kwargs)
        if self.begins_before_it_was_said():
            self.fields["window_start"].help_text = BEGINS_BEFORE

    def begins_before_it_was_said(self) -> bool:
        """Nothing is wrong with "in 2024", said in May of that year; whoever sets the window should know of it."""
        name, field = "window_start", self.fields["window_start"]
        typed = self.data.get(self.add_prefix(name)) if self.is_bound else self.get_initial_for_field(field, name)
        try:
            start = field.to_python(typed)
        except forms.ValidationError:
            return False
        first = self.article.published
        return bool(start and first and start < first)

    def drop_saying(self) -> None:
        """Ask of the claim alone: each of its several statements has a form of its own."""
        for name in SAYING_FIELDS:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if self.errors.keys() & WINDOW_FIELDS:
            return fields
        kind, start, end = self.chosen_window() or self.typed_window()
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
        return (self.said("stance") or self.read.stance) in COMMITTED

    def said(self, name: str) -> Any:
        """What came under this name; what was read, where the form that came did not ask."""
        return self.cleaned_data.get(name) if self.asks(name) else getattr(self.read, name)

    def asks(self, name: str) -> bool:
        """Whether the form that came had this field."""
        return name in self.fields and self.add_prefix(name) in self.data

    def said_no_later_than(self) -> date | None:
        return self.article.said_no_later_than

    def proposal(self) -> Proposal:
        """What the reader said, completed by what was read."""
        fields = self.cleaned_data
        return Proposal(
            statement=" ".join(fields.get("statement", "").split()) or self.read.statement,
            speaker=self.said("speaker"),
            reported_by=self.said("reported_by"),
            stance=self.said("stance") or self.read.stance,
            polarity=self.said("polarity") or self.read.polarity,
            criteria=fields.get("criteria", ""),
            horizon=self.horizon(),
            hedge=self.said("hedge"),
            stated_percent=self.said("stated_percent"),
            details=self.read.details,
            because=fields.get("because", ""),
        )

    def horizon(self) -> Horizon:
        read, fields = self.read.horizon, self.cleaned_data
        if not self.says_when():
            return read
        kind, start, end = self.settled_window()
        time_text = fields.get("time_text", "") if self.asks("time_text") else read.time_text
        known = (*self.readings[self.reading_chosen() :][:1], read, *self.readings)
        same = next((one for one in known if one.window == (kind, start, end)), None)
        if same is None:
            return Horizon(kind=kind, start=start, end=end, rule=SET_BY_A_READER, time_text=time_text)
        return replace(same, time_text=same.time_text if time_text == read.time_text else time_text)

    def reading_chosen(self) -> int:
        """The place of the reading that is chosen, the likeliest where none was."""
        place = str(self["reading"].value() or "")
        return int(place) if place.isdecimal() and int(place) < len(self.readings) else 0

    def chosen_window(self) -> tuple[str, date | None, date | None] | None:
        """That of the reading which the reader chose; None where days were typed, for they say more."""
        if not self.readings:
            return None
        kind, start, end = self.typed_window()
        chosen, read = self.readings[self.reading_chosen()], self.read.horizon
        untouched = kind in ("", read.kind) and (start, end) in ((read.start, read.end), (chosen.start, chosen.end))
        return chosen.window if untouched else None

    def typed_window(self) -> tuple[str, date | None, date | None]:
        fields = self.cleaned_data
        return fields["window_kind"], fields["window_start"], fields["window_end"]

    def says_when(self) -> bool:
        return any(self.asks(name) for name in WINDOW_FIELDS)

    def last_day(self) -> date | None:
        return self.settled_window()[2] if self.says_when() else self.read.horizon.end

    def settled_window(self) -> tuple[str, date | None, date | None]:
        """Days that the reader typed win over the kind; days left as they were yield to a kind without them."""
        chosen = self.chosen_window()
        if chosen is not None:
            return chosen
        kind, start, end = self.typed_window()
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
        "polarity": proposal.polarity,
        "criteria": proposal.criteria,
        "window_kind": horizon.kind,
        "window_start": horizon.start,
        "window_end": horizon.end,
        "time_text": horizon.time_text,
        "hedge": proposal.hedge,
        "stated_percent": proposal.stated_percent,
    }


class StatementForm(ProposalForm):
    """Who says a claim in one passage, how and for when; the claim itself stays as it is worded."""

    statement = criteria = because = None  # type: ignore[assignment]  # how a form leaves out a field of its parent
    window_kind = forms.ChoiceField(
        choices=[(WindowKind.NONE.value, "When the claim says"), *WindowKind.choices[:-1]],
        required=False,
        label="Their own time",
        help_text="Only where their words name another time than the claim.",
    )


class KnownForm(forms.Form):
    """Whether somebody has said it before: the claim that it is, and how the passage stands to it."""

    SAME, UPDATES = "same", "updates"

    q = forms.CharField(required=False, label="Words of the claim, or its number")
    known = forms.IntegerField(
        required=False, error_messages={"invalid": "There is no such claim that you can add to."}
    )
    stands = forms.ChoiceField(
        choices=[(SAME, "They say the same"), (UPDATES, "The date changed: this updates the earlier claim")],
        required=False,
        initial=SAME,
        widget=forms.RadioSelect,
        label="How it stands to that claim",
    )

    #: The claims that others had made of these very words when the form was opened; nothing where nobody asked.
    made_here = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: "User", quote: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.quote = reader, quote

    @property
    def seen_here(self) -> set[int] | None:
        """What the reader could know of these words; None where they were never told."""
        sent = str(self["made_here"].value() or "")
        return {int(number) for number in re.findall(r"\d{1,18}", sent)} if sent else None

    @property
    def typed(self) -> str:
        return str(self["q"].value() or "")

    def offering(self, made: Claim, why: str = "") -> "KnownForm":
        """The same once more, with a claim that was made meanwhile found; sent so, it makes another all the same."""
        sent = {name: self.data.get(name) for name in self.data}
        data = sent | {"q": str(made.pk), "made_here": f"{self.data['made_here']},{made.pk}"}
        again = KnownForm(data, reader=self.reader, quote=self.quote, auto_id=self.auto_id)
        if why:
            again.add_error(None, why)
        return again

    def clean_known(self) -> int | None:
        number: int | None = self.cleaned_data["known"]
        if number and self.chosen is None:
            raise forms.ValidationError("There is no such claim that you can add to. Look for it again.")
        return number

    @cached_property
    def chosen(self) -> Claim | None:
        """The claim that is chosen so far, if `reader` may add to it."""
        number = number_in(str(self["known"].value() or ""))
        return next(iter(claims_like(self.reader, str(number))), None) if number else None

    @property
    def updates(self) -> bool:
        return bool(self["stands"].value() == self.UPDATES)

    def found(self) -> list[Found]:
        """The claim that is chosen already, then what was looked for, or what says something like the passage."""
        chosen = self.chosen
        others = [claim for claim in claims_like(self.reader, self.typed, self.quote) if claim != chosen]
        return with_speakers([*filter(None, [chosen]), *others], self.reader)


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
