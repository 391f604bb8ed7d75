import pytest
from django.test import Client

from reader.accounts.models import Membership, User
from reader.core.models import Event
from reader.highlights.models import Highlight
from reader.highlights.queries import reaction_rows
from reader.highlights.reactions import Reaction, Response, react
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight


@pytest.fixture
def mark(world: World) -> Highlight:
    return make_highlight(world.shared, "2024 will be the year", world.ada, visibility="team", team=world.foundry)


def on(mark: Highlight) -> str:
    return f"/highlights/{mark.pk}/reactions/"


@pytest.mark.parametrize("response", Response.values)
def test_it_works(cleo: Client, mark: Highlight, world: World, response: str) -> None:
    answer = cleo.post(on(mark), {"response": response})

    assert answer.status_code == 303
    assert answer.headers["Location"] == mark.get_absolute_url()
    assert list(Reaction.objects.values_list("reader", "response")) == [(world.cleo.pk, response)]
    event = Event.objects.latest("id")
    assert (event.verb, event.subject_id, event.article_id) == ("responded", mark.pk, world.shared.pk)


def test_it_answers_fragment(cleo: Client, mark: Highlight) -> None:
    page = cleo.post(on(mark), {"response": "agree"}, headers=FRAGMENT).content.decode()

    assert page.startswith('<hx-partial hx-target="#cards" hx-swap="place">')
    assert 'value="agree" aria-pressed="true" title="you"' in page


def test_said_again_it_is_taken_back(cleo: Client, ben: Client, mark: Highlight) -> None:
    for _ in range(2):
        cleo.post(on(mark), {"response": "agree"})
    ben.post(on(mark), {"response": "agree"})

    assert list(Reaction.objects.values_list("reader__name", flat=True)) == ["Ben"]
    verbs = list(Event.objects.order_by("-id").values_list("verb", flat=True)[:3])
    assert verbs == ["responded", "took back a response", "responded"]


def test_it_works_as_a_page_and_a_fragment(cleo: Client, ben: Client, mark: Highlight) -> None:
    ben.post(on(mark), {"response": "needs_source"})

    page = cleo.get(on(mark)).content.decode()
    fragment = cleo.get(on(mark), headers=FRAGMENT).content.decode()

    assert "<h1>Respond to a mark</h1>" in page
    assert "<html" not in fragment
    assert "Needs source: Ben" in fragment


@pytest.mark.parametrize(("said", "sentence"), [("", "Choose a response."), ("boo", "There is no response “boo”.")])
def test_it_refuses_bad_input(cleo: Client, mark: Highlight, said: str, sentence: str) -> None:
    answer = cleo.post(on(mark), {"response": said}, headers=FRAGMENT)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Reaction.objects.exists()


def test_a_viewer_says_nothing_that_the_team_reads(vera: Client, mark: Highlight) -> None:
    assert vera.get(on(mark)).status_code == 403
    assert vera.post(on(mark), {"response": "agree"}).status_code == 403


def test_it_handles_missing(dov: Client, cleo: Client, mark: Highlight, world: World) -> None:
    hidden = dov.post(on(mark), {"response": "agree"})
    mark.delete_by(world.ada)

    assert hidden.status_code == 404
    assert hidden.content == dov.post("/highlights/4711/reactions/", {"response": "agree"}).content
    assert cleo.post(on(mark), {"response": "agree"}).status_code == 404


def test_a_stranger_signs_in_first(client: Client, mark: Highlight) -> None:
    assert client.post(on(mark), {"response": "agree"}).status_code == 302


def test_who_left_the_team_hears_no_more_of_it(world: World, cleo: Client, dov: Client) -> None:
    """Their mark on a public piece stays the team's and theirs; what the team responds to it is the team's alone."""
    left = make_highlight(world.public, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)
    react(left, "agree", world.cleo)
    react(left, "vague", world.ben)
    assert "Ben" in cleo.get(on(left)).content.decode()

    Membership.objects.get(team=world.foundry, user=world.cleo).delete()

    for address in (world.public.get_absolute_url(), left.get_absolute_url()):
        page = cleo.get(address).content.decode()
        assert f'id="highlight-{left.pk}"' in page
        assert "Ben" not in page
        assert "you" in page
    assert [row.reader for row in reaction_rows([left.pk], User.objects.get(pk=world.ben.pk))] == ["Cleo", "Ben"]
