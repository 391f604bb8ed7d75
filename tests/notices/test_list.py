"""The list behind the bell."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.models import Membership
from reader.claims.models import Claim
from reader.highlights.models import Note
from reader.notices.models import Kind, Notice
from reader.notices.telling import notify
from reader.pages.noting import write
from tests.claims.predictions import make_claim
from tests.notices.telling import invite, many, mention_ben, team_mark
from tests.pages.asking import FRAGMENT
from tests.world import World


def listed(client: Client, query: str = "", headers: dict[str, str] | None = None) -> str:
    return client.get(f"/notices/{query}", headers=headers or {}).content.decode()


def test_it_works(ben: Client, world: World) -> None:
    notice = mention_ben(world, "What do you say, @ben? **Is it** so?")

    page = listed(ben)

    assert f'<a href="/notices/{notice.pk}/">Cleo mentioned you in a note on “Notes for the Foundry”</a>' in page
    assert "What do you say, @ben? Is it so?" in page
    assert '<span class="bell-count">1' in page


def test_every_kind_has_its_sentence(ben: Client, world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First.", world.ben)
    write(mark, "Reply.", world.cleo, first)
    other = write(mark, "Other.", world.cleo)
    write(mark, "Ben replies.", world.ben, other)
    write(mark, "Ada replies.", world.ada, other)
    invite(world.ben, world)
    claim = make_claim(world.public, "Prices fall by half", world.ben, "public")
    notify(world.ben, Kind.DUE, "claim-1-2024-12-31", claim=claim)

    page = listed(ben)

    for sentence in [
        "Cleo replied to your note on “Notes for the Foundry”",
        "Ada replied beside you on “Notes for the Foundry”",
        "Dov invites you to the team Harbour",
        "A claim of yours is due: “Prices fall by half”",
    ]:
        assert sentence in page


def test_an_empty_list_says_what_it_is_for(ben: Client) -> None:
    assert "When somebody mentions you" in listed(ben)
    assert "bell-count" not in listed(ben)


def test_opening_one_leads_to_the_passage_and_reads_it(ben: Client, world: World) -> None:
    notice = mention_ben(world)

    response = ben.get(notice.get_absolute_url())

    assert response.status_code == 303
    assert response.headers["Location"] == notice.leads_to
    assert notice.leads_to.endswith(f"#h-{notice.note and notice.note.highlight_id}")
    assert "bell-count" not in listed(ben)


def test_a_note_on_a_piece_or_a_claim_is_led_to_itself(world: World) -> None:
    claim = make_claim(world.shared, "Prices fall by half", world.cleo, "team", world.foundry)
    for on in (world.shared, claim):
        note = write(on, "@ben", world.cleo)
        assert Notice.objects.get(note=note).leads_to == f"{on.get_absolute_url()}#note-{note.pk}"


def test_looking_whether_it_is_there_reads_nothing(ben: Client, world: World) -> None:
    notice = mention_ben(world)
    ben.head(notice.get_absolute_url())
    notice.refresh_from_db()

    assert notice.read_at is None


def test_one_can_be_marked_as_read(ben: Client, world: World) -> None:
    notice = mention_ben(world)

    response = ben.post(f"/notices/{notice.pk}/reading/")

    assert response.status_code == 303
    assert "bell-count" not in listed(ben)


def test_it_answers_fragment(ben: Client, world: World) -> None:
    notice = mention_ben(world)

    page = ben.post(f"/notices/{notice.pk}/reading/", headers=FRAGMENT).content.decode()

    assert f'id="notice-{notice.pk}"' in page
    assert "data-unread" not in page
    assert '<hx-partial hx-target="#bell" hx-swap="outerHTML">' in page
    assert "bell-count" not in page


def test_all_that_were_shown_are_marked_as_read(ben: Client, world: World) -> None:
    many(world, 3)
    shown = Notice.objects.latest("pk").pk
    later = write(team_mark(world), "@ben, later", world.cleo)

    ben.post("/notices/reading/", {"until": shown})

    assert list(Notice.objects.filter(read_at=None)) == [Notice.objects.get(note=later)]


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 30])
def test_marking_all_survives_anything(ben: Client, world: World, until: str) -> None:
    mention_ben(world)

    assert ben.post("/notices/reading/", {"until": until}).status_code == 303
    assert Notice.objects.get().read_at is None


def test_pages_follow_one_another(ben: Client, world: World) -> None:
    many(world, 35)
    first = listed(ben)
    cursor = first.split('hx-get="?after=')[1].split('"')[0]

    rest = listed(ben, f"?after={cursor}", FRAGMENT)

    assert first.count('class="notice-row"') == 30
    assert rest.count('class="notice-row"') == 5
    assert "<html" not in rest


def test_its_queries_do_not_grow(ben: Client, world: World) -> None:
    many(world, 2)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as few:
        listed(ben)
    many(world, 20)
    with CaptureQueriesContext(connection) as more:
        listed(ben)

    assert len(more) == len(few)


def take_away_the_team(world: World, note: Note) -> None:
    Membership.objects.filter(user=world.ben).delete()


def delete_the_note(world: World, note: Note) -> None:
    note.delete_by(world.cleo)


def delete_the_mark(world: World, note: Note) -> None:
    if note.highlight:
        note.highlight.delete_by(world.cleo)


def no_longer_mention(world: World, note: Note) -> None:
    note.rewrite("Nobody.", note.version, world.cleo)


def make_it_private(world: World, note: Note) -> None:
    Note.objects.filter(pk=note.pk).update(visibility="private", team=None)


GONE = [take_away_the_team, delete_the_note, delete_the_mark, no_longer_mention, make_it_private]


@pytest.mark.parametrize("change", GONE, ids=lambda one: one.__name__)
def test_what_went_out_of_sight_takes_its_notice_along(ben: Client, world: World, change: object) -> None:
    notice = mention_ben(world, "The word is zanzibar, @ben.")
    assert notice.note is not None
    assert callable(change)

    change(world, notice.note)

    page = listed(ben)
    assert "zanzibar" not in page
    assert "Notes for the Foundry" not in page
    assert "bell-count" not in page
    assert ben.get(notice.get_absolute_url()).status_code == 404
    assert ben.post(f"/notices/{notice.pk}/reading/").status_code == 404


def test_a_reply_to_a_deleted_note_is_not_told(ben: Client, world: World) -> None:
    mark = team_mark(world)
    first = write(mark, "First.", world.ben)
    write(mark, "Reply.", world.cleo, first)

    first.delete_by(world.ben)

    assert "replied" not in listed(ben)


def test_a_claim_that_was_deleted_is_no_longer_due(ben: Client, world: World) -> None:
    claim = make_claim(world.public, "Prices fall by half", world.ben, "public")
    notify(world.ben, Kind.DUE, "claim-1-2024-12-31", claim=claim)

    Claim.objects.update(deleted_at="2026-01-01T00:00Z")

    assert "is due" not in listed(ben)


def test_it_checks_ownership(cleo: Client, world: World) -> None:
    notice = mention_ben(world)
    hidden = cleo.get(notice.get_absolute_url())
    missing = cleo.get("/notices/4711/")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert cleo.post(f"/notices/{notice.pk}/reading/").status_code == 404
    assert "mentioned" not in listed(cleo)


def test_hostile_words_are_escaped(ben: Client, world: World) -> None:
    mention_ben(world, "@ben <script>alert(1)</script> שלום 🦙")

    page = listed(ben)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; שלום 🦙" in page


@pytest.mark.parametrize("address", ["/notices/", "/notices/1/", "/notices/1/reading/", "/notices/reading/"])
def test_a_stranger_signs_in_first(client: Client, db: None, address: str) -> None:
    method = client.post if "reading" in address else client.get

    assert method(address).status_code == 302


def test_it_rejects_get(ben: Client, world: World) -> None:
    notice = mention_ben(world)

    assert ben.get("/notices/reading/").status_code == 405
    assert ben.get(f"/notices/{notice.pk}/reading/").status_code == 405
