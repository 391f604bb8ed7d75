"""The page of one claim, and the notes on it."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim
from reader.claims.page_queries import notes_on
from reader.claims.proposing import Proposal, as_proposal, propose
from reader.claims.queries import attach_statements, said_rows
from reader.claims.stating import state_again
from reader.claims.windows import SET_BY_A_READER, WindowKind, between_in_words, window_briefly
from reader.core.visibility import Visibility
from reader.highlights.models import NOTE_LIMIT, Kind, Note, write_note
from tests.claims.predictions import make_claim
from tests.library.pieces import shelve_piece
from tests.world import World, make_article, make_highlight

QUOTE = "2024 will be the year of the small model"


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)


def test_it_works(claim: Claim, client: Client) -> None:
    page = client.get(claim.get_absolute_url()).content.decode()

    assert "We think <mark" in page
    assert f"{QUOTE}</mark>, and of 🦙 herds." in page
    assert "1 January 2024 – 31 December 2024" in page
    assert "Mira Castell" in page
    assert "“2024”" in page
    assert claim.statements.get().highlight.get_absolute_url() in page


def test_it_handles_missing(db: None, client: Client) -> None:
    assert client.get("/claims/1/").status_code == 404
    assert client.get(f"/claims/{'9' * 40}/").status_code == 404


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2023-12-31", "opens in 1 day"),
        ("2024-12-21", "10 days left"),
        ("2025-01-01", "due for 1 day"),
        ("2029-01-01", "due for 1,462 days"),
    ],
)
def test_it_says_how_far_the_window_is(claim: Claim, client: Client, today: str, words: str) -> None:
    with time_machine.travel(f"{today} 12:00"):
        assert words in client.get(claim.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "window",
    [
        (WindowKind.NONE, None, None),
        (WindowKind.VAGUE, None, None),
        (WindowKind.OPEN, date(1, 1, 1), None),
        (WindowKind.OPEN, date(9999, 12, 31), None),
        (WindowKind.WINDOW, date(1, 1, 1), date(9999, 12, 31)),
        (WindowKind.WINDOW, date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_any_window_can_be_drawn(claim: Claim, client: Client, window: tuple[str, date | None, date | None]) -> None:
    claim.window_kind, claim.window_start, claim.window_end = window
    claim.save()

    page = client.get(claim.get_absolute_url())

    assert page.status_code == 200
    assert (b"<svg class=" + b'"window-bar"' in page.content) == (window[1] is not None)


@pytest.mark.parametrize(
    ("rule", "words"), [("", ""), (SET_BY_A_READER, "Set by a reader."), ("a rule of long ago", "")]
)
def test_a_rule_that_is_no_longer_known_is_passed_over(claim: Claim, rule: str, words: str) -> None:
    claim.window_rule = rule

    assert claim.window_rule_in_words == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (date(2023, 5, 17), date(2023, 5, 17), "17 May 2023"),
        (date(2023, 5, 17), None, "17 May 2023"),
        (date(2023, 5, 1), date(2023, 5, 31), "May 2023"),
        (date(2023, 1, 1), date(2023, 12, 31), "2023"),
    ],
)
def test_a_day_is_told_as_exactly_as_it_is_known(first: date | None, last: date | None, words: str) -> None:
    assert between_in_words(first, last) == words


def test_a_long_paragraph_is_cut_around_the_quote(world: World, client: Client) -> None:
    html = f"<p>{'Once upon a time. ' * 100}The end comes in 2030. {'And so they lived. ' * 100}</p>"
    article = make_article("A long paragraph", world.ada, Visibility.PUBLIC, html=html)
    claim = make_claim(article, "The end comes in 2030", world.ada, Visibility.PUBLIC)

    page = client.get(claim.get_absolute_url()).content.decode()

    assert 'dir="auto">… upon a time.' in page or 'dir="auto">… ' in page
    assert page.count("Once upon a time.") < 40
    assert page.count("And so they lived.") < 40
    assert " …</blockquote>" in page


def test_it_shows_only_the_statements_whose_piece_the_reader_may_read(
    world: World, claim: Claim, cleo: Client, dov: Client
) -> None:
    heard = make_highlight(
        world.shared,
        "Nobody trains from scratch before 2030",
        world.ada,
        Kind.PREDICTION,
        Visibility.TEAM,
        world.foundry,
    )
    state_again(claim, heard, Proposal(statement="", speaker="An insider"), world.ada)

    assert "An insider" in cleo.get(claim.get_absolute_url()).content.decode()
    page = dov.get(claim.get_absolute_url()).content.decode()
    assert "An insider" not in page
    assert world.shared.title not in page
    assert "An insider" not in dov.get("/claims/").content.decode()
    assert "2 statements" not in dov.get("/claims/").content.decode()


def test_what_was_said_on_an_unknown_day_comes_last(world: World) -> None:
    undated = shelve_piece(world.ada, "Undated", Visibility.PUBLIC)
    first = make_highlight(undated, "all that Undated says", world.ada, Kind.PREDICTION, Visibility.PUBLIC)
    claim = propose(first, Proposal(statement="It was said somewhere"), world.ada)
    second = make_highlight(world.public, "small models", world.ada, Kind.PREDICTION, Visibility.PUBLIC)
    state_again(claim, second, Proposal(statement=""), world.ada)

    attach_statements([claim], world.dov)

    assert [statement.said_on for statement in claim.visible_statements] == [date(2023, 5, 17), None]
    assert [row.title for row in said_rows([claim], world.dov)] == [world.public.title, "Undated"]


def test_a_passage_that_is_no_prediction_any_more_is_told(world: World, claim: Claim, ada: Client) -> None:
    claim.statements.get().highlight.change_kind(Kind.EVIDENCE, world.ada)

    page = ada.get(claim.get_absolute_url())

    assert "no longer marked as a prediction" in page.content.decode()


def test_queries_do_not_grow_with_statements_and_notes(world: World, claim: Claim, cleo: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            cleo.get(claim.get_absolute_url())
        return len(queries)

    cleo.post(f"{claim.get_absolute_url()}notes/", {"body": "First."})
    few = count()
    for number in range(5):
        article = make_article(f"Echo {number}", world.ada, Visibility.PUBLIC)
        heard = make_highlight(article, QUOTE, world.ada, Kind.PREDICTION, Visibility.PUBLIC)
        state_again(claim, heard, as_proposal(claim.statements.first()), world.ada)  # type: ignore[arg-type]  # it has one
        cleo.post(f"{claim.get_absolute_url()}notes/", {"body": f"Note {number}."})

    assert count() == few


def test_notes_are_found_without_looking_through_those_of_other_claims(claim: Claim, world: World) -> None:
    write_note(claim, "First.", world.ada)

    with CaptureQueriesContext(connection) as queries:
        assert [note.owner_id for note in notes_on(claim, world.ada)] == [world.ada.pk]

    plan = plan_of(queries.captured_queries[0]["sql"])
    assert "reader_note" in plan
    assert not re.search(r"(SCAN|Seq Scan on) reader_note\b", plan)


def plan_of(question: str) -> str:
    """How the database would look, were its tables so large that it went by indexes wherever one helps."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN'} {question}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_a_note_can_be_written_on_it(world: World, claim: Claim, cleo: Client) -> None:
    answer = cleo.post(f"{claim.get_absolute_url()}notes/", {"body": "I *doubt* it."})

    note = Note.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{claim.get_absolute_url()}#note-{note.pk}"
    assert (note.claim, note.owner, note.visibility) == (claim, world.cleo, Visibility.PUBLIC)
    assert "I <em>doubt</em> it." in cleo.get(claim.get_absolute_url()).content.decode()


def test_a_note_sent_twice_is_written_once(claim: Claim, cleo: Client) -> None:
    for _ in range(2):
        cleo.post(f"{claim.get_absolute_url()}notes/", {"body": "I doubt it."})

    assert Note.objects.count() == 1


@pytest.mark.parametrize("body", ["", "   ", "x" * (NOTE_LIMIT + 1)])
def test_a_note_that_cannot_be_kept_is_refused_and_its_words_stay(claim: Claim, cleo: Client, body: str) -> None:
    answer = cleo.post(f"{claim.get_absolute_url()}notes/", {"body": body})

    assert answer.status_code == 422
    assert not Note.objects.exists()
    assert body.strip() in answer.content.decode()
    assert "errorlist" in answer.content.decode()


def test_a_note_can_be_changed_deleted_and_brought_back(claim: Claim, ada: Client, dov: Client) -> None:
    dov.post(f"{claim.get_absolute_url()}notes/", {"body": "First."})
    note = Note.objects.get()
    assert f'href="/notes/{note.pk}/"' in dov.get(claim.get_absolute_url()).content.decode()

    answer = dov.post(f"/notes/{note.pk}/", {"body": "Second.", "version": 1})
    assert (answer.status_code, answer["Location"]) == (303, f"{claim.get_absolute_url()}#notes")
    assert "<p>Second.</p>" in ada.get(claim.get_absolute_url()).content.decode()

    dov.post(f"/notes/{note.pk}/deletion/")
    assert "<p>Second.</p>" not in ada.get(claim.get_absolute_url()).content.decode()

    dov.post(f"/notes/{note.pk}/restoration/")
    assert "<p>Second.</p>" in ada.get(claim.get_absolute_url()).content.decode()


def test_a_note_is_written_anew_by_its_writer_alone(
    world: World, claim: Claim, ada: Client, cleo: Client, dov: Client
) -> None:
    note = write_note(claim, "Mine.", world.dov)

    assert f'href="/notes/{note.pk}/"' in dov.get(claim.get_absolute_url()).content.decode()
    assert f'href="/notes/{note.pk}/"' not in ada.get(claim.get_absolute_url()).content.decode()
    assert cleo.post(f"/notes/{note.pk}/", {"body": "Yours.", "version": 1}).status_code == 403
    assert ada.post(f"/notes/{note.pk}/", {"body": "Yours.", "version": 1}).status_code == 403
    assert Note.objects.get().body == "Mine."
    assert cleo.get(f"/notes/{note.pk}/replies/").status_code == 404


def test_it_shows_what_was_written_on_the_passage(world: World, claim: Claim, cleo: Client, dov: Client) -> None:
    mark = claim.statements.get().highlight
    write_note(mark, "See *there*.", world.ada)
    hidden = write_note(mark, "For us.", world.ada)
    Note.objects.filter(pk=hidden.pk).update(visibility=Visibility.PRIVATE)

    page = dov.get(claim.get_absolute_url()).content.decode()
    assert "See <em>there</em>." in page
    assert "For us." not in page


def test_a_claim_whose_passage_is_no_longer_marked_is_there_for_its_owner_alone(
    world: World, claim: Claim, ada: Client, dov: Client
) -> None:
    claim.statements.get().highlight.delete_by(world.ada)

    page = ada.get(claim.get_absolute_url()).content.decode()
    assert "no longer marked" in page
    assert "Edit the claim" not in page
    assert dov.get(claim.get_absolute_url()).status_code == 404


def test_a_note_on_a_hidden_claim_is_missing(world: World, cleo: Client, dov: Client) -> None:
    note = write_note(make_claim(world.private, QUOTE, world.cleo), "Mine.", world.cleo)

    assert cleo.get(f"/notes/{note.pk}/").status_code == 200
    assert dov.get(f"/notes/{note.pk}/").status_code == 404


def test_notes_check_who_may_write(world: World, vera: Client, dov: Client, client: Client) -> None:
    ours = make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)
    address = f"{ours.get_absolute_url()}notes/"

    assert vera.post(address, {"body": "Hello."}).status_code == 403
    assert dov.post(address, {"body": "Hello."}).status_code == 404
    assert client.post(address, {"body": "Hello."}).status_code == 302
    assert not Note.objects.exists()


def test_notes_reject_get(claim: Claim, cleo: Client) -> None:
    assert cleo.get(f"{claim.get_absolute_url()}notes/").status_code == 405


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 1, 1), date(2029, 12, 31), "2026 – 2029"),
        (date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        (date(2026, 11, 12), date(2029, 12, 31), "12 Nov 2026 – 31 Dec 2029"),
        (date(2026, 11, 12), date(2026, 11, 12), "12 Nov 2026"),
        (date(2026, 11, 12), None, "From 12 Nov 2026 on"),
        (date(9999, 1, 1), date.max, "1 Jan 9999 – 31 Dec 9999"),
        (None, None, "No time given"),
    ],
)
def test_a_line_of_the_ledger_says_a_window_briefly(start: date | None, end: date | None, words: str) -> None:
    kind = WindowKind.NONE if start is None else WindowKind.WINDOW if end else WindowKind.OPEN

    assert window_briefly(kind, start, end) == words
