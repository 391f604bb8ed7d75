"""A piece handed in that may be one that is here already, by its title and words: the reader is asked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.models import User
from reader.core.visibility import Visibility
from reader.intake.details import as_details, as_text
from reader.intake.models import Draft
from reader.intake.reading import Form
from reader.library.models import Article
from tests.intake.test_review import FRAGMENT, said
from tests.world import World, make_highlight, newest

pytestmark = pytest.mark.django_db

TITLE = "The Walled Garden"
BEGINNING = "Behind every wall there is a garden, and behind every garden somebody who waters it in the evening."
REST = "Nobody asked the gardener, of course, what he thinks of walls; he would have said that they keep the wind out."


def as_markdown(*paragraphs: str) -> str:
    return "\n\n".join([f"# {TITLE}", *paragraphs])


def handed_in(owner: User, *paragraphs: str) -> Draft:
    return Draft.objects.create(owner=owner, raw=as_markdown(*paragraphs), form=Form.MARKDOWN)


def shelved(draft: Draft, by: User, visibility: str = Visibility.PRIVATE, team: int | None = None) -> Article:
    reading = draft.read()
    return draft.shelve(as_details(reading), as_text(reading, draft.raw), by, visibility, team)[0]


@pytest.fixture
def preview(world: World) -> Article:
    article = shelved(handed_in(world.ada, BEGINNING), world.ada, Visibility.TEAM, world.foundry.pk)
    Article.objects.filter(pk=article.pk).update(truncated=True, owner=world.cleo)
    make_highlight(article, "somebody who waters it", world.cleo)
    make_highlight(article, "every wall", world.ada, visibility=Visibility.TEAM, team=world.foundry)
    make_highlight(article, "a garden", world.ada)  # hers alone
    return article


def page_of(client: Client, draft: Draft) -> str:
    return client.get(draft.get_absolute_url()).content.decode()


def test_it_asks_whether_it_is_the_whole_of_a_preview(world: World, cleo: Client, preview: Article) -> None:
    page = page_of(cleo, handed_in(world.cleo, BEGINNING, REST))

    assert f"the whole text of “{TITLE}”, of which you have a preview here, with 2 marks." in page
    assert "Make that whole" in page
    assert "Add it as another piece" in page


def test_made_whole_its_marks_stay(world: World, cleo: Client, preview: Article) -> None:
    draft = handed_in(world.cleo, BEGINNING, REST)

    answer = cleo.post(f"{preview.get_absolute_url()}revisions/new/", {"draft": draft.pk})
    cleo.post(answer.headers["Location"], said(title=TITLE, truncated="no"))

    assert Article.objects.filter(title=TITLE).get() == preview
    assert newest(preview).text.endswith("keep the wind out.")
    assert newest(preview).anchors.filter(state="anchored").count() == 3


def test_it_is_not_saved_before_the_question_is_answered(world: World, cleo: Client, preview: Article) -> None:
    answer = cleo.post(handed_in(world.cleo, BEGINNING, REST).get_absolute_url(), said(title=TITLE))

    assert answer.status_code == 409
    assert "Make that whole" in answer.content.decode()
    assert "Nothing was added yet. Choose first" in answer.content.decode()
    assert Article.objects.filter(title=TITLE).count() == 1


def test_another_piece_it_is_if_the_reader_says_so(world: World, cleo: Client, preview: Article) -> None:
    answer = cleo.post(handed_in(world.cleo, BEGINNING, REST).get_absolute_url(), said(title=TITLE, action="another"))

    assert answer.status_code == 303
    assert Article.objects.filter(title=TITLE).count() == 2


def test_the_title_as_it_was_corrected_decides(world: World, cleo: Client, preview: Article) -> None:
    draft = handed_in(world.cleo, BEGINNING, REST)

    assert cleo.post(draft.get_absolute_url(), said(title="Of walls")).status_code == 303


def test_an_edited_text_is_asked_about_too(world: World, cleo: Client) -> None:
    shelved(handed_in(world.cleo, BEGINNING, REST), world.cleo)

    page = page_of(cleo, handed_in(world.cleo, BEGINNING, REST.replace("of course", "to be sure")))

    assert f"another text of “{TITLE}”, which is here already: 39 words there, 40 in yours." in page
    assert "Make this its new text" in page


def test_another_issue_of_the_same_name_is_a_piece_of_its_own(world: World, cleo: Client, preview: Article) -> None:
    draft = handed_in(world.cleo, REST)

    assert "Add it as another piece" not in page_of(cleo, draft)
    assert cleo.post(draft.get_absolute_url(), said(title=TITLE)).status_code == 303


def test_what_they_may_not_see_is_not_spoken_of(world: World, dov: Client, preview: Article) -> None:
    draft = handed_in(world.dov, BEGINNING, REST)

    assert TITLE in page_of(dov, draft)
    assert "here already" not in page_of(dov, draft)
    assert "preview here" not in page_of(dov, draft)
    assert dov.post(draft.get_absolute_url(), said(title=TITLE)).status_code == 303


def test_who_may_only_read_it_is_not_offered_to_change_it(world: World, vera: Client, preview: Article) -> None:
    page = page_of(vera, handed_in(world.vera, BEGINNING, REST))

    assert "of which there is a preview here, with 1 mark." in page
    assert "Open it as it is" in page
    assert "Make that whole" not in page


def test_a_title_without_words_asks_nothing(world: World, cleo: Client, preview: Article) -> None:
    draft = handed_in(world.cleo, BEGINNING, REST)

    assert cleo.post(draft.get_absolute_url(), said(title="🦙")).status_code == 303


def test_queries_do_not_grow_with_pieces_of_that_name(world: World, cleo: Client) -> None:
    def asked() -> int:
        draft = handed_in(world.cleo, BEGINNING, REST)
        with CaptureQueriesContext(connection) as queries:
            page_of(cleo, draft)
        return len(queries)

    def add(number: int) -> None:
        words = f"number {number} is about something else entirely than the others are"
        shelved(handed_in(world.cleo, words), world.cleo)

    add(0)
    asked()
    few = asked()
    for number in range(1, 6):
        add(number)

    assert asked() == few


def test_the_text_alone_asks_for_no_piece_like_it(world: World, cleo: Client, preview: Article) -> None:
    """It is drawn anew for each line that is ticked, and shows nothing of such a piece."""
    address = handed_in(world.cleo, BEGINNING, REST).get_absolute_url()

    def asks(**headers: str) -> bool:
        with CaptureQueriesContext(connection) as asked:
            assert cleo.post(address, said(action="preview"), headers=headers).status_code == 200
        return any("searchrecord" in query["sql"] for query in asked)

    assert asks()
    assert not asks(**FRAGMENT)
