"""What readers send about a claim's life: a forecast, a source, a vote, a verdict, an objection."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from reader.claims.checklist import MARKS
from reader.claims.details import ClaimKind, Details
from reader.claims.evidence import QUOTE_LENGTH, Bearing, Source
from reader.claims.forms import DayInput
from reader.claims.judging import Ruling
from reader.claims.knowing import can_show
from reader.claims.models import Claim
from reader.claims.moons import moon
from reader.claims.relations import Relation
from reader.claims.scale import Difficulty, Grade, Outcome, Timing
from reader.claims.standing import is_over
from reader.claims.verdicts import Status
from reader.core.markup import fill
from reader.core.outside import LONGEST_ADDRESS
from reader.core.refusals import Refused
from reader.highlights.forms import LinesField
from reader.highlights.models import Highlight
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.library.models import Person

T = TypeVar("T")

LONGEST = 5_000
NO_PERCENTAGE = "A forecast is a whole number from 1 to 99 %: nothing ahead is certain, or impossible."
MOONED = "{moon}{word}"
DIFFICULTIES = [("", "Not said"), *((str(step.value), f"{step.value}, {step.label.lower()}") for step in Difficulty)]
TIMINGS = [("", "Not said"), *Timing.choices]
#: The newest outcome first: what came true is what one looks for.
STEPS = [(str(step.value), fill(MOONED, moon=moon("resolved", step.value), word=step.label)) for step in Outcome][::-1]
UNRESOLVED = [
    (
        Status.AMBIGUOUS.value,
        fill(MOONED, moon=moon(Status.AMBIGUOUS, None), word="Ambiguous: what happened is unclear"),
    ),
    (Status.ANNULLED.value, fill(MOONED, moon=moon(Status.ANNULLED, None), word="Annulled: the question is unclear")),
]


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What the act gives; nothing where the form, or the act, was refused: the form says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def lines(label: str, *, rows: int = 3, **more: Any) -> LinesField:
    more = {"required": False, "max_length": LONGEST} | more
    return LinesField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def radios(label: str, choices: Iterable[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    more = {"required": False} | more
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, **more)


class ForecastForm(forms.Form):
    percent = forms.IntegerField(error_messages={"required": NO_PERCENTAGE, "invalid": NO_PERCENTAGE})
    reason = lines("Why", max_length=2_000)


class EvidenceForm(forms.Form):
    bearing = radios("It speaks", Bearing.choices)
    url = forms.CharField(label="Address of the source", required=False, max_length=LONGEST_ADDRESS)
    words = forms.CharField(label="Words of the passage, or the name of its piece", required=False, max_length=200)
    highlight = forms.ChoiceField(
        label="Or a passage here",
        required=False,
        error_messages={"invalid_choice": "That passage can’t be chosen any more. Look for it again."},
    )
    title = forms.CharField(label="Title", required=False, max_length=300)
    quote = lines("The words that matter", max_length=QUOTE_LENGTH)
    published_on = forms.DateField(label="Published on", required=False, widget=DayInput())
    archive_url = forms.CharField(
        label="Archived copy",
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text="The address of a copy that stays, as at web.archive.org: sources go away.",
    )

    def __init__(self, *args: Any, passages: Sequence[Highlight], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages = {str(one.pk): one for one in passages}
        field = self.fields["highlight"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "None"), *((pk, str(one)) for pk, one in self.passages.items())]

    @property
    def chosen(self) -> str:
        return str(self["highlight"].value() or "")

    @property
    def unfolds(self) -> bool:
        """Whether somebody is choosing among the passages."""
        return bool(self.chosen or self["words"].value() or self["highlight"].errors)

    def pieces(self) -> list[tuple[Article, list[Highlight]]]:
        """The passages by the piece in which they stand, each piece where the newest of its own would be."""
        found: dict[int, tuple[Article, list[Highlight]]] = {}
        for one in self.passages.values():
            found.setdefault(one.article_id, (one.article, []))[1].append(one)
        return list(found.values())

    def source(self) -> Source:
        fields = dict(self.cleaned_data)
        del fields["words"]
        return Source(highlight=self.passages.get(fields.pop("highlight")), **fields)


#: No last day of a round lies farther ahead: some that a date can be are no moment in every time zone.
LONGEST_ROUND = timedelta(days=3652)


class RoundForm(forms.Form):
    closes_on = forms.DateField(
        label="Closes after",
        required=False,
        widget=DayInput(),
        help_text="The last day for votes. Without one, it is open until a curator closes it.",
    )

    def clean_closes_on(self) -> date | None:
        day: date | None = self.cleaned_data["closes_on"]
        if day and day > timezone.localdate() + LONGEST_ROUND:
            raise forms.ValidationError("Choose a day within the next ten years.")
        return day

    def closes_at(self) -> datetime | None:
        day = self.cleaned_data["closes_on"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class GradeForm(forms.Form):
    """What is said of a claim beside its outcome."""

    timing = radios("When it came", TIMINGS)
    already_true = forms.BooleanField(label="It was already true when it was said", required=False)
    difficulty = radios("How daring it was", DIFFICULTIES)

    def further(self) -> dict[str, Any]:
        fields = self.cleaned_data
        return {
            "timing": fields["timing"],
            "already_true": fields["already_true"],
            "difficulty": number(fields["difficulty"]),
        }


def number(text: str) -> int | None:
    return int(text) if text else None


#: What a grader chooses who cannot say how far it came true.
UNDECIDED = "undecided"


class AssessmentForm(GradeForm):
    strict = radios(
        "Read strictly, by the letter of its criteria",
        [*STEPS, (UNDECIDED, "Cannot decide")],
        required=True,
        error_messages={"required": "Say how far it came true, or that you cannot decide."},
    )
    charitable = radios("Read charitably, by what was meant", [("", "The same"), *STEPS])
    reasons = lines("Your reasons")

    field_order = ("strict", "charitable", "timing", "already_true", "difficulty", "reasons")

    def grade(self) -> Grade:
        said, charitable = self.cleaned_data["strict"], number(self.cleaned_data["charitable"])
        strict = None if said == UNDECIDED else int(said)
        return Grade(strict=strict, charitable=strict if charitable is None else charitable, **self.further())


class VerdictForm(GradeForm):
    decision = radios("The verdict", [*STEPS, *UNRESOLVED])
    evidence = forms.MultipleChoiceField(
        label="It rests on", required=False, widget=forms.CheckboxSelectMultiple, help_text="At least one source."
    )
    known_since = forms.DateField(
        label="Known since",
        required=False,
        widget=DayInput(),
        help_text="The first day on which one could know it. Forecasts from that day on are hindsight, and not scored.",
    )
    strict = radios("Read strictly", [("", "The same"), *STEPS])
    charitable = radios("Read charitably", [("", "The same"), *STEPS])
    reason = lines("Why", help_text="Needed where it is ambiguous or annulled, and where it was judged before.")
    discloses = forms.BooleanField(label="I have a forecast on this claim, and say so with the verdict", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    field_order: Sequence[str] | None = (
        *("decision", "known_since", "evidence", "reason", "discloses"),
        *("strict", "charitable", "timing", "difficulty", "already_true"),
    )

    def __init__(
        self, *args: Any, claim: Claim, sources: Sequence[tuple[int, str]], asks_to_disclose: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim
        field = self.fields["evidence"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(pk), words) for pk, words in sources]
        if not sources:
            del self.fields["evidence"]
        if not asks_to_disclose:
            del self.fields["discloses"]

    def clean_decision(self) -> str:
        """One decision: of two that came at once, the field by itself would take the last."""
        name = self.add_prefix("decision")
        if isinstance(self.data, QueryDict) and len(set(self.data.getlist(name))) > 1:
            raise forms.ValidationError("It can’t be two of these at once: choose one.")
        return str(self.cleaned_data["decision"])

    def ruling(self) -> Ruling:
        fields = self.cleaned_data
        decision = fields["decision"]
        is_outcome = decision.isdecimal()
        said: dict[str, Any] = {}
        if is_outcome:
            outcome = int(decision)
            said = {
                "strict": outcome if not fields["strict"] else int(fields["strict"]),
                "charitable": outcome if not fields["charitable"] else int(fields["charitable"]),
            }
        elif decision:
            said = {name: number(fields[name]) for name in ("strict", "charitable")}
        return Ruling(
            status=decision if decision and not is_outcome else Status.RESOLVED,
            outcome=int(decision) if is_outcome else None,
            reason=fields.get("reason", fields.get("answer", "")),
            grade=Grade(**said, **self.further()),
            known_since=self.day_known(int(decision)) if is_outcome else None,
            evidence=[int(pk) for pk in fields.get("evidence", [])],
        )

    def day_known(self, outcome: int) -> date | None:
        """Since when it is known; a day filled in before anybody decided says nothing of what can't be known by it."""
        day: date | None = self.cleaned_data["known_since"]
        is_filled_in = day == self.initial.get("known_since") and is_over(self.claim, timezone.localdate())
        return None if day and is_filled_in and not can_show(self.claim, outcome, day) else day

    def stands_instead_of(self, verdict: int, *, now: bool = False) -> None:
        """Say which verdict is seen to stand, 0 for none; of a form that was sent only `now` that it is told anew."""
        if not self.is_bound:
            self.initial["seen"] = verdict
        elif now and isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["seen"] = str(verdict)

    def discloses_forecast(self) -> bool:
        return bool(self.cleaned_data.get("discloses"))

    @property
    def folds_open(self) -> bool:
        return self.is_bound and not self.is_valid()

    @property
    def folded(self) -> list[forms.BoundField]:
        """What is seldom needed, for a part of the form that unfolds."""
        return [self[name] for name in ("strict", "charitable", "timing", "difficulty", "already_true")]

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {*FOLDED, "seen"}]


FOLDED = frozenset({"strict", "charitable", "timing", "difficulty", "already_true"})


class DisputeForm(forms.Form):
    reason = lines("What is wrong with the verdict")
    evidence = forms.ChoiceField(label="A source that shows it", required=False)

    def __init__(self, *args: Any, sources: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "None"), *((str(pk), words) for pk, words in sources)]


class AnswerForm(VerdictForm):
    """The decision on a dispute: the verdict stands, or is another from now on."""

    answer = lines("Your answer", help_text="Everyone who sees the claim reads it.")

    field_order = ("decision", "answer", *(VerdictForm.field_order or ())[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = radios(
            "The decision",
            [("upheld", "The verdict stands"), *STEPS, *UNRESOLVED],
            required=True,
            error_messages={"required": "Say whether the verdict stands, or what it is from now on."},
        )
        del self.fields["reason"], self.fields["seen"]  # the answer says why, and the dispute says of which verdict
        self.order_fields(self.field_order)

    @property
    def upholds(self) -> bool:
        return bool(self.cleaned_data["decision"] == "upheld")


class ReplyForm(forms.Form):
    person = forms.ChoiceField(label="Who replies")
    text = lines("What they have to say")

    def __init__(self, *args: Any, people: "Sequence[Person]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(pk, one.name) for pk, one in self.people.items()]


class RelationForm(forms.Form):
    kind = radios("This claim", Relation.Kind.choices)
    other = forms.CharField(
        label="The other claim",
        max_length=200,
        help_text="Words of it, its number, or its address.",
        error_messages={"required": "Which claim?"},
    )
    holds_if = radios("For “is conditional on”: this one holds", [("", "—"), *Relation.HoldsIf.choices])

    def __init__(self, *args: Any, offered: Sequence[Claim], kinds: Collection[Relation.Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["kind"] = radios("This claim", [(kind.value, kind.label) for kind in kinds])
        if Relation.Kind.CONDITIONAL not in kinds:
            del self.fields["holds_if"]
        self.fields["other"].widget.attrs["list"] = "claims-offered"

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if fields.get("kind") != Relation.Kind.CONDITIONAL:
            fields["holds_if"] = ""  # it is asked for beside the others, and means nothing there
        return fields


class DetailsForm(forms.Form):
    """What makes a claim testable, ticked by a reader."""

    kind = forms.ChoiceField(
        label="What kind of claim it is", choices=[("", "Not said"), *ClaimKind.choices], required=False
    )
    fine_print = lines("Fine print", help_text="What counts and what does not, where the criteria leave a doubt.")
    review_on = forms.DateField(
        label="Look at it again on", required=False, widget=DayInput(), help_text="For a claim without a last day."
    )
    has_subject = forms.BooleanField(label="It says who or what it is about", required=False)
    has_predicate = forms.BooleanField(label="It says what would have to be seen", required=False)
    has_time = forms.BooleanField(label="It says by when", required=False)
    has_threshold = forms.BooleanField(label="It says how much is enough", required=False)

    said = forms.CharField(required=False, initial="details", widget=forms.HiddenInput)

    def details(self) -> Details | None:
        """What was ticked and said; nothing where the form that came did not ask."""
        fields = dict(self.cleaned_data)
        return Details(**fields) if fields.pop("said") else None

    @property
    def ticks(self) -> list[forms.BoundField]:
        return [self[mark] for mark in MARKS]


def label_of(bearing: str, words: str) -> SafeString:
    return fill("{words} <small>({bearing})</small>", words=words[:160], bearing=Bearing(bearing).label.lower())
