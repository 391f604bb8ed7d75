"""Two readers who make a claim of the same words: whoever saves second is told, and decides."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from reader.claims.models import Claim, Statement
from reader.core.visibility import Visibility
from reader.library.models import Article
from tests.conftest import signed_in
from tests.foresight.pieces import CARS, MODELS, looked_through
from tests.pages.asking import FRAGMENT
from tests.world import World

NOTICE = "Cleo made a claim of this passage just now."


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
    return asked | seen_by | {"exact": words, "statement": words, "made_here": made_here}


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
