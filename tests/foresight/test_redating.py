"""A piece whose date is set or corrected: what is found in it, and for when, is seen from the new day."""

from datetime import date

from django.test import Client

from reader.claims.models import Claim
from reader.core.jobs.worker import Worker
from reader.core.visibility import Visibility
from reader.foresight.looking import look
from reader.foresight.models import Suggestion
from reader.foresight.sweeps.models import Finding, Wording
from reader.library.models import Article, Foresight
from tests.claims.test_antecedents import marked
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, MODELS, gutter_of, looked_through
from tests.foresight.test_sweeps import page_of, swept
from tests.pages.asking import FRAGMENT
from tests.world import World

DETAILS = {
    "title": "Forecasts",
    "authors": "Mira Castell",
    "published_precision": "day",
    "audience": "unknown",
    "truncated": "",
}


def redated(client: Client, article: Article, published: str) -> Article:
    client.post(f"{article.get_absolute_url()}details/", DETAILS | {"published": published})
    article.refresh_from_db()
    return article


def undated(world: World) -> Article:
    article = looked_through("Forecasts", world.cleo)
    Article.objects.filter(pk=article.pk).update(published=None, published_precision="")
    return article


def score_of(words: str) -> float:
    found = Suggestion.objects.select_related("revision")
    return next(one.score for one in found if one.revision.text[one.start : one.end] == words)


def test_with_another_date_it_is_looked_through_anew(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    before = score_of(CARS)

    redated(cleo, article, "2031-05-17")
    meanwhile = gutter_of(cleo, article)
    Worker().run(once=True)

    article.refresh_from_db()
    assert article.published == date(2031, 5, 17)
    assert CARS in meanwhile
    assert CARS not in gutter_of(cleo, article)  # 2030 was over then
    assert before > 0.4


def test_with_the_same_date_it_is_not(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)

    assert redated(cleo, article, "2023-05-17").foresight == Foresight.FOUND


def test_a_piece_in_another_language_stays_what_it_is(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    Article.objects.filter(pk=article.pk).update(foresight=Foresight.FOREIGN)

    assert redated(cleo, article, "2024-05-17").foresight == Foresight.FOREIGN


def test_the_form_reads_its_time_from_the_new_day(cleo: Client, world: World) -> None:
    article = undated(world)
    place = Suggestion.objects.get(start=article.revisions.get().text.index(MODELS))
    address = (
        f"{article.get_absolute_url()}highlights/new/?kind=prediction&revision={place.revision_id}"
        f"&start={place.start}&end={place.end}"
    )
    before = cleo.get(address, headers=FRAGMENT).content.decode()

    redated(cleo, article, "2025-03-01")
    Worker().run(once=True)
    after = cleo.get(address, headers=FRAGMENT).content.decode()

    assert "These words become days once the piece has its date" in before
    assert 'value="2027-03-01"' not in before
    assert 'value="2027-03-01"' in after


def test_in_the_queue_the_words_become_days(cleo: Client, world: World) -> None:
    article = undated(world)
    sweep = swept(world.cleo, article)
    before = page_of(cleo, sweep)

    redated(cleo, article, "2025-03-01")
    Worker().run(once=True)
    after = page_of(cleo, sweep)

    assert "Nobody knows when" in before
    assert "“within two years”</span>" in before
    assert "“within two years”: 1 March 2025 – 1 March 2027" in after


def test_what_was_found_in_bulk_is_as_likely_as_it_is_now(world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    swept(world.cleo, article)
    Suggestion.objects.update(score=0.5)
    Finding.objects.update(score=0.5)
    Wording.objects.update(best=0.5)

    look(article)

    finding = Finding.objects.get(words=CARS)
    assert finding.score == finding.wording.best == score_of(CARS) != 0.5


WAITING = "“within two years”, from a day that is not known yet"


def test_words_that_wait_for_a_day_are_shown_till_it_is_known(cleo: Client, world: World) -> None:
    article = undated(world)
    marked(cleo, article, MODELS)
    page = Claim.objects.get().get_absolute_url()

    head = cleo.get(page).content.decode()
    for shown in (head, cleo.get("/claims/").content.decode(), cleo.get(article.get_absolute_url()).content.decode()):
        assert WAITING in shown
        assert "No time given" not in shown
    assert "Give it a last day." not in head
    assert f"{article.get_absolute_url()}details/" in head

    redated(cleo, article, "2024-03-01")
    for address in (page, "/claims/", article.get_absolute_url()):
        assert WAITING not in cleo.get(address).content.decode()
    assert "1 March 2024 – 1 March 2026" in cleo.get(page).content.decode()


def test_who_may_not_date_the_piece_is_not_sent_there(world: World) -> None:
    article = looked_through("Forecasts", world.ada, Visibility.PUBLIC)
    Article.objects.filter(pk=article.pk).update(published=None, published_precision="")
    marked(signed_in(world.ada), article, MODELS, visibility="public")

    head = signed_in(world.cleo).get(Claim.objects.get().get_absolute_url()).content.decode()

    assert WAITING in head
    assert "Set the date of the piece" not in head


def test_a_claim_without_words_of_time_is_asked_for_its_last_day(cleo: Client, world: World) -> None:
    article = undated(world)
    marked(cleo, article, "The soup was good.")

    head = cleo.get(Claim.objects.get().get_absolute_url()).content.decode()

    assert "No time given" in head
    assert "Give it a last day." in head
