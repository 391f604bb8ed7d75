"""A library made for measuring holds what any library holds."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from reader.accounts.models import Role, User
from reader.claims.evidence import Evidence
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim, Phase
from reader.claims.verdicts import Verdict
from reader.core.markdown import render_note
from reader.core.models import Event
from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.curation.models import Decision
from reader.highlights.models import Highlight, Kind, Note
from reader.library.models import Article, Reading, Revision
from reader.pages.filling.cast import CURATOR, READER, fill_password
from reader.search.models import SearchRecord
from reader.tags.models import Tag
from tests.claims.test_carrying import assert_nothing_is_wider
from tests.claims.test_ledger_laws import assert_the_laws
from tests.search.records import drift, words_without_record

ARTICLES, HIGHLIGHTS, CLAIMS = 60, 900, 250
SIZE = (f"--articles={ARTICLES}", f"--highlights={HIGHLIGHTS}", f"--claims={CLAIMS}")


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What the command says of a small library; the library is there for all the tests that ask for it."""
    with django_db_blocker.unblock():
        yield run()
        call_command("flush", interactive=False, verbosity=0)


def run(*size: str) -> str:
    out = StringIO()
    call_command("fill", *(size or SIZE), stdout=out)
    return out.getvalue()


def rows_of(*models: Any) -> list[Any]:
    """All that these tables hold, but for when it was written."""
    return [list(model.objects.order_by("pk").values_list()) for model in models]


@pytest.mark.django_db
def test_filling_keeps_what_always_holds(library: str) -> None:
    assert_nothing_is_wider()
    assert_the_laws()
    for revision in Revision.objects.all():
        assert revision.html == clean(revision.html)
        assert revision.text == text_of(revision.html)
    for note in Note.objects.all():
        assert note.html == render_note(note.body)
    for forecast in Forecast.objects.select_related("claim"):
        assert forecast.claim.window_end is None or forecast.made_at.date() <= forecast.claim.window_end


@pytest.mark.django_db
def test_filling_gives_what_was_asked_for(library: str) -> None:
    assert Article.objects.count() == ARTICLES
    assert Highlight.objects.count() == HIGHLIGHTS
    assert Claim.objects.count() == CLAIMS


@pytest.mark.django_db
def test_filling_is_as_various_as_a_library_is(library: str) -> None:
    today = timezone.localdate()

    assert {claim.phase(today) for claim in Claim.objects.all()} == {*Phase}
    assert set(Highlight.objects.values_list("kind", flat=True)) == {*Kind.values}
    for model in (Article, Highlight, Note, Claim, Forecast, Verdict, Tag):
        assert set(model._default_manager.values_list("visibility", flat=True)) == {*Visibility.values}, model
    assert Claim.objects.filter(merged_into__isnull=False).exists()
    assert Claim.objects.annotate(said=Count("statements")).filter(said__gt=1).exists()
    assert {Article.objects.alias(texts=Count("revisions")).filter(texts=n).exists() for n in (1, 2)} == {True}
    assert Evidence.objects.exists()
    assert Reading.objects.exists()


@pytest.mark.django_db
def test_filling_tells_of_all_that_it_makes(library: str) -> None:
    assert told("marked", "highlight") == set(Highlight.objects.values_list("pk", flat=True))
    assert told("wrote", "note") == set(Note.objects.values_list("pk", flat=True))
    assert told("proposed", "claim") == set(Claim.objects.values_list("pk", flat=True))
    assert told("judged", "claim") == set(Verdict.objects.values_list("claim_id", flat=True))
    assert told("decided", "claim") | told("merged", "claim") == set(
        Decision.objects.values_list("subject_id", flat=True)
    )
    made = Event.objects.filter(Q(article_id__isnull=False)).order_by("pk").values_list("at", flat=True)
    assert list(made) == sorted(made)


def told(verb: str, kind: str) -> set[int]:
    return set(Event.objects.filter(verb=verb, subject_kind=kind).values_list("subject_id", flat=True))


@pytest.mark.django_db
def test_filling_is_found(library: str) -> None:
    assert drift() == {}
    assert words_without_record() == 0
    assert SearchRecord.objects.filter(kind="highlight").count() == HIGHLIGHTS


@pytest.mark.django_db
def test_a_filled_library_can_be_looked_at(library: str, client: Client) -> None:
    for email in (READER, CURATOR):
        assert client.login(email=email, password=fill_password())
        for address in ("/", "/articles/", "/claims/", "/tags/", "/search/?q=the", "/profile/"):
            assert client.get(address).status_code == 200, address
    reader, curator = (User.objects.get(email=email) for email in (READER, CURATOR))
    assert set(reader.roles.values()) == {Role.MEMBER}
    assert curator.is_curator
    assert fill_password() in library


@pytest.mark.django_db
def test_filling_again_changes_nothing(library: str) -> None:
    before = rows_of(Article, Highlight, Claim, Event, SearchRecord, User)

    assert "Done in" in run()

    assert rows_of(Article, Highlight, Claim, Event, SearchRecord, User) == before


@pytest.mark.django_db
def test_filling_with_other_numbers_is_refused(library: str) -> None:
    before = rows_of(Article, Event)

    with pytest.raises(CommandError, match="was filled with 60 articles, 900 highlights and 250 claims"):
        run("--articles=70")

    assert rows_of(Article, Event) == before
