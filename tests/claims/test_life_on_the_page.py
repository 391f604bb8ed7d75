"""What readers do on the page of a claim: forecast, bring evidence, assess, judge, dispute, reply, relate."""

import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.claims import due
from reader.claims.assessing import Assessment, Round, assess, close_round, open_round
from reader.claims.disputes import Correction, Dispute
from reader.claims.disputing import dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast, forecast
from reader.claims.models import Claim
from reader.claims.relations import Relation
from reader.claims.scale import Grade
from reader.claims.standing import of_claim
from reader.claims.verdicts import Verdict
from reader.core.visibility import Visibility
from reader.library.identifying import identify
from tests.claims.ledger import AHEAD, QUOTES, accepted, again, judged, private_claim, public_claim, source, teams_claim
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight


def page_of(client: Client, claim: Claim) -> str:
    return client.get(claim.get_absolute_url()).content.decode()


def at(claim: Claim, place: str) -> str:
    return f"{claim.get_absolute_url()}{place}/"


# Forecasts


def test_a_forecast_is_given_changed_and_withdrawn(world: World, cleo: Client) -> None:
    claim = teams_claim(world, ends=AHEAD)
    assert "Nobody has forecast yet. What do you think?" in page_of(cleo, claim)

    answer = cleo.post(at(claim, "forecasts"), {"percent": "73", "reason": "Prices <b>fall</b>."})
    assert (answer.status_code, answer["Location"]) == (303, f"{claim.get_absolute_url()}#forecasts")
    page = page_of(cleo, claim)
    assert "Prices &lt;b&gt;fall&lt;/b&gt;." in page
    assert "You give it 73 %." in page

    cleo.post(at(claim, "forecasts"), {"percent": "60"})
    cleo.post(at(claim, "forecasts/withdrawal"))
    assert list(Forecast.objects.values_list("percent", flat=True)) == [73, 60, None]
    assert "withdrawn" in page_of(cleo, claim)


@pytest.mark.parametrize("percent", ["0", "100", "maybe", "", "7.5", "-3", "9" * 5000, "²"])
def test_what_is_no_probability_is_refused_and_what_was_typed_stays(world: World, cleo: Client, percent: str) -> None:
    claim = teams_claim(world, ends=AHEAD)

    answer = cleo.post(at(claim, "forecasts"), {"percent": percent, "reason": "Because I say so"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A forecast is a whole number from 1 to 99 %" in page
    assert "Because I say so" in page
    assert f'value="{percent}"' in page
    assert page.count("A forecast is a whole number from 1 to 99 %") == 1
    beside = page.partition("<forecast-field")[2].partition("</forecast-field>")[0]
    assert 'aria-invalid="true" aria-describedby="id_percent_error"' in beside
    assert 'id="id_percent_error"' in beside
    assert not Forecast.objects.exists()


def test_the_crowd_is_hidden_until_one_has_forecast_or_looks(world: World, ben: Client, cleo: Client) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 83, world.ada, "A secret reason.")

    hidden = page_of(cleo, claim) + cleo.get(at(claim, "forecasts")).content.decode()
    assert "1 forecast so far" in hidden
    assert "A secret reason." not in hidden
    assert not re.search(r"83(?:&nbsp;|\s)?%|value=.83|median", hidden)

    cleo.post(at(claim, "crowd"))
    assert CrowdLook.objects.get().reader == world.cleo
    assert "A secret reason." in page_of(cleo, claim)

    ben.post(at(claim, "forecasts"), {"percent": "20"})
    assert "A secret reason." in page_of(ben, claim)
    assert "median" in ben.get(at(claim, "forecasts")).content.decode()


def test_forecasts_close_with_the_window(world: World, cleo: Client) -> None:
    claim = teams_claim(world)

    assert "forecasts are closed" in page_of(cleo, claim)
    answer = cleo.post(at(claim, "forecasts"), {"percent": "50", "reason": "I was about to say so."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("The window ended on 31 December 2024: forecasts are closed.") == 1
    assert "50 %: I was about to say so." in page


def test_a_refused_forecast_is_seen_where_it_was_given(world: World, cleo: Client) -> None:
    """The address of the form leads the browser to its place on the page that comes back."""
    claim = teams_claim(world, ends=AHEAD)

    assert f'action="{at(claim, "forecasts")}#forecasts"' in page_of(cleo, claim)


def test_a_viewer_and_a_stranger_are_offered_no_form(world: World, vera: Client, client: Client) -> None:
    assert 'name="percent"' not in page_of(vera, teams_claim(world, ends=AHEAD))
    page = page_of(client, public_claim(world, ends=AHEAD))
    assert 'name="percent"' not in page
    assert "Sign in" in page


# Evidence


def test_evidence_is_brought_removed_and_restored(world: World, cleo: Client, ben: Client) -> None:
    claim = teams_claim(world)
    data = {"bearing": "against", "url": "https://example.org/report", "title": "A report", "quote": "It did not."}

    answer = cleo.post(at(claim, "evidence"), data)

    evidence = Evidence.objects.get()
    assert answer["Location"] == f"{claim.get_absolute_url()}#evidence-{evidence.pk}"
    page = page_of(ben, claim)
    assert 'href="https://example.org/report"' in page
    assert "1 against" in page
    assert f'formaction="/evidence/{evidence.pk}/removal/"' in page
    ben.post(f"/evidence/{evidence.pk}/removal/")
    assert "A report" not in page_of(ben, claim)
    cleo.post(f"/evidence/{evidence.pk}/restoration/")
    assert "A report" in page_of(ben, claim)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"url": "https://example.org/"}, "Say whether it speaks for the claim"),
        ({"bearing": "for"}, "Give the address of a source"),
        ({"bearing": "for", "url": "javascript:alert(1)"}, "That is no web address."),
        ({"bearing": "for", "url": "http://192.168.0.1/"}, "of a private network"),
        ({"bearing": "for", "url": "https://example.org/", "published_on": "2990-01-01"}, "in the future"),
        ({"bearing": "for", "url": "https://example.org/", "quote": "x" * 1_000_000}, "up to 5000 letters are kept"),
    ],
)
def test_what_is_no_source_is_refused_with_the_reason(
    world: World, cleo: Client, data: dict[str, str], words: str
) -> None:
    answer = cleo.post(at(teams_claim(world), "evidence"), {"title": "What I typed", **data})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "What I typed" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_passage_that_all_may_see_can_be_chosen(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    seen = make_highlight(world.shared, "everything", world.cleo, "evidence", Visibility.TEAM, world.foundry)
    make_highlight(world.private, "accelerated", world.cleo, "evidence")

    form = cleo.get(at(claim, "evidence")).content.decode()
    assert ">everything</q>" in form
    assert world.shared.title in form
    assert ">accelerated</q>" not in form

    cleo.post(at(claim, "evidence"), {"bearing": "for", "highlight": seen.pk})
    assert Evidence.objects.get().highlight == seen
    assert f"#h-{seen.pk}" in page_of(cleo, claim)


def test_passages_are_looked_for_and_what_was_typed_stays(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    found, *others = [
        make_highlight(world.shared, words, world.cleo, "evidence", Visibility.TEAM, world.foundry)
        for words in ("everything", "accelerated", "herds")
    ]
    typed = {"bearing": "against", "title": "What I typed", "words": "EVERY", "highlight": others[0].pk, "look": "1"}

    answer = cleo.post(at(claim, "evidence"), typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{found.pk}"' in page
    assert f'value="{others[0].pk}" checked' in page
    assert f'value="{others[1].pk}"' not in page
    assert 'value="What I typed"' in page
    assert "data-invalid" not in page
    assert (
        "No passage marked as evidence has these words."
        in cleo.post(at(claim, "evidence"), {"words": "nowhere \x00" + "x" * 9000}).content.decode()
    )
    assert not Evidence.objects.exists()


def test_what_is_there_already_is_shown_and_nothing_is_added(world: World, cleo: Client, ada: Client) -> None:
    claim = teams_claim(world)
    there = source(claim, world.cleo)
    sent = {"bearing": "against", "url": there.url, "title": "What I typed"}

    answer = ada.post(at(claim, "evidence"), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cleo brought this source on" in page
    assert f'<a href="{claim.get_absolute_url()}#evidence-{there.pk}">See it</a>' in page
    assert "What I typed" in page
    assert Evidence.objects.get() == there
    assert ada.post(at(claim, "evidence"), sent | {"quote": "Other words out of it."}).status_code == 303
    assert (
        ada.post(at(claim, "evidence"), sent | {"bearing": "for", "quote": "Other words out of it."}).status_code == 422
    )
    assert Evidence.objects.count() == 2


def test_a_form_answers_a_fragment(world: World, cleo: Client) -> None:
    answer = cleo.get(at(teams_claim(world), "evidence"), headers=FRAGMENT)

    assert answer.content.strip().startswith(b"<form")


# Judging


@pytest.mark.parametrize("day", ["9999-12-31", "2999-01-01"])
def test_a_round_ends_within_years(world: World, ben: Client, day: str) -> None:
    """The last day that there is is no moment west of Greenwich."""
    claim = teams_claim(world)

    with timezone.override("America/Los_Angeles"):
        answer = ben.post(at(claim, "rounds"), {"closes_on": day})

    assert answer.status_code == 422
    assert "Choose a day within the next ten years." in answer.content.decode()
    assert not Round.objects.exists()


def test_votes_are_hidden_until_the_round_is_closed(world: World, ben: Client, cleo: Client, ada: Client) -> None:
    claim = teams_claim(world)
    assert ben.post(at(claim, "rounds"), {}).status_code == 303
    round_ = Round.objects.get()
    cleo.post(f"/rounds/{round_.pk}/assessments/", {"strict": "100", "reasons": "Cleo's reason."})
    ada.post(f"/rounds/{round_.pk}/assessments/", {"strict": "25", "charitable": "50", "reasons": "Ada's reason."})

    assert "2 votes so far" in page_of(ben, claim)
    assert "Cleo&#x27;s reason." not in page_of(ada, claim) + page_of(ben, claim)
    assert "Ada&#x27;s reason." in page_of(ada, claim)
    assert "Ada&#x27;s reason." in ada.get(f"/rounds/{round_.pk}/assessments/").content.decode()

    ben.post(f"/rounds/{round_.pk}/closing/")
    page = page_of(ben, claim)
    assert "Cleo&#x27;s reason." in page
    assert "from Mostly not to Happened, 3 steps apart; 0 of 1 pairs agree" in page
    late = cleo.post(f"/rounds/{round_.pk}/assessments/", {"strict": "0", "reasons": "Too late"})
    assert late.status_code == 422
    assert "The round is over" in late.content.decode()
    assert "Too late" in late.content.decode()
    assert Assessment.objects.count() == 2


def test_a_vote_must_say_something(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    round_ = open_round(claim, world.ben)
    address = f"/rounds/{round_.pk}/assessments/"

    assert cleo.post(address, {}).status_code == 422
    wrong = cleo.post(address, {"strict": "75", "charitable": "25"})
    assert "Read charitably it can’t have come less true" in wrong.content.decode()
    assert cleo.post(address, {"strict": "undecided"}).status_code == 303
    assert Assessment.objects.get().strict is None


def test_a_verdict_is_given_and_taken_back(world: World, ben: Client, cleo: Client) -> None:
    claim = teams_claim(world)
    cited = source(claim, world.cleo)

    answer = ben.post(
        at(claim, "verdict"),
        {"decision": "75", "evidence": cited.pk, "strict": "50", "difficulty": "3", "reason": "So it was."},
    )

    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.strict, verdict.charitable, verdict.difficulty) == (75, 50, 75, 3)
    assert answer["Location"] == f"{claim.get_absolute_url()}#verdict"
    page = page_of(cleo, claim)
    assert "So it was." in page
    assert "cited in the verdict" in page
    assert f"/evidence/{cited.pk}/removal/" not in page
    assert "Mostly" in cleo.get("/claims/?phase=judged").content.decode()

    ben.post(f"/verdicts/{verdict.pk}/undoing/")
    assert again(claim).verdict is None
    assert "taken back by Ben" in page_of(cleo, claim)


def test_nobody_overturns_what_they_did_not_see(world: World, ada: Client, ben: Client) -> None:
    claim = teams_claim(world)
    cited = source(claim, world.cleo)
    seen = seen_in(ada.get(at(claim, "verdict")))
    judged(claim, world.ben)
    data = {"decision": "0", "evidence": cited.pk, "reason": "I read it otherwise.", "known_since": "2025-01-01"}

    refused = ada.post(at(claim, "verdict"), {**data, "seen": seen})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Ben judged it meanwhile: Happened." in page
    assert "I read it otherwise." in page
    assert Verdict.objects.get().by == world.ben
    assert ada.post(at(claim, "verdict"), {**data, "seen": seen_in(refused)}).status_code == 303
    assert again(claim).verdict.by == world.ada  # type: ignore[union-attr]  # it has one


def test_judging_anew_shows_what_stands(world: World, ada: Client) -> None:
    claim = teams_claim(world)
    judged(claim, world.ben)

    assert "What stands now: Happened, judged by Ben on" in ada.get(at(claim, "verdict")).content.decode()


def seen_in(answer: Any) -> str:
    """Which verdict the form says that it was written beside."""
    found = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert found
    return found[1]


def test_after_ten_minutes_a_verdict_stays(world: World, ben: Client) -> None:
    claim = teams_claim(world)
    verdict = judged(claim, world.ben)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert "Take it back" not in page_of(ben, claim)
        ben.post(f"/verdicts/{verdict.pk}/undoing/")
        assert "Ten minutes have passed" in page_of(ben, claim)
    assert again(claim).verdict == verdict


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Say how far it came true."),
        ({"decision": "100"}, "Choose the evidence on which the verdict rests."),
        ({"decision": "ambiguous"}, "Say why it is ambiguous."),
        ({"decision": "annulled", "strict": "100", "charitable": "100", "reason": "x"}, "has no outcome"),
        ({"decision": "42"}, "not among the choices"),
    ],
)
def test_what_is_no_verdict_is_refused_with_the_reason(
    world: World, ben: Client, data: dict[str, str], words: str
) -> None:
    claim = teams_claim(world)
    source(claim, world.cleo)

    answer = ben.post(at(claim, "verdict"), {"reason": "", **data})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Verdict.objects.exists()


def test_a_curator_with_a_conflict_is_told_before_and_refused(world: World, ben: Client) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(proposer=world.ben)
    cited = source(claim, world.cleo)
    words = "You proposed this claim, and there are other curators"

    page = page_of(ben, claim)
    assert words in page
    assert "Give the verdict" not in page
    assert words in ben.get(at(claim, "verdict")).content.decode()
    answer = ben.post(at(claim, "verdict"), {"decision": "100", "evidence": cited.pk})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_standing_forecast_is_disclosed(world: World, ben: Client) -> None:
    with time_machine.travel(date(2024, 6, 1)):
        claim = teams_claim(world)
        forecast(claim, 90, world.ben)
    cited = source(claim, world.cleo)
    data = {"decision": "100", "evidence": cited.pk}

    assert "You have a forecast on this claim" in ben.post(at(claim, "verdict"), data).content.decode()
    ben.post(at(claim, "verdict"), {**data, "discloses": "on"})
    assert "discloses: has a forecast on it" in page_of(ben, claim)


def test_a_dispute_is_answered_by_another_curator(world: World, ada: Client, ben: Client, cleo: Client) -> None:
    claim = teams_claim(world)
    verdict = judged(claim, world.ben)

    answer = cleo.post(f"/verdicts/{verdict.pk}/disputes/", {"reason": "It was a demo, no product."})

    objection = Dispute.objects.get()
    assert answer["Location"] == f"{claim.get_absolute_url()}#dispute-{objection.pk}"
    assert f"/disputes/{objection.pk}/answer/" in page_of(ada, claim)
    assert f"/disputes/{objection.pk}/answer/" not in page_of(ben, claim)
    own = ben.post(f"/disputes/{objection.pk}/answer/", {"decision": "upheld", "answer": "No."})
    assert "The verdict is your own" in own.content.decode()
    cited = Evidence.objects.get()
    data = {"decision": "25", "answer": "You are right.", "evidence": cited.pk}
    assert ada.post(f"/disputes/{objection.pk}/answer/", data).status_code == 303
    page = page_of(cleo, claim)
    assert "The verdict was overturned" in page
    assert "You are right." in page
    assert "Mostly not" in page
    assert again(claim).verdict.reason == "You are right."  # type: ignore[union-attr]  # it has one


def test_a_dispute_can_be_upheld_and_withdrawn(world: World, ada: Client, cleo: Client) -> None:
    claim = teams_claim(world)
    verdict = judged(claim, world.ben)
    first = dispute(verdict, "Wrong.", world.cleo)
    assert ada.post(f"/disputes/{first.pk}/answer/", {"answer": "It is right."}).status_code == 422
    ada.post(f"/disputes/{first.pk}/answer/", {"decision": "upheld", "answer": "It is right."})
    assert "The verdict was upheld" in page_of(cleo, claim)

    second = dispute(verdict, "Still wrong.", world.cleo, source(claim, world.cleo, url="https://example.org/new"))
    assert ada.post(f"/disputes/{second.pk}/withdrawal/").status_code == 403
    cleo.post(f"/disputes/{second.pk}/withdrawal/")
    assert again(claim).dispute is None


def test_the_person_concerned_has_the_right_of_reply(world: World, ben: Client, cleo: Client) -> None:
    claim = teams_claim(world)
    judged(claim, world.ben)
    speaker = claim.statements.get().speaker
    assert speaker

    assert cleo.get(at(claim, "replies")).status_code == 403
    identify(speaker, world.cleo, world.ada)
    cleo.post(at(claim, "replies"), {"person": speaker.pk, "text": "I spoke of research models."})
    correction = Correction.objects.get()
    assert "I spoke of research models." in page_of(ben, claim)
    cleo.post(f"/replies/{correction.pk}/removal/")
    assert "I spoke of research models." not in page_of(ben, claim)
    cleo.post(f"/replies/{correction.pk}/restoration/")
    assert "I spoke of research models." in page_of(ben, claim)


# Relations


def test_claims_are_related_in_words_both_ways(world: World, cleo: Client) -> None:
    old, new = teams_claim(world), teams_claim(world, quote=QUOTES[1], ends=AHEAD)

    cleo.post(at(new, "relations"), {"kind": "updates", "other": f"http://testserver{old.get_absolute_url()}"})

    assert "This claim updates" in page_of(cleo, new)
    assert "This claim is updated by" in page_of(cleo, old)
    circle = cleo.post(at(old, "relations"), {"kind": "updates", "other": str(new.pk)})
    assert circle.status_code == 422
    assert "in a circle" in circle.content.decode()
    cleo.post(f"/relations/{Relation.objects.get().pk}/removal/")
    assert not Relation.objects.exists()


def test_a_claim_is_related_to_what_its_words_name(world: World, cleo: Client) -> None:
    claim, small, prices = (teams_claim(world, quote=quote) for quote in QUOTES)
    Claim.objects.filter(pk=small.pk).update(statement="A small model <b>wins</b> in spring.")
    Claim.objects.filter(pk=prices.pk).update(statement="A small price wins in autumn.")
    hidden = private_claim(world)
    Claim.objects.filter(pk=hidden.pk).update(statement="A small secret wins in spring.", owner=world.ada)

    several = cleo.post(at(claim, "relations"), {"kind": "narrower", "other": "SMALL wins"})
    assert several.status_code == 422
    told = several.content.decode()
    assert f"Give the number of one: {prices.pk}, “A small price wins in autumn.”; {small.pk}, “A small model" in told
    assert "<b>wins" not in told
    assert "secret" not in told
    assert not Relation.objects.exists()

    assert cleo.post(at(claim, "relations"), {"kind": "narrower", "other": "small, in spring"}).status_code == 303
    assert Relation.objects.get().other == small


@pytest.mark.parametrize("other", ["", "no number", "0", "9" * 30, "/claims/", "…"])
def test_a_claim_that_is_none_is_refused(world: World, cleo: Client, other: str) -> None:
    answer = cleo.post(at(teams_claim(world), "relations"), {"kind": "narrower", "other": other})

    assert answer.status_code == 422
    assert "Which claim?" in answer.content.decode() or "There is no such claim" in answer.content.decode()


def test_a_claim_that_one_may_not_see_is_no_claim(world: World, cleo: Client) -> None:
    hidden = public_claim(world)
    Claim.objects.filter(pk=hidden.pk).update(visibility="private", owner=world.dov)
    answer = cleo.post(at(teams_claim(world), "relations"), {"kind": "narrower", "other": str(hidden.pk)})

    assert "There is no such claim that you can see." in answer.content.decode()


# The rest of the page


def test_it_says_how_readers_take_a_hedge(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    claim.statements.update(hedge="highly likely")
    page = page_of(cleo, claim)
    assert "readers hear about 85 %, most of them 75 to 95 %" in page
    assert "Not what the speaker said." in page

    claim.statements.update(hedge="might")
    assert "It is never scored." in page_of(cleo, claim)


def test_it_says_how_testable_it_is(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    Claim.objects.filter(pk=claim.pk).update(has_subject=True, has_time=True)

    page = page_of(cleo, claim)

    assert "2 of 4 to be testable" in page
    assert "Say how much, or how many, is enough." in page


def test_details_are_set_where_the_claim_is_edited(world: World, ben: Client) -> None:
    claim = teams_claim(world)
    data = {
        "statement": "It will be so",
        "said": "details",
        "kind": "threshold",
        "fine_print": "No demos.",
        "has_time": "on",
    }

    assert ben.post(at(claim, "edit"), {**data, "hedge": "probably"}).status_code == 303

    claim = again(claim)
    assert (claim.kind, claim.fine_print, claim.has_time, claim.has_subject) == ("threshold", "No demos.", True, False)
    assert claim.statements.get().hedge == "probably"
    assert "No demos." in page_of(ben, claim)


def test_the_history_tells_who_did_what(world: World, cleo: Client) -> None:
    claim = teams_claim(world, ends=AHEAD)
    forecast(claim, 40, world.ada, "Hush")

    page = cleo.get(at(claim, "history")).content.decode()

    assert "forecast it" in page
    assert "Hush" not in page


def test_queries_do_not_grow_with_what_was_added(world: World, ben: Client) -> None:
    claim = teams_claim(world)
    judged(claim, world.ben)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            ben.get(claim.get_absolute_url())
        return len(queries)

    def add(number: int) -> None:
        source(claim, world.cleo, url=f"https://example.org/{number}")
        Forecast.objects.create(claim=claim, owner=world.ada, team=world.foundry, visibility="team", percent=number + 1)
        round_ = Round.objects.create(by=world.ben, closed_at=timezone.now(), **of_claim(claim))
        Assessment.objects.create(round=round_, by=world.ada, strict=0, charitable=0)

    add(0)
    few = count()
    for number in range(1, 6):
        add(number)
    assert count() == few


# The work list


def test_the_work_list_says_what_to_do_next(world: World, ben: Client, cleo: Client) -> None:
    claim = teams_claim(world)
    ahead = teams_claim(world, quote=QUOTES[1], ends=AHEAD)

    page = cleo.get("/claims/due/").content.decode()
    assert "There is no evidence yet." in page
    assert at(claim, "evidence") in page
    assert ahead.statement not in page

    source(claim, world.cleo)
    assert "Judge it" in ben.get("/claims/due/?step=verdict").content.decode()
    round_ = open_round(claim, world.ben)
    assert f"/rounds/{round_.pk}/assessments/" in cleo.get("/claims/due/?step=assessment").content.decode()
    assess(round_, Grade(strict=0, charitable=0), world.cleo)
    page = cleo.get("/claims/due/").content.decode()
    assert "Your vote is in" in page
    assert f'href="{claim.get_absolute_url()}#judging">Look at the round</a>' in page
    close_round(round_, world.ben)
    dispute(judged(claim, world.ben), "Wrong.", world.cleo)
    assert "The verdict is disputed" in ben.get("/claims/due/?step=dispute").content.decode()
    assert claim.statement not in ben.get("/claims/due/?step=evidence").content.decode()


def test_the_work_list_asks_nobody_for_a_vote_that_they_may_not_give(world: World, vera: Client) -> None:
    claim = teams_claim(world)
    open_round(claim, world.ben)

    page = vera.get("/claims/due/").content.decode()

    assert "A round of assessments is open." in page
    assert "your vote" not in page
    assert f'href="{claim.get_absolute_url()}#judging">Look at the round</a>' in page


def test_what_is_to_be_looked_at_again_comes_to_the_work_list(world: World, cleo: Client) -> None:
    claim = teams_claim(world)
    open_ = {"window_kind": "open", "window_end": None, "review_on": date(2024, 6, 1)}
    Claim.objects.filter(pk=claim.pk).update(**open_)

    assert claim.statement in cleo.get("/claims/due/").content.decode()


def test_the_work_list_is_one_list_however_it_is_found(
    world: World, cleo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last that ended comes first, disputed or not; what has no last day comes last; no page skips or repeats."""
    monkeypatch.setattr(due, "PAGE", 2)
    claims = [
        accepted(world.shared, who, Visibility.TEAM, world.foundry, ends=date(2024, 12, day), quote=quote)
        for day, (quote, who) in enumerate(product(QUOTES, (world.cleo, world.ada)), 1)
    ]
    dispute(judged(claims[2], world.ben), "Wrong.", world.cleo)
    dispute(judged(claims[5], world.ben), "Wrong.", world.cleo)
    endless = {"window_kind": "open", "window_end": None, "review_on": date(2024, 6, 1)}
    Claim.objects.filter(pk__in=[claims[0].pk, claims[5].pk]).update(**endless)
    expected = [claims[number].pk for number in (4, 3, 2, 1, 5, 0)]

    found, cursor = list[int](), ""
    for _ in range(3):
        page = due.due_page(world.cleo, "", cursor, timezone.localdate())
        found, cursor = [*found, *(claim.pk for claim in page.rows)], page.next

    assert (found, cursor) == (expected, "")
    steps = {step: due.due_page(world.cleo, step, "", timezone.localdate()).rows for step in ("dispute", "evidence")}
    assert {step: [claim.pk for claim in rows] for step, rows in steps.items()} == {
        "dispute": [claims[5].pk, claims[2].pk],
        "evidence": [claims[4].pk, claims[3].pk],
    }


def test_the_work_list_needs_no_more_queries_for_more_claims(world: World, ben: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            ben.get("/claims/due/")
        return len(queries)

    source(teams_claim(world), world.cleo)
    few = count()
    for number in range(4):
        article = make_article(f"Piece {number}", world.ada, Visibility.TEAM, world.foundry)
        world.shared = article
        source(teams_claim(world), world.cleo)
    assert count() == few
