"""Correcting a claim."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from reader.claims.models import Claim, Stance
from reader.claims.proposing import (
    Proposal,
    amend,
    as_proposal,
    propose,
    read_proposal,
    requote,
)
from reader.claims.stating import state_again
from reader.claims.timing import MOST_READ, Horizon, read_horizon
from reader.claims.windows import SET_BY_A_READER, WindowKind
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.precision import Precision
from tests.claims.ledger import judged, teams_claim
from tests.claims.predictions import make_claim
from tests.world import World, make_highlight

QUOTE = "2024 will be the year of the small model"


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)


def said(claim: Claim, **changes: Any) -> dict[str, Any]:
    """What the form sends when only these fields were changed."""
    return {
        "statement": claim.statement,
        "speaker": "Mira Castell",
        "reported_by": "",
        "stance": Stance.ASSERTS,
        "window_kind": claim.window_kind,
        "window_start": claim.window_start or "",
        "window_end": claim.window_end or "",
        "time_text": "2024",
        "criteria": claim.criteria,
        "tags": "",
    } | changes


def edit(client: Client, claim: Claim, **changes: Any) -> Any:
    return client.post(f"{claim.get_absolute_url()}edit/", said(claim, **changes))


def test_it_works(claim: Claim, ada: Client) -> None:
    answer = edit(
        ada,
        claim,
        statement="Small models win in 2024.",
        criteria="A majority of calls.",
        speaker="Luke",
        reported_by="Mira Castell",
        stance=Stance.REPORTS,
        tags="small models, winners",
    )

    claim.refresh_from_db()
    statement = claim.statements.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, claim.get_absolute_url())
    assert (claim.statement, claim.criteria) == ("Small models win in 2024.", "A majority of calls.")
    assert (str(statement.speaker), str(statement.reported_by), statement.stance) == ("Luke", "Mira Castell", "reports")
    assert {tag.name for tag in claim.tags.all()} == {"small models", "winners"}
    assert statement.quote == QUOTE


def test_it_starts_from_what_stands(claim: Claim, ada: Client) -> None:
    claim.label(["small models"], claim.owner)

    page = ada.get(f"{claim.get_absolute_url()}edit/").content.decode()

    assert f'value="{claim.window_end}"' in page
    assert 'value="Mira Castell"' in page
    assert 'value="small models"' in page


def test_a_window_left_alone_keeps_its_rule(claim: Claim, ada: Client) -> None:
    edit(ada, claim, criteria="More precisely so.")

    rule = claim.window_rule
    claim.refresh_from_db()
    assert claim.window_rule == rule != SET_BY_A_READER


def test_a_window_that_a_reader_chose_says_so(claim: Claim, ada: Client) -> None:
    edit(ada, claim, window_end="2025-06-30")

    claim.refresh_from_db()
    assert (claim.window_end, claim.window_rule) == (date(2025, 6, 30), SET_BY_A_READER)
    assert claim.statements.get().window_end == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("changes", "window"),
    [
        ({"window_kind": "none"}, (WindowKind.NONE, None, None)),
        ({"window_kind": "vague"}, (WindowKind.VAGUE, None, None)),
        ({"window_kind": "open"}, (WindowKind.OPEN, date(2024, 1, 1), None)),
        ({"window_kind": "open", "window_end": ""}, (WindowKind.OPEN, date(2024, 1, 1), None)),
        ({"window_start": "", "window_end": "2026-01-31"}, (WindowKind.WINDOW, date(2023, 5, 17), date(2026, 1, 31))),
        (
            {"window_kind": "vague", "window_end": "2026-01-31"},
            (WindowKind.WINDOW, date(2024, 1, 1), date(2026, 1, 31)),
        ),
    ],
)
def test_kind_and_days_are_settled(
    claim: Claim, ada: Client, changes: dict[str, str], window: tuple[str, date | None, date | None]
) -> None:
    assert edit(ada, claim, **changes).status_code == 303

    claim.refresh_from_db()
    assert (claim.window_kind, claim.window_start, claim.window_end) == window


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"window_start": "2020-01-01", "window_end": "2022-12-31"},
            "would end before 17 May 2023, when this was said",
        ),
        ({"window_start": "2025-01-01"}, "would end before it starts, on 1 January 2025"),
        ({"window_kind": "window", "window_end": ""}, "A window needs its last day"),
        ({"window_kind": "open", "window_start": "", "window_end": ""}, "From which day on?"),
        ({"window_end": "soon"}, "This is not a day"),
        ({"window_kind": "sometimes"}, "not among the choices"),
        ({"stance": "shrugs"}, "not among the choices"),
        ({"statement": "x" * 501}, "up to 500 letters are kept"),
        ({"time_text": "x" * 201, "window_end": "2025-01-31"}, "up to 200 letters are kept"),
        ({"tags": "t" * 300}, "A tag has at most 60 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    claim: Claim, ada: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = edit(ada, claim, criteria="What I typed.", **changes)

    before = claim.statement, claim.window_start, claim.window_end, claim.criteria
    claim.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "What I typed." in answer.content.decode()
    assert (claim.statement, claim.window_start, claim.window_end, claim.criteria) == before


def test_somebody_who_only_retells_may_name_a_past_window(claim: Claim, ada: Client) -> None:
    past = {"window_start": "2020-01-01", "window_end": "2022-12-31"}

    assert edit(ada, claim, stance=Stance.REPORTS, **past).status_code == 303
    claim.refresh_from_db()
    assert claim.window_end == date(2022, 12, 31)
    assert edit(ada, claim, stance=Stance.ASSERTS).status_code == 422
    without_window = ada.post(f"{claim.get_absolute_url()}edit/", {"stance": Stance.ASSERTS, "speaker": "Mira"})
    assert without_window.status_code == 422


def test_the_day_it_was_said_is_the_latest_it_can_be(claim: Claim, ada: Client) -> None:
    article = claim.statements.get().highlight.article
    article.published, article.published_precision = date(2023, 1, 1), Precision.YEAR
    article.save()

    answer = edit(ada, claim, window_start="2023-02-01", window_end="2023-06-30")

    assert answer.status_code == 422
    assert "would end before 31 December 2023" in answer.content.decode()


def test_nothing_is_saved_by_half(claim: Claim, ada: Client) -> None:
    edit(ada, claim, statement="Other words.", tags="t" * 300)

    claim.refresh_from_db()
    assert claim.statement == QUOTE
    assert not Event.objects.filter(verb="amended").exists()


def test_an_amendment_is_in_the_log(world: World, claim: Claim, ada: Client) -> None:
    edit(ada, claim, statement="Other words.")

    event = Event.objects.get(verb="amended")
    assert (event.actor, event.subject_id) == (world.ada, claim.pk)
    assert event.detail["before"]["statement"] == QUOTE


def test_it_checks_ownership(claim: Claim, ben: Client, cleo: Client, dov: Client) -> None:
    for reader in (cleo, dov):
        assert reader.get(f"{claim.get_absolute_url()}edit/").status_code == 403
        assert edit(reader, claim, statement="Mine now.").status_code == 403
    assert edit(ben, claim, statement="A curator's words.").status_code == 303


def test_it_handles_missing(world: World, dov: Client) -> None:
    hidden = make_claim(world.private, QUOTE, world.cleo)

    assert dov.get(f"{hidden.get_absolute_url()}edit/").status_code == 404
    assert dov.get("/claims/999999/edit/").status_code == 404


def test_an_empty_form_is_no_request_for_the_form(claim: Claim, ada: Client) -> None:
    answer = ada.post(f"{claim.get_absolute_url()}edit/", {})

    assert answer.status_code == 303


def test_a_claim_without_a_passage_is_not_edited(world: World, claim: Claim, ada: Client) -> None:
    claim.statements.get().highlight.delete_by(world.ada)

    answer = edit(ada, claim)
    assert (answer.status_code, answer.headers["Location"]) == (303, claim.get_absolute_url())
    assert not Event.objects.filter(verb="amended").exists()


def test_every_piece_that_states_it_learns_of_the_change(world: World, claim: Claim, ada: Client) -> None:
    again = make_highlight(world.shared, "Prices fall by half", world.ada, "prediction")
    state_again(claim, again, Proposal(statement=claim.statement), world.ada)

    edit(ada, claim, statement="Small models win.")

    told = Event.objects.filter(verb="amended").values_list("article_id", flat=True)
    assert set(told) == {world.public.pk, world.shared.pk}


def test_a_stale_hand_leaves_the_state(world: World, claim: Claim) -> None:
    stale = Claim.objects.get()
    claim.set_state(Claim.State.REJECTED, world.ada)

    stale.amend("Small models win.", "", Horizon().as_fields(), world.ada)

    claim.refresh_from_db()
    assert (claim.statement, claim.state) == ("Small models win.", Claim.State.REJECTED)


@pytest.fixture
def mine(world: World) -> Claim:
    """A public claim that Cleo, who curates nothing, proposed."""
    return make_claim(world.public, QUOTE, world.cleo, Visibility.PUBLIC)


@pytest.mark.parametrize("state", ["accepted", "rejected", "withdrawn"])
def test_once_decided_it_requires_a_curator(world: World, mine: Claim, cleo: Client, ben: Client, state: str) -> None:
    assert edit(cleo, mine, statement="Said better.").status_code == 303
    mine.set_state(state, world.ben)

    assert cleo.get(f"{mine.get_absolute_url()}edit/").status_code == 403
    assert edit(cleo, mine, statement="The opposite.").status_code == 403
    assert "Edit the claim" not in cleo.get(mine.get_absolute_url()).content.decode()
    assert edit(ben, mine, statement="As a curator says it.").status_code == 303
    mine.refresh_from_db()
    assert (mine.statement, mine.state) == ("As a curator says it.", state)


def test_a_question_gives_it_back_to_its_proposer(world: World, mine: Claim, cleo: Client) -> None:
    mine.set_state(Claim.State.NEEDS_WORK, world.ben, "Which models?")

    assert "Edit the claim" in cleo.get(mine.get_absolute_url()).content.decode()
    assert edit(cleo, mine, statement="Small open models win.").status_code == 303


def test_of_a_team_its_curators_change_what_is_decided(world: World, ben: Client, cleo: Client) -> None:
    ours = make_claim(world.shared, QUOTE, world.cleo, Visibility.TEAM, world.foundry)
    ours.set_state(Claim.State.ACCEPTED, world.ada)

    assert edit(cleo, ours, statement="Mine.").status_code == 403
    assert edit(ben, ours, statement="The team's.").status_code == 303


def test_of_what_is_mine_alone_i_am_the_curator(world: World, cleo: Client) -> None:
    alone = make_claim(world.private, QUOTE, world.cleo)
    alone.set_state(Claim.State.ACCEPTED, world.cleo)

    assert edit(cleo, alone, statement="Said better.").status_code == 303


def test_a_decision_in_this_moment_keeps_what_was_typed(
    world: World, mine: Claim, cleo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided_meanwhile(*args: Any) -> None:
        Claim.objects.get(pk=mine.pk).set_state(Claim.State.ACCEPTED, world.ben)
        amend(*args)

    monkeypatch.setattr("reader.claims.views.editing.amend", decided_meanwhile)

    answer = edit(cleo, mine, statement="The opposite.", criteria="What I typed.", tags="mine")

    mine.refresh_from_db()
    assert answer.status_code == 409
    assert "A curator decided on this claim while you wrote" in answer.content.decode()
    assert "What I typed." in answer.content.decode()
    assert mine.statement == QUOTE
    assert not mine.tags.exists()


def test_marking_other_words_leaves_what_is_decided(world: World, mine: Claim, cleo: Client) -> None:
    mine.set_state(Claim.State.ACCEPTED, world.ben)
    mark = mine.statements.get().highlight

    cleo.post(f"/highlights/{mark.pk}/passage/", {"exact": "Prices fall by half within eighteen months"})

    mine.refresh_from_db()
    statement = mine.statements.get()
    assert statement.quote == "Prices fall by half within eighteen months"
    assert (mine.statement, mine.window_end) == (QUOTE, date(2024, 12, 31))


def test_a_stranger_signs_in_first(claim: Claim, client: Client) -> None:
    assert client.get(f"{claim.get_absolute_url()}edit/").status_code == 302


def test_a_very_long_quote_is_read_from_its_beginning(world: World) -> None:
    padding = "Words and more words. " * (MOST_READ // 22 + 2)

    assert read_horizon(f"Prices fall by 2026. {padding}", world.public).end == date(2026, 12, 31)
    assert read_horizon(f"{padding} Prices fall by 2026.", world.public).end is None


def test_a_passage_without_a_date_around_it_reads_no_window(world: World) -> None:
    world.private.published, world.private.published_precision = None, ""

    assert read_horizon("It happens next year", world.private).kind == WindowKind.NONE


def test_a_quote_longer_than_a_statement_is_cut(world: World) -> None:
    exact = world.public.revisions.get().text
    highlight = make_highlight(world.public, exact, world.ada, Kind.PREDICTION, Visibility.PUBLIC)

    proposal = read_proposal(exact * 4, world.public)
    claim = propose(highlight, proposal, world.ada)

    assert len(claim.statement) == 500
    assert claim.statements.get().quote == exact


def test_a_speaker_is_named_once_however_it_is_written(world: World) -> None:
    claims = []
    for exact, name in ((QUOTE, "Luke  Sernau"), ("Prices fall by half within eighteen months", "luke sernau")):
        highlight = make_highlight(world.public, exact, world.ada, Kind.PREDICTION, Visibility.PUBLIC)
        claims.append(propose(highlight, Proposal(statement=exact, speaker=name), world.ada))

    assert claims[0].statements.get().speaker == claims[1].statements.get().speaker


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker": "Somebody else"},
        {"reported_by": "Luke"},
        {"stance": Stance.REPORTS},
        {"hedge": "might"},
        {"stated_percent": Decimal(10)},
    ],
)
def test_who_said_it_and_how_stays_once_it_is_judged(world: World, changes: dict[str, Any]) -> None:
    claim = teams_claim(world)
    statement = claim.statements.get()
    judged(claim, world.ben)
    before = as_proposal(statement)

    with pytest.raises(Refused, match="has been judged"):
        amend(statement, replace(before, **changes), [], world.ben)

    assert as_proposal(claim.statements.get()) == before
    amend(claim.statements.get(), before, ["small models"], world.ben)  # what changes none of it goes on


def test_what_changed_of_who_said_it_is_told(world: World, claim: Claim, ada: Client) -> None:
    mira = claim.statements.get().speaker_id

    edit(ada, claim, speaker="Luke", stance=Stance.REPORTS, reported_by="Mira Castell", hedge="might")

    statement = claim.statements.get()
    event = Event.objects.get(verb="reworded")
    assert event.detail == {
        "statement": statement.pk,
        "before": {"speaker": mira, "reported_by": None, "stance": "asserts", "hedge": ""},
        "after": {"speaker": statement.speaker_id, "reported_by": mira, "stance": "reports", "hedge": "might"},
    }
    assert "corrected who said it, or how" in ada.get(claim.get_absolute_url()).content.decode()


def test_the_words_that_were_judged_stay_where_a_mark_moves(world: World) -> None:
    claim = teams_claim(world)
    judged(claim, world.ben)
    statement = claim.statements.get()
    statement.highlight.exact = "2024 will be the year"

    requote(statement, world.cleo)

    assert claim.statements.get().quote == QUOTE


@pytest.mark.parametrize(("start", "is_said"), [("2023-05-16", True), ("2023-05-17", False)])
def test_a_window_that_begins_before_it_was_said_is_told_of(
    ada: Client, claim: Claim, start: str, is_said: bool
) -> None:
    """No fault, so nothing is refused: "in 2023", said in May of it, is one."""
    Claim.objects.filter(pk=claim.pk).update(window_start=start)

    beside = ada.get(f"{claim.get_absolute_url()}edit/").content.decode()
    beside = beside.partition('name="window_start"')[0].rpartition('<div class="field')[2]

    assert ("Begins before it was said." in beside) == is_said


def test_a_window_that_begins_before_it_was_said_is_told_of_in_a_form_that_comes_back(
    ada: Client, claim: Claim
) -> None:
    answer = edit(ada, claim, window_start="2023-01-01", window_end="2022-12-31")

    assert answer.status_code == 422
    assert "Begins before it was said." in answer.content.decode()


def test_a_day_that_is_none_is_before_nothing(ada: Client, claim: Claim) -> None:
    answer = edit(ada, claim, window_start="soon")

    assert answer.status_code == 422
    assert "Begins before it was said." not in answer.content.decode()
