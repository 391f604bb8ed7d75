"""Claims for tests, made the way readers make them."""

from datetime import date, timedelta

from reader.accounts.models import Team, User
from reader.claims.details import WINDOW_ITSELF
from reader.claims.models import Claim, Statement
from reader.claims.proposing import propose, read_proposal
from reader.claims.windows import WindowKind
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Article
from tests.world import World, make_highlight


def make_claim(
    article: Article, exact: str, by: User, visibility: str = Visibility.PRIVATE, team: Team | None = None
) -> Claim:
    highlight = make_highlight(article, exact, by, Kind.PREDICTION, visibility, team)
    return propose(highlight, read_proposal(highlight.exact, article), by)


def one_window(*claims: Claim) -> None:
    """Let these name the days that the last of them names, so that they can be merged."""
    last = Claim.objects.get(pk=claims[-1].pk)
    days = {name: getattr(last, name) for name in WINDOW_ITSELF}
    Claim.objects.filter(pk__in=[claim.pk for claim in claims], verdict=None).update(**days)


def make_claims(world: World, count: int) -> None:
    """Many claims of Cleo's on one passage, with windows all around today, some open, some without days."""
    highlight = make_highlight(world.private, "Nobody trains from scratch before 2030", world.cleo, Kind.PREDICTION)
    for number in range(count):
        claim = Claim(owner=world.cleo, statement=f"Prediction {number}", state=Claim.State.PROPOSED)
        if number % 4:
            claim.window_start = date(2023, 1, 1) + timedelta(days=37 * (number % 60))
            claim.window_kind = WindowKind.OPEN
        if number % 4 > 1 and claim.window_start:
            claim.window_end = claim.window_start + timedelta(days=200 + number % 7)
            claim.window_kind = WindowKind.WINDOW
        claim.save()
        Statement.objects.create(claim=claim, highlight=highlight, quote=highlight.exact)


def told_in_the_log() -> list[str]:
    """What new texts made of the words of claims, in its order."""
    return list(Event.objects.filter(verb__startswith="text ").order_by("pk").values_list("verb", flat=True))
