"""The gutter of the reading page: which sentences it points at, for whom, and what it costs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from reader.core.jobs.worker import Worker
from reader.core.visibility import Visibility
from reader.foresight.looking import LOST_AFTER, look
from reader.foresight.models import Suggestion
from reader.highlights.models import Kind
from reader.library.models import Article, Foresight
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, CHIPS, FORECASTS, GERMAN, MODELS, as_text, gutter_of, looked_through
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight


def waiting() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="look_through").count()


def test_the_worker_looks_through_every_new_text(cleo: Client, world: World) -> None:
    article = make_article("Forecasts", world.cleo, html=FORECASTS)
    assert gutter_of(cleo, article) == []

    Worker().run(once=True)

    assert gutter_of(cleo, article) == [CARS, MODELS, CHIPS]


def test_a_changed_text_is_looked_through_anew(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)

    article.revise(as_text(f"<p>New.</p>{FORECASTS.replace(CHIPS, '')}"), world.cleo)
    Worker().run(once=True)

    assert gutter_of(cleo, article) == [CARS, MODELS]


def test_what_was_drawn_by_chance_has_the_last_turn(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    best = Suggestion.objects.get(rank=0)
    Suggestion.objects.filter(rank=0).update(by_chance=True)

    page = cleo.get(article.get_absolute_url()).content.decode()

    assert f'data-suggestion="{best.start}-{best.end}" data-rank="2"' in page


def test_a_heading_that_an_older_version_drew_goes_once_the_piece_is_opened(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo, html=f"<h2>What comes next</h2>{FORECASTS}")
    revision = article.revisions.get()
    old = {"key": "0" * 24, "rank": 19, "score": 0.1, "by_chance": True}
    Suggestion.objects.create(revision=revision, start=0, end=len("What comes next"), **old)
    before = waiting()

    assert gutter_of(cleo, article) == ["What comes next", CARS, MODELS, CHIPS]
    Worker().run(once=True)

    assert gutter_of(cleo, article) == [CARS, MODELS, CHIPS]
    assert waiting() == before + 1


def test_a_sentence_that_was_drawn_is_left_alone(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    Suggestion.objects.filter(rank=2).update(by_chance=True)
    before = waiting()

    assert gutter_of(cleo, article) == [CARS, MODELS, CHIPS]
    assert waiting() == before


def test_of_a_refrain_the_likely_one_is_kept(world: World) -> None:
    refrain = "The office plants died again in the summer."
    dull, bold = f"<p>We had soup. {refrain} It was good.</p>", f"<p>{CARS} {refrain} {MODELS}</p>"
    others = "".join(f"<p>By {year} we will all see it happen.</p>" for year in range(2026, 2036))

    for number in range(30):  # whichever is drawn by chance
        looked_through(f"Refrains {number}", world.cleo, html=f"{dull}{bold}{others}<p>{number}.</p>")

    kept = [
        one
        for one in Suggestion.objects.select_related("revision")
        if one.revision.text[one.start : one.end] == refrain
    ]
    assert len(kept) == 30
    assert not [one for one in kept if one.by_chance]


def test_code_and_tables_are_left_out(world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    text = article.revisions.get().text

    assert "2031" in text
    assert "2032" in text
    assert not [one for one in Suggestion.objects.all() if {"2031", "2032"} & set(text[one.start : one.end].split())]


def test_another_language_gets_none_and_is_told_so(cleo: Client, world: World) -> None:
    article = looked_through("Vorhersagen", world.cleo, html=GERMAN)

    page = cleo.get(article.get_absolute_url()).content.decode()

    assert article.foresight == Foresight.FOREIGN
    assert "data-suggestion" not in page
    assert "in English texts alone" in page


def test_a_paragraph_of_a_megabyte_is_no_sentence_to_point_at(world: World) -> None:
    article = looked_through("Endless", world.cleo, html=f"<p>By 2030 it will {'grow and ' * 120_000}fall</p>")

    assert article.foresight == Foresight.NOTHING


def test_what_a_reader_sees_marked_as_a_prediction_is_not_suggested(world: World) -> None:
    article = looked_through("Forecasts", world.ada, Visibility.PUBLIC)
    make_highlight(article, CARS, world.ben, Kind.PREDICTION, Visibility.PUBLIC)
    make_highlight(article, "open models will overtake closed ones", world.ben, Kind.PREDICTION)
    make_highlight(article, CHIPS, world.ben, Kind.QUESTION, Visibility.PUBLIC)

    assert gutter_of(signed_in(world.cleo), article) == [MODELS, CHIPS]
    assert gutter_of(signed_in(world.ben), article) == [CHIPS]


def test_an_old_piece_is_asked_for_once_when_it_is_opened(cleo: Client, world: World) -> None:
    article = make_article("Forecasts", world.cleo, html=FORECASTS)
    Article.objects.filter(pk=article.pk).update(foresight=Foresight.UNREAD, foresight_at=None)
    before = waiting()

    for _ in range(2):
        cleo.get(article.get_absolute_url())

    assert waiting() == before + 1


def test_what_was_given_up_is_asked_for_again(cleo: Client, world: World) -> None:
    article = make_article("Forecasts", world.cleo, html=FORECASTS)
    before = waiting()
    cleo.get(article.get_absolute_url())
    assert waiting() == before

    long_ago = timezone.now() - LOST_AFTER - timedelta(minutes=1)
    Article.objects.filter(pk=article.pk).update(foresight_at=long_ago)
    cleo.get(article.get_absolute_url())

    assert waiting() == before + 1


@pytest.mark.parametrize("who", ["nobody", "vera"])
def test_who_cannot_mark_is_shown_none(world: World, who: str) -> None:
    shared = looked_through("Forecasts of the Foundry", world.ada, Visibility.TEAM, world.foundry)
    public = looked_through("Forecasts", world.ada, Visibility.PUBLIC)

    if who == "vera":
        assert gutter_of(signed_in(world.vera), shared) == []
    else:
        assert gutter_of(Client(), public) == []


def test_a_reader_hides_them_and_shows_them_again(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    display = {"theme": "dark", "text_size": 19, "text_width": "normal", "leading": "normal"}

    cleo.post("/settings/display/", {**display, "foresight": "False"})
    assert gutter_of(cleo, article) == []
    cleo.post("/settings/display/", display)  # what is not sent stays
    assert gutter_of(cleo, article) == []
    cleo.post("/settings/display/", {**display, "foresight": "True"})

    assert gutter_of(cleo, article) == [CARS, MODELS, CHIPS]


def test_an_owner_hides_them_in_the_pieces_of_a_team(world: World) -> None:
    shared = looked_through("Forecasts of the Foundry", world.ada, Visibility.TEAM, world.foundry)
    public = looked_through("Forecasts", world.ada, Visibility.PUBLIC)
    ada, cleo = signed_in(world.ada), signed_in(world.cleo)
    kept = cleo.get(shared.get_absolute_url()).headers["ETag"]

    assert cleo.post("/teams/foundry/foresight/", {"foresight": "off"}).status_code == 403
    assert ada.post("/teams/foundry/foresight/", {"foresight": "maybe"}).status_code == 422
    assert ada.post("/teams/foundry/foresight/", {"foresight": "off"}).status_code == 303

    assert cleo.get(shared.get_absolute_url(), headers={"If-None-Match": kept}).status_code == 200
    assert gutter_of(cleo, shared) == []
    assert gutter_of(cleo, public) == [CARS, MODELS, CHIPS]
    ada.post("/teams/foundry/foresight/", {"foresight": "on"})
    assert gutter_of(cleo, shared) == [CARS, MODELS, CHIPS]


def test_a_narrowed_page_points_at_none(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)

    assert b"data-suggestion" not in cleo.get(f"{article.get_absolute_url()}?kind=question").content


def test_it_is_on_the_page_that_the_browser_keeps(cleo: Client, world: World) -> None:
    article = make_article("Forecasts", world.cleo, html=FORECASTS)
    kept = cleo.get(article.get_absolute_url()).headers["ETag"]

    look(article)

    again = cleo.get(article.get_absolute_url(), headers={"If-None-Match": kept})
    assert again.status_code == 200
    assert b"data-suggestion" in again.content


def test_it_comes_to_the_page_that_is_open(cleo: Client, world: World) -> None:
    article = make_article("Forecasts", world.cleo, html=FORECASTS)
    page = cleo.get(article.get_absolute_url())
    cursor = str(page.context["latest_event"])

    look(article)

    answer = cleo.get(f"{article.get_absolute_url()}changes/", headers={**FRAGMENT, "HX-PTag": cursor}).content.decode()
    assert answer.count("data-suggestion") == 3
    assert answer.count('data-anchor="--s') == 6  # in the gutter, and in the text where it is level with


def test_a_mark_takes_its_suggestion_along(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    text = article.revisions.get().text
    said = {"exact": CARS, "start": text.index(CARS), "end": text.index(CARS) + len(CARS)}

    answer = cleo.post(
        f"{article.get_absolute_url()}highlights/",
        {**said, "revision": article.revisions.get().pk, "kind": "prediction", "visibility": "private"},
        headers=FRAGMENT,
    ).content.decode()

    assert answer.count("data-suggestion") == 2
    assert f'data-anchor="--s{said["start"]}"' in answer  # the place stays in the redrawn block


def test_queries_do_not_grow(cleo: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    few = looked_through("One forecast", world.cleo, html=f"<p>{CARS}</p>")
    many = looked_through(
        "Forecasts", world.cleo, html="".join(f"<p>By {year} we will see it.</p>" for year in range(2026, 2050))
    )
    for article in (few, many):
        cleo.get(article.get_absolute_url())  # what is asked once per process is asked

    for article in (few, many):
        with django_assert_num_queries(8):  # one more than where there is none
            cleo.get(article.get_absolute_url())
    assert len(gutter_of(cleo, many)) == 7
