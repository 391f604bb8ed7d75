"""Learning on the spot: from answers to another model, and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.jobs.worker import Worker
from reader.core.visibility import Visibility
from reader.foresight import answering, refitting
from reader.foresight.models import Answer, Source, Spotter, SpotterState
from reader.foresight.refitting import EVERY, lessons_of_readers, refit
from reader.foresight.spotters import live
from reader.highlights.models import Kind
from reader.library.models import Article, Foresight
from reader.spotting.model import load
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, FORECASTS, dismissal_of, gutter_of, key_of, looked_through
from tests.world import World, make_article, make_highlight

MODEL = "/desk/foresight/model/"


def waiting() -> int:
    return DBTaskResult.objects.filter(task_path__endswith=".refit").count()


def answered(world: World, count: int, *, predicts: bool = False, title: str = "Refrain") -> Article:
    """A piece of a refrain in many words, whose sentences somebody has answered."""
    lines = "".join(f"<p>By {2030 + number} the robots will sing in hall {number}.</p>" for number in range(count))
    article = looked_through(title, world.cleo, html=lines)
    revision = article.revisions.get()
    for number in range(count):
        words = f"By {2030 + number} the robots will sing in hall {number}."
        start = revision.text.index(words)
        place: dict[str, Any] = {"revision_id": revision.pk, "start": start, "end": start + len(words)}
        answering.keep(
            article, world.cleo, str(number), predicts=predicts, source=Source.LIKELY, model="shipped", **place
        )
    return article


def test_every_twenty_answers_a_model_is_fitted(world: World) -> None:
    answered(world, EVERY - 1)
    assert waiting() == 0

    answered_more = looked_through("Forecasts", world.cleo)
    signed_in(world.cleo).post(dismissal_of(answered_more), {"suggestion": key_of(CARS, answered_more)})

    assert waiting() == 1


def test_it_learns_from_what_readers_answered(world: World) -> None:
    article = answered(world, EVERY)

    refit.call()

    fitted = Spotter.objects.get()
    assert (fitted.answers, fitted.rival, fitted.features) == (EVERY, "shipped", 1)
    assert fitted.precision >= fitted.rival_precision
    assert (fitted.state, live().name) == (SpotterState.LIVE, f"fit {fitted.pk}")
    [sung] = [lesson.features for lesson in list(lessons_of_readers())[:1]]
    assert live().model.probability(sung) < load().probability(sung) - 0.05
    assert Article.objects.get(pk=article.pk).foresight == Foresight.FOUND
    Worker().run(once=True)
    assert Article.objects.get(pk=article.pk).foresight == Foresight.STALE


def test_the_same_words_in_many_pieces_teach_once(world: World) -> None:
    for title in ("January", "February", "March"):
        answered(world, 4, title=title)
    assert Answer.objects.count() == 12

    assert len(list(lessons_of_readers())) == 4


def test_a_piece_is_looked_through_by_the_new_model_when_it_is_opened(cleo: Client, world: World) -> None:
    article = answered(world, EVERY)
    before = len(gutter_of(cleo, article))  # what was answered has other keys here, and is shown
    refit.call()
    Worker().run(once=True)

    assert len(gutter_of(cleo, article)) == before  # the old ones stay until the worker has been there
    Worker().run(once=True)

    article.refresh_from_db()
    assert article.foresight in (Foresight.FOUND, Foresight.NOTHING)
    assert set(article.revisions.get().suggestions.values_list("model", flat=True)) <= {live().name}


def test_a_model_that_loses_on_the_check_set_is_not_used(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(world, EVERY)
    monkeypatch.setattr(refitting, "TRUST_IN_READERS", 5_000.0)  # nonsense shouted this loud drowns everything else

    refit.call()

    assert Spotter.objects.get().state == SpotterState.LOST
    assert live().name == "shipped"


def test_what_was_taken_back_or_read_with_other_features_teaches_nothing(world: World) -> None:
    answered(world, 4)
    Answer.objects.filter(key="0").update(predicts=None)
    Answer.objects.filter(key="1").update(features=0)

    assert len(list(lessons_of_readers())) == 2


@pytest.mark.parametrize(("trust", "follows"), [(2.0, "fit"), (5_000.0, "shipped")])
def test_a_model_that_learned_what_was_taken_back_does_not_stay(
    world: World, monkeypatch: pytest.MonkeyPatch, trust: float, follows: str
) -> None:
    answered(world, EVERY)
    refit.call()
    spoilt = Spotter.objects.get()
    Answer.objects.filter(key__in=["0", "1"]).update(predicts=None)
    monkeypatch.setattr(refitting, "TRUST_IN_READERS", trust)

    refit.call()

    assert Spotter.objects.latest("pk").rival == "shipped"
    assert live().name != spoilt.name
    assert live().name.startswith(follows)


def test_a_curator_switches_back(ben: Client, world: World) -> None:
    answered(world, EVERY)
    refit.call()
    fitted = Spotter.objects.get()

    ben.post(MODEL, {"model": "shipped"})
    assert live().name == "shipped"
    assert b"Use this one" in ben.get("/desk/foresight/").content

    ben.post(MODEL, {"model": fitted.pk})
    fitted.refresh_from_db()
    assert live().name == f"fit {fitted.pk}"
    assert fitted.chosen_by == world.ben


@pytest.mark.parametrize("model", ["", "no such", "999999"])
def test_no_model_is_no_switch(ben: Client, world: World, model: str) -> None:
    assert ben.post(MODEL, {"model": model}).status_code == 422


def test_one_that_lost_cannot_be_switched_to(ben: Client, world: World) -> None:
    numbers: dict[str, Any] = {
        "features": 1,
        "answers": 20,
        "precision": 0.1,
        "rival": "shipped",
        "rival_precision": 0.9,
    }
    lost = Spotter.objects.create(text="{}", state=SpotterState.LOST, **numbers)

    assert ben.post(MODEL, {"model": lost.pk}).status_code == 422
    assert live().name == "shipped"


def test_the_desk_counts_for_all_and_shows_what_one_may_see(ben: Client, world: World) -> None:
    article = looked_through("Forecasts", world.ada, Visibility.PUBLIC)
    dismissed = signed_in(world.cleo).post(dismissal_of(article), {"suggestion": key_of(CARS, article)})
    assert dismissed.status_code == 303
    for visibility, words in ((Visibility.PUBLIC, "soup was good"), (Visibility.PRIVATE, "forty people")):
        mark = make_highlight(article, words, world.cleo, Kind.PREDICTION, visibility)
        place = mark.anchors.get()
        answering.learn_from(mark, place.revision, (place.start, place.end), world.cleo)
    Answer.objects.filter(predicts=False).update(answered_at=timezone.now() - timedelta(days=14))

    page = ben.get("/desk/foresight/").content.decode()

    assert "0 of 1" in page
    assert "soup was good" in page
    assert "forty people" not in page
    assert page.count('<th scope="row">') == 2


def test_the_desk_says_what_it_is_for_where_there_is_nothing_yet(ben: Client, world: World) -> None:
    page = ben.get("/desk/foresight/").content.decode()

    assert "Nobody has answered a suggestion yet" in page
    assert "The shipped model" in page


def test_its_queries_do_not_grow(ben: Client, world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            ben.get("/desk/foresight/")
        return len(asked)

    numbers: dict[str, Any] = {
        "features": 1,
        "answers": 20,
        "precision": 0.9,
        "rival": "shipped",
        "rival_precision": 0.9,
    }
    article = make_article("Forecasts", world.ada, Visibility.PUBLIC, html=FORECASTS)
    seen = []
    for words in ("forty people", "soup was good", "had lunch"):
        Spotter.objects.create(text="{}", state=SpotterState.RESTING, chosen_by=world.ada, **numbers)
        mark = make_highlight(article, words, world.cleo, Kind.PREDICTION, Visibility.PUBLIC)
        place = mark.anchors.get()
        answering.learn_from(mark, place.revision, (place.start, place.end), world.cleo)
        seen.append(count())

    assert seen[1:] == [seen[1]] * 2
