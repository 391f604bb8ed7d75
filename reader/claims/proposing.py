"""From a marked passage to a dated claim."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from reader.claims.details import Details
from reader.claims.models import Claim, Polarity, Stance, Statement
from reader.claims.timing import Horizon, read_horizon
from reader.claims.windows import SET_BY_A_READER, WindowKind, window_of
from reader.core.access import may_amend
from reader.core.events import let_ids_appear_in_order, record
from reader.core.refusals import Refused
from reader.core.visibility import InScope, Scope, is_within
from reader.highlights.models import Highlight
from reader.library.models import Article, Person, find_or_make

if TYPE_CHECKING:
    from reader.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a reader (or the reading of the quote) says that a passage claims."""

    statement: str
    speaker: str = ""
    reported_by: str = ""
    stance: str = Stance.ASSERTS
    polarity: str = Polarity.AFFIRMS
    criteria: str = ""
    horizon: Horizon = field(default_factory=Horizon)
    hedge: str = ""
    stated_percent: Decimal | None = None
    details: Details | None = None
    #: Why the window changes, once others rely on it.
    because: str = ""


def read_proposal(quote: str, article: Article) -> Proposal:
    """What is filled in before the reader has said anything: the quote's own words, its first author, its window."""
    author = article.authors.order_by("authorships__position").first()
    return Proposal(
        statement=in_own_words(quote),
        speaker=author.name if author else "",
        horizon=read_horizon(quote, article),
    )


def in_own_words(quote: str) -> str:
    """What a claim says until a reader says it better."""
    return " ".join(quote.split())[:500]


def requote(statement: Statement, by: "User", read: Horizon | None = None) -> None:
    """Let a statement quote the words that its mark covers now; what was read from the old words is read anew, as
    `read` where there is a choice.

    A wording and a window that a reader chose stay, and so does a claim that is stated elsewhere too (of that the
    statement alone is read anew), that somebody has forecast, or that curators decided on. What has been judged keeps
    its words too.
    """
    highlight, claim, said = statement.highlight, statement.claim, as_proposal(statement)
    is_untouched = claim.statement == in_own_words(statement.quote)
    is_read = statement.window_rule != SET_BY_A_READER
    proposal = replace(
        said,
        statement=in_own_words(highlight.exact) if is_untouched else said.statement,
        horizon=(read or read_horizon(highlight.exact, highlight.article)) if is_read else said.horizon,
    )
    statement.quote = highlight.exact
    if claim.verdicts.filter(undone_at=None).exists():
        return  # what was judged are the words as they stood
    if claim.statements.exclude(pk=statement.pk).exists():
        if is_read and not claim.is_decided:
            put_window(statement, proposal.horizon)
        statement.save()
    elif claim.forecasts.exists() or not may_amend(by, claim):
        statement.save(update_fields=["quote"])
    else:
        restate(statement, proposal, by)


def propose(highlight: Highlight, proposal: Proposal, by: "User") -> Claim:
    """Make the claim of a prediction, with the statement that ties it to its passage."""
    with transaction.atomic():
        let_ids_appear_in_order()
        highlight.look_again()
        claim = Claim.objects.create(
            statement=proposal.statement,
            criteria=proposal.criteria,
            state=Claim.State.PROPOSED,
            owner_id=highlight.owner_id,
            team_id=highlight.team_id,
            visibility=highlight.visibility,
            proposer=by,
            **as_columns(proposal),
            **proposal.horizon.as_fields(),
        )
        make_statement(claim, highlight, proposal)
        record(by, "proposed", claim, article_id=highlight.article_id)
    return claim


def as_columns(proposal: Proposal) -> dict[str, Any]:
    """What makes a new claim testable, as far as somebody said so."""
    columns = asdict(proposal.details) if proposal.details else {}
    if proposal.horizon.kind == WindowKind.WINDOW:
        columns.pop("review_on", None)
    return columns


def person_named(name: str, highlight: Highlight) -> Person | None:
    return find_or_make(Person, name, highlight) if name.strip() else None


def amend(statement: Statement, proposal: Proposal, tags: list[str], by: "User") -> None:
    """Correct a claim, its tags and the statement it was read from, together."""
    with transaction.atomic():
        restate(statement, proposal, by)
        statement.claim.label(tags, by)


def restate(statement: Statement, proposal: Proposal, by: "User") -> None:
    """Correct a claim and the statement it was read from, together; a window of the statement's own stays its own."""
    highlight = statement.highlight
    with transaction.atomic():
        let_ids_appear_in_order()
        highlight.look_again()
        claim, window = statement.claim, proposal.horizon.as_fields()
        has_its_own = window_of(statement) != window_of(claim)
        claim.amend(proposal.statement, proposal.criteria, window, by, proposal.because)
        if proposal.details:
            claim.specify(proposal.details, by)
        reattribute(statement, said_in(proposal, highlight), by)
        if not has_its_own:
            put_window(statement, proposal.horizon)
        statement.save()


def said_in(proposal: Proposal, highlight: Highlight) -> dict[str, Any]:
    """Who said it, and how, as a statement keeps it."""
    return {
        "speaker": person_named(proposal.speaker, highlight),
        "reported_by": person_named(proposal.reported_by, highlight),
        "stance": proposal.stance,
        "polarity": proposal.polarity,
        "hedge": proposal.hedge,
        "stated_percent": proposal.stated_percent,
        "time_text": proposal.horizon.time_text,
    }


def put_window(statement: Statement, horizon: Horizon) -> None:
    """For when it is said, and in which words; not saved yet."""
    for name, value in {"time_text": horizon.time_text, **horizon.as_fields()}.items():
        setattr(statement, name, value)


def reattribute(statement: Statement, said: dict[str, Any], by: "User") -> None:
    """Say anew who said it, and how; what it was and is, is told to those who see the passage. In a transaction.

    Raises:
        Refused: the claim has been judged, and with it whoever said it.
    """
    claim = statement.claim
    changed = [name for name, value in said.items() if getattr(statement, name) != value]
    if not changed:
        return
    if Claim.objects.filter(pk=claim.pk, verdict__isnull=False).exists():
        raise Refused("The claim has been judged: who said it, and how, stays.")
    before = as_logged(statement, changed)
    for name, value in said.items():
        setattr(statement, name, value)
    statement.save(update_fields=list(said))
    tell(statement, by, "reworded", before=before, after=as_logged(statement, changed))


def as_logged(statement: Statement, names: Collection[str]) -> dict[str, Any]:
    """These fields as the log can keep them: people by their number, for their names are not everybody's."""
    found = {name: getattr(statement, name) for name in names}
    return {name: value.pk if isinstance(value, Person) else value and str(value) for name, value in found.items()}


def tell(statement: Statement, by: "User", verb: str, **detail: Any) -> None:
    """Write the event for those alone who see both the claim and the passage."""
    claim, place = statement.claim, statement.highlight
    scope = narrower(claim, place, by)
    record(by, verb, claim, article_id=place.article_id, scope=scope, statement=statement.pk, **detail)


def narrower(one: InScope, other: InScope, by: "User") -> InScope:
    """Those who see both; whoever did it, where that is no audience of its own."""
    if is_within(other, one):
        return other
    return one if is_within(one, other) else Scope(by.pk)


def as_proposal(statement: Statement) -> Proposal:
    """What stands of a claim and its statement, for a form to start from."""
    claim = statement.claim
    return replace(
        own_proposal(statement),
        criteria=claim.criteria,
        details=Details(**{detail.name: getattr(claim, detail.name) for detail in fields(Details)}),
        horizon=horizon_of(claim, statement.time_text),
    )


def own_proposal(statement: Statement) -> Proposal:
    """The same of a statement alone, with its own window."""
    return Proposal(
        statement=statement.claim.statement,
        speaker=statement.speaker.name if statement.speaker else "",
        reported_by=statement.reported_by.name if statement.reported_by else "",
        stance=statement.stance,
        polarity=statement.polarity,
        hedge=statement.hedge,
        stated_percent=statement.stated_percent,
        horizon=horizon_of(statement, statement.time_text),
    )


def horizon_of(thing: Claim | Statement, time_text: str) -> Horizon:
    """The window of a claim, or a statement's own."""
    return Horizon(
        kind=thing.window_kind,
        start=thing.window_start,
        end=thing.window_end,
        precision=thing.window_precision,
        rule=thing.window_rule,
        time_text=time_text,
    )


def make_statement(claim: Claim, highlight: Highlight, proposal: Proposal, *, waits: bool = False) -> Statement:
    article = highlight.article
    return Statement.objects.create(
        claim=claim,
        highlight=highlight,
        quote=highlight.exact,
        **said_in(proposal, highlight),
        said_on=article.published,
        said_no_later_than=article.said_no_later_than,
        waits=waits,
        added_after=claim.verdicts.filter(undone_at=None).order_by("id").first(),
        **proposal.horizon.as_fields(),
    )
