"""A reader flags a note; a curator hides it or lets it stand."""

import pytest
from django.test import Client

from reader.claims.page_queries import notes_on
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.curation.deciding import undo
from reader.curation.models import Decision, Flag, Verb, flag
from reader.curation.note_rulings import hide, let_stand
from reader.highlights.models import Note, write_note
from reader.highlights.queries import article_note_rows, note_rows, notes_for
from tests.curation.desk import proposal, public_note, undo_last
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight

ABUSE = {"kind": "abuse", "words": "It calls us fools."}


@pytest.fixture
def note(world: World) -> Note:
    return public_note(world)


@pytest.fixture
def flagged(note: Note, world: World) -> Note:
    flag(note, "abuse", "It calls us fools.", world.cleo)
    return note


def test_it_works(world: World, note: Note, cleo: Client, ben: Client) -> None:
    answer = cleo.post(f"/notes/{note.pk}/flag/", ABUSE)

    made = Flag.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, note.get_absolute_url())
    assert (made.note, made.by, made.kind, made.words) == (note, world.cleo, "abuse", "It calls us fools.")
    page = ben.get("/desk/notes/").content.decode()
    assert "You are all fools." in page
    assert "It calls us fools." in page
    assert "Abuse or insult" in page


def test_it_answers_fragment(note: Note, cleo: Client) -> None:
    form = cleo.get(f"/notes/{note.pk}/flag/", headers=FRAGMENT).content.decode()
    answer = cleo.post(f"/notes/{note.pk}/flag/", ABUSE, headers=FRAGMENT).content.decode()

    assert "<html" not in form
    assert "A curator will look at the note" in answer


def test_a_flag_is_told_to_its_writer_alone(world: World, flagged: Note) -> None:
    event = Event.objects.get(verb="flagged")

    assert event in Event.objects.visible_to(world.cleo)
    assert event not in Event.objects.visible_to(world.dov)


def test_a_reader_flags_a_note_once(flagged: Note, cleo: Client) -> None:
    cleo.post(f"/notes/{flagged.pk}/flag/", {"kind": "spam", "words": "It sells something."})

    assert Flag.objects.get().words == "It sells something."


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "dull"}, {"kind": "spam", "words": "x" * 501}, {"kind": "spam", "words": "\x00"}]
)
def test_it_refuses_bad_input(note: Note, cleo: Client, sent: dict[str, str]) -> None:
    answer = cleo.post(f"/notes/{note.pk}/flag/", sent)

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Flag.objects.exists()


def test_it_checks_ownership(world: World, note: Note, dov: Client, cleo: Client, client: Client) -> None:
    secret = write_note(world.shared, "Ours.", world.ada)
    own = write_note(world.private, "Mine.", world.cleo)

    assert dov.post(f"/notes/{note.pk}/flag/", ABUSE).status_code == 403
    assert cleo.post(f"/notes/{own.pk}/flag/", ABUSE).status_code == 403
    assert dov.post(f"/notes/{secret.pk}/flag/", ABUSE).status_code == 404
    assert client.post(f"/notes/{note.pk}/flag/", ABUSE).status_code == 302
    assert not Flag.objects.exists()


def test_only_others_notes_offer_a_flag(world: World, note: Note, cleo: Client, dov: Client, client: Client) -> None:
    claim = proposal(world)
    on_claim = write_note(claim, "I doubt it.", world.dov)
    page, offer = world.public.get_absolute_url(), f'href="/notes/{note.pk}/flag/"'

    assert offer in cleo.get(page).content.decode()
    assert offer not in dov.get(page).content.decode()
    assert offer not in client.get(page).content.decode()
    assert f"/notes/{on_claim.pk}/flag/" in cleo.get(claim.get_absolute_url()).content.decode()
    assert f"/notes/{on_claim.pk}/flag/" not in dov.get(claim.get_absolute_url()).content.decode()


def test_hiding_it_takes_it_from_everyones_sight_but_its_writers(
    world: World, flagged: Note, ben: Client, cleo: Client, dov: Client
) -> None:
    page = world.public.get_absolute_url()
    before = cleo.get(page).headers["ETag"]

    answer = ben.post(f"/desk/notes/{flagged.pk}/hiding/", {"sentence": "It insults"})

    assert (answer.status_code, answer["Location"]) == (303, "/desk/notes/")
    assert "You are all fools." not in cleo.get(page, headers={"If-None-Match": before}).content.decode()
    assert "You are all fools." not in ben.get(page).content.decode()
    seen = dov.get(page).content.decode()
    assert "You are all fools." in seen
    assert "Hidden by a curator: It insults. Only you still see it." in seen
    assert "You are all fools." not in ben.get("/desk/notes/").content.decode()


def test_a_hidden_note_is_in_no_list(world: World, flagged: Note) -> None:
    on_article = write_note(world.public, "Fools.", world.dov)
    on_claim = write_note(proposal(world), "Fools.", world.dov)
    for note in (flagged, on_article, on_claim):
        hide(note, world.ben, reason="It insults.")

    assert on_claim.claim
    for reader, count in ((world.cleo, 0), (world.ben, 0), (world.dov, 1)):
        assert len(note_rows([flagged.highlight_id or 0], reader)) == count
        assert len(article_note_rows(world.public.pk, reader)) == count
        assert len(notes_on(on_claim.claim, reader)) == count
        assert notes_for(reader).count() == 3 * count


def test_its_replies_go_with_it(world: World, flagged: Note, client: Client) -> None:
    assert flagged.highlight
    write_note(flagged.highlight, "A calm reply.", world.cleo, flagged)
    hide(flagged, world.ben, reason="It insults.")

    assert "A calm reply." not in client.get(world.public.get_absolute_url()).content.decode()


def test_a_hidden_note_answers_as_if_it_were_not(world: World, flagged: Note, cleo: Client) -> None:
    hide(flagged, world.ben, reason="It insults.")

    for address in (f"/notes/{flagged.pk}/replies/", f"/notes/{flagged.pk}/flag/"):
        answer = cleo.get(address)
        assert (answer.status_code, answer.content) == (404, cleo.get("/articles/of-no-such-name/").content)


def test_the_log_tells_of_it_without_its_words(flagged: Note, ben: Client, client: Client) -> None:
    ben.post(f"/desk/notes/{flagged.pk}/hiding/", {"sentence": "It insults readers."})

    page = client.get("/decisions/").content.decode()

    assert "a note by Dov on ‘The year of the small model’" in page
    assert "It insults readers." in page
    assert "You are all fools." not in page


@pytest.mark.parametrize("verb", [Verb.HID, Verb.LET_STAND])
def test_undoing_it_restores_the_note_and_its_flags(world: World, flagged: Note, ben: Client, verb: Verb) -> None:
    decide = hide if verb == Verb.HID else let_stand
    decision = decide(flagged, world.ben, reason="Because.")
    assert Flag.objects.get().settled_by == decision

    assert undo_last(ben) == 303

    flagged.refresh_from_db()
    assert (flagged.hidden_at, flagged.hidden_by, flagged.hidden_because) == (None, None, "")
    assert Flag.objects.get().settled_by is None
    assert "You are all fools." in ben.get("/desk/notes/").content.decode()


def test_a_flag_made_since_stands_when_the_old_one_would_come_back(world: World, flagged: Note) -> None:
    decision = let_stand(flagged, world.ben)
    flag(flagged, "spam", "And it sells.", world.cleo)

    undo(decision, world.ben)

    assert Flag.objects.get(settled_by=None).words == "And it sells."


def test_letting_it_stand_dismisses_the_flags(flagged: Note, ben: Client, client: Client) -> None:
    ben.post(f"/desk/notes/{flagged.pk}/clearance/")

    assert "You are all fools." not in ben.get("/desk/notes/").content.decode()
    assert "You are all fools." in client.get(flagged.highlight.article.get_absolute_url()).content.decode()  # type: ignore[union-attr]  # it is on a highlight


def test_it_is_decided_once(world: World, flagged: Note) -> None:
    hide(flagged, world.ben, reason="It insults.")

    with pytest.raises(Refused, match="Ben hid this on"):
        hide(flagged, world.ada, reason="It insults.")
    with pytest.raises(Refused, match="Ben hid this on"):
        let_stand(flagged, world.ada)


def test_a_note_deleted_meanwhile_leaves_the_queue(world: World, flagged: Note, ben: Client) -> None:
    flagged.delete_by(world.dov)

    assert "You are all fools." not in ben.get("/desk/notes/").content.decode()
    assert ben.post(f"/desk/notes/{flagged.pk}/hiding/", {"sentence": "Gone."}).status_code == 404
    with pytest.raises(Refused, match="deleted meanwhile"):
        hide(flagged, world.ben, reason="It insults.")


def test_it_requires_curator(world: World, ada: Client, cleo: Client, dov: Client) -> None:
    ours = write_note(
        make_highlight(world.shared, "herds", world.ada, visibility="team", team=world.foundry), "Bah.", world.ada
    )
    flag(ours, "other", "", world.cleo)

    assert cleo.post(f"/desk/notes/{ours.pk}/hiding/", {"sentence": "No."}).status_code == 403
    assert dov.post(f"/desk/notes/{ours.pk}/hiding/", {"sentence": "No."}).status_code == 404
    assert "Bah." not in dov.get("/desk/notes/").content.decode()
    assert ada.post(f"/desk/notes/{ours.pk}/hiding/", {"sentence": "No."}).status_code == 303
    assert Decision.objects.get().visibility == "team"


def test_hostile_words_do_no_harm(world: World, ben: Client) -> None:
    note = public_note(world, "<script>alert(1)</script> שלום 🦙 " + "x" * 9000)
    flag(note, "other", "<img src=x onerror=alert(1)>", world.cleo)

    page = ben.get("/desk/notes/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("x") < 6000


def test_whoever_answered_a_hidden_note_keeps_their_answer(
    world: World, flagged: Note, cleo: Client, dov: Client
) -> None:
    """It goes from everybody else's page with the note; its writer still finds it where that stood."""
    assert flagged.highlight
    reply = write_note(flagged.highlight, "A calm reply.", world.cleo, flagged)
    hide(flagged, world.ben, reason="It insults.")

    page = cleo.get(world.public.get_absolute_url()).content.decode()

    assert f'id="note-{reply.pk}"' in page
    assert "The note that you answered is no longer shown. Only you still see this." in page
    assert f'id="note-{flagged.pk}"' not in page
    assert "no longer shown" not in dov.get(world.public.get_absolute_url()).content.decode()
