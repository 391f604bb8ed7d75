"""Where a team reads a piece differently."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from reader.accounts.models import Membership
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Article, Reading
from reader.reports.views import agreement as views
from tests.conftest import signed_in
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight, make_person

SMALL = "We think 2024 will be the year of the small model"
PRICES = "Prices fall by half within eighteen months"
SCRATCH = "Nobody trains from scratch before 2030"


@pytest.fixture
def marked(world: World) -> World:
    """Ada finished and marked two sentences; Ben stopped behind the second; Cleo only opened the piece."""
    predict(world, world.ada.name, SMALL, SCRATCH)
    predict(world, world.ben.name, "the year of the small model", PRICES)
    read(world, "Ada", Reading.State.FINISHED, 100)
    read(world, "Cleo", Reading.State.READING, 5)
    return world


def predict(world: World, who: str, *passages: str, kind: str = Kind.PREDICTION) -> None:
    for exact in passages:
        make_highlight(world.shared, exact, getattr(world, who.lower()), kind, Visibility.TEAM, world.foundry)


def read(world: World, who: str, state: str, percent: int) -> None:
    Reading.objects.create(article=world.shared, reader=getattr(world, who.lower()), state=state, percent=percent)


def agreement_of(article: Article) -> str:
    return f"{article.get_absolute_url()}agreement/"


def page(client: Client, article: Article, query: str = "") -> str:
    answer = client.get(f"{agreement_of(article)}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def lines(html: str) -> list[str]:
    """The sentences of the list with their strips, as one reads them."""
    listed = re.search(r'<ol class="rows sentences".*?</ol>', html, re.DOTALL)
    rows = re.findall(
        r'<li id="s\d+".*?(?=<li id="s|</ol>|<li class="more"|\Z)', listed[0] if listed else html, re.DOTALL
    )
    return [words(row) for row in rows]


def words(html: str) -> str:
    return " ".join(strip_tags(html.replace("</li>", " ")).split())


def pair(world: World, one: str, other: str, show: str = "") -> str:
    return f"?a={getattr(world, one).pk}&b={getattr(world, other).pk}" + (f"&show={show}" if show else "")


def test_it_works(marked: World, cleo: Client) -> None:
    assert lines(page(cleo, marked.shared)) == [
        f"{SMALL}, and of 🦙 herds. Ada marked it Ben marked it",
        f"{PRICES}. Ada did not mark it Ben marked it",
        f"{SCRATCH}. Ada marked it Ben has not come to it",
    ]


def test_it_says_how_far_they_agree_and_why(marked: World, ada: Client) -> None:
    """Ben came to five sentences: of ten judgements three are marks, and in one of five pairs the two differ."""
    said = words(page(ada, marked.shared).replace("</span>", " "))

    assert "0.57 Krippendorff’s alpha" in said
    assert "2 readers 8 sentences 3 marked by somebody 1 by everyone who came to it" in said
    assert "5 sentences were read by two or more, with 10 judgements" in said
    assert "In 20.0 % of the pairs of judgements on one sentence the two differ" in said
    assert "dealt out at random, 46.7 % would" in said


def test_it_names_those_who_do_not_count_yet(marked: World, ada: Client) -> None:
    html = page(ada, marked.shared)

    assert "Not counted yet: Cleo." in html
    assert "Vera" not in html
    assert '<th scope="row">Ada</th><td>to the end</td><td class="number">2</td><td class="number">1</td>' in html


def test_whoever_read_to_the_end_counts_without_a_mark(marked: World, ada: Client) -> None:
    Reading.objects.filter(reader=marked.cleo).update(percent=100)

    assert "Cleo did not mark it" in lines(page(ada, marked.shared))[0]


def test_whoever_marked_with_another_pencil_counts_as_far_as_they_came(marked: World, ada: Client) -> None:
    predict(marked, "Cleo", PRICES, kind=Kind.QUESTION)

    strips = lines(page(ada, marked.shared))

    assert [strip.rpartition("Cleo ")[2] for strip in strips] == [
        "did not mark it",
        "did not mark it",
        "has not come to it",
    ]


def test_a_place_further_down_counts_as_read(marked: World, ada: Client) -> None:
    read(marked, "Ben", Reading.State.READING, 99)

    assert "Ben did not mark it" in lines(page(ada, marked.shared))[2]


def test_where_people_happen_to_be_now_changes_no_figure(marked: World, ada: Client, ben: Client) -> None:
    read(marked, "Ben", Reading.State.READING, 99)
    before = figures(page(ada, marked.shared))

    ben.post(f"{marked.shared.get_absolute_url()}reading/", {"position": 3, "percent": 2})

    assert figures(page(ada, marked.shared)) == before


def figures(html: str) -> list[str]:
    """What the page says of everybody and of every sentence."""
    return [*re.findall(r'<tr><th scope="row">.*?</tr>', html), *lines(html)]


def test_a_stop_taken_along_marks_no_second_sentence(marked: World, ada: Client) -> None:
    text = marked.shared.revisions.get().text
    at = text.index("In February")
    predict(marked, "Cleo", text[at - 2 : at + len("In February")])

    assert lines(page(ada, marked.shared))[0].startswith("In February the lab released")


def test_private_and_deleted_marks_count_for_nobody(marked: World, ada: Client, cleo: Client) -> None:
    make_highlight(marked.shared, "everything", marked.cleo, Kind.PREDICTION)
    predict(marked, "Cleo", "It is becoming clear")
    marked.shared.highlights.get(exact="It is becoming clear").delete_by(marked.cleo)

    for client in (ada, cleo):
        assert len(lines(page(client, marked.shared))) == 3
        assert "Cleo" not in "".join(lines(page(client, marked.shared)))


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("", [SMALL, PRICES, SCRATCH]),
        ("both", [SMALL]),
        ("a", [SCRATCH]),
        ("b", [PRICES]),
        ("c", [SMALL, PRICES, SCRATCH]),
    ],
)
def test_two_stand_side_by_side(marked: World, cleo: Client, show: str, expected: list[str]) -> None:
    rows = lines(page(cleo, marked.shared, pair(marked, "ada", "ben", show)))

    assert [next(words for words in expected if words in row) for row in rows] == expected


def test_each_of_the_two_has_their_own_words(marked: World, cleo: Client) -> None:
    html = page(cleo, marked.shared, pair(marked, "ada", "ben", "both"))

    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == [SMALL, "the year of the small model"]


def test_the_pair_has_a_figure_of_its_own(marked: World, cleo: Client) -> None:
    predict(marked, "Cleo", SMALL)

    assert "Alpha of these two: 1.00" in page(cleo, marked.shared, pair(marked, "cleo", "ben"))


@pytest.mark.parametrize("query", ["?a=x&b=y", "?a=999999&b=999998", "?a=&b=", "?from=x", "?a=1", f"?a={10**30}&b=2"])
def test_whoever_does_not_read_it_is_not_compared(marked: World, cleo: Client, query: str) -> None:
    assert len(lines(page(cleo, marked.shared, query))) == 3


def test_one_person_is_not_compared_with_themselves(marked: World, cleo: Client) -> None:
    html = page(cleo, marked.shared, pair(marked, "ada", "ada"))

    assert "Choose two different readers" in html
    assert len(lines(html)) == 3


def test_somebody_outside_the_team_is_not_hinted_at(marked: World, cleo: Client) -> None:
    asked, made_up = pair(marked, "ada", "dov"), f"?a={marked.ada.pk}&b=999999"

    def seen(query: str) -> str:
        return page(cleo, marked.shared, query).partition("<main")[2]

    assert seen(asked) == seen(made_up)


def test_it_says_what_it_waits_for(world: World, cleo: Client) -> None:
    assert "It takes two readers" in page(cleo, world.shared)

    predict(world, "Ada", SMALL)
    html = page(cleo, world.shared)

    assert "It takes two readers" in html
    assert len(lines(html)) == 1
    assert "Compare" not in html


def test_without_a_prediction_there_is_no_figure(world: World, cleo: Client) -> None:
    predict(world, "Ada", SMALL, kind=Kind.QUESTION)
    predict(world, "Ben", SCRATCH, kind=Kind.EVIDENCE)

    html = page(cleo, world.shared)

    assert "Nobody has marked a prediction here yet." in html
    assert "figure-number" not in html


def test_where_all_is_marked_there_is_no_figure(world: World, cleo: Client) -> None:
    text = world.shared.revisions.get().text.strip()
    predict(world, "Ada", text)
    predict(world, "Ben", text)

    html = page(cleo, world.shared)

    assert "No figure yet." in html
    assert "figure-number" not in html


def test_it_checks_membership(marked: World, dov: Client, vera: Client) -> None:
    assert dov.get(agreement_of(marked.shared)).status_code == 404
    assert vera.get(agreement_of(marked.shared)).status_code == 200


def test_an_owner_who_left_the_team_sees_the_piece_but_not_its_readers(marked: World, ada: Client) -> None:
    Membership.objects.filter(user=marked.ada).delete()

    assert ada.get(marked.shared.get_absolute_url()).status_code == 200
    assert ada.get(agreement_of(marked.shared)).status_code == 404


@pytest.mark.parametrize("piece", ["public", "private"])
def test_a_piece_of_no_team_has_none(world: World, cleo: Client, piece: str) -> None:
    assert cleo.get(agreement_of(getattr(world, piece))).status_code == 404


def test_the_hidden_and_the_missing_are_alike(marked: World, dov: Client) -> None:
    hidden, missing = dov.get(agreement_of(marked.shared)), dov.get("/articles/no-such-piece/agreement/")

    assert (hidden.content, dict(hidden.headers)) == (missing.content, dict(missing.headers))


def test_it_requires_signing_in(world: World, client: Client) -> None:
    assert client.get(agreement_of(world.shared)).headers["Location"].startswith("/accounts/login/?next=")


def test_it_rejects_post(world: World, ada: Client) -> None:
    assert ada.post(agreement_of(world.shared)).status_code == 405


def test_it_is_linked_from_the_foot_of_a_teams_piece(world: World, cleo: Client) -> None:
    assert f'href="{agreement_of(world.shared)}"' in cleo.get(world.shared.get_absolute_url()).content.decode()
    assert "agreement/" not in cleo.get(world.public.get_absolute_url()).content.decode()


def test_those_who_left_still_stand_in_what_they_marked(marked: World, cleo: Client) -> None:
    Membership.objects.filter(user=marked.ben).delete()

    assert "Ben marked it" in lines(page(cleo, marked.shared))[0]


def test_markup_in_names_and_texts_stays_text(world: World, cleo: Client) -> None:
    article = make_article("Hostile", world.ada, Visibility.TEAM, world.foundry, "<p>By 2030 &lt;script&gt; wins.</p>")
    world.ada.name = "<b>Ada</b>"
    world.ada.save()
    for who in (world.ada, world.ben):
        make_highlight(article, "By 2030 <script> wins", who, Kind.PREDICTION, Visibility.TEAM, world.foundry)

    html = page(cleo, article, f"?a={world.ada.pk}&b={world.ben.pk}")

    assert "<b>Ada" not in html
    assert "By 2030 &lt;script&gt; wins" in html


def test_a_sentence_without_end_is_shown_around_its_mark(world: World, cleo: Client) -> None:
    article = make_article(
        "Endless",
        world.ada,
        Visibility.TEAM,
        world.foundry,
        f"<p>{'on and ' * 5000}then it ends {'and on ' * 5000}</p>",
    )
    for who in (world.ada, world.ben):
        make_highlight(article, "then it ends", who, Kind.PREDICTION, Visibility.TEAM, world.foundry)

    [line] = lines(page(cleo, article))

    assert line.startswith("… ")
    assert "then it ends" in line
    assert len(line) < 600


def test_many_sentences_come_by_the_handful(marked: World, cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "HANDFUL", 2)
    first = page(cleo, marked.shared)
    [following] = re.findall(r'hx-get="\?(from=\d+)"', first)

    rest = cleo.get(f"{agreement_of(marked.shared)}?{following}", headers=FRAGMENT).content.decode()

    assert len(lines(first)) == 2
    assert [SCRATCH in line for line in lines(rest)] == [True]
    assert "<html" not in rest
    assert "More sentences" not in rest


def test_in_a_large_company_only_those_who_marked_are_named(marked: World, cleo: Client) -> None:
    for number in range(20):
        colleague = make_person(f"Colleague{number}")
        Membership.objects.create(team=marked.foundry, user=colleague, role="member")
        Reading.objects.create(article=marked.shared, reader=colleague, state="finished", percent=100)

    assert lines(page(cleo, marked.shared))[1].endswith(f"{PRICES}. Ben marked it 21 did not mark it")


def test_more_members_marks_and_sentences_take_no_more_queries(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(signed_in(world.vera), article, f"?a={world.ada.pk}&b={world.ben.pk}")
        return len(asked)

    html = "".join(f"<p>Sentence {number} will come true.</p>" for number in range(60))
    article = make_article("Many", world.ada, Visibility.TEAM, world.foundry, html)
    for who in (world.ada, world.ben):
        make_highlight(article, "Sentence 7 will", who, Kind.PREDICTION, Visibility.TEAM, world.foundry)
    few = queries()
    for number in range(12):
        colleague = make_person(f"Colleague{number}")
        Membership.objects.create(team=world.foundry, user=colleague, role="member")
        for at in range(4):
            exact = f"Sentence {number * 4 + at} will"
            make_highlight(article, exact, colleague, Kind.PREDICTION, Visibility.TEAM, world.foundry)

    assert queries() == few
