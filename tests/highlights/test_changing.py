from datetime import date
from typing import Any

import pytest
from django.test import Client

from reader.claims.models import Claim, Statement
from reader.claims.proposing import Proposal, restate
from reader.claims.queries import listed_claims
from reader.claims.timing import Horizon
from reader.claims.windows import SET_BY_A_READER
from reader.core.models import Event
from reader.highlights.models import Highlight, Kind, write_note
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, newest


@pytest.fixture
def mark(world: World) -> Highlight:
    """Cleo's mark that the team Foundry sees."""
    return make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)


def address(mark: Highlight, part: str) -> str:
    return f"/highlights/{mark.pk}/{part}/"


def place(mark: Highlight) -> str:
    anchor = mark.anchors.get()
    return f"{anchor.start}-{anchor.end}"


WORKING = {
    "kind": {"kind": "question"},
    "tags": {"tags": "llama"},
    "passage": {"exact": "small models"},
    "deletion": {},
    "restoration": {},
}


@pytest.mark.parametrize("part", WORKING)
def test_it_answers_303(cleo: Client, mark: Highlight, part: str) -> None:
    response = cleo.post(address(mark, part), WORKING[part])

    assert response.status_code == 303
    assert response.headers["Location"].startswith(mark.article.get_absolute_url())


@pytest.mark.parametrize("part", WORKING)
def test_it_answers_fragment(cleo: Client, mark: Highlight, part: str) -> None:
    response = cleo.post(address(mark, part), WORKING[part], headers=FRAGMENT)

    assert response.status_code == 200
    assert ('hx-target="#cards" hx-swap="place"' in response.content.decode()) is (part != "deletion")
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("part", WORKING)
def test_it_rejects_get(cleo: Client, mark: Highlight, part: str) -> None:
    assert cleo.get(address(mark, part)).status_code == 405


@pytest.mark.parametrize("part", WORKING)
def test_it_checks_ownership(vera: Client, mark: Highlight, part: str) -> None:
    assert vera.post(address(mark, part), WORKING[part]).status_code == 403
    assert not Event.objects.filter(actor__name="Vera").exists()


@pytest.mark.parametrize("part", WORKING)
def test_a_curator_of_the_team_may(ben: Client, mark: Highlight, part: str) -> None:
    assert ben.post(address(mark, part), WORKING[part]).status_code == 303


@pytest.mark.parametrize("part", WORKING)
def test_a_site_curator_has_no_say_in_a_team(world: World, part: str) -> None:
    world.dov.is_curator = True
    world.dov.save()
    theirs = make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)

    assert signed_in(world.dov).post(address(theirs, part), WORKING[part]).status_code == 404


@pytest.mark.parametrize("part", [*WORKING, "notes"])
def test_it_handles_missing(dov: Client, mark: Highlight, part: str) -> None:
    hidden = dov.post(address(mark, part), WORKING.get(part, {}))

    assert hidden.status_code == 404
    assert hidden.content == dov.post(f"/highlights/4711/{part}/").content


@pytest.mark.parametrize("part", WORKING)
def test_a_stranger_signs_in_first(client: Client, mark: Highlight, part: str) -> None:
    assert client.post(address(mark, part), WORKING[part]).status_code == 302


def test_another_pencil_redraws_the_blocks(cleo: Client, mark: Highlight) -> None:
    page = cleo.post(address(mark, "kind"), {"kind": "question"}, headers=FRAGMENT).content.decode()

    mark.refresh_from_db()
    assert mark.kind == Kind.QUESTION
    assert f'<hx-partial hx-target="#b3" hx-swap="innerHTML">We think <mark id="h-{mark.pk}"' in page
    assert 'data-kind="question"' in page
    assert Event.objects.latest("id").verb == "changed kind"


def test_a_mark_that_becomes_a_prediction_makes_a_claim(cleo: Client, mark: Highlight, world: World) -> None:
    cleo.post(address(mark, "kind"), {"kind": "prediction"})
    assert [str(claim.window_end) for claim in listed_claims(world.cleo)] == ["2024-12-31"]

    cleo.post(address(mark, "kind"), {"kind": "highlight"})
    assert not listed_claims(world.cleo).exists()

    cleo.post(address(mark, "kind"), {"kind": "prediction"})
    assert listed_claims(world.cleo).count() == Claim.objects.count() == 1


def test_an_unknown_kind_is_refused(cleo: Client, mark: Highlight) -> None:
    response = cleo.post(address(mark, "kind"), {"kind": "prophecy"}, headers=FRAGMENT)

    assert response.status_code == 422
    assert "There is no mark of the kind “prophecy”" in response.content.decode()


def test_tags_are_replaced(cleo: Client, mark: Highlight) -> None:
    cleo.post(address(mark, "tags"), {"tags": "one, two"})
    cleo.post(address(mark, "tags"), {"tags": "#Two, three"})

    assert sorted(mark.tags.values_list("name", flat=True)) == ["three", "two"]


def test_a_long_tag_is_kept_in_the_form(cleo: Client, mark: Highlight) -> None:
    response = cleo.post(address(mark, "tags"), {"tags": "x" * 300}, headers=FRAGMENT)

    page = response.content.decode()
    assert response.status_code == 422
    assert "A tag has at most 60 characters" in page
    assert "x" * 300 in page
    assert not mark.tags.exists()


def test_the_passage_moves_with_its_statement(cleo: Client, mark: Highlight) -> None:
    cleo.post(address(mark, "kind"), {"kind": "prediction"})
    text = newest(mark.article).text
    start = text.index("Nobody trains")
    said = {"revision": newest(mark.article).pk, "start": start, "end": start + 32, "exact": text[start : start + 32]}
    place_before = place(mark)

    page = cleo.post(address(mark, "passage"), said, headers=FRAGMENT).content.decode()

    mark.refresh_from_db()
    assert mark.exact == text[start : start + 32]
    assert (mark.prefix, mark.suffix) == (text[start - 32 : start], text[start + 32 : start + 64])
    assert Statement.objects.get().quote == mark.exact
    assert mark.anchors.get().start == start
    assert 'hx-target="#b3"' in page
    assert 'hx-target="#b5"' in page
    assert f'<hx-partial hx-target="[data-passage=&#x27;{place_before}&#x27;]" hx-swap="delete">' in page


def test_a_passage_that_is_not_there_is_refused(cleo: Client, mark: Highlight) -> None:
    before = mark.exact
    missing = cleo.post(address(mark, "passage"), {"exact": "never written"}, headers=FRAGMENT)
    empty = cleo.post(address(mark, "passage"), {"exact": ""}, headers=FRAGMENT)

    mark.refresh_from_db()
    assert (missing.status_code, empty.status_code) == (409, 422)
    assert "The mark is where it was." in missing.content.decode()
    assert "never written</textarea>" in missing.content.decode()
    assert mark.exact == before


def test_the_same_words_again_stay_where_they_were(cleo: Client, world: World) -> None:
    text = newest(world.shared).text
    twice = next(word for word in text.split() if text.count(word) > 1 and len(word) > 2)
    second = text.index(twice, text.index(twice) + 1)
    mark_ = make_highlight(world.shared, twice, world.cleo)
    mark_.move(newest(world.shared), second, second + len(twice), world.cleo)

    cleo.post(address(mark_, "passage"), {"exact": twice})

    assert mark_.anchors.get().start == second


def test_a_claim_follows_the_words_that_are_marked(cleo: Client, world: World) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)
    mark_ = claim.statements.get().highlight

    cleo.post(address(mark_, "passage"), {"exact": "Prices fall by half"})

    claim.refresh_from_db()
    assert (claim.statement, claim.window_end) == ("Prices fall by half", None)
    assert claim.statements.get().quote == "Prices fall by half"
    assert Event.objects.filter(verb="amended", subject_id=claim.pk).exists()


def test_a_claim_keeps_what_a_reader_chose(cleo: Client, world: World) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)
    statement = claim.statements.get()
    chosen = Horizon(kind="window", start=date(2025, 1, 1), end=date(2025, 3, 1), rule=SET_BY_A_READER)
    restate(statement, Proposal(statement="Small models win.", horizon=chosen), world.cleo)

    cleo.post(address(statement.highlight, "passage"), {"exact": "Prices fall by half"})

    claim.refresh_from_db()
    assert (claim.statement, claim.window_end) == ("Small models win.", date(2025, 3, 1))
    assert claim.statements.get().quote == "Prices fall by half"


def test_a_stranger_learns_nothing_of_a_deleted_mark(dov: Client, world: World) -> None:
    gone = make_highlight(world.public, "small models", world.ada, "highlight", "public")
    gone.delete_by(world.ada)

    assert dov.post(address(gone, "restoration")).status_code == 404


def test_deletion_can_be_undone(cleo: Client, mark: Highlight) -> None:
    gone = cleo.post(address(mark, "deletion"), headers=FRAGMENT).content.decode()
    assert f'<hx-partial hx-target="[data-passage=&#x27;{place(mark)}&#x27;]" hx-swap="delete"></hx-partial>' in gone
    assert "data-highlight" not in gone
    assert f'hx-post="/highlights/{mark.pk}/restoration/"' in gone
    assert cleo.get(f"/highlights/{mark.pk}/").status_code == 404

    back = cleo.post(address(mark, "restoration"), headers=FRAGMENT).content.decode()
    assert f'data-highlight="{mark.pk}"' in back
    assert f'<hx-partial hx-target="#cards" hx-swap="place"><li class="card" id="highlight-{mark.pk}"' in back
    events = Event.objects.filter(subject_kind="highlight", subject_id=mark.pk).order_by("id")
    assert list(events.values_list("verb", flat=True)) == ["marked", "deleted", "restored"]


def test_undo_works_without_a_script(cleo: Client, mark: Highlight) -> None:
    page = cleo.post(address(mark, "deletion"), follow=True).content.decode()

    assert "The mark is deleted." in page
    assert f'<form method="post" action="/highlights/{mark.pk}/restoration/"' in page


def test_what_others_wrote_on_it_goes_along_in_so_many_words(cleo: Client, mark: Highlight, world: World) -> None:
    write_note(mark, "My own.", world.cleo)
    assert "of others" not in cleo.post(address(mark, "deletion"), headers=FRAGMENT).content.decode()
    cleo.post(address(mark, "restoration"))

    for number, words in ((1, "1 note of others goes with it."), (2, "2 notes of others go with it.")):
        write_note(mark, f"Reply {number}.", world.ben)
        gone = cleo.post(address(mark, "deletion"), headers=FRAGMENT).content.decode()
        assert f"The mark is deleted. {words}" in gone
        cleo.post(address(mark, "restoration"))


def test_undoing_twice_is_undoing_once(cleo: Client, mark: Highlight) -> None:
    cleo.post(address(mark, "deletion"))
    cleo.post(address(mark, "restoration"))
    cleo.post(address(mark, "restoration"))

    assert Event.objects.filter(verb="restored").count() == 1


def test_a_mark_has_a_permanent_address(cleo: Client, client: Client, mark: Highlight) -> None:
    response = cleo.get(f"/highlights/{mark.pk}/")

    assert response.status_code == 303
    assert response.headers["Location"] == f"{mark.article.get_absolute_url()}#h-{mark.pk}"
    assert client.get(f"/highlights/{mark.pk}/").status_code == 404


def test_its_address_gives_htmx_the_card(cleo: Client, mark: Highlight) -> None:
    page = cleo.get(f"/highlights/{mark.pk}/", headers=FRAGMENT).content.decode()

    assert page.startswith(f'<li class="card" id="highlight-{mark.pk}"')


def test_editing_works_as_a_page_and_a_fragment(cleo: Client, mark: Highlight) -> None:
    mark.label(["llama"], mark.owner)

    page = cleo.get(address(mark, "editing")).content.decode()
    fragment = cleo.get(address(mark, "editing"), headers=FRAGMENT).content.decode()

    assert "<html" in page
    assert "<html" not in fragment
    assert 'value="llama"' in fragment
    assert "2024 will be the year</textarea>" in fragment


def test_editing_checks_ownership(vera: Client, mark: Highlight) -> None:
    assert vera.get(address(mark, "editing")).status_code == 403


def test_leaving_the_team_hides_ones_own_marks_in_its_pieces(cleo: Client, world: World) -> None:
    mine = make_highlight(world.shared, "small models", world.cleo)
    world.foundry.memberships.filter(user=world.cleo).delete()

    assert cleo.get(f"/highlights/{mine.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["mark", "note"])
def test_deleted_or_brought_back_twice_it_is_told_once(world: World, mark: Highlight, kind: str) -> None:
    thing = mark if kind == "mark" else write_note(mark, "Said.", world.cleo)
    one, other = (type(thing).objects.get(pk=thing.pk) for _ in range(2))

    for stale in (one, other):
        stale.delete_by(world.cleo)
    for stale in (one, other):
        stale.restore(world.cleo)

    assert Event.objects.filter(verb="deleted").count() == 1
    assert Event.objects.filter(verb="restored").count() == 1


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_a_mark_does_not_come_back_beside_one_that_is_the_same(
    world: World, cleo: Client, mark: Highlight, headers: dict[str, str]
) -> None:
    cleo.post(address(mark, "deletion"))
    again = make_highlight(world.shared, mark.exact, world.cleo, visibility="team", team=world.foundry)

    answer = cleo.post(address(mark, "restoration"), headers=headers, follow=True)

    assert "These words were marked the same way again since." in answer.content.decode()
    assert list(Highlight.objects.standing()) == [again]
    again.delete_by(world.cleo)
    assert "The mark is back." in cleo.post(address(mark, "restoration"), follow=True).content.decode()
    assert list(Highlight.objects.standing()) == [mark]


@pytest.mark.parametrize("other", ["kind", "reader", "audience", "words"])
def test_it_does_beside_one_that_differs(world: World, cleo: Client, mark: Highlight, other: str) -> None:
    cleo.post(address(mark, "deletion"))
    same: dict[str, Any] = {"by": world.cleo, "visibility": "team", "team": world.foundry, "exact": mark.exact}
    differing: dict[str, dict[str, Any]] = {
        "kind": {"kind": "question"},
        "reader": {"by": world.ben},
        "audience": {"visibility": "private", "team": None},
        "words": {"exact": "2024 will be"},
    }
    make_highlight(world.shared, **(same | differing[other]))

    cleo.post(address(mark, "restoration"))

    assert Highlight.objects.standing().count() == 2
