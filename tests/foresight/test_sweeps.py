"""Many pieces looked through at once: asked for on the shelf, done by the worker, counted, stopped and begun again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.accounts.models import Team, User
from reader.core.jobs.worker import Worker
from reader.core.limits import LIMITS, Deed
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.foresight.looking import look
from reader.foresight.models import Suggestion
from reader.foresight.sweeps import running
from reader.foresight.sweeps.models import SILENCE, Finding, Outcome, State, Sweep, Wording
from reader.foresight.sweeps.queries import open_findings, standing_of
from reader.foresight.sweeps.running import carry_on, forget_old_sweeps, run_sweep
from reader.highlights.models import Kind
from reader.intake.feeds.models import Feed, FeedEntry
from reader.library.models import Article
from reader.pages.sweeping import begin_again
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, CHIPS, FORECASTS, GERMAN, MODELS, as_text, looked_through
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight, make_person

SWEEPS = "/foresight/"


def swept(reader: User, *articles: Article) -> Sweep:
    """A sweep through these pieces that the worker is done with."""
    sweep = Sweep.begin(reader, "Some pieces", "", [one.pk for one in articles])
    run_sweep.func(sweep_id=sweep.pk)
    sweep.refresh_from_db()
    return sweep


def words_for(reader: User) -> set[str]:
    return set(open_findings(User.objects.get(pk=reader.pk)).values_list("words", flat=True))


def page_of(client: Client, sweep: Sweep) -> str:
    return client.get(sweep.get_absolute_url()).content.decode()


def test_the_shelf_leads_to_a_question_that_counts_its_pieces(cleo: Client, world: World) -> None:
    make_article("Forecasts", world.cleo, html=FORECASTS)

    shelf = cleo.get("/articles/?q=Forecasts").content.decode()
    asked = cleo.get(f"{SWEEPS}new/?q=Forecasts").content.decode()

    assert f"{SWEEPS}new/?q=Forecasts" in shelf
    assert "Look for predictions in this piece" in asked
    assert Sweep.objects.count() == 0


def test_the_worker_looks_through_what_the_shelf_shows(cleo: Client, world: World) -> None:
    make_article("Forecasts", world.cleo, html=FORECASTS)
    make_article("Of something else", world.cleo)

    answer = cleo.post(SWEEPS, {"q": "Forecasts"})
    sweep = Sweep.objects.get()
    waiting = page_of(cleo, sweep)
    Worker().run(once=True)
    done = page_of(cleo, sweep)

    assert (answer.status_code, answer.headers["Location"]) == (303, sweep.get_absolute_url())
    assert sweep.title == "The shelf, “Forecasts” in the title"
    assert "0 of 1 pieces so far" in waiting
    assert "3 sentences in 1 article look like predictions." in done
    assert [words in done for words in (CARS, MODELS, CHIPS)] == [True] * 3


def test_the_pieces_of_a_feed_are_looked_through(cleo: Client, world: World) -> None:
    feed = Feed.objects.create(owner=world.cleo, url="https://site.example/feed", title="The feed")
    article = make_article("Forecasts", world.cleo, html=FORECASTS)
    FeedEntry.objects.create(feed=feed, key="1", title=article.title, article=article, state="brought")

    assert f"{SWEEPS}new/?feed={feed.pk}" in cleo.get(f"/feeds/{feed.pk}/").content.decode()
    cleo.post(SWEEPS, {"feed": feed.pk})

    sweep = Sweep.objects.get()
    assert sweep.title == "The feed"
    assert [piece.article for piece in sweep.pieces.all()] == [article]


def test_a_feed_of_somebody_else_is_no_feed(dov: Client, world: World) -> None:
    feed = Feed.objects.create(owner=world.cleo, url="https://site.example/feed", title="The feed")

    assert dov.get(f"{SWEEPS}new/?feed={feed.pk}").status_code == 404
    assert dov.post(SWEEPS, {"feed": feed.pk}).status_code == 404


def test_where_there_is_nothing_to_look_through_nothing_begins(cleo: Client) -> None:
    answer = cleo.post(SWEEPS, {"q": "no such piece"})

    assert answer.status_code == 422
    assert "There is no piece to look through" in answer.content.decode()
    assert not Sweep.objects.exists()


def test_pieces_where_one_may_only_read_are_left_out_and_counted(world: World) -> None:
    make_article("Forecasts of the team", world.ada, Visibility.TEAM, world.foundry, FORECASTS)

    page = signed_in(world.vera).get(f"{SWEEPS}new/?q=Forecasts").content.decode()

    assert "None of these can be looked through" in page


def test_a_team_that_wants_no_suggestions_is_left_alone(world: World) -> None:
    article = make_article("Forecasts", world.ada, Visibility.TEAM, world.foundry, FORECASTS)
    Team.objects.filter(pk=world.foundry.pk).update(foresight=False)

    sweep = swept(world.cleo, article)

    assert sweep.pieces.get().outcome == Outcome.LEFT
    assert not Suggestion.objects.filter(revision__article=article).exists()


def test_a_reader_who_wants_no_suggestions_is_shown_none(cleo: Client, world: World) -> None:
    sweep = swept(world.cleo, looked_through("Forecasts", world.cleo))
    User.objects.filter(pk=world.cleo.pk).update(foresight=False)

    page = page_of(cleo, sweep)

    assert CARS not in page
    assert "You switched suggestions off" in page


def test_a_team_that_switches_off_later_takes_its_sentences_along(world: World) -> None:
    swept(world.cleo, looked_through("Forecasts", world.ada, Visibility.TEAM, world.foundry))
    assert len(words_for(world.cleo)) == 3

    Team.objects.filter(pk=world.foundry.pk).update(foresight=False)

    assert words_for(world.cleo) == set()


def test_who_leaves_the_team_sees_nothing_of_it_any_more(world: World) -> None:
    sweep = swept(world.cleo, looked_through("Forecasts", world.ada, Visibility.TEAM, world.foundry))
    world.foundry.memberships.filter(user=world.cleo).delete()

    page = page_of(signed_in(world.cleo), sweep)

    assert CARS not in page
    assert "Nothing is left to answer" in page
    assert "0 of 0 pieces" in page


def test_another_language_is_said_so(cleo: Client, world: World) -> None:
    sweep = swept(world.cleo, make_article("Vorhersagen", world.cleo, html=GERMAN))

    page = page_of(cleo, sweep)

    assert sweep.pieces.get().outcome == Outcome.FOREIGN
    assert "1 piece is not in English: nothing is looked for there." in page
    assert "None of these pieces is in English" in page


def test_what_is_marked_or_waved_away_is_not_asked_again(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.ada, Visibility.PUBLIC)
    swept(world.cleo, article)
    make_highlight(article, CARS, world.ada, Kind.PREDICTION, Visibility.PUBLIC)
    make_highlight(article, CHIPS, world.ada, Kind.PREDICTION)
    key = Finding.objects.get(words=MODELS).key
    cleo.post(f"{article.get_absolute_url()}suggestions/dismissal/", {"suggestion": key})

    assert words_for(world.cleo) == {CHIPS}


def test_sentences_by_chance_are_for_the_gutter_alone(world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    Suggestion.objects.filter(rank=0).update(by_chance=True)

    assert swept(world.cleo, article).findings.count() == 2


def test_run_twice_it_finds_nothing_twice(world: World) -> None:
    sweep = swept(world.cleo, make_article("Forecasts", world.cleo, html=FORECASTS))
    sweep.pieces.update(outcome=Outcome.WAITING)
    Sweep.objects.update(state=State.RUNNING, ended_at=None)

    run_sweep.func(sweep_id=sweep.pk)

    assert (Finding.objects.count(), Wording.objects.count()) == (3, 3)


def test_it_works_for_a_while_and_then_lets_others_go_first(world: World) -> None:
    pieces = [make_article(f"Forecasts {number}", world.cleo, html=FORECASTS) for number in range(3)]
    sweep = Sweep.begin(world.cleo, "Some", "", [one.pk for one in pieces])
    sweep.take_up()

    is_done = [carry_on(sweep, seconds=0) for _ in pieces]
    waits = sweep.pieces.filter(outcome=Outcome.WAITING).exists()

    assert is_done == [False, False, False]
    assert not waits
    assert carry_on(sweep, seconds=0)


def test_stopped_it_keeps_what_it_found_and_goes_on_when_asked(cleo: Client, world: World) -> None:
    pieces = [make_article(f"Forecasts {number}", world.cleo, html=FORECASTS) for number in range(2)]
    sweep = Sweep.begin(world.cleo, "Some", "q=Forecasts", [one.pk for one in pieces])
    sweep.take_up()
    carry_on(sweep, seconds=0)

    cleo.post(f"{sweep.get_absolute_url()}cancellation/")
    run_sweep.func(sweep_id=sweep.pk)
    stopped = page_of(cleo, sweep)
    cleo.post(f"{sweep.get_absolute_url()}repetition/")
    Worker().run(once=True)

    assert "1 of 2 pieces looked through, then stopped" in stopped
    assert "3 sentences in 1 article" in stopped
    assert "6 sentences in 2 articles" in page_of(cleo, sweep)


def test_looked_again_it_takes_in_what_came_since(cleo: Client, world: World) -> None:
    sweep = Sweep.begin(world.cleo, "Some", "q=Forecasts", [make_article("Forecasts", world.cleo, html=FORECASTS).pk])
    run_sweep.func(sweep_id=sweep.pk)
    make_article("More Forecasts", world.cleo, html="<p>By 2035 all planes in the world will fly on batteries.</p>")

    cleo.post(f"{sweep.get_absolute_url()}repetition/")
    Worker().run(once=True)

    assert "4 sentences in 2 articles" in page_of(cleo, sweep)


def test_it_cannot_be_begun_again_while_it_goes_on(world: World) -> None:
    sweep = Sweep.begin(world.cleo, "Some", "", [world.private.pk])

    with pytest.raises(Refused, match="already"):
        begin_again(sweep, world.cleo)

    Sweep.objects.update(heard_at=timezone.now() - SILENCE - timedelta(minutes=1))
    sweep.refresh_from_db()
    begin_again(sweep, world.cleo)
    assert sweep.state == State.QUEUED


def test_what_nobody_foresaw_in_a_piece_is_counted_and_the_next_is_taken(
    cleo: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = make_article("Broken", world.cleo), make_article("Forecasts", world.cleo, html=FORECASTS)

    def break_down(article: Article) -> None:
        if article == broken:
            raise ValueError("no such day")
        look(article)

    monkeypatch.setattr(running, "look", break_down)
    sweep = swept(world.cleo, broken, fine)

    assert sweep.state == State.DONE
    assert "1 piece could not be looked through" in page_of(cleo, sweep)
    assert Finding.objects.count() == 3


def test_after_a_new_text_it_points_at_what_is_still_there(world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    swept(world.cleo, article)

    article.revise(as_text(f"<p>New.</p>{FORECASTS.replace(CHIPS, '')}"), world.cleo)
    look(article)

    assert words_for(world.cleo) == {CARS, MODELS}
    place = Finding.objects.get(words=CARS).suggestion
    assert place
    assert place.revision.text[place.start : place.end] == CARS


def test_taken_off_the_list_it_can_be_brought_back(cleo: Client, world: World) -> None:
    sweep = swept(world.cleo, looked_through("Forecasts", world.cleo))

    cleo.post(f"{sweep.get_absolute_url()}removal/")
    assert cleo.get(sweep.get_absolute_url()).status_code == 404
    assert "Some pieces" not in cleo.get(SWEEPS).content.decode().partition("<main")[2]
    cleo.post(f"{sweep.get_absolute_url()}restoration/")

    assert "Some pieces" in cleo.get(SWEEPS).content.decode()
    verbs = Event.objects.filter(subject_kind="sweep").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["began", "ended", "removed", "restored"]


def test_what_was_taken_away_long_ago_is_forgotten(world: World) -> None:
    swept(world.cleo, looked_through("Forecasts", world.cleo)).remove()
    forget_old_sweeps.func()
    assert Sweep.objects.exists()

    Sweep.objects.update(removed_at=timezone.now() - running.KEPT - timedelta(days=1))
    forget_old_sweeps.func()

    assert not Sweep.objects.exists()


def test_only_its_owner_sees_it(dov: Client, world: World) -> None:
    sweep = swept(world.cleo, looked_through("Forecasts", world.ada, Visibility.PUBLIC))
    nothing = dov.get("/foresight/999999/")

    for part in ("", "cancellation/", "repetition/", "removal/", "restoration/"):
        answer = dov.post(f"{sweep.get_absolute_url()}{part}") if part else dov.get(sweep.get_absolute_url())
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_too_many_in_a_while_are_refused_with_a_sentence(cleo: Client, world: World) -> None:
    for _ in range(LIMITS[Deed.SWEEP].most):
        Sweep.begin(world.cleo, "Some", "", [world.private.pk])

    answer = cleo.post(SWEEPS, {"q": "Cleo"})

    assert answer.status_code == 429
    assert "do not go through" in answer.content.decode()


def test_the_wrong_method_is_refused(cleo: Client, world: World) -> None:
    sweep = swept(world.cleo, world.private)

    assert cleo.put(SWEEPS).status_code == 405
    assert cleo.post(sweep.get_absolute_url()).status_code == 405
    assert cleo.get(f"{sweep.get_absolute_url()}cancellation/").status_code == 405


def test_how_far_it_is_comes_as_a_part_and_with_the_first_lines(cleo: Client, world: World) -> None:
    sweep = swept(world.cleo, looked_through("Forecasts", world.cleo))

    empty = cleo.get(f"{sweep.get_absolute_url()}?shown=0", headers=FRAGMENT).content.decode()
    some = cleo.get(f"{sweep.get_absolute_url()}?shown=2", headers=FRAGMENT).content.decode()
    shown = cleo.get(f"{sweep.get_absolute_url()}?shown=3", headers=FRAGMENT).content.decode()

    assert 'hx-target="#queue"' in empty
    assert CARS in empty
    assert CARS not in shown
    assert "Show all that was found" in some
    assert "Show all that was found" not in shown
    assert "This page is done" in shown
    assert "<html" not in empty + shown


def test_pages_follow_on_one_another(cleo: Client, world: World) -> None:
    lines = "".join(f"<p>By {2030 + n} the town of Place{n}ville will have {n + 3} bridges.</p>" for n in range(25))
    halves = [
        looked_through("One", world.cleo, html=lines[: lines.index("<p>By 2043")]),
        looked_through("Two", world.cleo, html=lines[lines.index("<p>By 2043") :]),
    ]
    sweep = swept(world.cleo, *halves)
    first = page_of(cleo, sweep)
    following = first.partition('hx-get="?after=')[2].partition('"')[0]

    second = cleo.get(f"{sweep.get_absolute_url()}?after={following}", headers=FRAGMENT).content.decode()

    on_both = first.count('id="wording-') + second.count('id="wording-')
    assert on_both == standing_of(sweep, world.cleo).wordings > 20


def test_the_queue_asks_no_more_as_it_grows(cleo: Client, world: World) -> None:
    sweep = swept(world.cleo, looked_through("Forecasts", world.cleo))
    page_of(cleo, sweep)
    few = queries_of(cleo, sweep.get_absolute_url())

    sweep.take_in([looked_through(f"Forecasts {n}", make_person(f"P{n}"), Visibility.PUBLIC).pk for n in range(6)])
    Sweep.objects.update(state=State.RUNNING, ended_at=None)
    carry_on(sweep)

    assert Finding.objects.count() == 21
    assert queries_of(cleo, sweep.get_absolute_url()) == few


def test_the_list_asks_no_more_as_it_grows(
    cleo: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    swept(world.cleo, world.private)
    few = queries_of(cleo, SWEEPS)

    for _ in range(5):
        swept(world.cleo, world.private)

    with django_assert_num_queries(few):
        cleo.get(SWEEPS)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
