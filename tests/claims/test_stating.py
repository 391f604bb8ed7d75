"""Saying that somebody else said the same claim, or the same person with another date."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.claims.models import Claim, Polarity, Stance, Statement
from reader.claims.proposing import Proposal, narrower, own_proposal
from reader.claims.relations import Relation
from reader.claims.stating import reword, state_again, update
from reader.claims.timing import Horizon
from reader.claims.windows import SET_BY_A_READER, WindowKind
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Scope, Visibility
from reader.highlights.models import Highlight, Kind
from reader.library.models import Article
from tests.claims.ledger import accepted, judged, public_claim, teams_claim
from tests.claims.predictions import make_claim
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight, newest

QUOTE, ECHO = "2024 will be the year of the small model", "small models will matter"
IN_2024 = Horizon(kind=WindowKind.WINDOW, start=date(2024, 1, 1), end=date(2024, 12, 31), rule="year")
IN_2026 = Horizon(kind=WindowKind.WINDOW, start=date(2026, 1, 1), end=date(2026, 12, 31), rule="year")


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)


@pytest.fixture
def heard(world: World) -> Highlight:
    """Cleo's mark, for everyone, where somebody says it again."""
    return make_highlight(world.public, ECHO, world.cleo, Kind.PREDICTION, Visibility.PUBLIC)


def mark(client: Client, world: World, **said: Any) -> Any:
    """What the composer sends of a prediction for everyone."""
    fields = {
        "exact": ECHO,
        "kind": Kind.PREDICTION,
        "audience": "public",
        "speaker": "Luke Sernau",
        "stance": "asserts",
    }
    return client.post(f"/articles/{world.public.slug}/highlights/", fields | said)


def test_it_works(world: World, claim: Claim, cleo: Client) -> None:
    answer = mark(
        cleo,
        world,
        known=claim.pk,
        stands="same",
        reported_by="Mira Castell",
        stance="reports",
        polarity="denies",
        hedge="probably",
        stated_percent="80",
        window_kind="window",
        window_start="2024-01-01",
        window_end="2026-12-31",
        time_text="by 2026",
    )

    said = claim.statements.get(speaker__name="Luke Sernau")
    assert answer.status_code == 303
    assert Claim.objects.count() == 1
    assert (said.quote, said.highlight.owner) == (ECHO, world.cleo)
    assert (said.stance, said.polarity, said.hedge) == ("reports", "denies", "probably")
    assert (str(said.reported_by), said.stated_percent) == ("Mira Castell", Decimal(80))
    assert (said.window_end, said.time_text) == (date(2026, 12, 31), "by 2026")


def test_without_a_time_of_its_own_it_is_for_when_the_claim_is(world: World, claim: Claim, cleo: Client) -> None:
    mark(cleo, world, known=claim.pk)

    said = claim.statements.get(speaker__name="Luke Sernau")
    page = cleo.get(claim.get_absolute_url()).content.decode()
    assert (said.window_kind, said.window_end) == (WindowKind.NONE, None)
    assert "Who said it" in page
    assert "for 1 January" not in page


def test_a_new_date_is_a_claim_that_updates_the_earlier_one(world: World, claim: Claim, cleo: Client) -> None:
    answer = mark(
        cleo,
        world,
        known=claim.pk,
        stands="updates",
        statement="2026 will be the year of the small model.",
        window_kind="window",
        window_start="2026-01-01",
        window_end="2026-12-31",
        speaker="Mira Castell",
        tags="delays",
    )

    made = Claim.objects.latest("pk")
    assert answer.status_code == 303
    assert made.window_end == date(2026, 12, 31)
    assert Relation.objects.get().claim == made
    assert (Relation.objects.get().other, Relation.objects.get().kind) == (claim, "updates")
    assert claim.statements.count() == 1
    assert [tag.name for tag in made.tags.all()] == ["delays"]
    assert "is updated by" in cleo.get(claim.get_absolute_url()).content.decode()


def test_the_same_person_with_another_date_is_told_to_update(world: World, claim: Claim, cleo: Client) -> None:
    when = {"window_kind": "window", "window_start": "2026-01-01", "window_end": "2026-12-31"}

    answer = mark(cleo, world, known=claim.pk, speaker="mira  castell", note="Kept.", **when)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose “The date changed”" in page
    assert "Kept." in page
    assert f'name="known" value="{claim.pk}" checked' in page
    assert not Highlight.objects.filter(exact=ECHO).exists()
    assert mark(cleo, world, known=claim.pk, speaker="Luke Sernau", **when).status_code == 303


def test_who_stakes_their_word_after_the_end_predicts_nothing(world: World, claim: Claim, cleo: Client) -> None:
    world.public.published = date(2025, 2, 1)
    world.public.save()

    answer = mark(cleo, world, known=claim.pk)

    assert answer.status_code == 422
    assert "that predicts nothing" in answer.content.decode()
    assert mark(cleo, world, known=claim.pk, stance="reports").status_code == 303


def test_sent_twice_it_is_said_once(world: World, claim: Claim, cleo: Client) -> None:
    for _ in range(2):
        assert mark(cleo, world, known=claim.pk).status_code == 303

    assert (Claim.objects.count(), claim.statements.count(), Highlight.objects.filter(exact=ECHO).count()) == (1, 2, 1)
    assert Event.objects.filter(verb="stated").count() == 1


def test_a_passage_with_a_claim_of_its_own_is_not_given_another(world: World, claim: Claim, cleo: Client) -> None:
    mark(cleo, world)

    answer = mark(cleo, world, known=claim.pk)

    assert answer.status_code == 422
    assert "state a claim of their own" in answer.content.decode()
    assert claim.statements.count() == 1


@pytest.mark.parametrize("known", ["999999", "9" * 30, "x", "-1", "0x1"])
def test_it_handles_missing(world: World, claim: Claim, cleo: Client, known: str) -> None:
    answer = mark(cleo, world, known=known)

    assert answer.status_code == 422
    assert "There is no such claim that you can add to" in answer.content.decode()
    assert not Highlight.objects.filter(exact=ECHO).exists()


def test_a_claim_that_they_may_not_see_is_none(world: World, cleo: Client, dov: Client) -> None:
    hidden = make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)

    answers = [mark(dov, world, known=pk) for pk in (hidden.pk, 999_999)]

    assert {answer.status_code for answer in answers} == {422}
    bodies = [answer.content.decode().replace(str(hidden.pk), "N").replace("999999", "N") for answer in answers]
    assert "There is no such claim that you can add to" in bodies[0]
    assert QUOTE not in bodies[0]
    assert mark(cleo, world, known=hidden.pk).status_code == 303


def test_a_viewer_adds_nothing_to_a_teams_claim(world: World, vera: Client) -> None:
    ours = make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)

    assert mark(vera, world, known=ours.pk, audience="private").status_code == 422
    assert vera.get(f"{ours.get_absolute_url()}statements/").status_code == 403
    assert "Also said by" not in vera.get(ours.get_absolute_url()).content.decode()
    mine = make_highlight(world.public, ECHO, world.vera, Kind.PREDICTION)
    for act in (state_again, update):
        with pytest.raises(PermissionDenied):
            act(ours, mine, Proposal(statement="So"), world.vera)


def test_the_verbs_ask_again_who_sees_the_claim(world: World) -> None:
    ours = make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)
    theirs = make_highlight(world.public, ECHO, world.dov, Kind.PREDICTION)

    for act in (state_again, update):
        with pytest.raises(Http404):
            act(ours, theirs, Proposal(statement="So"), world.dov)
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_what_has_left_the_ledger_is_not_said_again(world: World, claim: Claim, heard: Highlight, state: str) -> None:
    claim.set_state(state, world.ben)

    for act in (state_again, update):
        with pytest.raises(Refused, match="The claim was"):
            act(claim, heard, Proposal(statement="So"), world.cleo)


def test_only_those_learn_of_it_who_see_the_passage(world: World, claim: Claim, cleo: Client, dov: Client) -> None:
    mark(cleo, world, known=claim.pk, audience=f"team-{world.foundry.pk}", speaker="An insider")

    event = Event.objects.get(verb="stated")
    history = f"{claim.get_absolute_url()}history/"
    assert (event.visibility, event.team_id) == (Visibility.TEAM, world.foundry.pk)
    assert "added where it was said" in cleo.get(history).content.decode()
    assert "added where it was said" not in dov.get(history).content.decode()
    assert "An insider" not in dov.get(claim.get_absolute_url()).content.decode()


def test_two_teams_have_no_audience_in_common(world: World) -> None:
    one, other = Scope(1, 1, Visibility.TEAM), Scope(1, 2, Visibility.TEAM)

    assert narrower(one, other, world.ada) == Scope(world.ada.pk)
    assert narrower(one, Scope(1), world.ada) == Scope(1)
    assert narrower(one, Scope(2, None, Visibility.PUBLIC), world.ada) == one


class TestFinding:
    def look(self, client: Client, **asked: str) -> str:
        return client.get("/claims/suggestions/", asked, headers=FRAGMENT).content.decode()

    def test_by_words_by_number_and_by_address(self, world: World, claim: Claim, cleo: Client) -> None:
        make_claim(world.public, "Prices fall by half within eighteen months", world.ada, Visibility.PUBLIC)

        for typed in ("SMALL year", f"{claim.pk}", f"#{claim.pk}", f"https://x.test{claim.get_absolute_url()}#said"):
            found = self.look(cleo, q=typed)
            assert f'value="{claim.pk}"' in found
            assert found.count("<label>") == 1
            assert "Mira Castell" in found
        assert "No claim with all of these words" in self.look(cleo, q="small prices")

    def test_what_says_something_like_the_passage(self, world: World, claim: Claim, cleo: Client) -> None:
        make_claim(world.public, "Prices fall by half within eighteen months", world.ada, Visibility.PUBLIC)

        found = self.look(cleo, exact="I repeat: the small model has its year")
        assert (f'value="{claim.pk}"' in found, found.count("<label>")) == (True, 1)
        assert "No claim says anything like it yet" in self.look(cleo, exact="Llamas sing")
        assert "No claim says anything like it yet" in self.look(cleo, exact="… !")

    def test_the_chosen_one_stays(self, world: World, claim: Claim, cleo: Client) -> None:
        other = make_claim(world.public, "Prices fall by half within eighteen months", world.ada, Visibility.PUBLIC)

        found = self.look(cleo, q="prices", known=str(claim.pk))
        assert f'value="{claim.pk}" checked' in found
        assert f'value="{other.pk}"' in found

    def test_nothing_hidden_is_found(self, world: World, dov: Client, vera: Client, cleo: Client) -> None:
        ours = make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)

        for reader in (dov, vera):
            for asked in ({"q": "small"}, {"q": str(ours.pk)}, {"exact": QUOTE}, {"known": str(ours.pk)}):
                assert QUOTE not in self.look(reader, **asked)
        assert QUOTE in self.look(cleo, q="small")

    @pytest.mark.parametrize("typed", ["\x00", "%", "_", "'\"<b>", "🦙" * 300, "a" * 100_000, "9" * 400, "\u202eabc"])
    def test_hostile_words(self, claim: Claim, cleo: Client, typed: str) -> None:
        for asked in ({"q": typed}, {"exact": typed}, {"known": typed}):
            assert cleo.get("/claims/suggestions/", asked, headers=FRAGMENT).status_code == 200

    def test_a_stranger_signs_in(self, db: None, client: Client) -> None:
        assert client.get("/claims/suggestions/?q=small").status_code == 302

    def test_queries_do_not_grow(self, world: World, cleo: Client) -> None:
        counts = []
        for number in range(4):
            make_claim(
                make_article(f"Echo {number}", world.ada, Visibility.PUBLIC), QUOTE, world.ada, Visibility.PUBLIC
            )
            with CaptureQueriesContext(connection) as queries:
                self.look(cleo, q="small")
            counts.append(len(queries))
        assert len(set(counts)) == 1


class TestChoosingThePiece:
    def test_it_works(self, world: World, claim: Claim, cleo: Client) -> None:
        page = cleo.get(f"{claim.get_absolute_url()}statements/?q=small+ledger").content.decode()

        address = f"/articles/{world.public.slug}/highlights/new/?kind=prediction&amp;known={claim.pk}"
        assert address in page
        assert world.shared.title not in page
        assert world.shared.title in cleo.get(f"{claim.get_absolute_url()}statements/").content.decode()
        words = cleo.get(address.replace("&amp;", "&"))
        assert (words.status_code, f'name="known" value="{claim.pk}"' in words.content.decode()) == (200, True)
        composer = cleo.get(f"{address.replace('&amp;', '&')}&exact={ECHO}").content.decode()
        assert f'name="known" value="{claim.pk}" checked' in composer
        assert 'value="prediction" ' in composer

    def test_the_claim_is_named_before_its_words_are_chosen(self, world: World, claim: Claim, cleo: Client) -> None:
        address = f"/articles/{world.public.slug}/highlights/new/?kind=prediction&known={claim.pk}"

        for page in (cleo.get(address), cleo.get(f"{address}&exact=the")):
            assert claim.statement in page.content.decode()

    def test_those_who_see_the_claim_are_chosen_to_see_who_else_said_it(
        self, world: World, claim: Claim, cleo: Client
    ) -> None:
        ours = make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)

        def chosen(piece: Article, known: Claim) -> list[str]:
            composer = f"/articles/{piece.slug}/highlights/new/?kind=prediction&known={known.pk}&exact={ECHO}"
            return re.findall(r'name="audience" value="([^"]*)" checked', cleo.get(composer).content.decode())

        foundry = f"team-{world.foundry.pk}"
        assert chosen(world.public, claim) == ["public"]
        assert chosen(world.public, ours) == chosen(world.shared, claim) == [foundry]
        assert chosen(world.private, claim) == ["private"]
        assert chosen(world.public, make_claim(world.private, QUOTE, world.cleo)) == ["private"]

    def test_without_a_script_the_claim_is_looked_for_first(self, world: World, claim: Claim, cleo: Client) -> None:
        composer = f"/articles/{world.public.slug}/highlights/new/?kind=prediction&exact={ECHO}"

        assert "Find the claim" in cleo.get(composer).content.decode()
        assert f'name="known" value="{claim.pk}"' in cleo.get(f"{composer}&q=year").content.decode()

    def test_words_that_stand_twice_keep_the_claim(self, world: World, claim: Claim, cleo: Client) -> None:
        page = cleo.get(f"/articles/{world.public.slug}/highlights/new/?kind=prediction&known={claim.pk}&exact=the")

        assert f"&amp;kind=prediction&amp;known={claim.pk}" in page.content.decode()

    def test_nothing_hidden_is_offered(self, world: World, claim: Claim, dov: Client) -> None:
        page = dov.get(f"{claim.get_absolute_url()}statements/").content.decode()

        assert world.elsewhere.title in page
        assert world.shared.title not in page
        assert world.private.title not in page

    def test_it_handles_missing(self, world: World, cleo: Client, dov: Client) -> None:
        hidden = make_claim(world.private, QUOTE, world.cleo)

        assert dov.get(f"{hidden.get_absolute_url()}statements/").status_code == 404
        assert dov.get("/claims/999999/statements/").status_code == 404

    def test_what_was_rejected_says_so(self, world: World, claim: Claim, ada: Client) -> None:
        claim.set_state("rejected", world.ben)

        answer = ada.get(f"{claim.get_absolute_url()}statements/", follow=True)
        assert "The claim was rejected." in answer.content.decode()

    def test_no_piece_like_that(self, claim: Claim, cleo: Client) -> None:
        assert "No piece like that" in cleo.get(f"{claim.get_absolute_url()}statements/?q=llamas").content.decode()

    def test_queries_do_not_grow(self, world: World, claim: Claim, cleo: Client) -> None:
        counts = []
        for number in range(3):
            make_article(f"Echo {number}", world.ada, Visibility.TEAM, world.foundry)
            with CaptureQueriesContext(connection) as queries:
                cleo.get(f"{claim.get_absolute_url()}statements/")
            counts.append(len(queries))
        assert len(set(counts)) == 1


class TestRewording:
    @pytest.fixture
    def said(self, world: World, claim: Claim, heard: Highlight) -> Statement:
        return state_again(claim, heard, Proposal(statement="", speaker="Luke", horizon=IN_2024), world.cleo)

    def correct(self, client: Client, said: Statement, **fields: str) -> Any:
        whole = {
            "speaker": "Luke",
            "reported_by": "",
            "stance": "asserts",
            "polarity": "affirms",
            "hedge": "",
            "stated_percent": "",
            "time_text": "",
            "window_kind": "none",
            "window_start": "",
            "window_end": "",
        }
        return client.post(f"/statements/{said.pk}/", whole | fields)

    def test_it_works(self, world: World, claim: Claim, said: Statement, cleo: Client) -> None:
        assert 'value="Luke"' in cleo.get(f"/statements/{said.pk}/").content.decode()

        answer = self.correct(
            cleo,
            said,
            speaker="Luke Sernau",
            reported_by="Mira Castell",
            stance="reports",
            polarity="denies",
            hedge="perhaps",
            stated_percent="12.5",
            window_kind="window",
            window_start="2026-01-01",
            window_end="2026-12-31",
            time_text="in 2026",
        )

        before, first = said, claim.statements.exclude(pk=said.pk).get()
        said = Statement.objects.get(pk=said.pk)
        assert (answer.status_code, answer.headers["Location"]) == (
            303,
            f"{claim.get_absolute_url()}#statement-{said.pk}",
        )
        assert (str(said.speaker), str(said.reported_by), said.stance) == ("Luke Sernau", "Mira Castell", "reports")
        assert (said.polarity, said.hedge, said.stated_percent) == ("denies", "perhaps", Decimal("12.5"))
        assert (said.window_end, said.time_text, said.window_rule) == (date(2026, 12, 31), "in 2026", SET_BY_A_READER)
        assert said.quote == before.quote
        claim.refresh_from_db()
        assert claim.window_end == first.window_end == date(2024, 12, 31)
        event = Event.objects.get(verb="reworded")
        assert (event.detail["before"]["stance"], event.detail["after"]["stance"]) == ("asserts", "reports")
        assert event.detail["after"]["window_end"] == "2026-12-31"

    def test_what_was_left_alone_is_no_change(self, said: Statement, cleo: Client) -> None:
        page = {"speaker": "Luke", "stance": "asserts", "polarity": "affirms", "window_kind": "window"}
        days = {"window_start": "2024-01-01", "window_end": "2024-12-31"}

        assert self.correct(cleo, said, **page, **days).status_code == 303
        said.refresh_from_db()
        assert said.window_rule == "year"
        assert not Event.objects.filter(verb="reworded").exists()

    def test_it_takes_the_claims_time_again(self, said: Statement, cleo: Client) -> None:
        self.correct(cleo, said, window_kind="none")

        said.refresh_from_db()
        assert (said.window_kind, said.window_end) == (WindowKind.NONE, None)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"stated_percent": "101"}, "from 0 to 100"),
            ({"stated_percent": "maybe"}, "A probability is a number from 0 to 100"),
            ({"polarity": "shrugs"}, "not among the choices"),
            ({"window_kind": "window", "window_start": "", "window_end": "2020-01-01"}, "when this was said"),
            ({"speaker": "x" * 201}, "up to 200 letters are kept"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, said: Statement, cleo: Client, fields: dict[str, str], sentence: str
    ) -> None:
        answer = self.correct(cleo, said, **({"hedge": "What I typed."} | fields))

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "What I typed." in answer.content.decode()

    def test_it_checks_ownership(self, world: World, said: Statement, ada: Client, ben: Client, dov: Client) -> None:
        for method in ("get", "post"):
            assert getattr(dov, method)(f"/statements/{said.pk}/").status_code == 403
        assert self.correct(ben, said, speaker="A curator's").status_code == 303
        assert "Change who said it" not in dov.get(said.claim.get_absolute_url()).content.decode()
        assert ben.get(said.claim.get_absolute_url()).content.decode().count("Change who said it") == 2

    def test_of_what_was_decided_the_proposer_changes_nothing(self, world: World, cleo: Client) -> None:
        mine = public_claim(world)
        first = mine.statements.get()
        echo = make_highlight(world.public, ECHO, world.cleo, Kind.PREDICTION, Visibility.PUBLIC)
        added = state_again(mine, echo, Proposal(statement="", speaker="Luke"), world.cleo)

        assert cleo.get(f"/statements/{first.pk}/").status_code == 403
        assert self.correct(cleo, added, speaker="Luke Sernau").status_code == 303
        page = cleo.get(mine.get_absolute_url()).content.decode()
        assert (f"/statements/{added.pk}/" in page, f"/statements/{first.pk}/" in page) == (True, False)

    def test_after_the_verdict_it_stays(self, world: World, cleo: Client) -> None:
        ours = teams_claim(world)
        echo = make_highlight(world.shared, ECHO, world.cleo, Kind.PREDICTION, Visibility.TEAM, world.foundry)
        added = state_again(ours, echo, Proposal(statement="", speaker="Luke"), world.cleo)
        judged(ours, world.ada)

        answer = self.correct(cleo, added, speaker="Somebody else")

        assert answer.status_code == 422
        assert "The claim has been judged" in answer.content.decode()
        assert f"/statements/{added.pk}/" not in cleo.get(ours.get_absolute_url()).content.decode()
        added.refresh_from_db()
        assert str(added.speaker) == "Luke"

    def test_it_handles_missing(self, world: World, dov: Client) -> None:
        hidden = make_claim(world.private, QUOTE, world.cleo).statements.get()

        assert dov.get(f"/statements/{hidden.pk}/").status_code == 404
        assert dov.get("/statements/999999/").status_code == 404

    def test_merged_meanwhile(self, world: World, claim: Claim, said: Statement) -> None:
        other = make_claim(world.public, "Prices fall by half within eighteen months", world.ada, Visibility.PUBLIC)
        stale = Statement.objects.select_related("claim").get(pk=said.pk)
        Statement.objects.filter(pk=said.pk).update(claim=other)

        with pytest.raises(Refused, match="went along"):
            reword(stale, own_proposal(stale), world.cleo)

    def test_it_answers_fragment(self, said: Statement, cleo: Client) -> None:
        answer = cleo.get(f"/statements/{said.pk}/", headers=FRAGMENT).content.decode()

        assert answer.lstrip().startswith("<form")


class TestEditingTheClaim:
    def edit(self, client: Client, claim: Claim, **fields: str) -> Any:
        return client.post(f"{claim.get_absolute_url()}edit/", fields)

    def test_what_they_say_of_it_is_editable(self, claim: Claim, ada: Client) -> None:
        assert 'name="polarity"' in ada.get(f"{claim.get_absolute_url()}edit/").content.decode()

        self.edit(ada, claim, polarity="denies")

        assert claim.statements.get().polarity == Polarity.DENIES

    def test_a_window_of_the_statements_own_stays(self, claim: Claim, ada: Client) -> None:
        claim.statements.update(**IN_2026.as_fields())

        assert (
            self.edit(ada, claim, window_kind="window", window_start="2024-06-01", window_end="2025-06-30").status_code
            == 303
        )

        claim.refresh_from_db()
        assert claim.window_end == date(2025, 6, 30)
        assert claim.statements.get().window_end == date(2026, 12, 31)

    def test_of_several_statements_none_is_changed_with_the_claim(
        self, world: World, claim: Claim, heard: Highlight, ada: Client
    ) -> None:
        state_again(claim, heard, Proposal(statement="", speaker="Luke", stance=Stance.REPORTS), world.cleo)

        page = ada.get(f"{claim.get_absolute_url()}edit/").content.decode()
        self.edit(ada, claim, statement="Small models win.", speaker="Nobody", polarity="denies", time_text="never")

        claim.refresh_from_db()
        assert 'name="speaker"' not in page
        assert "changed at each of them" in page
        assert claim.statement == "Small models win."
        assert not claim.statements.filter(speaker__name="Nobody").exists()
        assert not claim.statements.filter(polarity="denies").exists()
        assert set(claim.statements.values_list("time_text", flat=True)) == {"2024", ""}


def test_a_denials_probability_is_that_of_the_denial(world: World, claim: Claim, ada: Client) -> None:
    """Merged as opposites, a quote keeps its words: 80 % then is what it gives to the opposite."""
    other = accepted(world.public, world.ada, Visibility.PUBLIC, None, ends=date(2024, 12, 31), quote="the end is near")
    other.statements.update(stated_percent=80)
    assert "gives it 80 %" in ada.get(other.get_absolute_url()).content.decode()

    other.statements.update(polarity=Polarity.DENIES)

    page = ada.get(other.get_absolute_url()).content.decode()
    assert "gives 80 % that it will not" in page
    assert "gives it 80 %" not in page


def test_all_of_the_history_is_offered_where_rows_fall_together(world: World, claim: Claim, ada: Client) -> None:
    for number in range(60):
        Event.objects.create(
            actor=world.ada,
            verb="amended",
            subject_kind="claim",
            subject_id=claim.pk,
            owner=world.ada,
            visibility=Visibility.PUBLIC,
            detail={"because": ""},
            at=Event.objects.earliest("pk").at,
            article_id=world.public.pk if number % 2 else None,
        )

    assert f"{claim.get_absolute_url()}history/" in ada.get(claim.get_absolute_url()).content.decode()


def test_other_words_of_one_statement_are_read_anew(world: World, claim: Claim, cleo: Client, heard: Highlight) -> None:
    said = state_again(claim, heard, Proposal(statement="", speaker="Luke", horizon=IN_2024), world.cleo)

    cleo.post(f"/highlights/{heard.pk}/passage/", {"exact": "Nobody trains from scratch before 2030"})

    said.refresh_from_db()
    claim.refresh_from_db()
    assert said.quote == "Nobody trains from scratch before 2030"
    assert said.window_end != date(2024, 12, 31)
    assert claim.window_end == date(2024, 12, 31)
    assert newest(world.public).text
