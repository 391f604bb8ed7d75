"""Waving suggestions away, and what is kept of it."""

from django.test import Client

from reader.core.jobs.worker import Worker
from reader.core.visibility import Visibility
from reader.foresight.models import Answer, Source, Suggestion
from reader.highlights.models import Highlight
from reader.spotting.features import VERSION
from tests.conftest import signed_in
from tests.foresight.pieces import (
    CARS,
    CHIPS,
    FORECASTS,
    MODELS,
    as_text,
    dismissal_of,
    gutter_of,
    key_of,
    looked_through,
)
from tests.pages.asking import FRAGMENT
from tests.world import World


def test_dismissed_it_stays_away_for_this_reader_alone(world: World) -> None:
    article = looked_through("Forecasts", world.ada, Visibility.PUBLIC)
    ada, cleo = signed_in(world.ada), signed_in(world.cleo)

    answer = cleo.post(dismissal_of(article), {"suggestion": key_of(CARS, article)})

    assert (answer.status_code, answer.headers["Location"]) == (303, article.get_absolute_url())
    assert gutter_of(cleo, article) == [MODELS, CHIPS]
    assert gutter_of(ada, article) == [CARS, MODELS, CHIPS]


def test_dismissed_it_stays_away_in_the_next_text_too(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    cleo.post(dismissal_of(article), {"suggestion": key_of(MODELS, article)})

    article.revise(as_text(f"<p>Something new at the top.</p>{FORECASTS}"), world.cleo)
    Worker().run(once=True)

    assert gutter_of(cleo, article) == [CARS, CHIPS]


def test_the_open_page_gets_the_gutter_that_is_left(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)

    answer = cleo.post(dismissal_of(article), {"suggestion": key_of(CARS, article)}, headers=FRAGMENT)

    drawn = answer.content.decode()
    assert drawn.count("data-suggestion") == 2
    assert "suggestions/restoration/?suggestion=" in drawn


def test_the_focus_goes_on_to_the_next_likeliest(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    for rank, words in enumerate((CHIPS, CARS, MODELS)):
        Suggestion.objects.filter(key=key_of(words, article)).update(rank=10 + rank)

    for waved, next_one in ((CHIPS, CARS), (MODELS, CARS)):  # behind the last one comes the first again
        answer = cleo.post(dismissal_of(article), {"suggestion": key_of(waved, article)}, headers=FRAGMENT)
        drawn = answer.content.decode()
        assert drawn.count(" autofocus") == 1
        assert drawn.partition(" autofocus")[2].partition("Looks like a prediction: ")[2].startswith(next_one)


def test_undone_it_is_back(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    key = key_of(CARS, article)
    kept = [cleo.get(article.get_absolute_url()).headers["ETag"]]

    cleo.post(dismissal_of(article), {"suggestion": key}, headers=FRAGMENT)
    kept.append(cleo.get(article.get_absolute_url()).headers.get("ETag", "none"))
    answer = cleo.post(f"{article.get_absolute_url()}suggestions/restoration/?suggestion={key}")

    assert answer.status_code == 303
    assert gutter_of(cleo, article) == [CARS, MODELS, CHIPS]
    assert cleo.get(article.get_absolute_url(), headers={"If-None-Match": ", ".join(kept)}).status_code == 200
    assert not Answer.objects.standing().exists()


def test_what_is_no_suggestion_is_refused(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)

    assert cleo.post(dismissal_of(article), {"suggestion": "nothing-of-the-kind"}).status_code == 404
    assert cleo.post(dismissal_of(article)).status_code == 422
    assert cleo.post(f"{article.get_absolute_url()}suggestions/restoration/").status_code == 422
    assert Answer.objects.count() == 0


def test_who_cannot_mark_cannot_answer(world: World) -> None:
    article = looked_through("Forecasts", world.ada, Visibility.TEAM, world.foundry)

    answer = signed_in(world.vera).post(dismissal_of(article), {"suggestion": key_of(CARS, article)})

    assert answer.status_code == 403


def test_the_form_of_a_suggestion_can_wave_it_away(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    text = article.revisions.get().text
    start = text.index(CHIPS)
    asked: dict[str, str | int] = {
        "kind": "prediction",
        "revision": article.revisions.get().pk,
        "start": start,
        "end": start + len(CHIPS),
    }

    form = cleo.get(f"{article.get_absolute_url()}highlights/new/", asked).content.decode()
    other = cleo.get(f"{article.get_absolute_url()}highlights/new/", {**asked, "end": start + 9}).content.decode()

    assert f'formaction="{dismissal_of(article)}"' in form
    assert 'value="2027-12-31"' in form
    assert "formaction" not in other


def mark(client: Client, world: World, words: str, kind: str = "prediction") -> Answer | None:
    article = looked_through("Forecasts", world.cleo)
    client.post(f"{article.get_absolute_url()}highlights/", {"exact": words, "kind": kind, "visibility": "private"})
    return Answer.objects.first()


def test_an_accepted_suggestion_is_kept_as_a_label(cleo: Client, world: World) -> None:
    answer = mark(cleo, world, "open models will overtake closed ones within two years")

    assert answer
    assert (answer.predicts, answer.source, answer.features, answer.model) == (True, Source.LIKELY, VERSION, "shipped")
    assert answer.revision.text[answer.start : answer.end] == MODELS
    assert answer.score is not None
    assert answer.score > 0.5


def test_what_a_reader_finds_alone_is_kept_as_what_was_missed(cleo: Client, world: World) -> None:
    answer = mark(cleo, world, "soup was good")

    assert answer
    assert (answer.predicts, answer.source, answer.score) == (True, Source.HAND, None)
    assert answer.revision.text[answer.start : answer.end] == "The soup was good."


def test_other_marks_say_nothing_of_predictions(cleo: Client, world: World) -> None:
    assert mark(cleo, world, MODELS, "highlight") is None


def test_a_deleted_mark_teaches_nothing(cleo: Client, world: World) -> None:
    answer = mark(cleo, world, MODELS)
    assert answer
    assert answer.highlight

    cleo.post(f"/highlights/{answer.highlight.pk}/deletion/")

    assert not Answer.objects.standing().exists()


def test_a_highlight_that_becomes_a_prediction_teaches_until_it_is_one_no_more(cleo: Client, world: World) -> None:
    assert mark(cleo, world, MODELS, "highlight") is None
    kind = f"/highlights/{Highlight.objects.get().pk}/kind/"

    cleo.post(kind, {"kind": "prediction"})
    assert Answer.objects.standing().count() == 1

    cleo.post(kind, {"kind": "question"})
    assert not Answer.objects.standing().exists()
