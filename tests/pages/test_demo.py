"""The demo library: it loads, once, and shows every phase."""

import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from reader.accounts.models import User
from reader.claims.assessing import Round
from reader.claims.disputes import Correction, Dispute
from reader.claims.forecasting import Forecast
from reader.claims.knowing import KNOWN_EARLY
from reader.claims.models import Claim, Phase, Stance, Statement
from reader.claims.relations import Relation
from reader.claims.scale import Outcome
from reader.claims.verdicts import Status, Verdict
from reader.core.visibility import is_within
from reader.curation.models import Duplicate, Flag, Lookalike
from reader.exchange.models import SecretAddress
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article
from reader.notices.jobs import mail_at_once, send_digests
from reader.notices.models import Notice
from reader.pages.demo.lives import read_lives
from reader.pages.demo.loading import LONG_READ, MARKS_IN_LONG_READ, PEOPLE, READ_SO_FAR, demo_password
from reader.pages.demo.pieces import read_pieces
from tests.conftest import signed_in

#: The pieces were written to show every phase about then.
THEN = date(2026, 11, 1)


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo library, loaded once for all the tests here."""
    with django_db_blocker.unblock():
        load()
        yield
        call_command("flush", interactive=False, verbosity=0)


def load() -> str:
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def everything() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("reader").get_models()}


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def test_there_is_enough_to_read() -> None:
    assert Article.objects.count() == len(read_pieces()) >= 15
    years = set(Article.objects.values_list("published__year", flat=True))
    assert {2022, 2023, 2024, 2025, 2026} <= years
    assert Article.objects.filter(words__range=(500, 2600)).count() >= 15
    assert Article.objects.filter(truncated=True, audience="only_paid").exists()


def test_loading_it_again_changes_nothing() -> None:
    before = everything()

    load()

    assert everything() == before


def test_it_says_how_to_sign_in() -> None:
    said = load()

    assert all(person.email in said for person in PEOPLE)
    assert demo_password() in said


def test_it_mails_nobody(mailoutbox: list[EmailMessage]) -> None:
    assert Notice.objects.filter(read_at=None).exists()

    for notice in Notice.objects.values_list("pk", flat=True):
        mail_at_once.call(notice)
    send_digests.call()
    call_command("worker", "--once", verbosity=0)

    assert mailoutbox == []
    assert User.objects.get(email="cleo@example.org").check_password(demo_password())


@pytest.mark.parametrize("phase", Phase.values)
def test_every_phase_is_there(phase: str) -> None:
    with time_machine.travel(THEN):
        page = signed_in(User.objects.get(email="cleo@example.org")).get(f"/claims/?phase={phase}")

    assert page.content.count(b"row-title") >= 3


def test_predictions_are_made_in_every_way() -> None:
    assert {Stance.ASSERTS, Stance.REPORTS} <= set(Statement.objects.values_list("stance", flat=True))
    assert any(claim.statements.count() > 1 for claim in Claim.objects.all())
    assert Statement.objects.filter(stance=Stance.REPORTS, reported_by__isnull=False).exists()


def test_the_long_read_carries_the_marks_of_several() -> None:
    article = Article.objects.get(title=next(p.front["title"] for p in read_pieces() if p.name == LONG_READ))
    marks = Highlight.objects.filter(article=article)

    assert marks.count() == MARKS_IN_LONG_READ
    assert marks.values("owner").distinct().count() >= 3
    assert marks.values("kind").distinct().count() == 4


def test_every_mark_holds_its_own_words() -> None:
    marked_in = {one.highlight_id: one for one in Anchor.objects.order_by("-revision__number")}
    for anchor in Anchor.objects.filter(pk__in=[one.pk for one in marked_in.values()]).select_related(
        "highlight", "revision"
    ):
        assert anchor.revision.text[anchor.start : anchor.end] == anchor.highlight.exact


def test_a_prediction_was_edited_and_another_taken_out(client: Client) -> None:
    article = Article.objects.get(title="Agents in My Ticket Queue")
    pages = [client.get(f"/claims/{pk}/").content.decode() for pk in claims_in(article)]

    assert sum("It reads now:" in page for page in pages) == 1
    assert sum("This passage is no longer in it." in page for page in pages) == 1
    assert "1 mark has lost its place" in client.get(article.get_absolute_url()).content.decode()


def claims_in(article: Article) -> set[int]:
    return set(Statement.objects.filter(highlight__article=article).values_list("claim", flat=True))


def test_a_preview_was_lifted(client: Client) -> None:
    article = Article.objects.get(title="Interposers and Patience")

    assert (article.revisions.count(), article.truncated) == (2, False)
    assert "is a preview" not in client.get(article.get_absolute_url()).content.decode()
    assert not Anchor.objects.filter(revision__article=article, state=Anchor.State.ORPHANED).exists()


def test_nothing_is_seen_by_more_people_than_what_it_stands_on() -> None:
    for mark in Highlight.objects.select_related("article"):
        assert is_within(mark, mark.article)
    for claim in Claim.objects.prefetch_related("statements__highlight"):
        assert any(is_within(claim, statement.highlight) for statement in claim.statements.all())


def test_what_is_begun_names_pieces_that_are_there() -> None:
    assert READ_SO_FAR.keys() <= {piece.name for piece in read_pieces()}


def test_a_stranger_finds_something_and_not_everything(client: Client) -> None:
    page = client.get("/articles/").content.decode()

    assert 0 < page.count("row-title") < Article.objects.count()


def test_two_people_are_mentioned() -> None:
    for name in ("ada", "ben"):
        person = User.objects.get(email=f"{name}@example.org")
        assert '>1<span class="visually-hidden"> unread</span>' in signed_in(person).get("/").content.decode()


def test_every_claim_that_lives_is_there() -> None:
    pieces = {piece.name: piece.front["highlights"] for piece in read_pieces()}
    told = read_lives()
    named = [entry[end] for entries in told.values() for entry in entries for end in ("claim", "other") if end in entry]

    assert len(named) > 40
    for name in named:
        piece, _, number = name.partition("#")
        assert "claim" in pieces[piece][int(number)], name


def test_every_kind_of_verdict_stands() -> None:
    verdicts = Verdict.objects.filter(undone_at=None)

    assert set(verdicts.values_list("status", flat=True)) == set(Status)
    assert set(verdicts.exclude(outcome=None).values_list("outcome", flat=True)) == set(Outcome)
    assert verdicts.filter(follows__isnull=False).exists()
    assert not verdicts.filter(at__gt=timezone.now() - timedelta(days=1)).exists()
    for verdict in verdicts.exclude(status=Status.ANNULLED).select_related("claim"):
        known_early = verdict.outcome in KNOWN_EARLY.get(verdict.claim.kind, ())
        assert known_early or verdict.at.date() > (verdict.claim.window_end or date.max), verdict.claim


def test_what_is_said_of_a_claim_is_there() -> None:
    assert Dispute.objects.filter(ending="").count() >= 3
    assert Dispute.objects.filter(ending="overturned").exists()
    assert Correction.objects.exists()
    assert Round.objects.filter(closed_at=None).exists()
    assert set(Relation.objects.values_list("kind", flat=True)) == set(Relation.Kind)
    for forecast in Forecast.objects.select_related("claim"):
        assert forecast.made_at.date() <= (forecast.claim.window_end or date.max)


def test_a_date_was_pushed_out_twice(client: Client) -> None:
    page = client.get("/people/ester-kwan-halloran/").content.decode()

    assert "The date was pushed out twice." in page


def test_a_record_says_what_it_leaves_out(client: Client) -> None:
    """What Viktor Saldaña says in 2026 that he said in 2024 of 2025."""
    page = client.get("/people/viktor-saldana/").content.decode()

    assert "Said or added too late to count" in page


def test_the_desk_has_work() -> None:
    ben = signed_in(User.objects.get(email="ben@example.org"))

    for queue in ("", "duplicates/", "notes/", "tags/"):
        assert 'class="desk-row"' in ben.get(f"/desk/{queue}").content.decode(), queue
    assert Duplicate.objects.count() >= 2
    assert Flag.objects.count() >= 2
    assert Lookalike.objects.exists()


def test_what_goes_out_has_something_in_it() -> None:
    cleo = User.objects.get(email="cleo@example.org")
    secret = SecretAddress.make(cleo).secret

    assert Client().get(f"/claims/{secret}/due.ics").content.count(b"BEGIN:VEVENT") > 20
    assert Client().get("/claims/verdicts.atom").content.count(b"<entry>") >= 15
    SecretAddress.end(cleo)
