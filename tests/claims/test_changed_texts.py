"""A prediction that its author edits: the claim keeps what was said, and says that the text was changed."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from reader.claims.models import Claim
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.notices.models import Kind, Notice
from reader.notices.wording import sentence
from tests.claims.predictions import make_claim
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_text, shelve_piece
from tests.world import World, make_highlight

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
    assert "This passage is no longer in it." in page


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


def test_they_are_told_of_words_that_are_gone(cleo: Client, world: World) -> None:
    article = piece(world)
    make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)

    article.revise(as_text("Nothing of it is left."), world.ada)

    assert sentence(Notice.objects.get()).startswith("The words behind a claim are no longer in its text: “")


def test_whose_claim_it_is_hears_of_no_text_that_they_cannot_read(claim: Claim, world: World) -> None:
    """Cleo's private piece says what Ada's public claim says; nobody else knows that there is one."""
    diary = shelve_piece(world.cleo, "Diary", words=f"{FIRST}\nSo much for that.")
    mark = make_highlight(diary, QUOTE, world.cleo, "prediction")
    said = claim.statements.get()
    said.pk, said.highlight = None, mark
    said.save()

    diary.revise(as_text(EDITED), None)

    assert [notice.recipient for notice in Notice.objects.all()] == [world.cleo]


def test_another_team_reads_nothing_of_a_mark_that_it_does_not_see(dov: Client, world: World) -> None:
    article = piece(world)
    claim = make_claim(article, QUOTE, world.dov, Visibility.TEAM, world.harbour)
    said = claim.statements.get()
    said.highlight = make_highlight(article, QUOTE, world.ada, "prediction", Visibility.TEAM, world.foundry)
    said.save()

    article.revise(as_text(EDITED), world.ada)

    assert Event.objects.filter(verb="text changed", subject_id=claim.pk).exists()
    assert "in which its words are changed" not in page_of(dov, claim)


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


NOTE = f"Correction: we took out “{QUOTE}” because it was wrong."
WITHOUT = FIRST.replace(f"{QUOTE}, the desk believes, and nobody will mourn them.", "Nobody will mourn the prices.")


@pytest.mark.parametrize("text", [f"{NOTE}\n{WITHOUT}", f"{WITHOUT}\n{NOTE}"], ids=["at the top", "at the end"])
def test_a_correction_that_quotes_them_is_told_of(cleo: Client, claim: Claim, world: World, text: str) -> None:
    edit(claim, text, world)

    page = page_of(cleo, claim)

    assert f'<mark data-kind="prediction">{QUOTE}</mark>, the desk believes, and nobody will mourn them.' in page
    assert "the text quotes these words instead of saying them." in page
    assert f'Correction: we took out “<mark data-kind="prediction">{QUOTE}</mark>” because it was wrong.<' in page
    assert "in which the sentence around its words is changed" in page


def test_a_sentence_that_takes_them_back_is_told_of(cleo: Client, claim: Claim, world: World) -> None:
    edit(claim, FIRST.replace(QUOTE, f"We no longer think that {QUOTE}"), world)

    page = page_of(cleo, claim)

    assert "The sentence around these words was changed on" in page
    assert f'>We no longer think that <mark data-kind="prediction">{QUOTE}</mark>, the desk believes' in page
    assert f'href="/highlights/{claim.statements.get().highlight_id}/rewording/"' in page


def test_it_is_told_until_the_sentence_is_as_it_was(cleo: Client, claim: Claim, world: World) -> None:
    turned = FIRST.replace(QUOTE, f"We no longer think that {QUOTE}")
    edit(claim, turned, world)
    edit(claim, f"{turned} Thanks to all who wrote.", world)
    assert "The sentence around these words was changed on" in page_of(cleo, claim)

    edit(claim, f"{FIRST} Thanks to all who wrote.", world)

    page = page_of(cleo, claim)
    assert "around these words" not in page
    assert "in which its words are as they were said" in page
    told = Event.objects.filter(verb__startswith="text ").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["text around changed", "text put back"]


def test_those_whose_claim_it_is_hear_of_another_sentence(world: World) -> None:
    article = piece(world)
    make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)

    article.revise(as_text(f"{WITHOUT}\n{NOTE}"), world.ada)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (world.cleo, Kind.CHANGED)
    assert sentence(notice).startswith("The sentence around the words behind a claim was changed in its text: “")


def test_a_paragraph_that_moved_is_nothing_to_tell(cleo: Client, claim: Claim, world: World) -> None:
    first, second, third = FIRST.split("\n")

    edit(claim, f"{first}\n{third}\n{second}", world)

    assert '<div class="reworded">' not in page_of(cleo, claim)
    assert not Event.objects.filter(verb__startswith="text ").exists()
    assert not Notice.objects.exists()


def test_words_that_come_back_in_a_correction_are_not_said_again(cleo: Client, claim: Claim, world: World) -> None:
    edit(claim, WITHOUT, world)
    edit(claim, f"{WITHOUT}\n{NOTE}", world)

    page = page_of(cleo, claim)

    assert "in which its words are as they were said" not in page
    assert '<div class="reworded">' in page


def test_each_text_has_its_wording(cleo: Client, claim: Claim, world: World) -> None:
    """A day that slides: each step is small, and what was said first is against what is said by now."""
    for year in ("2028", "2028", "2029", "2031"):
        edit(claim, f"{FIRST.replace('2027', year)} Edition of {year}{len(Event.objects.all())}.", world)

    page = page_of(cleo, claim)

    assert "The text was changed 3 times." in page
    assert f'<mark data-kind="prediction">{QUOTE}</mark>' in page
    told = page[page.index('<ol class="wordings">') : page.index("</ol>", page.index('<ol class="wordings">'))]
    places = [told.index(f">{QUOTE.replace('2027', year)}</blockquote>") for year in ("2028", "2029", "2031")]
    assert places == sorted(places)
    assert told.count("<time") == 3
    assert page.count("in which its words are changed") == 3


def test_each_step_of_a_slide_is_told(world: World) -> None:
    article = piece(world)
    make_claim(article, QUOTE, world.cleo, Visibility.PUBLIC)

    for year in ("2028", "2029", "2031"):
        article.revise(as_text(FIRST.replace("2027", year)), world.ada)

    assert Notice.objects.filter(recipient=world.cleo, kind=Kind.CHANGED).count() == 3


def test_words_that_went_between_are_told_as_that(cleo: Client, claim: Claim, world: World) -> None:
    for text in (EDITED, WITHOUT, FIRST.replace("2027", "2031")):
        edit(claim, text, world)

    page = page_of(cleo, claim)

    assert "The text was changed 3 times." in page
    assert page.count("<p>This passage is not in it.</p>") == 1


def revised_on(world: World, *moments: datetime) -> Claim:
    """A claim of the first of these, whose piece got another text on each of the others."""
    first, *others = moments
    with time_machine.travel(first):
        claim = make_claim(piece(world), QUOTE, world.ada, Visibility.PUBLIC)
    for year, came in enumerate(others, start=2029):
        with time_machine.travel(came):
            edit(claim, FIRST.replace("2027", str(year)), world)
    return claim


def test_texts_of_different_days_are_told_by_their_days(cleo: Client, world: World) -> None:
    claim = revised_on(world, datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC))

    page = page_of(cleo, claim)

    assert ">1 March 2026</time>" in page
    assert ">2 March 2026</time>" in page


def test_texts_of_one_day_are_told_to_the_minute(cleo: Client, world: World) -> None:
    morning, evening = datetime(2026, 3, 2, 8, 30, tzinfo=UTC), datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    claim = revised_on(world, datetime(2026, 3, 1, 12, tzinfo=UTC), morning, evening)

    page = page_of(cleo, claim)

    assert ">2 March 2026, 08:30</time>" in page
    assert ">2 March 2026, 17:30</time>" in page


def test_of_many_wordings_the_newest_are_shown(cleo: Client, claim: Claim, world: World) -> None:
    for year in range(2028, 2042):
        edit(claim, FIRST.replace("2027", str(year)), world)

    page = page_of(cleo, claim)

    assert "The text was changed 14 times." in page
    assert f">{QUOTE.replace('2027', '2031')}</blockquote>" not in page
    assert page.count('<li><p class="facts"><time') >= 10


SLIDING = (
    "Prices will fall by half before the end of 2027",
    "Prices of chips will fall by half before the end of the decade",
    "Prices of chips may well fall by a third before the decade is over",
    "What one pays for chips may well sink by a third, once the decade is over",
    "What one pays for chips may well sink somewhat, once these years are over",
)


def test_where_hardly_anything_is_left_the_page_says_so(cleo: Client, claim: Claim, world: World) -> None:
    for words in SLIDING[1:]:
        edit(claim, FIRST.replace(QUOTE, words), world)

    assert "Hardly anything of these words is left." in page_of(cleo, claim)


def test_a_public_claim_says_nothing_of_a_private_mark(world: World, claim: Claim) -> None:
    statement = claim.statements.get()
    type(statement.highlight).objects.filter(pk=statement.highlight_id).update(visibility=Visibility.PRIVATE)

    edit(claim, EDITED, world)

    assert Event.objects.get(verb="text changed").visibility == Visibility.PRIVATE
