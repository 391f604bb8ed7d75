"""Going through what was found: a claim of one sentence, one claim of several, and what is no prediction."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from reader.claims.models import Claim, Statement
from reader.core.visibility import Visibility
from reader.foresight.models import Answer, Suggestion
from reader.foresight.refitting import refit
from reader.foresight.sweeps.models import Finding, Sweep, Wording
from reader.foresight.sweeps.queries import open_findings
from reader.highlights.models import Highlight
from reader.library.models import Article, Authorship, Person, Revision
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, CHIPS, MODELS, looked_through
from tests.foresight.test_sweeps import page_of, swept, words_for
from tests.pages.asking import FRAGMENT
from tests.world import World, make_person

AS_WELL = "Most new cars in Europe will be driven by software by 2030."


def said_by(article: Article, name: str) -> Article:
    person = Person.objects.create(name=name, slug=name.lower(), owner=article.owner, visibility=article.visibility)
    Authorship.objects.filter(article=article).update(person=person)
    return article


def two_voices(world: World) -> tuple[Sweep, Wording]:
    """Cleo's sweep in which Mira Castell and Juno say the same."""
    one = looked_through("One", world.cleo, html=f"<p>{CARS}</p>")
    other = said_by(looked_through("Other", world.cleo, html=f"<p>So it is. {AS_WELL}</p>"), "Juno")
    sweep = swept(world.cleo, one, other)
    return sweep, Wording.objects.get()


def of(wording: Wording, part: str = "claim") -> str:
    return f"/foresight/wordings/{wording.pk}/{part}/"


def filled_in(words: str, **more: str) -> dict[str, str]:
    return {"statement": words, "audience": "private", **more}


def found(words: str) -> Finding:
    return Finding.objects.get(words=words)


def undo_of(page: str) -> str:
    return page.rpartition('class="toast')[2].partition('hx-post="')[2].partition('"')[0].replace("&amp;", "&")


def post(client: Client, address: str, data: Mapping[str, object] | None = None) -> str:
    return client.post(address, data or {}, headers=FRAGMENT).content.decode()


def test_the_line_says_who_where_when_and_for_when(cleo: Client, world: World) -> None:
    page = page_of(cleo, swept(world.cleo, looked_through("Forecasts", world.cleo)))

    line = page.partition(CHIPS)[2].partition("</li>")[0]
    assert "Mira Castell" in line
    assert "Forecasts" in line
    assert "17 May 2023" in line
    assert "“before the end of 2027”: 17 May 2023 – 31 December 2027" in line


def test_the_line_names_the_author_who_disputes_what_somebody_says(cleo: Client, world: World) -> None:
    words = "Metaculus expects that chips will get cheaper by 2030"
    html = f"<p>{words}, as before.</p><p>{words}, but I think they are wrong.</p>"
    page = page_of(cleo, swept(world.cleo, looked_through("Forecasts", world.cleo, html=html)))

    assert page.count('<strong dir="auto">Metaculus</strong>') == 1
    assert page.count('<strong dir="auto">Mira Castell</strong>') == 1


def test_two_pieces_that_say_the_same_are_one_line(cleo: Client, world: World) -> None:
    sweep, _ = two_voices(world)

    page = page_of(cleo, sweep)

    assert "2 sentences in 2 articles look like predictions." in page
    assert "1 of them says what another one says." in page
    assert "One claim of these 2 …" in page
    assert "1 more says so, 2 voices in all" in page


def test_the_form_is_filled_in_as_in_the_gutter(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    swept(world.cleo, article)

    form = cleo.get(of(found(CHIPS).wording), headers=FRAGMENT).content.decode()

    assert CHIPS in form
    assert 'value="2027-12-31"' in form
    assert 'value="Mira Castell"' in form
    assert 'value="probably"' in form
    assert "<html" not in form


def test_a_sentence_becomes_a_claim_with_its_mark(cleo: Client, world: World) -> None:
    article = looked_through("Forecasts", world.cleo)
    swept(world.cleo, article)
    wording = found(CARS).wording

    answer = post(cleo, of(wording), filled_in("Software drives most new cars."))

    statement = Statement.objects.get()
    assert statement.claim.statement == "Software drives most new cars."
    assert statement.highlight.exact == statement.quote == CARS
    assert (statement.window_end, statement.speaker and statement.speaker.name) == (date(2030, 12, 31), "Mira Castell")
    assert Answer.objects.get().predicts
    assert f'hx-target="#wording-{wording.pk}" hx-swap="delete"' in answer
    assert "2 sentences in 1 article" in answer
    assert words_for(world.cleo) == {MODELS, CHIPS}


def test_a_wording_becomes_one_claim_with_a_statement_of_each(cleo: Client, world: World) -> None:
    sweep, wording = two_voices(world)
    _, other = Finding.objects.order_by("-score", "pk")

    answer = cleo.post(of(wording), filled_in("Software drives most new cars.", **{"with": str(other.pk)}))

    claim = Claim.objects.get()
    said = {(one.speaker.name, one.quote, one.highlight.article.title) for one in claim.statements.all() if one.speaker}
    assert said == {("Mira Castell", CARS, "One"), ("Juno", AS_WELL, "Other")}
    assert {one.window_end for one in claim.statements.all()} == {date(2030, 12, 31)}
    assert (answer.status_code, answer.headers["Location"]) == (303, sweep.get_absolute_url())
    assert "Claim made, with 2 statements." in page_of(cleo, sweep)
    assert words_for(world.cleo) == set()


def test_what_is_unticked_stays_in_the_queue(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    lead, other = Finding.objects.order_by("-score", "pk")

    answer = post(cleo, of(wording), filled_in(lead.words))

    assert Statement.objects.get().quote == lead.words
    assert words_for(world.cleo) == {other.words}
    assert f'hx-target="#wording-{wording.pk}" hx-swap="outerHTML"' in answer
    assert "Make the claim …" in answer


def test_only_what_is_said_in_the_same_words_is_ticked_already(cleo: Client, world: World) -> None:
    chips = "The price of chips will fall by half by 2027."
    turned, other = "By 2027 the price of chips will fall by half.", "The price of energy will fall by half by 2027."
    pieces = [looked_through(f"Piece {at}", world.cleo, html=f"<p>{one}</p>") for at, one in enumerate((turned, other))]
    swept(world.cleo, looked_through("First", world.cleo, html=f"<p>{chips}</p>"), *pieces)
    lead = found(chips)
    assert {found(turned).wording, found(other).wording} == {lead.wording}

    form = cleo.get(f"{of(lead.wording)}?lead={lead.pk}", headers=FRAGMENT).content.decode()

    ticked = [pk for pk, tick in re.findall(r'name="with" value="(\d+)"( checked)?', form) if tick]
    assert ticked == [str(found(turned).pk)]
    assert 'The price of <em class="differs">energy</em> will fall' in form
    assert 'Without <em class="differs" dir="auto">chips</em>.' in form
    assert form.count('class="differs"') == 2


def test_what_the_wording_sentence_has_more_is_emphasised_and_all_can_be_ticked(cleo: Client, world: World) -> None:
    longer = "I expect that the price of chips will fall by half before 2030, I am sure of it."
    shorter = "The price of chips will fall by half before 2030."
    swept(world.cleo, *(looked_through(one, world.cleo, html=f"<p>{one}</p>") for one in (longer, shorter)))
    lead = found(longer)
    assert found(shorter).wording == lead.wording
    address = f"{of(lead.wording)}?lead={lead.pk}"

    form, all_ticked = (cleo.get(one, headers=FRAGMENT).content.decode() for one in (address, f"{address}&tick=all"))

    assert "None says it in quite the same words, so none is ticked yet." in form
    assert '<em class="differs" dir="auto">I expect</em>, <em class="differs" dir="auto">I am sure</em>.' in form
    assert f'href="{address}&amp;tick=all"' in form
    box = f'name="with" value="{found(shorter).pk}"'
    assert f"{box}>" in form
    assert f"{box} checked>" in all_ticked
    assert "All are ticked." in all_ticked
    assert "tick=all" not in all_ticked


def test_another_sentence_can_word_the_claim(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    lead, other = Finding.objects.order_by("-score", "pk")

    form = cleo.get(f"{of(wording)}?lead={other.pk}", headers=FRAGMENT).content.decode()
    post(cleo, of(wording), {"lead": other.pk, "with": lead.pk, "audience": "private"})

    assert f'name="lead" value="{other.pk}"' in form
    assert Claim.objects.get().statement == other.words
    assert Statement.objects.count() == 2


def test_each_statement_is_said_by_whom_its_line_names(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    _, other = Finding.objects.order_by("-score", "pk")
    line = f"s{other.pk}"
    more = {
        "with": str(other.pk),
        f"{line}-speaker": "Rosa",
        f"{line}-stance": "reports",
        f"{line}-reported_by": "Juno",
        f"{line}-window_kind": "window",
        f"{line}-window_start": "2029-01-01",
        f"{line}-window_end": "2029-12-31",
    }

    post(cleo, of(wording), filled_in("Software drives.", **more))

    statement = Statement.objects.get(quote=other.words)
    assert [statement.speaker and statement.speaker.name, statement.stance] == ["Rosa", "reports"]
    assert statement.reported_by
    assert statement.reported_by.name == "Juno"
    assert statement.window_end == date(2029, 12, 31)


def test_they_can_state_a_claim_that_is_known(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    post(cleo, of(wording), filled_in("Software drives most new cars."))
    claim = Claim.objects.get()

    form = cleo.get(of(wording), headers=FRAGMENT).content.decode()
    answer = post(cleo, of(wording), filled_in("", known=str(claim.pk)))

    assert f'name="known" value="{claim.pk}"' in form
    assert claim.statements.count() == 2
    assert "1 statement added to the claim." in answer


def test_a_refusal_stands_at_its_sentence_and_nothing_is_saved(cleo: Client, world: World) -> None:
    one = looked_through("One", world.cleo, html=f"<p>{CARS}</p>")
    swept(world.cleo, one, looked_through("Other", world.cleo, html=f"<p>So it is. {AS_WELL}</p>"))
    lead, other = Finding.objects.order_by("-score", "pk")
    another_date = {f"s{other.pk}-window_kind": "window", f"s{other.pk}-window_end": "2035-12-31"}

    answer = cleo.post(
        of(lead.wording), filled_in("Kept words.", **{"with": str(other.pk)} | another_date), headers=FRAGMENT
    )
    form = answer.content.decode()

    assert answer.status_code == 422
    assert "said so before for another time" in form.partition(f'name="with" value="{other.pk}"')[2]
    assert "Kept words." in form
    assert "2035-12-31" in form
    assert not Highlight.objects.exists()
    assert not Claim.objects.exists()


def test_a_window_that_ends_before_it_was_said_is_refused_at_its_field(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)

    answer = cleo.post(of(wording), filled_in("So.", window_kind="window", window_end="2020-01-01"), headers=FRAGMENT)

    assert answer.status_code == 422
    assert "would end before" in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_mark_is_seen_by_nobody_who_does_not_see_its_piece(world: World) -> None:
    public = looked_through("One", world.ada, Visibility.PUBLIC, html=f"<p>{CARS}</p>")
    shared = looked_through("Two", world.ada, Visibility.TEAM, world.foundry, f"<p>So. {AS_WELL}</p>")
    swept(world.cleo, public, shared)
    lead, other = found(CARS), found(AS_WELL)

    post(
        signed_in(world.cleo),
        of(lead.wording),
        filled_in("So.", lead=str(lead.pk), audience="public") | {"with": str(other.pk)},
    )

    seen = dict(Highlight.objects.values_list("exact", "visibility"))
    assert seen == {CARS: Visibility.PUBLIC, AS_WELL: Visibility.TEAM}
    assert Claim.objects.get().visibility == Visibility.PUBLIC


def test_undone_the_claim_goes_and_the_sentences_wait_again(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    _, other = Finding.objects.order_by("-score", "pk")
    undo = undo_of(post(cleo, of(wording), filled_in("So.", **{"with": str(other.pk)})))

    answer = post(cleo, undo)

    assert words_for(world.cleo) == {CARS, AS_WELL}
    assert not Highlight.objects.filter(deleted_at=None).exists()
    assert 'hx-target="#queue" hx-swap="afterbegin"' in answer


def test_undoing_takes_no_mark_of_anybody_else(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    foreign = looked_through("Public", world.ada, Visibility.PUBLIC, html=f"<p>{CHIPS}</p>")
    swept(world.ada, foreign)
    post(signed_in(world.ada), of(found(CHIPS).wording), filled_in("So.", audience="public"))
    mark = Highlight.objects.get()

    post(cleo, f"{of(wording, 'claim/deletion')}?mark={mark.pk}&mark=x")

    assert Highlight.objects.get().deleted_at is None


def test_waved_away_all_of_a_wording_goes_and_comes_back(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)

    answer = post(cleo, of(wording, "dismissal"))
    waved = words_for(world.cleo)
    undo = undo_of(answer)
    post(cleo, undo)

    assert "These 2 are not suggested to you again." in answer
    assert f'hx-target="#wording-{wording.pk}" hx-swap="delete"' in answer
    assert waved == set()
    assert words_for(world.cleo) == {CARS, AS_WELL}


def test_one_of_a_wording_can_be_waved_away(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)

    answer = post(cleo, of(wording, "dismissal"), {"finding": found(AS_WELL).pk})

    assert "This is not suggested to you again." in answer
    assert words_for(world.cleo) == {CARS}
    assert Answer.objects.get().predicts is False


def many(world: World, count: int) -> Wording:
    """A wording of which so many pieces each have a sentence, without drawing every one of them."""
    sweep = swept(world.cleo, looked_through("First", world.cleo, html=f"<p>{CARS}</p>"))
    wording, place = Wording.objects.get(), Suggestion.objects.get()
    pieces = Article.objects.bulk_create(
        Article(title=f"N {n}", slug=f"n-{n}", owner=world.cleo, visibility="private") for n in range(count)
    )
    texts = Revision.objects.bulk_create(
        Revision(article=one, number=1, html=f"<p>{CARS}</p>", text=CARS, raw="", sha256="0" * 64, words=11)
        for one in pieces
    )
    places = Suggestion.objects.bulk_create(
        Suggestion(revision=text, key=place.key, start=0, end=len(CARS), rank=0, score=0.9) for text in texts
    )
    Finding.objects.bulk_create(
        Finding(sweep=sweep, wording=wording, article=piece, suggestion=one, key=place.key, words=CARS, score=0.9)
        for piece, one in zip(pieces, places, strict=True)
    )
    return wording


def test_all_of_a_long_wording_goes_in_a_few_statements_and_comes_back(cleo: Client, world: World) -> None:
    wording = many(world, 230)
    with CaptureQueriesContext(connection) as asked:
        answer = post(cleo, of(wording, "dismissal"))

    assert "These 231 are not suggested to you again." in answer
    assert len(asked) < 30
    assert words_for(world.cleo) == set()
    assert Answer.objects.filter(predicts=False).count() == 231
    assert DBTaskResult.objects.filter(task_path=refit.module_path).count() == 1

    post(cleo, undo_of(answer))

    assert open_findings(world.cleo).count() == 231
    assert not Answer.objects.filter(predicts=False).exists()


def test_waved_away_again_an_answer_says_the_newest(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    post(cleo, undo_of(post(cleo, of(wording, "dismissal"))))

    post(cleo, of(wording, "dismissal"))
    post(cleo, of(wording, "dismissal"))

    assert list(Answer.objects.values_list("predicts", flat=True)) == [False, False]


def test_undoing_one_leaves_what_was_waved_away_before(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    post(cleo, of(wording, "dismissal"), {"finding": found(AS_WELL).pk})

    post(cleo, undo_of(post(cleo, of(wording, "dismissal"))))

    assert words_for(world.cleo) == {CARS}


@pytest.mark.parametrize("at", ["", "x", "2026-01-01", "9999-12-31T23:59:59+00:00"])
def test_a_moment_at_which_nothing_was_answered_takes_nothing_back(cleo: Client, world: World, at: str) -> None:
    _, wording = two_voices(world)
    post(cleo, of(wording, "dismissal"))

    post(cleo, f"{of(wording, 'restoration')}?at={at}")

    assert words_for(world.cleo) == set()


def test_without_scripts_it_goes_back_to_the_queue(cleo: Client, world: World) -> None:
    sweep, wording = two_voices(world)

    form = cleo.get(of(wording)).content.decode()
    answer = cleo.post(of(wording, "dismissal"))

    assert "<html" in form
    assert (answer.status_code, answer.headers["Location"]) == (303, sweep.get_absolute_url())


def test_a_long_wording_has_a_page_of_its_own(cleo: Client, world: World) -> None:
    pieces = [looked_through(f"Number {n}", world.cleo, html=f"<p>{CARS}</p><p>No. {n}</p>") for n in range(8)]
    sweep = swept(world.cleo, *pieces)
    wording = Wording.objects.get()

    line, page = page_of(cleo, sweep), cleo.get(f"/foresight/wordings/{wording.pk}/").content.decode()

    assert "3 more</a>" in line
    assert "8 sentences in similar words" in page
    assert all(f"Number {n}" in page for n in range(8))


def test_what_is_answered_meanwhile_is_said_so(cleo: Client, world: World) -> None:
    _, wording = two_voices(world)
    post(cleo, of(wording, "dismissal"))

    assert "Nothing of this waits any more" in cleo.get(of(wording), headers=FRAGMENT).content.decode()
    assert cleo.get(f"/foresight/wordings/{wording.pk}/").status_code == 303


@pytest.mark.parametrize("part", ["", "claim/", "claim/deletion/", "dismissal/", "restoration/"])
def test_a_wording_of_somebody_else_does_not_exist(dov: Client, world: World, part: str) -> None:
    swept(world.cleo, looked_through("Forecasts", world.ada, Visibility.PUBLIC))
    address = f"/foresight/wordings/{found(CARS).wording_id}/{part}"
    ask = dov.post if part else dov.get

    answer = ask(address)

    assert (answer.status_code, answer.content) == (404, dov.get("/foresight/wordings/999999/").content)


def test_a_wording_of_pieces_that_one_may_read_no_more_does_not_exist(world: World) -> None:
    swept(world.cleo, looked_through("Forecasts", world.ada, Visibility.TEAM, world.foundry))
    world.foundry.memberships.filter(user=world.cleo).delete()

    assert signed_in(world.cleo).get(of(found(CARS).wording)).status_code == 404


def test_the_form_asks_little_more_for_each_sentence(cleo: Client, world: World) -> None:
    def asked_with(count: int) -> int:
        Sweep.objects.all().delete()
        swept(world.cleo, *pieces[:count])
        with CaptureQueriesContext(connection) as asked:
            cleo.get(of(Wording.objects.get()), headers=FRAGMENT)
        return len(asked)

    pieces = [
        looked_through(f"Number {n}", make_person(f"P{n}"), Visibility.PUBLIC, html=f"<p>{CARS}</p><p>No. {n}</p>")
        for n in range(6)
    ]

    assert asked_with(6) - asked_with(2) <= 4  # the author of each piece
