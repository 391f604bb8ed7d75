"""The pages on which a claim is assessed and judged: the words and the sources are before one's eyes."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.assessing import Round, assess, close_round, open_round
from reader.claims.disputing import dispute
from reader.claims.evidence import Source, add_evidence
from reader.claims.models import Claim, Statement
from reader.claims.scale import Grade
from tests.claims.ledger import QUOTES, judged, source, teams_claim
from tests.conftest import signed_in
from tests.world import World, make_highlight


@pytest.fixture
def claim(world: World) -> Claim:
    claim = teams_claim(world)
    add_evidence(
        claim,
        Source(bearing="for", url="https://example.com/released", title="The release", quote="Out today."),
        world.ben,
    )
    open_round(claim, world.ben)
    return claim


def grounds(html: str) -> str:
    return html.partition('<section class="grounds"')[2].partition("<form")[0]


def test_a_grader_has_the_words_and_the_sources_before_their_eyes(world: World, claim: Claim, cleo: Client) -> None:
    shown = grounds(cleo.get(f"/rounds/{Round.objects.get().pk}/assessments/").content.decode())

    mark = claim.statements.get().highlight_id
    assert "Mira Castell" in shown
    assert "said 17 May 2023" in shown
    assert f'<mark data-kind="prediction">{QUOTES[0]}</mark>, and of' in shown
    assert f'href="/articles/{world.shared.slug}/#h-{mark}"' in shown
    assert '<a href="https://example.com/released" rel="noopener noreferrer nofollow">The release' in shown
    assert "Out today." in shown


def test_nothing_is_changed_where_one_judges(world: World, claim: Claim, ben: Client) -> None:
    pages = [
        grounds(ben.get(f"/rounds/{Round.objects.get().pk}/assessments/").content.decode()),
        grounds(ben.get(f"{claim.get_absolute_url()}verdict/").content.decode()),
    ]

    for shown in pages:
        assert "The release" in shown
        assert "Remove" not in shown
        assert "Change who said it" not in shown


def test_what_a_grader_may_not_read_is_not_before_their_eyes(world: World, claim: Claim, cleo: Client) -> None:
    mark = make_highlight(world.private, "Nobody trains from scratch", world.cleo, "prediction")
    Statement.objects.create(claim=claim, highlight=mark, quote="For Cleo alone", said_on=date(2020, 1, 1))

    hers = grounds(cleo.get(f"/rounds/{Round.objects.get().pk}/assessments/").content.decode())
    ada = signed_in(world.ada).get(f"{claim.get_absolute_url()}verdict/").content.decode()

    assert "Nobody trains from scratch" in hers
    assert "Nobody trains from scratch" not in grounds(ada)


def test_whoever_decides_has_the_votes_before_their_eyes(world: World, claim: Claim, ada: Client, ben: Client) -> None:
    round_ = Round.objects.get()
    assess(round_, Grade(strict=75, charitable=75, difficulty=4), world.cleo, "Out, and open.")
    assert "Out, and open." not in ben.get(f"{claim.get_absolute_url()}verdict/").content.decode()
    close_round(round_, world.ben)

    shown = grounds(ben.get(f"{claim.get_absolute_url()}verdict/").content.decode())
    assert "Out, and open." in shown
    assert "difficulty 4 of 5" in shown

    disputed = dispute(judged(claim, world.ben, reason="It is on sale."), "It is not.", world.cleo)
    shown = grounds(ada.get(f"/disputes/{disputed.pk}/answer/").content.decode())
    assert "Out, and open." in shown
    assert "It is on sale." in shown


def test_whoever_votes_again_has_no_earlier_votes_before_their_eyes(world: World, claim: Claim, ada: Client) -> None:
    round_ = Round.objects.get()
    assess(round_, Grade(strict=75, charitable=75), world.cleo, "Out, and open.")
    close_round(round_, world.ben)
    another = open_round(claim, world.ben)

    assert "Out, and open." not in grounds(ada.get(f"/rounds/{another.pk}/assessments/").content.decode())


def test_queries_of_judging_do_not_grow(world: World, claim: Claim, ben: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ben.get(f"{claim.get_absolute_url()}verdict/").status_code == 200
        return len(queries)

    few = asked()
    for number in range(12):
        source(claim, world.ben, url=f"https://example.com/{number}")
        mark = make_highlight(world.public, QUOTES[number % 3], world.ben, "prediction", "public")
        Statement.objects.get_or_create(claim=claim, highlight=mark, defaults={"quote": mark.exact})

    assert asked() == few
