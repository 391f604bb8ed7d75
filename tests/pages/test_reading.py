from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.claims.proposing import propose, read_proposal
from reader.highlights.models import Highlight, Kind, write_note
from reader.library.models import Article
from tests.conftest import signed_in
from tests.pages.asking import FRAGMENT, marks_of, place_of
from tests.world import World, make_article, make_highlight, newest


def page_of(client: Client, article: Article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(cleo: Client, world: World) -> None:
    page = page_of(cleo, world.shared)

    assert "<h1>Notes for the Foundry</h1>" in page
    assert "The Gradient Ledger" in page
    assert "Mira Castell" in page
    assert "17 May 2023" in page
    assert "The team Foundry sees this" in page
    assert f'data-revision="{newest(world.shared).pk}"' in page
    assert '<p id="b0" data-block="0">It is becoming clear' in page


def test_it_works_without_anything_known(cleo: Client, world: World) -> None:
    Article.objects.filter(pk=world.private.pk).update(published=None, published_precision="", publication=None)
    world.private.authorships.all().delete()

    assert "<h1>For Cleo alone</h1>" in page_of(cleo, world.private)


def test_it_shows_marks_and_cards(cleo: Client, world: World) -> None:
    late = make_highlight(world.shared, "Prices fall", world.cleo)
    early = make_highlight(world.shared, "small models", world.ada, visibility="team", team=world.foundry)
    late.label(["costs"], world.cleo)
    note = write_note(early, "**Agreed**", world.ben)

    page = page_of(cleo, world.shared)

    assert f'<mark id="h-{late.pk}" data-anchor="--h{late.pk}" data-highlight="{late.pk}"' in page
    assert page.index(f'<li class="card" id="highlight-{early.pk}"') < page.index(f'id="highlight-{late.pk}"')
    assert f'data-after="--c{early.pk}"' in page
    assert ">costs</a>" in page
    assert f'id="note-{note.pk}"' in page
    assert "<strong>Agreed</strong>" in page
    assert "<strong>Ada</strong>" in page
    assert "<strong>You</strong>" in page


def test_a_prediction_shows_its_claim(cleo: Client, world: World) -> None:
    highlight = make_highlight(world.private, "2024 will be the year", world.cleo, Kind.PREDICTION)
    claim = propose(highlight, read_proposal(highlight.exact, world.private), world.cleo)

    with time_machine.travel(datetime(2024, 6, 1, tzinfo=UTC)):
        page = page_of(signed_in(world.cleo), world.private)

    assert f'<a href="/claims/{claim.pk}/" dir="auto">2024 will be the year</a>' in page
    assert "1 January 2024 – 31 December 2024" in page
    assert 'data-phase="live"><svg class="moon"' in page
    assert "</svg>Live</span>" in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, ""),
        ({"stance": "disputes"}, "<span>disputes it</span>"),
        ({"stance": "reports"}, "<span>retold</span>"),
        ({"polarity": "denies"}, "<span>says that it will not</span>"),
    ],
)
def test_a_card_tells_how_it_is_said(cleo: Client, world: World, said: dict[str, str], told: str) -> None:
    highlight = make_highlight(world.private, "2024 will be the year", world.cleo, Kind.PREDICTION)
    claim = propose(highlight, read_proposal(highlight.exact, world.private), world.cleo)
    claim.statements.update(**said)

    facts = page_of(cleo, world.private).partition('<p class="card-claim">')[2].partition("</p>")[0]

    assert f"<span>Mira Castell</span>{told}<span>1 January 2024" in facts


def test_a_mark_that_is_no_prediction_any_more_shows_no_claim(cleo: Client, world: World) -> None:
    highlight = make_highlight(world.private, "2024 will be the year", world.cleo, Kind.PREDICTION)
    propose(highlight, read_proposal(highlight.exact, world.private), world.cleo)
    highlight.change_kind(Kind.QUESTION, world.cleo)

    assert "card-claim" not in page_of(cleo, world.private)


def test_what_others_keep_to_themselves_is_nowhere(cleo: Client, world: World) -> None:
    make_highlight(world.shared, "small models", world.ada)

    page = page_of(cleo, world.shared)

    assert "data-highlight=" not in page
    assert 'class="card"' not in page


def test_it_checks_who_may_read(dov: Client, client: Client, world: World) -> None:
    hidden = dov.get(world.shared.get_absolute_url())

    assert hidden.status_code == 404
    assert hidden.content == dov.get("/articles/nowhere/").content
    assert hidden.content == client.get(world.private.get_absolute_url()).content


def test_a_stranger_reads_what_is_public(client: Client, world: World) -> None:
    shown = make_highlight(world.public, "small models", world.ada, visibility="public")
    hidden = make_highlight(world.public, "Prices fall", world.ada)

    page = page_of(client, world.public)

    assert f'id="highlight-{shown.pk}"' in page
    assert f'id="highlight-{hidden.pk}"' not in page
    assert "Sign in" in page
    assert "<selection-bar" not in page
    assert "card-actions" not in page


def test_only_a_writer_gets_links_to_write(vera: Client, world: World) -> None:
    highlight = make_highlight(world.shared, "small models", world.ada, visibility="team", team=world.foundry)

    page = page_of(vera, world.shared)

    assert f"/highlights/{highlight.pk}/notes/" not in page
    assert f"/highlights/{highlight.pk}/editing/" not in page
    assert 'name="visibility" value="private"' in page


def test_a_curator_may_change_what_the_team_sees(ben: Client, world: World) -> None:
    highlight = make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)

    assert f"/highlights/{highlight.pk}/editing/" in page_of(ben, world.shared)


def test_a_preview_says_so_twice(cleo: Client, world: World) -> None:
    Article.objects.filter(pk=world.private.pk).update(truncated=True, audience="only_paid", words=222)

    page = page_of(cleo, world.private)

    assert page.count("This is a preview: 222 words; the rest is for subscribers.") == 2


@pytest.mark.parametrize(("headings", "listed"), [(2, False), (3, True)])
def test_a_long_piece_has_contents(cleo: Client, world: World, headings: int, listed: bool) -> None:
    html = "".join(f"<h2>Part {number}</h2><p>Words of part {number}.</p>" for number in range(headings))
    article = make_article("In parts", world.cleo, html=html)

    assert ('<a href="#b0">Part 0</a>' in page_of(cleo, article)) is listed


def test_text_that_looks_like_html_stays_text(cleo: Client, world: World) -> None:
    article = make_article(
        "Odd <b>title</b>", world.cleo, html="<p>Use &lt;script&gt;alert(1)&lt;/script&gt; here.</p>"
    )
    highlight = make_highlight(article, "<script>alert(1)</script>", world.cleo)
    highlight.label(['<i>"tag"'], world.cleo)

    page = page_of(cleo, article)

    assert "<script>alert" not in page
    assert "<b>title" not in page
    assert "<i>" not in page
    assert "&lt;i&gt;&quot;tag&quot;" in page


def test_it_offers_a_hundred_cards_and_then_more(cleo: Client, world: World) -> None:
    article = make_article("Words", world.cleo, html=f"<p>{' '.join(f'word{number:03}' for number in range(130))}</p>")
    marks = [make_highlight(article, f"word{number:03}", world.cleo) for number in range(130)]

    page = page_of(cleo, article)
    more = cleo.get(marks_of(article), {"after": marks[99].pk}, headers=FRAGMENT).content.decode()

    assert page.count(' class="card"') == 100
    assert f'hx-get="{marks_of(article)}?after={marks[99].pk}"' in page
    assert more.count(' class="card"') == 30
    assert f'data-after="--c{marks[99].pk}"' in more
    assert "cards-more" not in more


def test_more_cards_follow_a_deleted_one(cleo: Client, world: World) -> None:
    first = make_highlight(world.private, "small models", world.cleo)
    second = make_highlight(world.private, "Prices fall", world.cleo)
    first.delete_by(world.cleo)

    more = cleo.get(marks_of(world.private), {"after": first.pk}, headers=FRAGMENT).content.decode()

    assert f'id="highlight-{second.pk}"' in more


@pytest.mark.parametrize("after", ["", "x", "-1", "99999999999999999999", "0"])
def test_cards_work_as_a_page(cleo: Client, world: World, after: str) -> None:
    make_highlight(world.private, "small models", world.cleo)

    response = cleo.get(marks_of(world.private), {"after": after})

    assert response.status_code == 200
    assert "<h1>Marks</h1>" in response.content.decode()


def test_cards_check_who_may_read(dov: Client, world: World) -> None:
    assert dov.get(marks_of(world.private)).status_code == 404


def test_the_display_is_the_readers_own(cleo: Client, world: World) -> None:
    world.cleo.theme, world.cleo.text_size = "sepia", 23
    world.cleo.save()

    assert 'data-theme="sepia" data-size="23"' in page_of(cleo, world.private)


def test_the_place_is_where_the_reader_left(cleo: Client, world: World) -> None:
    cleo.post(place_of(world.private), {"position": 57, "percent": 31})

    page = page_of(cleo, world.private)

    assert 'data-position="57"' in page
    assert 'value="31"' in page


def ask_queries(client: Client, article: Article, count: int, check: DjangoAssertNumQueries) -> None:
    with check(count):
        client.get(article.get_absolute_url())


def test_queries_do_not_grow(cleo: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    text = newest(world.private).text.split()
    fill_margin(world, make_highlight(world.private, text[0], world.cleo, Kind.PREDICTION))
    page_of(cleo, world.private)
    ask_queries(cleo, world.private, 12, django_assert_num_queries)

    for words in zip(text[10:40:2], text[11:40:2], strict=False):
        exact = newest(world.private).text
        if " ".join(words) in exact:
            fill_margin(world, make_highlight(world.private, " ".join(words), world.cleo, Kind.PREDICTION))
    page_of(cleo, world.private)
    ask_queries(cleo, world.private, 12, django_assert_num_queries)
    assert Highlight.objects.count() > 8


def fill_margin(world: World, highlight: Highlight) -> None:
    highlight.label([f"tag {highlight.pk}", "shared tag"], world.cleo)
    first = write_note(highlight, "First.", world.cleo)
    write_note(highlight, "Reply.", world.cleo, parent=first)
    propose(highlight, read_proposal(highlight.exact, highlight.article), world.cleo)
