"""The texts of a piece: the history, an old one, two beside each other, and a new one."""

import re
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.proposing import propose, read_proposal
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight, Kind
from reader.intake.models import Draft
from reader.intake.reading import Form
from reader.library.models import Article, Text
from reader.library.shelving import Details, shelve
from reader.pages import carried_marks
from tests.highlights.chips import FIRST, QUOTE, piece
from tests.library.pieces import as_html, as_text, shelve_piece
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

EDITED = FIRST.replace("2027", "2029")
TURNED = FIRST.replace(QUOTE, f"We no longer think that {QUOTE}")
PASTE = "Chips\n\nMira Castell\n\n" + EDITED.replace("\n", "\n\n")


@pytest.fixture
def article(world: World) -> Article:
    return piece(world)


def page_of(client: Client, article: Article, tail: str = "") -> str:
    answer = client.get(f"{article.get_absolute_url()}{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_history_tells_of_each_text(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada, visibility=Visibility.PUBLIC)
    make_highlight(article, "The foundries have ordered more machines", world.ada, visibility=Visibility.PUBLIC)
    shorter = EDITED.partition("\nThe foundries")[0]
    article.revise(as_text(shorter), world.ada)

    page = page_of(ada, article, "revisions/")

    assert "Text 2, the newest" in page
    assert "The first text" in page
    assert "pasted as plain text by Ada" in page
    assert "14 words fewer" in page
    assert "in place" not in page
    assert "1 mark reworded" in page  # 2027 was marked
    assert "1 lost its place" in page


def test_the_history_counts_reworded_marks_apart(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, "The foundries have ordered more machines", world.ada)
    make_highlight(article, "ordered more machines", world.ada)
    article.revise(as_text(EDITED), world.ada)

    page = page_of(ada, article, "revisions/")

    assert "2 marks in place" in page
    assert "1 reworded" in page
    assert "lost" not in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (as_text(TURNED), "1 in a sentence that was changed"),
        (as_text(FIRST.replace("them.", "them. I take it back.")), "1 with a new remark beside it"),
        (as_html(f"<p>{FIRST.replace(QUOTE, f'<del>{QUOTE}</del>')}</p>"), "1 crossed out"),
    ],
    ids=["turned round", "taken back beside it", "crossed out"],
)
def test_the_history_counts_what_takes_a_mark_back_apart(
    ada: Client, article: Article, world: World, text: Text, told: str
) -> None:
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, "The foundries have ordered more machines", world.ada)
    article.revise(text, world.ada)

    page = page_of(ada, article, "revisions/")

    assert "<span>1 mark in place</span>" in page
    assert f"<span>{told}</span>" in page


def test_a_turned_mark_is_counted_in_each_text_for_itself(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(TURNED), world.ada)
    article.revise(as_text(f"{FIRST} And more."), world.ada)
    article.revise(as_text(f"{TURNED} And more."), world.ada)

    page = page_of(ada, article, "revisions/")

    assert page.count("<span>1 mark in a sentence that was changed</span>") == 2
    assert page.count("<span>1 mark in place</span>") == 1


def test_of_very_many_the_newest_texts_are_read_for_turned_sentences(
    ada: Client, article: Article, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried_marks, "MOST_SENTENCES", 1)
    make_highlight(article, QUOTE, world.ada)
    make_highlight(article, QUOTE[:-4], world.ada)
    article.revise(as_text(TURNED.replace(QUOTE, QUOTE.replace("half", "a third"))), world.ada)
    article.revise(as_text(TURNED), world.ada)

    newer, _, older = page_of(ada, article, "revisions/").partition("in a sentence that was changed")

    assert "<span>1 mark in place</span>" in newer
    assert "<span>2 marks reworded</span>" in older


def test_marks_that_were_made_in_a_turned_sentence_are_in_place(ada: Client, article: Article, world: World) -> None:
    article.revise(as_text(TURNED), world.ada)
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(f"{TURNED} And more."), world.ada)

    assert "sentence that was changed" not in page_of(ada, article, "revisions/")


def test_more_turned_marks_ask_no_more_queries(ada: Client, article: Article, world: World) -> None:
    struck = as_html(f"<p>{TURNED.replace(QUOTE, f'<s>{QUOTE}</s>')}</p>")
    make_highlight(article, QUOTE, world.ada)
    article.revise(struck, world.ada)
    one = queries_of(ada, article)
    words = QUOTE.split()
    for at in range(len(words) - 1):
        make_highlight(article, f"{words[at]} {words[at + 1]}", world.ada)
    article.revise(as_text(FIRST), world.ada)
    article.revise(struck, world.ada)

    assert queries_of(ada, article) == one


def test_a_date_shows_its_time_where_the_day_does_not_tell(ada: Client, article: Article, world: World) -> None:
    def days() -> list[str]:
        page = page_of(ada, article, "revisions/")
        return re.findall(r'<time datetime="[^"]+" title="\d+ \w+ \d{4}, \d\d:\d\d">([^<]+)</time>', page)

    with time_machine.travel("2031-05-17 10:30", tick=False):
        article.revise(as_text(EDITED), world.ada)
    assert [len(day.split()) for day in days()] == [3, 3]
    with time_machine.travel("2031-05-17 11:45", tick=False):
        article.revise(as_text(FIRST), world.ada)

    newest_day, second_day, first_day = days()
    assert re.fullmatch(r"17 May 2031, \d\d:45", newest_day)
    assert re.fullmatch(r"17 May 2031, \d\d:30", second_day)
    assert ":" not in first_day
    assert newest_day in page_of(ada, article, "revisions/3/comparison/")
    assert second_day in page_of(ada, article, "revisions/2/")


def compare(client: Client, article: Article, old: str | int, new: str | int) -> Any:
    return client.get(f"{article.get_absolute_url()}revisions/comparison/", {"old": old, "new": new})


def test_any_two_texts_can_be_compared(ada: Client, article: Article, world: World) -> None:
    article.revise(as_text(EDITED), world.ada)
    assert "Compare them" not in page_of(ada, article, "revisions/")  # with two there is nothing to choose
    article.revise(as_text(FIRST), world.ada)

    page = page_of(ada, article, "revisions/")
    assert "Compare them" in page
    assert page.count('<option value="1" selected>') == page.count('<option value="3" selected>') == 1
    for asked in ((1, 3), (3, 1)):
        answer = compare(ada, article, *asked)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{article.get_absolute_url()}revisions/3/comparison/?from=1"
    assert "the same, letter for letter" in page_of(ada, article, "revisions/3/comparison/?from=1")


@pytest.mark.parametrize(("old", "new"), [(1, 1), (1, 9), ("", 2), ("x", "9" * 40), (-1, 2)])
def test_what_cannot_be_compared_is_said(
    ada: Client, article: Article, world: World, old: str | int, new: str | int
) -> None:
    article.revise(as_text(EDITED), world.ada)

    answer = compare(ada, article, old, new)

    assert answer.status_code == 422
    assert "Compare them" in answer.content.decode()


def test_asked_for_no_texts_it_leads_to_where_they_are_chosen(ada: Client, article: Article) -> None:
    answer = ada.get(f"{article.get_absolute_url()}revisions/comparison/")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{article.get_absolute_url()}revisions/")


def test_who_may_not_read_the_piece_compares_nothing(dov: Client, world: World) -> None:
    world.shared.revise(as_text("Another text of it."), world.ada)

    assert compare(dov, world.shared, 1, 2).status_code == 404
    assert compare(dov, world.shared, 1, 1).status_code == 404


def test_marks_that_one_does_not_see_are_not_counted(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.cleo)
    article.revise(as_text("Nothing of it is left."), world.ada)

    assert "lost" not in page_of(ada, article, "revisions/")
    assert "lost" not in page_of(ada, article)


def test_more_texts_ask_no_more_queries(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(EDITED), world.ada)
    few = queries_of(ada, article)
    for number in range(8):
        article.revise(as_text(f"{FIRST} {number}"), world.ada)

    assert queries_of(ada, article) == few


def queries_of(client: Client, article: Article, tail: str = "revisions/") -> int:
    with CaptureQueriesContext(connection) as asked:
        page_of(client, article, tail)
    return len(asked)


def test_a_piece_whose_marks_have_their_place_asks_for_no_lost_ones(
    ada: Client, world: World, article: Article
) -> None:
    make_highlight(article, QUOTE, world.ada)
    page_of(ada, article)
    plain = queries_of(ada, article, "")
    article.revise(as_text(FIRST + " More."), world.ada)
    page_of(ada, article)

    what_they_were = 2  # where its marks stood as they were made, and that text
    assert queries_of(ada, article, "") == plain + what_they_were


def test_an_old_text_can_be_read_with_the_marks_that_it_had(ada: Client, article: Article, world: World) -> None:
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text("Nothing of it is left."), world.ada)

    page = page_of(ada, article, "revisions/1/")

    assert f'<mark id="h-{highlight.pk}"' in page
    assert "This is the first text" in page


def test_the_newest_text_is_the_piece_itself(ada: Client, article: Article) -> None:
    answer = ada.get(f"{article.get_absolute_url()}revisions/1/")

    assert (answer.status_code, answer.headers["Location"]) == (303, article.get_absolute_url())


@pytest.mark.parametrize(
    "tail",
    ["revisions/9/", "revisions/1/comparison/", "revisions/2/comparison/?from=2", "revisions/2/comparison/?from=7"],
)
def test_it_handles_missing(ada: Client, article: Article, world: World, tail: str) -> None:
    article.revise(as_text(EDITED), world.ada)

    assert ada.get(f"{article.get_absolute_url()}{tail}").status_code == 404


@pytest.mark.parametrize("view", ["", "?view=inline"])
def test_two_texts_are_compared_with_the_marks_of_both(ada: Client, article: Article, world: World, view: str) -> None:
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(EDITED), world.ada)

    page = page_of(ada, article, f"revisions/2/comparison/{view}")

    assert f'<del><mark data-highlight="{highlight.pk}" class="highlight" data-mine>2027</mark></del>' in page
    assert f'<ins><mark data-highlight="{highlight.pk}" class="highlight" data-mine>2029</mark></ins>' in page
    assert f'data-view="{"inline" if view else "side"}"' in page


def test_a_comparison_shows_no_marks_of_others(cleo: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(EDITED), world.ada)

    assert "<mark" not in page_of(cleo, article, "revisions/2/comparison/")


def test_texts_of_the_same_words_say_so(ada: Client, article: Article, world: World) -> None:
    kept = newest(article)
    linked = as_text(FIRST)
    article.revise(
        type(linked)(html=kept.html.replace("chip", "<em>chip</em>"), text=kept.text, raw="", source_kind="paste"),
        world.ada,
    )

    assert "The words are the same." in page_of(ada, article, "revisions/2/comparison/")


def test_a_card_says_that_its_passage_was_changed(ada: Client, article: Article, world: World) -> None:
    highlight = make_highlight(article, QUOTE, world.ada)
    assert "was changed after it was marked" not in page_of(ada, article)
    article.revise(as_text(EDITED), world.ada)

    page = page_of(ada, article)
    answer = ada.get(f"/highlights/{highlight.pk}/rewording/", follow=True)

    assert page.count("This passage was changed after it was marked") == 1
    assert QUOTE in page
    assert "Text changed" in page
    assert '<div class="pair" data-change="changed" id="mark">' in answer.content.decode()
    assert answer.redirect_chain == [
        (f"{article.get_absolute_url()}revisions/2/comparison/?from=1&mark={highlight.pk}#mark", 303)
    ]


CORRECTED = (
    f"{FIRST.replace(f'{QUOTE}, the desk believes, and nobody', 'Nobody')}\nWe took out “{QUOTE}”: it was wrong."
)


@pytest.mark.parametrize(
    ("text", "summary", "now"),
    [
        (TURNED, "The sentence around this passage was changed", "We no longer think that <mark>"),
        (CORRECTED, "The text quotes this passage now, instead of saying it", "We took out “<mark>"),
    ],
    ids=["turned round", "quoted in a correction"],
)
def test_a_card_says_that_its_sentence_is_another(
    ada: Client, article: Article, world: World, text: str, summary: str, now: str
) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(text), world.ada)

    page = page_of(ada, article)

    assert f"<summary>{summary}</summary>" in page
    assert f"<mark>{QUOTE}</mark>, the desk believes, and nobody will mourn them.</p>" in page
    assert f"{now}{QUOTE}</mark>" in page


def test_clauses_that_changed_places_are_told_as_moved(ada: Client, article: Article, world: World) -> None:
    oil, gas = "oil will fall by half before the end of 2027", "gas will rise by a third in the year 2028"
    article.revise(as_text(f"{FIRST}\nO{oil[1:]} and {gas}."), world.ada)
    mark = make_highlight(article, gas, world.ada, Kind.PREDICTION)
    claim = propose(mark, read_proposal(gas, article), world.ada)
    article.revise(as_text(f"{FIRST}\nG{gas[1:]} and {oil}."), world.ada)

    assert "<summary>This passage moved within its sentence</summary>" in page_of(ada, article)
    assert "These words moved within their sentence on" in ada.get(claim.get_absolute_url()).content.decode()
    assert "<span>1 mark moved along</span>" in ada.get(f"{article.get_absolute_url()}revisions/").content.decode()
    assert not Event.objects.filter(subject_kind="claim", verb__startswith="text ").exists()


def test_a_card_says_where_hardly_anything_is_left(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    for words in (
        "Prices of chips will fall by half before the end of the decade",
        "Prices of chips may well fall by a third before the decade is over",
        "What one pays for chips may well sink by a third, once the decade is over",
    ):
        article.revise(as_text(FIRST.replace(QUOTE, words)), world.ada)

    page = page_of(ada, article)

    assert "<summary>Hardly anything is left here of what was marked</summary>" in page
    assert f'dir="auto">{QUOTE}</p>' in page or f"<mark>{QUOTE}</mark>" in page


def test_only_a_piece_with_another_text_asks_what_its_marks_were(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, QUOTE, world.ada)
    assert not asks_for_beginnings(ada, article)

    article.revise(as_text(TURNED), world.ada)

    assert asks_for_beginnings(ada, article)


def asks_for_beginnings(client: Client, article: Article) -> bool:
    with CaptureQueriesContext(connection) as asked:
        page_of(client, article)
    return any('"reader_anchor"."method"' in one["sql"] for one in asked)


@pytest.mark.parametrize("change", [("chip market", "market for chips"), ("'", "’"), (" ", "  ")])
def test_a_card_says_nothing_where_its_own_words_are_the_same(
    ada: Client, article: Article, world: World, change: tuple[str, str]
) -> None:
    make_highlight(article, QUOTE, world.ada)
    article.revise(as_text(FIRST.replace(*change) + " And more."), world.ada)

    assert "was changed after it was marked" not in page_of(ada, article)


def test_a_mark_whose_text_never_changed_leads_to_its_passage(ada: Client, article: Article, world: World) -> None:
    highlight = make_highlight(article, QUOTE, world.ada)

    answer = ada.get(f"/highlights/{highlight.pk}/rewording/")

    assert answer.headers["Location"] == highlight.get_absolute_url()


def hand_in(client: Client, article: Article, words: str = PASTE) -> str:
    answer = client.post(f"{article.get_absolute_url()}revisions/new/", {"text": words})
    assert answer.status_code == 303
    return answer.headers["Location"]


def said(**changes: Any) -> dict[str, Any]:
    return {"action": "save", "title": "Chips", "subtitle": "", "audience": "unknown", "truncated": "no"} | changes


HEADED = PASTE.replace("Chips\n", "Chips get dear & rare\n", 1)


def test_another_headline_is_offered_and_not_taken_unasked(ada: Client, article: Article) -> None:
    address = hand_in(ada, article, HEADED)

    page = ada.get(address).content.decode()
    assert 'The new text is headed “<span dir="auto">Chips get dear &amp; rare</span>”.' in page
    assert "Take this title, too?" in page
    assert "checked" not in page.partition('id="headed"')[2].partition("</div>")[0]
    ada.post(address, said())

    article.refresh_from_db()
    assert EDITED in newest(article).text
    assert article.title == "Chips"


def test_a_title_that_is_typed_goes_before_a_tick(ada: Client, article: Article) -> None:
    ada.post(hand_in(ada, article, HEADED), said(take_title="on", title="Dear chips"))

    article.refresh_from_db()
    assert article.title == "Dear chips"


def test_another_headline_is_taken_with_a_tick_and_given_back_by_undo(ada: Client, article: Article) -> None:
    answer = ada.post(hand_in(ada, article, HEADED), said(take_title="on"), follow=True)

    article.refresh_from_db()
    assert article.title == "Chips get dear & rare"
    assert "It is called “Chips get dear &amp; rare” now." in answer.content.decode()
    told = Event.objects.get(subject_kind="article", subject_id=article.pk, verb="described")
    assert (told.actor_id, told.detail["before"]["title"]) == (article.owner_id, "Chips")
    assert told.detail["after"]["title"] == "Chips get dear & rare"
    assert 'called “<span dir="auto">Chips</span>” again' in page_of(ada, article, "revisions/1/restoration/")
    ada.post(f"{article.get_absolute_url()}revisions/2/undoing/")
    article.refresh_from_db()
    assert (newest(article).text, article.title) == (FIRST, "Chips")


def test_a_tick_stays_while_lines_are_sorted(ada: Client, article: Article) -> None:
    address = hand_in(ada, article, HEADED)

    answer = ada.post(address, said(action="preview", take_title="on"), headers=FRAGMENT)

    offer = answer.content.decode().partition('hx-target="#headed"')[2]
    assert "Chips get dear" in offer
    assert " checked" in offer


@pytest.mark.parametrize("headline", ["Chips", "“CHIPS”"])
def test_the_same_headline_is_not_offered(ada: Client, article: Article, headline: str) -> None:
    page = ada.get(hand_in(ada, article, PASTE.replace("Chips\n", f"{headline}\n", 1))).content.decode()

    assert "The new text is headed" not in page


def test_a_new_text_is_looked_at_before_it_takes_the_place_of_the_old(ada: Client, article: Article) -> None:
    address = hand_in(ada, article)

    page = ada.get(address).content.decode()
    assert "Make it the text" in page
    assert "2029" in page
    assert newest(article).number == 1

    answer = ada.post(address, said(), follow=True)
    assert "The piece has its new text." in answer.content.decode()
    assert newest(article).number == 2
    assert newest(article).raw == PASTE
    assert ada.get(address).headers["Location"] == article.get_absolute_url()


def test_the_marks_that_would_lose_their_place_are_counted_before(ada: Client, article: Article, world: World) -> None:
    def warned(words: str) -> str:
        page = ada.get(hand_in(ada, article, words)).content.decode()
        return " ".join(part.partition(";")[0] for part in re.findall(r"[^>]*would lose[^<]*", page)).strip()

    other = "Chips\n\nMira Castell\n\nOf something else entirely, which nobody has marked."
    assert warned(other) == ""
    make_highlight(article, QUOTE, world.ada)
    assert warned(other) == "The mark would lose its place in this text"
    make_highlight(article, "The foundries have ordered more machines", world.ada, visibility=Visibility.PUBLIC)
    make_highlight(article, "chip", world.cleo)  # hers alone
    assert warned(other) == "Both marks would lose their place in this text"
    assert (
        warned(f"{other}\n\nThe foundries have ordered more machines.")
        == "1 of 2 marks would lose its place in this text"
    )
    assert warned(PASTE) == ""


def test_they_are_counted_anew_with_each_line_that_is_taken_out(ada: Client, article: Article, world: World) -> None:
    make_highlight(article, "The foundries have ordered more machines", world.ada)
    address = hand_in(ada, article)
    page = ada.get(address)
    assert "would lose" not in page.content.decode()
    [line] = [one.number for one in page.context["left_in"] if one.text.startswith("The foundries")]

    part = ada.post(address, said(action="preview", drop=line), headers=FRAGMENT).content.decode()

    assert "The mark would lose its place" in part.partition('<hx-partial hx-target="#outlook"')[2]


def test_sent_twice_it_is_one_text(ada: Client, article: Article) -> None:
    address = hand_in(ada, article)

    for _ in range(2):
        assert ada.post(address, said()).status_code == 303

    assert newest(article).number == 2


def test_the_whole_text_takes_the_place_of_a_preview(ada: Client, world: World) -> None:
    article = shelve_piece(
        world.ada, "Chips", words=FIRST.partition("\n")[0], truncated=True, truncation_evidence="Subscribe to read on"
    )
    assert "Paste the whole text" in page_of(ada, article)
    assert "by the bookmarklet" not in page_of(ada, article)  # there is no page to send
    Article.objects.filter(pk=article.pk).update(canonical_url="https://site.example/chips")
    assert "by the bookmarklet" in page_of(ada, article)

    ada.post(hand_in(ada, article), said(audience="only_paid"))

    article.refresh_from_db()
    assert (article.truncated, article.truncation_evidence, article.audience) == (False, "", "only_paid")
    assert "This is a preview" not in page_of(ada, article)


def test_what_is_not_asked_for_stays(ada: Client, world: World) -> None:
    ada.post(hand_in(ada, world.public), said(title="Another title"))

    article = Article.objects.get(pk=world.public.pk)
    assert article.title == "Another title"
    assert (str(article.publication), article.published_in_words) == ("The Gradient Ledger", "17 May 2023")
    assert [author.name for author in article.authors.all()] == ["Mira Castell"]


def test_the_same_text_is_refused_and_what_was_typed_stays(ada: Client, article: Article) -> None:
    ada.post(hand_in(ada, article), said())
    address = hand_in(ada, article)

    answer = ada.post(address, said(title="Typed anew"))

    assert answer.status_code == 409
    assert "This is the text that is here already" in answer.content.decode()
    assert 'value="Typed anew"' in answer.content.decode()
    assert newest(article).number == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "There is nothing here yet."),
        ("  \n", "There is nothing here yet."),
        ("# ", "no"),
        ("* * *\n\n—", "no words"),
    ],
)
def test_an_empty_text_is_refused(ada: Client, article: Article, words: str, told: str) -> None:
    answer = ada.post(f"{article.get_absolute_url()}revisions/new/", {"text": words})

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_it_answers_fragment(ada: Client, article: Article) -> None:
    answer = ada.post(hand_in(ada, article), said(action="preview"), headers=FRAGMENT)

    assert answer.content.decode().lstrip().startswith("<section")
    assert newest(article).number == 1


def test_it_requires_the_right_to_change_the_piece(cleo: Client, ada: Client, article: Article) -> None:
    address = hand_in(ada, article)

    assert "Replace the text" not in page_of(cleo, article)
    assert cleo.get(f"{article.get_absolute_url()}revisions/new/").status_code == 403
    assert cleo.post(address, said()).status_code == 403


def test_it_checks_ownership_of_the_draft(ben: Client, ada: Client, article: Article, dov: Client) -> None:
    address = hand_in(ada, article)

    assert ben.post(address, said()).status_code == 404
    assert newest(article).number == 1


@pytest.fixture
def known(world: World) -> Article:
    details = Details(title="Chips", canonical_url="https://ledger.example.org/chips")
    article, _ = shelve(details, as_text(FIRST), world.ada, Visibility.PUBLIC)
    return article


def new_piece(**changes: Any) -> dict[str, Any]:
    more = {"authors": "", "publication": "", "published": "", "published_precision": "", "seen_by": "private"}
    return said(canonical_url="https://ledger.example.org/chips?utm_source=mail", **more) | changes


def test_another_text_of_a_piece_that_is_here_is_offered_as_its_new_one(
    ada: Client, world: World, known: Article
) -> None:
    draft = Draft.objects.create(owner=world.ada, raw=PASTE, form=Form.TEXT)

    answer = ada.post(draft.get_absolute_url(), new_piece())

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "is here already, with another text" in page
    assert "Make this its new text" in page
    assert Article.objects.filter(title="Chips").count() == 1
    answer = ada.post(f"{known.get_absolute_url()}revisions/new/", new_piece(draft=draft.pk))
    ada.post(answer.headers["Location"], said())
    assert newest(known).number == 2
    assert "2029" in newest(known).text


def test_whoever_may_not_change_it_opens_it(cleo: Client, world: World, known: Article) -> None:
    draft = Draft.objects.create(owner=world.cleo, raw=PASTE, form=Form.TEXT)

    answer = cleo.post(draft.get_absolute_url(), new_piece(), follow=True)

    assert "not added twice" in answer.content.decode()
    assert newest(known).number == 1


def test_nobody_takes_the_draft_of_another(ben: Client, world: World, known: Article) -> None:
    draft = Draft.objects.create(owner=world.ada, raw=PASTE, form=Form.TEXT)

    assert ben.post(f"{known.get_absolute_url()}revisions/new/", {"draft": draft.pk}).status_code == 404


def test_the_command_asks_before_it_replaces_a_text(
    world: World, known: Article, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chips.html"
    head = '<link rel="canonical" href="https://ledger.example.org/chips"><title>Chips</title>'
    body = "".join(f"<p>{line}</p>" for line in EDITED.split("\n"))
    file.write_text(f"<html><head>{head}</head><body><article><h1>Chips</h1>{body}</article></body></html>")

    call_command("add", str(file))
    assert "Add it with --revise" in capsys.readouterr().err
    assert newest(known).number == 1

    call_command("add", str(file), "--revise")
    assert newest(known).number == 2
    assert Article.objects.filter(title="Chips").count() == 1


def test_a_mark_made_on_the_old_text_keeps_its_words(ada: Client, article: Article, world: World) -> None:
    seen = newest(article)
    at = seen.text.index(QUOTE)
    article.revise(as_text(EDITED), world.ada)

    answer = ada.post(
        f"{article.get_absolute_url()}highlights/",
        {"revision": seen.pk, "start": at, "end": at + len(QUOTE), "exact": QUOTE, "kind": "highlight"}
        | {"visibility": "private", "team": "", "tags": "", "note": ""},
        headers=FRAGMENT,
    )

    assert answer.status_code == 200
    highlight = Highlight.objects.get()
    assert highlight.exact == QUOTE
    assert Anchor.objects.filter(highlight=highlight).count() == 2
    page = answer.content.decode()
    assert "the mark is in the new one, too" in page
    assert f'data-highlight="{highlight.pk}"' in page
    assert f">{QUOTE}</mark>" in page
    undo, again = (f"/highlights/{highlight.pk}/{verb}/" for verb in ("deletion", "restoration"))
    assert f'hx-post="{undo}"' in page
    for address, said in ((undo, "The mark is deleted"), (again, "The mark is back")):
        told = ada.post(address, headers={**FRAGMENT, "Forecite-Text": str(seen.pk)}).content.decode()
        assert said in told
        assert "before the end of 2027" in told
        assert "before the end of 2029" not in told
    assert "was changed after it was marked" in page_of(ada, article)
