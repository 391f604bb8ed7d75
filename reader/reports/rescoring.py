"""Every score that there is, computed from scratch.

Nothing of it is stored: a figure is computed when somebody asks for it, so that none can be out of date. What can go
wrong is that a figure depends on the order in which a database gives its rows; each is therefore computed twice, from
rows in opposite orders, and must come out the same to its last digit.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date

from reader.accounts.models import Membership, Team, User
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.library.models import Person, Publication
from reader.reports.forecast_queries import forecast_claims, forecasts_beside
from reader.reports.ledgers import PUBLIC, Ledger, own_ledger, team_ledger
from reader.reports.record_queries import Subject, sayings
from reader.reports.scorecards import Scorecard, card
from reader.reports.tracks import track_of
from reader.tags.models import Tag


@dataclass(frozen=True, slots=True)
class Rescored:
    """One record or scorecard: whose it is, its figures in full, and whether both ways came to the same."""

    name: str
    figures: str
    is_public: bool
    is_same: bool


def rescore(today: date) -> Iterator[Rescored]:
    """All records of all ledgers, then all scorecards, each in the order of its ids."""
    for ledger in all_ledgers():
        for subject in subjects_in(ledger):
            yield rescore_record(subject, ledger, today)
    for reader in User.objects.filter(pk__in=Forecast.objects.values("owner")).order_by("pk"):
        yield rescore_reader(reader, today)


def all_ledgers() -> Iterator[Ledger]:
    yield PUBLIC
    for pk, slug, name in Team.objects.order_by("pk").values_list("pk", "slug", "name"):
        yield team_ledger(pk, slug, name)
    owners = Claim.objects.filter(visibility=Visibility.PRIVATE).order_by("owner").values_list("owner", flat=True)
    for owner in owners.distinct():
        yield own_ledger(owner, Membership.objects.filter(user=owner).values_list("team", flat=True))


def subjects_in(ledger: Ledger) -> Iterator[Subject]:
    """Whoever and whatever has a claim in it."""
    claims = Claim.objects.filter(ledger.keeps()).values("pk")
    said = {"statements__claim__in": claims}
    yield from Person.objects.filter(**said).distinct().order_by("pk")
    yield from Publication.objects.filter(articles__highlights__statements__claim__in=claims).distinct().order_by("pk")
    yield from Tag.objects.filter(ledger.keeps(), claims__in=claims).distinct().order_by("pk")


def rescore_record(subject: Subject, ledger: Ledger, today: date) -> Rescored:
    rows = sayings(subject, ledger)
    record, again = track_of(rows, today).record, track_of(reversed(rows), today).record
    figures, interval = astuple(record), record.interval
    parts = [record.happened, record.scored, record.share, interval and (interval.low, interval.high), *figures[4:]]
    name = f"{subject._meta.model_name} {subject.slug}, {ledger.name}"
    return Rescored(name, told(parts), ledger.is_public, record == again)


def rescore_reader(reader: User, today: date) -> Rescored:
    """Of one moment's forecasts the order says which stands: those rows stay as they are."""
    claims, rows = forecast_claims(reader), forecasts_beside(reader, today)
    one = card(claims, rows, reader.pk, today)
    again = card(list(reversed(claims)), sorted(rows, key=lambda row: -row.claim_id), reader.pk, today)
    return Rescored(
        f"reader {reader.pk}", told(figures_of(one)), is_public=False, is_same=figures_of(one) == figures_of(again)
    )


def figures_of(one: Scorecard) -> list[object]:
    return [
        one.parts and astuple(one.parts),
        one.baseline,
        one.peer,
        one.coverage,
        [astuple(point) for point in one.bins],
    ]


def told(parts: list[object]) -> str:
    """Numbers with all their digits: `repr` of a float is as long as it takes to say which it is."""
    return " ".join("-" if part is None else repr(part) for part in parts)
