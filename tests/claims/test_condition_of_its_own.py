"""A condition that no claim says is made a claim of its own, if the reader wants it, and the other depends on it."""

from datetime import date
from html import unescape

import pytest
from django.test import Client

from reader.claims.models import Claim, Statement
from reader.claims.queries import listed_claims
from reader.claims.relations import Relation
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.foresight.sweeps.models import Finding
from reader.highlights.models import Highlight
from reader.library.models import Article
from tests.claims.test_antecedents import PRICES, UNLESS, composer, marked
from tests.conftest import signed_in
from tests.foresight.pieces import looked_through
from tests.foresight.test_sweeps import swept
from tests.foresight.test_wordings import undo_of
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article

SCARCE = "Chips stay scarce."
NEW = {"depends_on": "new", "condition_statement": SCARCE}
IN_TIME = "If chips stay scarce until the end of 2027, then prices will double by 2029."


def piece(world: World, visibility: str = Visibility.PRIVATE) -> Article:
    return make_article("On chips", world.cleo, visibility, html=f"<p>{PRICES}</p><p>{UNLESS}</p><p>{IN_TIME}</p>")


def test_it_is_offered_filled_in_and_not_chosen(cleo: Client, world: World) -> None:
    form = composer(cleo, piece(world), PRICES)

    assert 'name="depends_on" value="new"><' in form
    assert 'name="depends_on" value="" checked' in form
    assert f'name="condition_statement" value="{SCARCE}"' in form


def test_its_time_is_shown_before_it_is_made(cleo: Client, world: World) -> None:
    form = unescape(composer(cleo, piece(world), IN_TIME))

    assert "Its time is read from “until the end of 2027”: 17 May 2023 – 31 December 2027." in form
    assert "No time is read from these words." in composer(cleo, piece(world), PRICES)


def test_chosen_both_claims_are_made_and_the_one_depends_on_the_other(cleo: Client, world: World) -> None:
    assert marked(cleo, piece(world), PRICES, **NEW) == 200

    relation = Relation.objects.get()
    assert (relation.claim.statement, relation.other.statement) == (PRICES, SCARCE)
    assert (relation.kind, relation.holds_if) == ("conditional", "happened")
    assert set(listed_claims(world.cleo)) == {relation.claim, relation.other}
    verbs = Event.objects.filter(subject_kind="claim", subject_id=relation.other.pk).values_list("verb", flat=True)
    assert "proposed" in verbs


def test_of_unless_it_counts_where_that_does_not_happen(cleo: Client, world: World) -> None:
    marked(cleo, piece(world), UNLESS, **NEW)

    assert Relation.objects.get().holds_if == "did_not"


@pytest.mark.parametrize("said", [{}, {"depends_on": "", "condition_statement": SCARCE}])
def test_not_chosen_no_claim_is_made_of_it(cleo: Client, world: World, said: dict[str, str]) -> None:
    marked(cleo, piece(world), PRICES, **said)

    assert Claim.objects.count() == 1


def test_nobody_is_said_to_have_predicted_it(cleo: Client, world: World) -> None:
    marked(cleo, piece(world), PRICES, speaker="Mira Castell", **NEW)

    statement = Statement.objects.get(claim__statement=SCARCE)
    assert (statement.speaker, statement.reported_by, statement.stance) == (None, None, "reports")


def test_the_hedge_of_what_depends_on_it_is_not_its_own(cleo: Client, world: World) -> None:
    words = PRICES.replace("will", "will probably")
    marked(cleo, make_article("On chips", world.cleo, html=f"<p>{words}</p>"), words, **NEW)

    pages = {one.statement: cleo.get(one.get_absolute_url()).content.decode() for one in Claim.objects.all()}

    assert "“probable” in this wording" in pages[words]
    assert "in this wording" not in pages[SCARCE]


def test_it_has_its_own_time_and_not_that_of_what_depends_on_it(cleo: Client, world: World) -> None:
    marked(cleo, piece(world), PRICES, **NEW)
    marked(
        cleo, piece(world), IN_TIME, depends_on="new", condition_statement="Chips stay scarce until the end of 2027."
    )

    ends = [one.window_end for one in Claim.objects.filter(statement__startswith=SCARCE[:-1]).order_by("pk")]
    assert ends == [None, date(2027, 12, 31)]


def test_without_words_it_is_refused_and_nothing_is_saved(cleo: Client, world: World) -> None:
    assert marked(cleo, piece(world), PRICES, depends_on="new", condition_statement=" ") == 422

    assert not Claim.objects.exists()
    assert not Highlight.objects.exists()


def test_sent_twice_it_is_made_once(cleo: Client, world: World) -> None:
    article = piece(world)
    marked(cleo, article, PRICES, **NEW)
    marked(cleo, article, PRICES, **NEW)

    assert Claim.objects.count() == 2
    assert Relation.objects.count() == 1


def test_those_see_it_who_see_what_depends_on_it(world: World) -> None:
    article = piece(world, Visibility.PUBLIC)

    marked(signed_in(world.cleo), article, PRICES, visibility="private", **NEW)

    assert set(Claim.objects.values_list("visibility", flat=True)) == {Visibility.PRIVATE}
    assert not listed_claims(world.dov).exists()


def test_it_goes_with_the_mark_and_comes_back_with_it(cleo: Client, world: World) -> None:
    marked(cleo, piece(world), PRICES, **NEW)
    mark = Highlight.objects.get()

    cleo.post(f"/highlights/{mark.pk}/deletion/")
    gone = listed_claims(world.cleo).count()
    cleo.post(f"/highlights/{mark.pk}/restoration/")

    assert gone == 0
    assert listed_claims(world.cleo).count() == 2


def test_without_scripts_it_comes_back_chosen_where_something_else_is_wrong(cleo: Client, world: World) -> None:
    said = {"kind": "prediction", "exact": PRICES, "visibility": "private", "window_end": "2019-01-01"} | NEW

    answer = cleo.post(f"{piece(world).get_absolute_url()}highlights/", said | {"window_kind": "window"})

    assert answer.status_code == 422
    assert b'name="depends_on" value="new" checked' in answer.content
    assert not Claim.objects.exists()


def test_in_bulk_each_sentence_states_the_claim_and_not_its_condition(cleo: Client, world: World) -> None:
    pieces = [looked_through(f"Chips {n}", world.cleo, html=f"<p>{PRICES}</p><p>No. {n}.</p>") for n in range(2)]
    swept(world.cleo, *pieces)
    lead, other = Finding.objects.order_by("-score", "pk")
    address = f"/foresight/wordings/{lead.wording_id}/claim/"
    said = {"statement": PRICES, "audience": "private", "with": str(other.pk)} | NEW

    form = cleo.get(address, headers=FRAGMENT).content.decode()
    answer = cleo.post(address, said, headers=FRAGMENT).content.decode()
    stated = {one.statement: one.statements.count() for one in Claim.objects.all()}
    cleo.post(undo_of(answer), headers=FRAGMENT)

    assert f'value="{SCARCE}"' in form
    assert stated == {PRICES: 2, SCARCE: 1}
    assert not listed_claims(world.cleo).exists()
