"""One margin for many: passages, filters, what is new, and who is how far."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.models import Event
from reader.highlights.marking import Passage
from reader.highlights.marking import mark as mark_passage
from reader.highlights.models import Highlight, write_note
from reader.highlights.reactions import react
from reader.library.models import Article, Reading
from tests.pages.asking import FRAGMENT, marks_of, place_of
from tests.world import World, make_article, make_highlight, newest


def share(world: World, exact: str, by: str, kind: str = "highlight") -> Highlight:
    return make_highlight(world.shared, exact, getattr(world, by), kind, "team", world.foundry)


def page_of(client: Client, article: Article, query: str = "") -> str:
    return client.get(f"{article.get_absolute_url()}{query}").content.decode()


def latest() -> int:
    pk: int = Event.objects.latest("id").pk
    return pk


def test_the_same_words_are_one_card(cleo: Client, world: World) -> None:
    first = share(world, "small models", "ada")
    others = [share(world, "small models", by) for by in ("ben", "cleo")]
    write_note(others[0], "Which ones?", world.ben)

    page = page_of(cleo, world.shared)

    assert page.count('<li class="card"') == 1
    assert f'data-highlight="{first.pk} {others[0].pk} {others[1].pk}"' in page
    assert '<details class="others" open><summary><span class="face" title="Ben" aria-hidden="true">B</span>' in page
    assert "<span>2 others marked this too</span>" in page
    for mark in others:
        assert f'<div class="same" id="highlight-{mark.pk}"' in page
        assert f'<span id="h-{mark.pk}"></span>' in page
        assert f'id="slot-{mark.pk}"' in page


def test_others_who_say_nothing_are_folded(cleo: Client, world: World) -> None:
    share(world, "small models", "ada")
    share(world, "small models", "ben")

    page = page_of(cleo, world.shared)

    assert '<details class="others"><summary>' in page
    assert "Ben marked this too" in page


def test_passages_that_only_overlap_are_cards_of_their_own(cleo: Client, world: World) -> None:
    share(world, "small models", "ada")
    share(world, "small models will", "ben")

    assert page_of(cleo, world.shared).count('<li class="card"') == 2


def test_what_others_keep_to_themselves_is_in_no_count(cleo: Client, world: World) -> None:
    share(world, "small models", "ada")
    make_highlight(world.shared, "small models", world.ben)

    assert "marked this too" not in page_of(cleo, world.shared)


def test_more_cards_do_not_repeat_a_passage(cleo: Client, world: World) -> None:
    first = share(world, "small models", "ada")
    between = share(world, "small", "ada")
    share(world, "small models", "ben")

    more = cleo.get(marks_of(world.shared), {"after": between.pk}, headers=FRAGMENT).content.decode()
    after_first = cleo.get(marks_of(world.shared), {"after": first.pk}, headers=FRAGMENT).content.decode()

    assert 'class="card"' not in more
    assert after_first.count('<li class="card"') == 1


def test_no_card_is_hidden_on_a_page_without_the_script_that_unfolds(cleo: Client, world: World) -> None:
    for start in range(130):
        passage = Passage(newest(world.shared), start, start + 9)
        mark_passage(passage, "highlight", world.ada, "team", world.foundry.pk)

    page = cleo.get(marks_of(world.shared)).content.decode()
    part = cleo.get(marks_of(world.shared), headers=FRAGMENT).content.decode()

    assert page.count('<li class="card"') == 100
    assert "data-folded" not in page
    assert part.count("data-folded") == 100 - 4 + 1


def test_what_is_not_printed_is_counted(cleo: Client, world: World) -> None:
    for start in range(103):
        mark_passage(Passage(newest(world.shared), start, start + 9), "highlight", world.ada, "team", world.foundry.pk)
    mark_passage(Passage(newest(world.shared), 102, 111), "highlight", world.ben, "team", world.foundry.pk)

    page = page_of(cleo, world.shared)

    assert "and 4 more marks, which are not printed" in page
    assert 'class="cards dense"' in page


def test_few_cards_need_not_say_what_they_are_about(cleo: Client, world: World) -> None:
    share(world, "small models", "ada")

    assert 'class="cards"' in page_of(cleo, world.shared)


@pytest.fixture
def many(world: World) -> dict[str, Highlight]:
    marks = {
        "ada": share(world, "small models", "ada"),
        "ben": share(world, "Prices fall", "ben", "question"),
        "cleo": share(world, "In February", "cleo"),
    }
    marks["ada"].label(["Herds"], world.ada)
    return marks


@pytest.mark.parametrize(
    ("query", "shown", "words"),
    [
        ("?by={ben}", ["ben"], "Only marks of Ben"),
        ("?by={cleo}", ["cleo"], "Only marks of yours"),
        ("?kind=question", ["ben"], "Only questions"),
        ("?tag=herds", ["ada"], "Only marks, tagged herds"),
        ("?by={ben}&kind=evidence", [], "Only evidence of Ben: there are none."),
        ("?by=x&kind=prophecy", ["ada", "ben", "cleo"], ""),
        ("?by=99999999999999999999&since=-1", ["ada", "ben", "cleo"], ""),
        ("?tag=%00", ["ada", "ben", "cleo"], ""),
        ("?by=4711", [], "Only marks of somebody"),
    ],
)
def test_it_is_narrowed(
    cleo: Client, world: World, many: dict[str, Highlight], query: str, shown: list[str], words: str
) -> None:
    page = page_of(cleo, world.shared, query.format(ben=world.ben.pk, cleo=world.cleo.pk))

    assert [who for who, mark in many.items() if f'id="highlight-{mark.pk}"' in page] == shown
    assert [who for who, mark in many.items() if f'data-highlight="{mark.pk}"' in page] == shown
    assert (words or "Show all marks") in page if words else "Show all marks" not in page


def test_a_filter_names_nobody_who_marked_nothing_here(cleo: Client, world: World, many: dict[str, Highlight]) -> None:
    make_highlight(world.shared, "small models", world.vera)

    assert "Vera" not in page_of(cleo, world.shared, f"?by={world.vera.pk}")
    assert "Dov" not in page_of(cleo, world.shared, f"?by={world.dov.pk}")


def test_filters_work_as_a_page_and_a_fragment(cleo: Client, world: World, many: dict[str, Highlight]) -> None:
    address = f"{world.shared.get_absolute_url()}filters/"

    page = cleo.get(address, {"kind": "question"}).content.decode()
    fragment = cleo.get(address, headers=FRAGMENT).content.decode()

    assert "<h1>Which marks to show</h1>" in page
    assert '<option value="question" selected>' in page
    assert "<html" not in fragment
    assert f'<option value="{world.ben.pk}">Ben (1)</option>' in fragment
    assert "<option>Herds</option>" in fragment
    assert "Vera" not in fragment


def test_filters_check_who_may_read(dov: Client, world: World) -> None:
    assert dov.get(f"{world.shared.get_absolute_url()}filters/").status_code == 404


def test_filters_ask_the_same_however_many_marks(cleo: Client, world: World, many: dict[str, Highlight]) -> None:
    address = f"{world.shared.get_absolute_url()}filters/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            cleo.get(address)
        return len(asked)

    before = queries()
    for exact in ("It is", "becoming", "clear"):
        share(world, exact, "vera").label([exact], world.ada)

    assert queries() == before


def test_a_new_mark_that_the_filter_hides_says_so(cleo: Client, world: World, many: dict[str, Highlight]) -> None:
    headers = {**FRAGMENT, "HX-Current-URL": f"http://testserver{world.shared.get_absolute_url()}?kind=question"}
    said = {"exact": "Nobody trains", "kind": "highlight", "visibility": "private"}

    page = cleo.post(marks_of(world.shared), said, headers=headers).content.decode()

    made = Highlight.objects.latest("id")
    assert "It is not among the marks that you are looking at." in page
    assert f'id="highlight-{made.pk}"' not in page


def test_what_is_new_is_told(cleo: Client, world: World, many: dict[str, Highlight]) -> None:
    cleo.post(place_of(world.shared), {"position": 1, "percent": 1, "seen": latest()})
    fresh = share(world, "Nobody trains", "ben")
    note = write_note(many["ada"], "Since when?", world.ben)
    write_note(many["ada"], "Since May.", world.cleo)

    page = page_of(cleo, world.shared)
    since = Reading.objects.get(reader=world.cleo).seen_event
    narrowed = page_of(cleo, world.shared, f"?since={since}")

    assert (
        f'<a class="chip" href="{world.shared.get_absolute_url()}?since={since}">2 new since you were here</a>' in page
    )
    assert page.count('<span class="new">New</span>') == 2
    assert f'id="highlight-{fresh.pk}"' in narrowed
    assert f'id="note-{note.pk}"' in narrowed
    assert f'id="highlight-{many["cleo"].pk}"' not in narrowed
    assert "Only marks, new since you were here" in narrowed
    assert '<span class="new">2 new</span>' in cleo.get("/articles/").content.decode()


def test_what_is_gone_is_not_new(cleo: Client, world: World) -> None:
    cleo.post(place_of(world.shared), {"position": 1, "percent": 1, "seen": latest()})
    share(world, "Nobody trains", "ben").delete_by(world.ben)
    write_note(share(world, "small models", "cleo"), "Mine.", world.cleo)
    make_highlight(world.shared, "Prices fall", world.ben)

    assert "new since you were here" not in page_of(cleo, world.shared)
    assert 'class="new"' not in cleo.get("/articles/").content.decode()


def test_who_was_never_here_is_told_nothing(cleo: Client, world: World, many: dict[str, Highlight]) -> None:
    assert "new since you were here" not in page_of(cleo, world.shared)
    assert 'class="new"' not in cleo.get("/articles/").content.decode()


def test_it_can_be_marked_as_seen_without_a_script(cleo: Client, world: World) -> None:
    cleo.post(place_of(world.shared), {"seen": latest()})
    share(world, "Nobody trains", "ben")

    response = cleo.post(place_of(world.shared), {"seen": latest()})

    assert response.status_code == 303
    assert "new since you were here" not in page_of(cleo, world.shared)
    assert Reading.objects.get(reader=world.cleo).state == "unread"


def test_an_older_page_takes_nothing_back(cleo: Client, world: World) -> None:
    now = latest()
    for seen in (now, 1):
        cleo.post(place_of(world.shared), {"seen": seen})
        cleo.post(place_of(world.shared), {"position": 1, "percent": 1, "seen": seen})

    assert Reading.objects.get().seen_event == now


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 30])
def test_it_refuses_a_place_in_the_log_that_is_none(cleo: Client, world: World, seen: str) -> None:
    assert cleo.post(place_of(world.shared), {"seen": seen}).status_code == 422


def test_a_team_sees_how_far_its_members_are(cleo: Client, ben: Client, vera: Client, world: World) -> None:
    ben.post(place_of(world.shared), {"state": "finished"})
    vera.post(place_of(world.shared), {"position": 3, "percent": 40})
    cleo.post(place_of(world.shared), {"position": 3, "percent": 12})

    page = page_of(cleo, world.shared)

    assert "<span>Ben has read it</span><span>Vera has read 40 %</span>" in page
    assert "Cleo has read" not in page


def test_only_a_team_sees_how_far_somebody_is(dov: Client, ben: Client, cleo: Client, world: World) -> None:
    for article in (world.public, world.shared):
        ben.post(place_of(article), {"state": "finished"})
    world.foundry.memberships.filter(user=world.ben).delete()

    assert "Ben has read it" not in page_of(dov, world.public)
    assert "Ben has read it" not in page_of(cleo, world.public)
    assert "Ben has read it" not in page_of(cleo, world.shared)


def test_how_far_others_are_changes_the_page(cleo: Client, ben: Client, world: World) -> None:
    etag = cleo.get(world.shared.get_absolute_url()).headers["ETag"]

    ben.post(place_of(world.shared), {"state": "finished"})

    assert cleo.get(world.shared.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200


def test_responses_are_counted_with_names(cleo: Client, world: World) -> None:
    mark = share(world, "small models", "ada")
    for reader in (world.ben, world.cleo):
        react(mark, "vague", reader)

    page = page_of(cleo, world.shared)

    assert 'name="response" value="vague" aria-pressed="true" title="Ben, you"' in page
    assert 'Vague<span class="count">2</span>' in page


@pytest.mark.parametrize(
    ("exact", "has_its_own"),
    [("“Prices fall,” she said.", True), ("Prices, she said, “fall.”", True), ("Prices “fall” now.", False)],
)
def test_an_excerpt_bears_one_pair_of_quotation_marks(
    world: World, cleo: Client, exact: str, has_its_own: bool
) -> None:
    piece = make_article("Speech", world.cleo, html=f"<p>{exact}</p>")
    make_highlight(piece, exact, world.cleo)

    page = page_of(cleo, piece)

    bare, own = '<p class="quote" dir="auto">' in page, '<p class="quote" data-quoted dir="auto">' in page
    assert (own, bare) == (has_its_own, not has_its_own)
