"""What comes onto an open page without loading it again."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from reader.accounts.models import Membership
from reader.claims.models import Claim
from reader.claims.proposing import propose, read_proposal
from reader.core.events import record
from reader.highlights.models import Anchor, Highlight, Kind, Note, write_note
from reader.highlights.reactions import react
from reader.library.models import Text
from reader.live.queries import MOST
from tests.claims.predictions import make_claim
from tests.live.polling import news, now, poll
from tests.notices.telling import mention_ben
from tests.pages.asking import place_of
from tests.world import World, make_highlight, newest


@pytest.fixture
def mark(world: World) -> Highlight:
    """Ada's mark that the team Foundry sees."""
    return make_highlight(world.shared, "2024 will be the year", world.ada, visibility="team", team=world.foundry)


def place(mark: Highlight) -> str:
    anchor = Anchor.objects.get(highlight=mark)
    return f"{anchor.start}-{anchor.end}"


def removal(where: str) -> str:
    return f'<hx-partial hx-target="[data-passage=&#x27;{where}&#x27;]" hx-swap="delete"></hx-partial>'


def test_it_works(cleo: Client, world: World) -> None:
    cursor = now()
    mark = make_highlight(world.shared, "2024 will be the year", world.ada, visibility="team", team=world.foundry)

    answer = poll(cleo, world.shared, cursor)

    page = answer.content.decode()
    assert f'<hx-partial hx-target="#b3" hx-swap="innerHTML">We think <mark id="h-{mark.pk}"' in page
    assert f'<hx-partial hx-target="#cards" hx-swap="place"><li class="card" id="highlight-{mark.pk}"' in page
    assert "<strong>Ada</strong>" in page
    assert page.count("<hx-partial") == 3  # and the bell
    assert answer.headers["HX-PTag"] == str(now())


def test_the_bell_rings_with_what_comes(ben: Client, world: World) -> None:
    cursor = now()
    mention_ben(world)

    page = news(ben, world.shared, cursor)

    assert '<hx-partial hx-target="#bell" hx-swap="outerMorph"><a class="button quiet icon-only bell" id="bell"' in page
    assert 'title="1 unread notice"' in page


def test_how_far_the_others_are_comes_along(cleo: Client, ben: Client, world: World) -> None:
    cursor = now()
    ben.post(place_of(world.shared), {"position": 3, "percent": 50})
    assert poll(cleo, world.shared, cursor).status_code == 304
    write_note(world.shared, "Read this.", world.ada)

    page = news(cleo, world.shared, cursor)

    assert '<hx-partial hx-target="#fellows" hx-swap="innerMorph"><span>Ben has read 50 %</span></hx-partial>' in page
    assert 'id="fellows"' in cleo.get(world.shared.get_absolute_url()).content.decode()


def test_of_a_public_piece_nobody_learns_how_far_the_others_are(cleo: Client, ben: Client, world: World) -> None:
    cursor = now()
    ben.post(place_of(world.public), {"position": 3, "percent": 50})
    write_note(world.public, "Read this.", world.ada)

    assert "#fellows" not in news(cleo, world.public, cursor)
    assert 'id="fellows"' not in cleo.get(world.public.get_absolute_url()).content.decode()


def test_a_stranger_has_no_bell(client: Client, world: World) -> None:
    cursor = now()
    write_note(world.public, "Read this.", world.ada)

    assert "#bell" not in news(client, world.public, cursor)


def test_nothing_new_is_304(cleo: Client, world: World, mark: Highlight) -> None:
    answer = poll(cleo, world.shared, now())

    assert answer.status_code == 304
    assert answer.content == b""


def test_nothing_new_asks_little(
    cleo: Client, world: World, mark: Highlight, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cursor = now()
    poll(cleo, world.shared, cursor)

    with django_assert_num_queries(4):  # the session, its user, the user's teams, the piece; the fifth is of the test
        cleo.get(f"{world.shared.get_absolute_url()}changes/", headers={"HX-PTag": str(cursor)})


def test_what_was_told_is_not_told_again(cleo: Client, world: World) -> None:
    cursor = now()
    make_highlight(world.shared, "small models", world.ada, visibility="team", team=world.foundry)

    tag = poll(cleo, world.shared, cursor).headers["HX-PTag"]

    assert poll(cleo, world.shared, int(tag)).status_code == 304


def rewrite(mark: Highlight, world: World) -> str:
    note = Note.objects.get()
    note.rewrite("Better said.", note.version, world.ada)
    return "Better said."


def answer_note(mark: Highlight, world: World) -> str:
    reply = write_note(mark, "A reply.", world.ben, parent=Note.objects.get())
    return f'id="note-{reply.pk}" data-reply-to='


def delete_note(mark: Highlight, world: World) -> str:
    Note.objects.get().delete_by(world.ada)
    return f'id="highlight-{mark.pk}"'


def tag(mark: Highlight, world: World) -> str:
    mark.label(["herds"], world.ada)
    return ">herds</a>"


def change_kind(mark: Highlight, world: World) -> str:
    mark.change_kind(Kind.QUESTION, world.ada)
    return 'data-kind="question"'


def predict(mark: Highlight, world: World) -> str:
    mark.change_kind(Kind.PREDICTION, world.ada)
    claim = propose(mark, read_proposal(mark.exact, mark.article), world.ada)
    return f'<a href="/claims/{claim.pk}/" dir="auto">'


def respond(mark: Highlight, world: World) -> str:
    react(mark, "vague", world.ben)
    return 'name="response" value="vague" aria-pressed="false" title="Ben"'


def resolve(mark: Highlight, world: World) -> str:
    Note.objects.get().resolve(world.ben)
    return "Resolved by Ben"


@pytest.mark.parametrize(
    "change",
    [rewrite, answer_note, delete_note, tag, change_kind, predict, respond, resolve],
    ids=lambda one: one.__name__,
)
def test_every_change_comes(
    cleo: Client, world: World, mark: Highlight, change: Callable[[Highlight, World], str]
) -> None:
    write_note(mark, "First thought.", world.ada)
    cursor = now()

    expected = change(mark, world)

    assert expected in news(cleo, world.shared, cursor)


def test_a_claim_said_anew_comes(cleo: Client, world: World, mark: Highlight) -> None:
    predict(mark, world)
    cursor = now()

    Claim.objects.get().amend("Herds are small in 2024.", "", {}, world.ben)

    assert "Herds are small in 2024." in news(cleo, world.shared, cursor)


def test_a_deleted_mark_goes(cleo: Client, world: World, mark: Highlight) -> None:
    cursor = now()
    mark.delete_by(world.ada)

    page = news(cleo, world.shared, cursor)

    assert removal(place(mark)) in page
    assert '<hx-partial hx-target="#b3" hx-swap="innerHTML">We think 2024 will be the year' in page
    mark.restore(world.ada)
    assert f'id="highlight-{mark.pk}"' in news(cleo, world.shared, cursor)


def test_a_moved_mark_leaves_its_old_words(cleo: Client, world: World, mark: Highlight) -> None:
    before, cursor = place(mark), now()
    revision = newest(world.shared)
    start = revision.text.index("Prices fall")

    mark.move(revision, start, start + 11, world.ada)

    page = news(cleo, world.shared, cursor)
    assert removal(before) in page
    assert f'data-passage="{start}-{start + 11}"' in page
    assert 'hx-target="#b3"' in page
    assert 'hx-target="#b4"' in page


def test_the_same_words_marked_by_another_are_one_card(cleo: Client, world: World, mark: Highlight) -> None:
    cursor = now()
    again = make_highlight(world.shared, mark.exact, world.ben, visibility="team", team=world.foundry)

    page = news(cleo, world.shared, cursor)

    assert page.count('<li class="card"') == 1
    assert page.index(f'id="highlight-{mark.pk}"') < page.index(f'<div class="same" id="highlight-{again.pk}"')
    assert "Ben marked this too" in page


def test_notes_on_the_piece_come(cleo: Client, world: World) -> None:
    cursor = now()
    note = write_note(world.shared, "On all of it.", world.ada)

    page = news(cleo, world.shared, cursor)

    assert page.startswith('<hx-partial hx-target="#article-notes" hx-swap="innerMorph">')
    assert f'id="note-{note.pk}"' in page
    assert "#cards" not in page


def test_another_text_asks_for_a_reload(cleo: Client, world: World, mark: Highlight) -> None:
    cursor, opened = now(), newest(world.shared).pk
    world.shared.revise(Text(html="<p>All new.</p>", text="All new.", raw="", source_kind="paste"), world.ada)

    for _ in range(2):
        page = news(cleo, world.shared, cursor, revision=opened)
        assert "The text was changed since you opened it." in page
        assert f'<a href="{world.shared.get_absolute_url()}">Reload</a>' in page
        assert "#cards" not in page
        assert "hx-target=&quot;#b" not in page
        mark.label(["later"], world.ada)


def test_of_much_the_page_is_the_shorter_answer(cleo: Client, world: World, mark: Highlight) -> None:
    cursor = now()
    with transaction.atomic():
        for _ in range(MOST + 1):
            record(world.ada, "tagged", mark, article_id=world.shared.pk)

    assert "Much has happened here" in news(cleo, world.shared, cursor)


def test_what_others_keep_to_themselves_does_not_come(cleo: Client, world: World) -> None:
    cursor = now()
    secret = make_highlight(world.shared, "small models", world.ada)
    write_note(secret, "Between me and me.", world.ada)

    assert poll(cleo, world.shared, cursor).status_code == 304


def test_what_is_no_longer_shared_goes(cleo: Client, world: World, mark: Highlight) -> None:
    cursor = now()
    with transaction.atomic():
        record(world.ada, "moved to private", mark, article_id=world.shared.pk)  # to those who saw it until now
        Highlight.objects.filter(pk=mark.pk).update(visibility="private", team=None)

    page = news(cleo, world.shared, cursor)

    assert removal(place(mark)) in page
    assert "highlight-" not in page


def test_a_narrowed_page_stays_narrowed(cleo: Client, world: World) -> None:
    cursor = now()
    ben = make_highlight(world.shared, "small models", world.ben, visibility="team", team=world.foundry)
    ada = make_highlight(world.shared, "will matter", world.ada, "question", visibility="team", team=world.foundry)

    assert f"highlight-{ada.pk}" not in news(cleo, world.shared, cursor, by=world.ben.pk)
    assert f"highlight-{ben.pk}" in news(cleo, world.shared, cursor, by=world.ben.pk)
    assert f"highlight-{ben.pk}" not in news(cleo, world.shared, cursor, kind="question")


@pytest.mark.parametrize("cursor", ["", "x", "-1", "9" * 30])
def test_a_cursor_that_nobody_gave_is_the_beginning(cleo: Client, world: World, mark: Highlight, cursor: str) -> None:
    answer = cleo.get(f"{world.shared.get_absolute_url()}changes/", headers={"HX-PTag": cursor})

    assert answer.status_code == 200
    assert f'id="highlight-{mark.pk}"' in answer.content.decode()


def test_it_checks_who_may_read(dov: Client, cleo: Client, world: World, mark: Highlight) -> None:
    cursor = now()
    hidden = poll(dov, world.shared, cursor)
    Membership.objects.filter(user=world.cleo).delete()

    assert hidden.status_code == 404
    assert hidden.content == dov.get("/articles/nowhere/changes/").content
    assert poll(cleo, world.shared, cursor).status_code == 404


def test_a_stranger_sees_what_is_public(client: Client, world: World) -> None:
    cursor = now()
    shown = make_highlight(world.public, "small models", world.ada, visibility="public")
    make_highlight(world.public, "Prices fall", world.ada)

    page = news(client, world.public, cursor)

    assert page.count('<li class="card"') == 1
    assert f'id="highlight-{shown.pk}"' in page
    assert "card-actions" not in page


def test_it_rejects_post(cleo: Client, world: World) -> None:
    assert cleo.post(f"{world.shared.get_absolute_url()}changes/").status_code == 405


def test_queries_do_not_grow(cleo: Client, world: World, mark: Highlight) -> None:
    """Marks in one stretch of text cost what one of them costs."""
    cursor = now()
    make_highlight(world.shared, "small model", world.ada, visibility="team", team=world.foundry)
    poll(cleo, world.shared, cursor)
    few = queries_of(cleo, world, cursor)
    for exact in ("We think", "of the small", "🦙 herds", "and of"):
        write_note(
            make_highlight(world.shared, exact, world.ada, visibility="team", team=world.foundry), "Hm.", world.ada
        )
    poll(cleo, world.shared, cursor)

    assert queries_of(cleo, world, cursor) <= few + 3  # the marks of the notes; blocks further up


def queries_of(client: Client, world: World, cursor: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        poll(client, world.shared, cursor)
    return len(asked)


def test_a_public_claim_tells_nobody_where_a_private_mark_states_it(dov: Client, world: World) -> None:
    claim = make_claim(world.public, "Prices fall by half", world.ben, "public")
    mark = make_highlight(world.public, "2024 will be the year", world.cleo)
    claim.statements.create(highlight=mark, quote=mark.exact)
    cursor = now()

    claim.label(["models"], world.ben)

    page = news(dov, world.public, cursor)
    assert place(mark) not in page
    assert place(claim.statements.exclude(highlight=mark).get().highlight) in page
