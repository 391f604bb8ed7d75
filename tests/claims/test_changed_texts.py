"""A prediction that its author edits: the claim keeps what was said, and says that the text was changed."""

import pytest
from django.test import Client

from reader.claims.models import Claim
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.notices.models import Kind, Notice
from reader.notices.wording import sentence
from tests.claims.predictions import make_claim
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_text
from tests.world import World

pytestmark = pytest.mark.django_db

EDITED = FIRST.replace("before the end of 2027", "before the end of 2029")
NOW = QUOTE.replace("2027", "2029")


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(piece(world), QUOTE, world.ada, Visibility.PUBLIC)


def edit(claim: Claim, words: str, world: World) -> None:
    claim.statements.get().highlight.article.revise(as_text(words), world.ada)


def page_of(client: Client, claim: Claim) -> str:
    answer = client.get(claim.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(cleo: Client, claim: Claim, world: World) -> None:
    assert "The text was changed on" not in page_of(cleo, claim)
    edit(claim, EDITED, world)

    page = page_of(cleo, claim)

    mark = claim.statements.get().highlight_id
    assert f'<mark data-kind="prediction">{QUOTE}</mark>' in page
    assert "The text was changed on" in page
    assert f">{NOW}</blockquote>" in page
    assert f'href="/highlights/{mark}/rewording/"' in page
    assert claim.statements.get().quote == QUOTE


def test_words_that_were_taken_out_are_told_of(cleo: Client, claim: Claim, world: World) -> None:
    edit(claim, "Nothing of it is left.", world)

    page = page_of(cleo, claim)

    assert f'<mark data-kind="prediction">{QUOTE}</mark>' in page
    assert "These words are no longer in it." in page


def test_words_that_were_put_back_are_as_they_were(cleo: Client, claim: Claim, world: World) -> None:
    edit(claim, EDITED, world)
    edit(claim, f"{FIRST} It was a slip.", world)

    assert "The text was changed on" not in page_of(cleo, claim)


@pytest.mark.parametrize("between", [EDITED, "Nothing of it is left."], ids=["edited", "taken out"])
def test_putting_them_back_is_told_as_that(cleo: Client, claim: Claim, world: World, between: str) -> None:
    edit(claim, between, world)
    told = Notice.objects.count()
    edit(claim, FIRST, world)

    assert "in which its words are as they were said" in page_of(cleo, claim)
    told_in_the_log = Event.objects.filter(verb__startswith="text ").order_by("pk").values_list("verb", flat=True)
    assert list(told_in_the_log)[1:] == ["text put back"]
    assert Notice.objects.count() == told


def test_a_change_around_the_words_is_none_of_them(cleo: Client, claim: Claim, world: World) -> None:
    edit(claim, f"Corrected today. {FIRST}", world)

    assert "The text was changed on" not in page_of(cleo, claim)
    assert not Event.objects.filter(verb__startswith="text ").exists()
    assert not Notice.objects.exists()


def test_the_history_says_who_brought_the_text(cleo: Client, claim: Claim, world: World) -> None:
    edit(claim, EDITED, world)
    edit(claim, "Nothing of it is left.", world)

    page = page_of(cleo, claim)

    assert page.index("in which its words are gone") < page.index("in which its words are changed")
    assert Event.objects.filter(verb="text changed", subject_id=claim.pk).get().actor == world.ada


def test_those_whose_claim_it_is_are_told(cleo: Client, world: World) -> None:
    article = piece(world)
    claim = make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)

    article.revise(as_text(EDITED), world.ada)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.actor) == (world.cleo, Kind.CHANGED, world.ada)
    assert sentence(notice).startswith("The words behind a claim were changed in its text: “")
    assert "The words behind a claim were changed" in cleo.get("/notices/").content.decode()
    assert notice.leads_to == claim.get_absolute_url()


def test_whoever_brings_the_text_needs_no_telling(claim: Claim, world: World) -> None:
    edit(claim, EDITED, world)

    assert not Notice.objects.exists()


def test_nobody_learns_of_a_claim_that_they_do_not_see(ada: Client, world: World) -> None:
    article = piece(world)
    claim = make_claim(article, QUOTE, world.cleo)

    article.revise(as_text(EDITED), world.ada)

    told = Event.objects.get(verb="text changed")
    assert (told.owner, told.visibility) == (world.cleo, Visibility.PRIVATE)
    assert ada.get(claim.get_absolute_url()).status_code == 404
    assert Notice.objects.get().recipient == world.cleo


def test_a_public_claim_says_nothing_of_a_private_mark(world: World, claim: Claim) -> None:
    statement = claim.statements.get()
    type(statement.highlight).objects.filter(pk=statement.highlight_id).update(visibility=Visibility.PRIVATE)

    edit(claim, EDITED, world)

    assert Event.objects.get(verb="text changed").visibility == Visibility.PRIVATE
