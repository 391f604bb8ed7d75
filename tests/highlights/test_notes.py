import pytest
from django.db import connection
from django.test import Client
from markdown import Markdown

from reader.core.models import Event
from reader.highlights.models import Highlight, Mention, Note, StaleNote, write_note
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.pages.asking import FRAGMENT, marks_of
from tests.world import World, make_highlight, make_world


@pytest.fixture
def mark(world: World) -> Highlight:
    return make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)


@pytest.fixture
def note(mark: Highlight, world: World) -> Note:
    return write_note(mark, "First *thought*.", world.cleo)


def on(mark: Highlight) -> str:
    return f"/highlights/{mark.pk}/notes/"


def test_it_works(cleo: Client, mark: Highlight) -> None:
    response = cleo.post(on(mark), {"body": "A **note**."})

    note = Note.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == mark.get_absolute_url()
    assert note.html == "<p>A <strong>note</strong>.</p>"
    assert (note.visibility, note.team) == ("team", mark.team)
    assert Event.objects.latest("id").verb == "wrote"


def test_it_answers_fragment(ben: Client, mark: Highlight) -> None:
    page = ben.post(on(mark), {"body": "From Ben."}, headers=FRAGMENT).content.decode()

    assert page.startswith(f'<hx-partial hx-target="#cards" hx-swap="place"><li class="card" id="highlight-{mark.pk}"')
    assert "<p>From Ben.</p>" in page


def test_a_note_sent_twice_is_one(cleo: Client, mark: Highlight) -> None:
    for _ in range(2):
        cleo.post(on(mark), {"body": "Once."})

    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "The note is empty."),
        ("  \n ", "The note is empty."),
        ("x" * 20_001, "A note has at most 20,000 characters; this one has 20001."),
        ("nul\x00", "There is a character in this that can’t be kept"),
    ],
)
def test_it_refuses_bad_input(cleo: Client, mark: Highlight, body: str, sentence: str) -> None:
    response = cleo.post(on(mark), {"body": body}, headers=FRAGMENT)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert body.strip("\x00 \n") in response.content.decode()
    assert not Note.objects.exists()


def test_a_line_end_counts_once(cleo: Client, mark: Highlight) -> None:
    cleo.post(on(mark), {"body": "\r\n".join(["x" * 99] * 200)})

    assert len(Note.objects.get().body) == 19_999


def test_html_in_a_note_is_harmless(cleo: Client, mark: Highlight) -> None:
    cleo.post(on(mark), {"body": "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1))"})

    html = Note.objects.get().html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_there_is_one_level_of_replies(cleo: Client, ben: Client, note: Note) -> None:
    ben.post(f"/notes/{note.pk}/replies/", {"body": "A reply."})
    reply = Note.objects.get(parent=note)

    assert reply.highlight == note.highlight
    assert cleo.get(f"/notes/{reply.pk}/replies/").status_code == 404
    page = cleo.get(note.get_absolute_url()).content.decode()
    assert f'id="note-{reply.pk}" data-reply-to="note-{note.pk}"' in page
    assert page.index(f'id="note-{note.pk}"') < page.index(f'id="note-{reply.pk}"')


def test_replies_stand_below_their_note(cleo: Client, mark: Highlight, note: Note, world: World) -> None:
    second = write_note(mark, "Second.", world.cleo)
    reply = write_note(mark, "Reply to the first.", world.ben, parent=note)

    page = cleo.get(f"/highlights/{mark.pk}/", headers=FRAGMENT).content.decode()

    assert page.index(f'id="note-{reply.pk}"') < page.index(f'id="note-{second.pk}"')


def test_it_can_be_rewritten(cleo: Client, note: Note) -> None:
    assert "First *thought*.</textarea>" in cleo.get(f"/notes/{note.pk}/").content.decode()

    response = cleo.post(f"/notes/{note.pk}/", {"body": "Better.", "version": 1})

    note.refresh_from_db()
    assert response.status_code == 303
    assert (note.body, note.html, note.version) == ("Better.", "<p>Better.</p>", 2)


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_the_second_of_two_tabs_gets_both_texts(cleo: Client, note: Note, headers: dict[str, str]) -> None:
    cleo.post(f"/notes/{note.pk}/", {"body": "From tab one.", "version": 1})

    response = cleo.post(f"/notes/{note.pk}/", {"body": "From tab two.", "version": 1}, headers=headers)

    page = response.content.decode()
    note.refresh_from_db()
    assert response.status_code == 409
    assert "From tab one." in page
    assert "From tab two.</textarea>" in page
    assert 'name="version" value="2"' in page
    assert note.body == "From tab one."


def test_after_a_clash_the_reader_decides(cleo: Client, note: Note) -> None:
    cleo.post(f"/notes/{note.pk}/", {"body": "From tab one.", "version": 1})
    cleo.post(f"/notes/{note.pk}/", {"body": "From tab two.", "version": 2})

    note.refresh_from_db()
    assert (note.body, note.version) == ("From tab two.", 3)


def test_a_stale_verb_saves_nothing(note: Note, world: World) -> None:
    note.rewrite("Newer.", 1, world.cleo)

    with pytest.raises(StaleNote) as caught:
        note.rewrite("Older.", 1, world.cleo)

    assert caught.value.kept.body == "Newer."
    assert Event.objects.filter(verb="rewrote").count() == 1


def test_deletion_can_be_undone(cleo: Client, note: Note, mark: Highlight) -> None:
    gone = cleo.post(f"/notes/{note.pk}/deletion/", headers=FRAGMENT).content.decode()
    assert f'id="note-{note.pk}"' not in gone
    assert f'hx-post="/notes/{note.pk}/restoration/"' in gone
    assert cleo.get(f"/notes/{note.pk}/").status_code == 404

    back = cleo.post(f"/notes/{note.pk}/restoration/", headers=FRAGMENT).content.decode()
    assert f'id="note-{note.pk}"' in back


def test_replies_of_a_deleted_note_wait_with_it(cleo: Client, note: Note, world: World) -> None:
    reply = write_note(note.highlight, "A reply.", world.ben, parent=note)  # type: ignore[arg-type]  # it is on a mark
    cleo.post(f"/notes/{note.pk}/deletion/")

    assert f'id="note-{reply.pk}"' not in cleo.get(note.get_absolute_url()).content.decode()


CHANGES = ["", "deletion/", "restoration/"]


@pytest.mark.parametrize("part", CHANGES)
def test_it_checks_ownership(vera: Client, note: Note, part: str) -> None:
    assert vera.post(f"/notes/{note.pk}/{part}", {"body": "Mine now.", "version": 1}).status_code == 403

    note.refresh_from_db()
    assert note.version == 1


@pytest.mark.parametrize("part", [*CHANGES, "replies/"])
def test_it_handles_missing(dov: Client, note: Note, part: str) -> None:
    assert dov.post(f"/notes/{note.pk}/{part}", {"body": "x"}).status_code == 404
    assert dov.post(f"/notes/4711/{part}", {"body": "x"}).status_code == 404


def test_a_curator_of_the_team_may_take_it_down(ben: Client, note: Note) -> None:
    assert ben.post(f"/notes/{note.pk}/deletion/").status_code == 303


def test_a_viewer_writes_nothing_that_the_team_reads(vera: Client, mark: Highlight, note: Note) -> None:
    assert vera.get(on(mark)).status_code == 403
    assert vera.post(on(mark), {"body": "Hm."}).status_code == 403
    assert vera.post(f"/notes/{note.pk}/replies/", {"body": "Hm."}).status_code == 403


def test_a_viewer_writes_on_marks_of_her_own(vera: Client, world: World) -> None:
    mine = make_highlight(world.shared, "small models", world.vera)

    vera.post(on(mine), {"body": "For me."})

    assert Note.objects.get().visibility == "private"


def test_a_note_on_a_deleted_mark_is_gone(cleo: Client, mark: Highlight, note: Note, world: World) -> None:
    mark.delete_by(world.cleo)

    assert cleo.get(f"/notes/{note.pk}/").status_code == 404
    assert cleo.get(on(mark)).status_code == 404


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_what_was_written_on_a_mark_deleted_meanwhile_is_given_back(
    cleo: Client, mark: Highlight, world: World, headers: dict[str, str]
) -> None:
    mark.delete_by(world.cleo)

    response = cleo.post(on(mark), {"body": "My own words."}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 409
    assert "The mark you write on was deleted meanwhile. Nothing was saved; copy your words from here." in page
    assert "My own words.</textarea>" in page
    assert not Note.objects.exists()


def test_what_was_written_is_saved_once_the_mark_is_back(cleo: Client, mark: Highlight, world: World) -> None:
    mark.delete_by(world.cleo)
    refused = cleo.post(on(mark), {"body": "My own words."}, headers=FRAGMENT)
    mark.restore(world.cleo)

    saved = cleo.post(on(mark), {"body": "My own words."}, headers=FRAGMENT)

    assert (refused.status_code, saved.status_code) == (409, 200)
    assert "was deleted meanwhile" not in saved.content.decode()
    assert Note.objects.get().body == "My own words."


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_a_reply_to_a_note_deleted_meanwhile_is_given_back(
    ben: Client, note: Note, world: World, headers: dict[str, str]
) -> None:
    note.delete_by(world.cleo)

    response = ben.post(f"/notes/{note.pk}/replies/", {"body": "But why?"}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 409
    assert "The note you answer was deleted meanwhile. Nothing was saved; copy your words from here." in page
    assert "But why?</textarea>" in page
    assert Note.objects.count() == 1
    assert ben.get(f"/notes/{note.pk}/replies/").status_code == 404


def test_a_reply_to_a_note_on_a_deleted_mark_is_given_back(
    ben: Client, mark: Highlight, note: Note, world: World
) -> None:
    mark.delete_by(world.cleo)

    response = ben.post(f"/notes/{note.pk}/replies/", {"body": "But why?"})

    assert response.status_code == 409
    assert "The mark you write on was deleted meanwhile." in response.content.decode()
    assert Note.objects.count() == 1


def test_who_never_saw_a_deleted_note_learns_nothing_of_it(dov: Client, vera: Client, note: Note, world: World) -> None:
    note.delete_by(world.cleo)

    assert dov.post(f"/notes/{note.pk}/replies/", {"body": "x"}).status_code == 404
    assert vera.post(f"/notes/{note.pk}/replies/", {"body": "x"}).status_code == 403


def test_a_note_may_be_on_the_whole_piece(cleo: Client, world: World) -> None:
    address = f"{world.shared.get_absolute_url()}notes/"

    assert cleo.get(address, headers=FRAGMENT).status_code == 200
    assert cleo.post(address, {"body": "On all of it."}).headers["Location"].endswith("#notes")
    page = cleo.post(address, {"body": "More."}, headers=FRAGMENT).content.decode()

    assert '<hx-partial hx-target="#article-notes"' in page
    assert "On all of it." in page
    assert "On all of it." in cleo.get(world.shared.get_absolute_url()).content.decode()


def test_a_note_on_the_piece_can_be_answered_and_changed(ben: Client, world: World) -> None:
    note = write_note(world.shared, "On all of it.", world.ben)

    ben.post(f"/notes/{note.pk}/replies/", {"body": "Indeed."})
    response = ben.post(f"/notes/{note.pk}/", {"body": "On most of it.", "version": 1}, headers=FRAGMENT)

    page = response.content.decode()
    assert "On most of it." in page
    assert "Indeed." in page


def test_a_stranger_signs_in_first(client: Client, mark: Highlight, note: Note) -> None:
    assert client.get(on(mark)).status_code == 302
    assert client.post(f"/notes/{note.pk}/", {"body": "x"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_no_other_writer_waits_while_a_note_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    mark = make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)
    claim = make_claim(world.shared, "Prices fall by half", world.cleo, "team", world.foundry)
    read: list[tuple[str, bool]] = []
    convert = Markdown.convert

    def watch(reader: Markdown, source: str) -> str:
        read.append((source, connection.in_atomic_block))
        return convert(reader, source)

    monkeypatch.setattr(Markdown, "convert", watch)
    cleo = signed_in(world.cleo)
    said = {"exact": "small models", "kind": "highlight", "visibility": "team", "team": world.foundry.pk}
    cleo.post(on(mark), {"body": "@ben, a *note*."})
    cleo.post(f"/notes/{Note.objects.get().pk}/replies/", {"body": "@ada, a *reply*."})
    cleo.post(f"/notes/{Note.objects.get(parent=None).pk}/", {"body": "@ben, *changed*.", "version": 1})
    cleo.post(marks_of(world.shared), said | {"note": "@ben, with a *mark*."})
    cleo.post(f"/claims/{claim.pk}/notes/", {"body": "@ben, on a *claim*."})

    assert [waits for _, waits in read] == [False] * 5
    assert Mention.objects.count() == 4
