"""Marks go where their words went when a piece gets a new text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.marking import NoSuchPassage, Passage, locate, mark
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article, Revision, Text
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, piece, words_of
from tests.library.pieces import as_text, shelve_piece
from tests.threads import at_once
from tests.world import World, make_highlight, make_person, make_world, newest

pytestmark = pytest.mark.django_db


def test_it_works(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)

    after = article.revise(as_text(f"A correction was made today.\n{FIRST}"), world.ada)

    anchor = anchor_in_newest(highlight)
    assert (anchor.revision, anchor.state, anchor.method) == (after, Anchor.State.ANCHORED, "exact")
    assert words_of(anchor) == QUOTE
    assert highlight.anchors.count() == 2


def test_edited_words_keep_the_quote_as_it_was_marked(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)

    article.revise(as_text(FIRST.replace("the end of 2027", "the end of 2029")), world.ada)

    highlight.refresh_from_db()
    assert highlight.exact == QUOTE
    assert words_of(anchor_in_newest(highlight)) == QUOTE.replace("2027", "2029")
    assert Event.objects.filter(verb="carried", subject_id=highlight.pk, owner=world.ada).count() == 1


def test_words_that_are_gone_are_listed_with_their_likeliest_place(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)

    article.revise(as_text(FIRST.replace(f"{QUOTE}, the desk believes, and nobody will mourn them.\n", "")), world.ada)

    anchor = anchor_in_newest(highlight)
    assert anchor.state == Anchor.State.ORPHANED
    assert 0 <= anchor.start <= anchor.end <= len(anchor.revision.text)
    assert Event.objects.filter(verb="lost", subject_id=highlight.pk).count() == 1


def test_words_that_come_back_are_found_again(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    article.revise(as_text("Nothing of it is left."), world.ada)
    article.revise(as_text("Still nothing of it, in other words."), world.ada)

    article.revise(as_text(FIRST + "\nAs it was."), world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE
    assert highlight.anchors.count() == 4
    verbs = Event.objects.filter(subject_kind="highlight", subject_id=highlight.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["marked", "lost", "found"]


def test_a_deleted_mark_comes_back_where_its_words_went(world: World) -> None:
    article = piece(world)
    highlight = make_highlight(article, QUOTE, world.ada)
    highlight.delete_by(world.ada)

    article.revise(as_text(f"New above.\n{FIRST}"), world.ada)
    highlight.restore(world.ada)

    assert words_of(anchor_in_newest(highlight)) == QUOTE


def test_what_became_of_a_mark_is_told_to_those_who_see_it(world: World) -> None:
    article = piece(world)
    make_highlight(article, QUOTE, world.cleo)

    article.revise(as_text("Nothing of it is left."), world.ada)

    lost = Event.objects.get(verb="lost")
    assert (lost.owner, lost.visibility, lost.article_id) == (world.cleo, Visibility.PRIVATE, article.pk)
    assert "1" not in str(Event.objects.filter(verb="revised").latest("pk").detail.keys())


def test_more_marks_ask_no_more_queries(world: World) -> None:
    few, many = shelve_piece(world.ada, "Few", words=f"{FIRST} Few."), shelve_piece(world.ada, "Many", words=FIRST)
    make_highlight(few, QUOTE, world.ada)
    text = newest(many)
    for at in range(40):
        mark(Passage(text, at, at + 12), "highlight", world.ada, Visibility.PRIVATE)

    assert queries_of(many, world) == queries_of(few, world)


def queries_of(article: Article, world: World) -> int:
    with CaptureQueriesContext(connection) as asked:
        article.revise(as_text(f"New above.\n{newest(article).text}"), world.ada)
    return len(asked)


def test_a_mark_of_the_text_before_stands_in_both(world: World) -> None:
    article = piece(world)
    seen = newest(article)
    article.revise(as_text(FIRST.replace("2027", "2029")), world.ada)

    highlight, is_new = mark(locate(seen, QUOTE), "highlight", world.ada, Visibility.PRIVATE)
    again, _ = mark(locate(seen, QUOTE), "highlight", world.ada, Visibility.PRIVATE)

    assert is_new
    assert again == highlight
    assert highlight.exact == QUOTE
    assert [words_of(one) for one in highlight.anchors.order_by("revision__number")] == [
        QUOTE,
        QUOTE.replace("2027", "2029"),
    ]


def test_a_mark_of_words_that_are_gone_is_refused(world: World) -> None:
    article = piece(world)
    seen = newest(article)
    article.revise(as_text("Nothing of it is left."), world.ada)

    with pytest.raises(NoSuchPassage, match="no longer"):
        mark(locate(seen, QUOTE), "highlight", world.ada, Visibility.PRIVATE)

    assert not Highlight.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mark_made_while_a_text_comes_is_in_it() -> None:
    world = make_world()
    article = piece(world)
    rounds = 10 if connection.vendor == "postgresql" else 3

    for number in range(rounds):
        seen = newest(article)

        def revise(n: int = number) -> None:
            Article.objects.get(pk=article.pk).revise(as_text(f"{FIRST}\nPostscript {n}."), world.ada)

        def marks(n: int = number, text: Revision = seen) -> None:
            mark(Passage(text, n, n + 30), "highlight", world.ada, Visibility.PRIVATE)

        at_once(revise, marks)

    last = newest(article)
    assert last.number == rounds + 1
    assert Anchor.objects.filter(revision=last).exclude(state="orphaned").count() == rounds


EDITS = st.lists(
    st.tuples(st.integers(0, len(FIRST)), st.integers(0, 60), st.text("abc \n🦙", max_size=20)), min_size=1, max_size=5
)
SPANS = st.lists(st.tuples(st.integers(0, len(FIRST) - 2), st.integers(1, 80)), min_size=1, max_size=6)


class CarryingLaws(TestCase):
    @settings(max_examples=25)
    @given(edits=EDITS, spans=SPANS)
    def test_every_mark_has_one_place_in_every_text(
        self, edits: list[tuple[int, int, str]], spans: list[tuple[int, int]]
    ) -> None:
        ada = make_person("Ada")
        article = shelve_piece(ada, "Chips", words=FIRST)
        text, first = FIRST, newest(article)
        for start, length in spans:
            mark(Passage(first, start, min(len(FIRST), start + length)), "highlight", ada, Visibility.PRIVATE)
        for number, (at, cut, words) in enumerate(edits):
            text = f"{text[:at]}{words}{text[at + cut :]} {number}."
            article.revise(Text(html=text, text=text, raw=text, source_kind="paste_text"), ada)

        marks, texts = Highlight.objects.count(), article.revisions.count()
        assert Anchor.objects.count() == marks * texts
        for anchor in Anchor.objects.select_related("revision", "highlight"):
            assert 0 <= anchor.start <= anchor.end <= len(anchor.revision.text)
            assert anchor.state == Anchor.State.ORPHANED or anchor.start < anchor.end
            before = Anchor.objects.filter(highlight=anchor.highlight, revision__number=anchor.revision.number - 1)
            was = before.exclude(state=Anchor.State.ORPHANED).select_related("revision").first()
            if anchor.method == "exact" and was:
                assert words_of(anchor) in (words_of(was), anchor.highlight.exact)
