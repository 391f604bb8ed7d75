"""What the words of a passage say beside the time, for the form of a prediction to start from.

Nothing of it is saved but by that form: where no form was seen, the author says it, and no hedge is kept.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q

from reader.claims.models import Stance, Statement
from reader.claims.proposing import Proposal
from reader.core.visibility import Visibility, scope_of
from reader.library.models import Article, Person
from reader.spotting.saying import Saying, read_saying
from reader.tags.models import fold


@dataclass(frozen=True, slots=True)
class Filled:
    """A proposal with what was read, and the words it was read from."""

    proposal: Proposal
    saying: Saying


def fill_in(read: Proposal, quote: str, article: Article) -> Filled:
    """The proposal of a passage, with what its words say of speaker, stance, hedge, probability and condition."""
    saying = read_saying(quote)
    filled = replace(
        read,
        hedge=saying.hedge,
        stated_percent=Decimal(saying.percent) if saying.percent else None,
        criteria=as_criteria(saying),
    )
    speaker = known_as(saying.speaker, article) if saying.speaker else read.speaker
    is_anothers = bool(saying.speaker) and speaker != read.speaker
    if saying.disagreement and (is_anothers or not saying.speaker):
        disputed = what_stands_before(saying.disagreement, read.statement)
        return Filled(replace(filled, statement=disputed, stance=Stance.DISPUTES), saying)
    if not is_anothers:
        return Filled(filled, saying)
    return Filled(replace(filled, speaker=speaker, stance=Stance.REPORTS, reported_by=read.speaker), saying)


def what_stands_before(disagreement: str, statement: str) -> str:
    """The prediction without the words against it, which are the stance."""
    before = statement.partition(disagreement)[0].rstrip(" ,;:—–-(")
    return before if before.endswith((".", "!", "?", "”", '"')) else f"{before}."


def as_criteria(saying: Saying) -> str:
    """What would have to be seen, as far as the words say so beyond doubt. The days are the window's, which may yet be
    another.
    """
    reached = f"Happened if it comes to {saying.threshold.plain}." if saying.threshold else ""
    return " ".join(filter(None, [as_criterion(saying.condition), reached]))


def as_criterion(condition: str) -> str:
    """The antecedent, for whoever judges: where it does not hold, nothing was predicted."""
    if not condition:
        return ""
    words = condition[:1].lower() + condition[1:]
    return f"Counts {words}." if words.startswith("unless") else f"Counts only {words}."


def known_as(name: str, article: Article) -> str:
    """The name under which the piece's readers know this person: by a whole name, or a surname in this very piece."""
    key = fold(name)
    among = scope_of(article) | Q(visibility=Visibility.PUBLIC)
    exact = Person.objects.filter(among, key=key).order_by("pk").first()
    if exact:
        return str(exact.name)
    said_here = Statement.objects.filter(highlight__article=article, highlight__deleted_at=None).values("speaker")
    here = Person.objects.filter(among).filter(Q(authorships__article=article) | Q(pk__in=said_here)).distinct()
    namesakes = {str(one.name) for one in here if fold(one.name).endswith(f" {key}")}
    return namesakes.pop() if len(namesakes) == 1 else name
