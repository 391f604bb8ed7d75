"""Two readers who make a claim of the same words, in the text or of a list: who saves second is told, and decides."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from reader.claims.models import Claim, Statement
from reader.core.visibility import Visibility
from reader.foresight.sweeps.models import Finding
from reader.highlights.models import Highlight
from reader.library.models import Article
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, MODELS, as_text, looked_through
from tests.foresight.test_sweeps import swept
from tests.foresight.test_wordings import AS_WELL, of
from tests.pages.asking import FRAGMENT
from tests.world import World

NOTICE = "Cleo made a claim of this passage just now."
#: What a form sends in which no claim is chosen.
OF_ITS_OWN = {"known": "", "q": "", "stands": "same"}
#: What the field of a chosen claim says where it cannot read the choice.
NO_SUCH = "There is no such claim"


@pytest.fixture
def article(world: World) -> Article:
    return looked_through("Forecasts", world.ada, Visibility.TEAM, world.foundry)


def form_of(client: Client, article: Article, words: str = CARS) -> dict[str, Any]:
    """What the open form sends."""
    place = article.revisions.get().text.index(words)
    asked: dict[str, Any] = {
        "kind": "prediction",
        "revision": article.revisions.get().pk,
        "start": place,
        "end": place + len(words),
    }
    page = client.get(f"{article.get_absolute_url()}highlights/new/", asked, headers=FRAGMENT).content.decode()
    made_here = page.partition('name="made_here" value="')[2].partition('"')[0]
    seen_by = {"visibility": "team", "team": article.team_id, "audience": f"team-{article.team_id}"}
    return asked | seen_by | OF_ITS_OWN | {"exact": words, "statement": words, "made_here": made_here}


def save(client: Client, article: Article, form: dict[str, Any], *, scripts: bool = True) -> tuple[int, str]:
    headers = FRAGMENT if scripts else {}
    answer = client.post(f"{article.get_absolute_url()}highlights/", form, headers=headers)
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_saves_second_is_told_and_may_make_another(world: World, article: Article, *, scripts: bool) -> None:
    cleo, ben = signed_in(world.cleo), signed_in(world.ben)
    form = form_of(ben, article)
    save(cleo, article, form_of(cleo, article))
    hers = Claim.objects.get()

    status, page = save(ben, article, form | {"statement": "Cars drive themselves."}, scripts=scripts)

    assert status == 422
    assert NOTICE in page
    assert NO_SUCH not in page
    assert "Cars drive themselves." in page
    assert f'name="known" value="{hers.pk}"' in page
    assert Statement.objects.count() == 1
    again = form | {"made_here": page.partition('name="made_here" value="')[2].partition('"')[0]}
    assert save(ben, article, again, scripts=scripts)[0] in (200, 303)
    assert Claim.objects.count() == 2


def test_whoever_saves_second_can_state_the_claim_too(world: World, article: Article) -> None:
    cleo, ben = signed_in(world.cleo), signed_in(world.ben)
    form = form_of(ben, article)
    save(cleo, article, form_of(cleo, article))

    status, _ = save(ben, article, form | {"known": Claim.objects.get().pk})

    assert status == 200
    assert Claim.objects.get().statements.count() == 2


def test_what_one_knew_of_or_may_not_see_stops_nobody(world: World, article: Article) -> None:
    cleo, ben = signed_in(world.cleo), signed_in(world.ben)
    hidden = form_of(ben, article, MODELS)
    save(cleo, article, form_of(cleo, article, MODELS) | {"visibility": "private", "team": "", "audience": "private"})
    save(cleo, article, form_of(cleo, article))
    known = form_of(ben, article)
    assert Claim.objects.count() == 2

    assert [save(ben, article, form)[0] for form in (hidden, known)] == [200, 200]
    assert Claim.objects.count() == 4


def test_other_words_are_another_matter(world: World, article: Article) -> None:
    cleo, ben = signed_in(world.cleo), signed_in(world.ben)
    form = form_of(ben, article)
    save(cleo, article, form_of(cleo, article, MODELS))

    assert save(ben, article, form)[0] == 200


@pytest.fixture
def both(world: World) -> list[Article]:
    """Two pieces of the team in which the same is said, each in a list of Ben's and in one of Cleo's."""
    one = looked_through("One", world.ada, Visibility.TEAM, world.foundry, f"<p>{CARS}</p>")
    other = looked_through("Other", world.ada, Visibility.TEAM, world.foundry, f"<p>So it is. {AS_WELL}</p>")
    for reader in (world.ben, world.cleo):
        swept(reader, one, other)
    return [one, other]


def opened(client: Client, world: World) -> tuple[str, dict[str, Any]]:
    """The form of somebody's line, with both of its sentences ticked: its address, and what it sends."""
    reader = world.ben if client.session["_auth_user_id"] == str(world.ben.pk) else world.cleo
    lead, other = Finding.objects.filter(sweep__owner=reader).order_by("-score", "pk")
    page = client.get(of(lead.wording), headers=FRAGMENT).content.decode()
    sent = {"lead": lead.pk, "with": other.pk, "made_here": made_here_in(page), "audience": f"team-{world.foundry.pk}"}
    return of(lead.wording), sent | OF_ITS_OWN | {"statement": "Software drives most new cars."}


def made_here_in(page: str) -> str:
    return page.partition('name="made_here" value="')[2].partition('"')[0]


def send(client: Client, form: tuple[str, dict[str, Any]], *, scripts: bool = True, **more: Any) -> tuple[int, str]:
    address, sent = form
    answer = client.post(address, sent | more, headers=FRAGMENT if scripts else {})
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.usefixtures("both")
def test_of_two_lists_whoever_saves_second_keeps_what_was_written(world: World, *, scripts: bool) -> None:
    cleo, ben = signed_in(world.cleo), signed_in(world.ben)
    hers, his = opened(cleo, world), opened(ben, world)
    assert send(cleo, hers)[0] == 200
    claim, before = Claim.objects.get(), Highlight.objects.count()
    written = {"statement": "Cars drive themselves.", "tags": "cars", f"s{his[1]['with']}-hedge": "almost surely"}

    status, page = send(ben, his, **written, scripts=scripts)

    assert status == 422
    assert "Cleo was faster: this sentence states a claim by now." in page
    assert NO_SUCH not in page
    assert "Cleo was faster: this sentence states “Software drives most new cars.” by now." in page
    assert f'name="known" value="{claim.pk}"' in page
    assert all(words in page for words in ("Cars drive themselves.", 'value="almost surely"', "cars"))
    assert f'name="with" value="{his[1]["with"]}" checked' in page
    assert (Claim.objects.count(), Highlight.objects.count()) == (1, before)
    again = send(ben, his, **written, made_here=made_here_in(page), scripts=scripts)
    assert again[0] == (200 if scripts else 303)
    assert {one.statement: one.statements.count() for one in Claim.objects.all()} == {
        "Software drives most new cars.": 2,
        "Cars drive themselves.": 2,
    }


@pytest.mark.usefixtures("both")
def test_of_two_lists_the_second_may_state_the_claim_of_the_first(world: World) -> None:
    cleo, ben = signed_in(world.cleo), signed_in(world.ben)
    his = opened(ben, world)
    send(cleo, opened(cleo, world))

    assert send(ben, his, known=Claim.objects.get().pk)[0] == 200
    assert Claim.objects.get().statements.count() == 4


def test_a_part_of_the_sentence_that_was_marked_in_the_text_is_told_too(world: World, both: list[Article]) -> None:
    ben, cleo = signed_in(world.ben), signed_in(world.cleo)
    his = opened(ben, world)
    marked = next(one for one in both if CARS in one.revisions.get().text)
    save(cleo, marked, form_of(cleo, marked, CARS.removesuffix(".")))

    status, page = send(ben, his)

    assert status == 422
    assert page.count("Cleo was faster") == 1
    assert his[1]["statement"] in page


def test_what_one_may_not_see_stops_nobody_in_a_list(world: World, both: list[Article]) -> None:
    ben, cleo = signed_in(world.ben), signed_in(world.cleo)
    his = opened(ben, world)
    for article, words in zip(both, (CARS, AS_WELL), strict=True):
        hers = form_of(cleo, article, words) | {"visibility": "private", "team": "", "audience": "private"}
        assert save(cleo, article, hers)[0] == 200

    assert send(ben, his)[0] == 200


@pytest.mark.usefixtures("both")
def test_sent_twice_or_waved_away_elsewhere_it_is_saved_once(world: World) -> None:
    ben = signed_in(world.ben)
    his = opened(ben, world)
    ben.post(his[0].replace("claim", "dismissal"))

    assert send(ben, his)[0] == 200
    status, page = send(ben, his)

    assert status == 200
    assert "You had marked this already" in page
    assert Claim.objects.get().statements.count() == 2


def test_of_a_sentence_that_is_gone_what_was_written_stays(world: World, both: list[Article]) -> None:
    ben = signed_in(world.ben)
    his = opened(ben, world)
    lead = Finding.objects.get(pk=his[1]["lead"])
    piece = next(one for one in both if one.pk == lead.article_id)
    piece.revise(as_text("<p>Nothing of it is left here.</p>"), world.ada)

    status, page = send(ben, his)

    assert status == 422
    assert "Its text was changed meanwhile." in page
    assert his[1]["statement"] in page
    assert not Claim.objects.exists()


def test_of_a_piece_that_is_hidden_meanwhile_nothing_is_worded_after_another(world: World, both: list[Article]) -> None:
    ben = signed_in(world.ben)
    his = opened(ben, world)
    lead, other = (Finding.objects.get(pk=his[1][name]) for name in ("lead", "with"))
    Article.objects.filter(pk=lead.article_id).update(visibility=Visibility.PRIVATE, team=None)

    status, page = send(ben, his)

    assert status == 422
    assert "is not there for you to mark any more" in page
    assert his[1]["statement"] in page
    assert lead.words not in page
    assert f'name="lead" value="{other.pk}"' in page
    assert not Claim.objects.exists()
