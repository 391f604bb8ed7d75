"""The form in which a wording becomes a claim: the claim itself, and each of the other sentences that say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.http import QueryDict

from reader.claims.antecedents import AntecedentForm
from reader.claims.forms import KnownForm, ProposalForm, StatementForm, as_initial
from reader.claims.proposing import read_proposal
from reader.claims.saying import fill_in
from reader.claims.timing import Horizon, is_doubtful, read_horizons
from reader.foresight.sweeps.gathering import Said
from reader.foresight.sweeps.models import Finding
from reader.highlights.audiences import Audience
from reader.highlights.forms import HighlightForm
from reader.library.models import Article
from reader.pages.stating_together import Taken, Together

if TYPE_CHECKING:
    from reader.accounts.models import User


#: The claims that others let open sentences state, as a form keeps their numbers: open is what states none.
NONE_YET = "0"
#: What is said of the sentence that words the claim, and of another one, where somebody was faster.
FASTER = (
    "{by} was faster: this sentence states a claim by now. Choose it here, and what you save states it too; or save "
    "again, to make another. Nothing was saved; what you wrote is still here."
)
FASTER_WITH_ONE = (
    "{by} was faster: this sentence states “{claim}” by now. Choose that claim above, untick the sentence, or save "
    "again, to let it state yours too. Nothing was saved; what you wrote is still here."
)
#: What the sentence is called at that was to word the claim, and that the reader may not mark any more.
LOST = (
    "The sentence that worded your claim is not there for you to mark any more. Nothing was saved; what you wrote is "
    "still here, and this sentence words the claim now."
)


class SeenByForm(HighlightForm):
    """Who sees the claim and its marks, and how they are tagged; which words are marked is known."""

    revision = start = end = exact = kind = note = None  # type: ignore[assignment]  # how a form leaves out a field


@dataclass(frozen=True, slots=True)
class Line:
    """One of the other sentences, as the form offers it."""

    finding: Finding
    form: StatementForm
    read: Horizon
    is_ticked: bool
    #: Its words, stretch by stretch, each with whether the sentence that words the claim lacks them.
    parts: list[tuple[str, bool]]
    #: The words of that sentence which this one lacks, stretch by stretch.
    lacks: list[str]

    @property
    def speaker(self) -> str:
        return str(self.form["speaker"].value() or "")


class TogetherForm:
    """All that is asked of a wording, after the sentence that was chosen to word the claim."""

    def __init__(
        self,
        reader: "User",
        lead: Finding,
        others: Sequence[Finding],
        data: QueryDict | None = None,
        *,
        ticks_all: bool = False,
    ) -> None:
        self.reader, self.lead, self.data, self.ticks_all = reader, lead, data, ticks_all
        self.refusals: dict[int, str] = {}
        of_its_own = f"id_{lead.pk}_%s"  # several lines of the queue may have their form open
        self.proposal = proposal_form(lead.words, lead.article, data, auto_id=of_its_own)
        self.seen = SeenByForm(data, article=lead.article, reader=reader, auto_id=of_its_own)
        self.known = KnownForm(
            data, reader=reader, quote=lead.words, auto_id=of_its_own, initial={"made_here": NONE_YET}
        )
        self.antecedent = AntecedentForm(
            data, reader=reader, quote=lead.words, article=lead.article, auto_id=of_its_own
        )
        self.lines = [self.line(one) for one in others]

    def line(self, finding: Finding) -> Line:
        article, data = finding.article, self.data
        read, readings = read_proposal(finding.words, article), read_horizons(finding.words, article)
        initial = as_initial(fill_in(read, finding.words, article).proposal)
        form = StatementForm(
            data, prefix=f"s{finding.pk}", article=article, read=read, readings=readings, initial=initial
        )
        said, lead = Said(finding.words), Said(self.lead.words)
        lacks = [words.strip() for words, is_lacking in lead.differing_from(said) if is_lacking]
        return Line(finding, form, read.horizon, self.is_ticked(finding), said.differing_from(lead), lacks)

    def is_ticked(self, finding: Finding) -> bool:
        """As it was sent; from the start only what says the same beyond doubt, unless all were asked for."""
        if self.data is None:
            return self.ticks_all or Said(self.lead.words).is_surely(Said(finding.words))
        return str(finding.pk) in self.data.getlist("with")

    @property
    def ticked(self) -> list[Line]:
        return [one for one in self.lines if one.is_ticked]

    @property
    def why_ticked(self) -> str:
        """What the ticks mean that nobody has set."""
        if self.data is not None:
            return ""
        if self.ticks_all:
            return "All are ticked."
        if not self.ticked:
            return "None says it in quite the same words, so none is ticked yet."
        return "Those that say it in the same words are ticked."

    @property
    def article(self) -> Article:
        return self.lead.article

    @property
    def is_doubtful(self) -> bool:
        return is_doubtful(self.article)

    @property
    def refusal(self) -> str:
        """What speaks against the sentence that words the claim."""
        return self.refusals.get(self.lead.pk, "")

    def is_valid(self) -> bool:
        forms = [self.proposal, self.seen, self.known, self.antecedent, *(one.form for one in self.ticked)]
        return not any([one.errors for one in forms])  # noqa: C419  (each says what is wrong with it)

    def refuse(self, finding: Finding, sentence: str) -> None:
        self.refusals[finding.pk] = sentence
        for one in self.lines:
            if one.finding == finding:
                one.form.add_error(None, sentence)

    def offer(self, taken: Sequence[Taken]) -> None:
        """Say who was faster, each at the sentence, and let the reader choose the claim; sent so, it is saved."""
        for one in reversed(taken):  # the first of them is the one that stays found
            is_lead = one.finding == self.lead
            self.known = self.known.offering(one.claim, FASTER.format(by=one.by) if is_lead else "")
            if not is_lead:
                self.refuse(one.finding, FASTER_WITH_ONE.format(by=one.by, claim=one.claim.statement))

    def said(self) -> Together:
        return Together(
            lead=self.lead,
            proposal=self.proposal.proposal(),
            others=[(one.finding, one.form.proposal()) for one in self.ticked],
            audience=cast(Audience, self.seen.cleaned_data["audience"]),
            tags=self.seen.cleaned_data["tags"],
            known=self.known.chosen,
            updates=self.known.updates,
            antecedent=self.antecedent.chosen,
            holds_if=self.antecedent.holds_if,
            supposed=self.antecedent.supposed,
            seen_here=self.known.seen_here,
        )


def proposal_form(exact: str, article: Article, data: QueryDict | None = None, **options: Any) -> ProposalForm:
    """What a passage claims, with all that its time may mean; what else it says is filled in, to be confirmed."""
    read, readings = read_proposal(exact, article), read_horizons(exact, article)
    if data is not None:
        return ProposalForm(data, article=article, read=read, readings=readings, **options)
    filled = fill_in(read, exact, article)
    initial = as_initial(filled.proposal)
    return ProposalForm(article=article, read=read, readings=readings, saying=filled.saying, initial=initial, **options)
