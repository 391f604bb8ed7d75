"""A condition in the words of a passage: the claim that it may be is offered, and the reader says whether it is."""

from django.test import Client

from reader.claims.models import Claim
from reader.claims.relations import Relation
from reader.core.visibility import Visibility
from reader.foresight.sweeps.models import Finding
from reader.library.models import Article
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.foresight.pieces import looked_through
from tests.foresight.test_sweeps import swept
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article

SCARCE = "High-end chips will stay scarce until 2028."
PRICES = "If chips stay scarce, then prices will double by 2029."
UNLESS = "Prices will double by 2029 unless chips stay scarce."
HTML = f"<p>{SCARCE}</p><p>{PRICES}</p><p>{UNLESS}</p>"


def piece(world: World) -> tuple[Article, Claim]:
    article = make_article("On chips", world.cleo, html=HTML)
    return article, make_claim(article, SCARCE, world.cleo)


def composer(client: Client, article: Article, words: str) -> str:
    asked = {"kind": "prediction", "exact": words}
    return client.get(f"{article.get_absolute_url()}highlights/new/", asked, headers=FRAGMENT).content.decode()


def marked(client: Client, article: Article, words: str, **more: object) -> int:
    said = {"kind": "prediction", "exact": words, "visibility": "private", "statement": words} | more
    return client.post(f"{article.get_absolute_url()}highlights/", said, headers=FRAGMENT).status_code


def test_a_claim_that_says_what_the_condition_says_is_offered(cleo: Client, world: World) -> None:
    article, scarce = piece(world)

    form = composer(cleo, article, PRICES)

    assert "If “chips stay scarce” is a claim of its own" in form
    assert f'name="depends_on" value="{scarce.pk}"' in form
    assert f'name="depends_on" value="{scarce.pk}" checked' not in form


def test_without_a_condition_nothing_is_offered(cleo: Client, world: World) -> None:
    article, _ = piece(world)

    assert "depends_on" not in composer(cleo, article, SCARCE)


def test_chosen_the_new_claim_depends_on_it(cleo: Client, world: World) -> None:
    article, scarce = piece(world)

    assert marked(cleo, article, PRICES, depends_on=scarce.pk) == 200

    relation = Relation.objects.get()
    assert (relation.other, relation.kind, relation.holds_if) == (scarce, "conditional", "happened")
    assert relation.claim.statement == PRICES


def test_unless_turns_it_round(cleo: Client, world: World) -> None:
    article, scarce = piece(world)

    marked(cleo, article, UNLESS, depends_on=scarce.pk)

    assert Relation.objects.get().holds_if == "did_not"


def test_not_chosen_nothing_depends(cleo: Client, world: World) -> None:
    article, _ = piece(world)

    marked(cleo, article, PRICES, depends_on="")

    assert not Relation.objects.exists()


def test_a_claim_that_one_may_not_see_is_refused_like_one_that_is_not(world: World) -> None:
    _, hidden = piece(world)
    article = make_article("On chips too", world.dov, html=HTML)

    for number in (hidden.pk, 999_999):
        assert marked(signed_in(world.dov), article, PRICES, depends_on=number) == 422
    assert f'value="{hidden.pk}"' not in composer(signed_in(world.dov), article, PRICES)
    assert not Claim.objects.filter(owner=world.dov).exists()


def test_a_claim_that_fewer_people_see_is_refused_and_nothing_is_saved(world: World) -> None:
    _, hidden = piece(world)
    article = make_article("On chips too", world.cleo, Visibility.PUBLIC, html=HTML)

    assert marked(signed_in(world.cleo), article, PRICES, visibility="public", depends_on=hidden.pk) == 422

    assert Claim.objects.count() == 1


def test_in_bulk_the_claim_of_a_wording_depends_on_it_too(cleo: Client, world: World) -> None:
    _, scarce = piece(world)
    swept(world.cleo, looked_through("More on chips", world.cleo, html=f"<p>{PRICES}</p>"))
    address = f"/foresight/wordings/{Finding.objects.get().wording_id}/claim/"

    form = cleo.get(address, headers=FRAGMENT).content.decode()
    cleo.post(address, {"statement": PRICES, "audience": "private", "depends_on": scarce.pk}, headers=FRAGMENT)

    assert f'name="depends_on" value="{scarce.pk}"' in form
    assert Relation.objects.get().other == scarce
