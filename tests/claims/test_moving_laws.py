"""However pieces, marks and merged claims are moved about: nobody loses a word, nothing outgrows its parent."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import permutations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from reader.accounts.models import Team, User
from reader.claims.destinations import destinations
from reader.claims.disputing import dispute
from reader.claims.forecasting import Forecast, forecast
from reader.claims.models import Claim, Statement
from reader.claims.moving import move_article, move_highlight
from reader.claims.relating import relate
from reader.claims.verdicts import Verdict
from reader.core.access import may_annotate, may_change, may_curate
from reader.core.refusals import Refused
from reader.core.visibility import is_within, visible_to
from reader.curation.claim_rulings import accept, merge
from reader.curation.deciding import undo
from reader.curation.models import Decision, Verb
from reader.highlights.audiences import audiences
from reader.highlights.models import Note, write_note
from reader.highlights.queries import highlights_for, notes_for
from reader.library.models import Article
from tests.claims.ledger import AHEAD, judged, public_claim, source, teams_claim
from tests.claims.predictions import make_claim, one_window
from tests.claims.test_carrying import assert_nothing_is_wider
from tests.claims.test_moving import OTHER, QUOTE, assert_lawful
from tests.teams.moved import again
from tests.world import World, make_highlight

WORDS = ["everything", "small models will matter", QUOTE, "Prices fall by half"]
CLAIMED = [QUOTE, OTHER, "Prices fall by half within eighteen months"]
STEPS = 30
#: So many begin with a claim, that there is something to merge.
CLAIMS = 6


def belongings(people: list[User]) -> dict[str, Counter[str]]:
    """What each person can open of their own: the words of notes, and the passages that bear marks."""
    found = {}
    for person in map(again, people):
        notes = notes_for(person).filter(owner=person).values_list("body", flat=True)
        marks = highlights_for(person).filter(owner=person).values_list("exact", flat=True)
        forecasts = Forecast.objects.visible_to(person).filter(visible_to(person, "claim__"), owner=person)
        given = [f"{percent} %" for percent in forecasts.values_list("percent", flat=True)]
        found[person.name] = Counter(notes) + Counter(given) + Counter(dict.fromkeys(marks, 1))
    return found


class Muddle:
    """People who mark, write, claim and move at random, each within their rights."""

    def __init__(self, world: World, seed: int) -> None:
        self.chance = random.Random(seed)
        world.harbour.memberships.create(user=world.ada, role="member")
        world.foundry.memberships.filter(user=world.vera).update(role="member")
        for claim, readers in (
            (teams_claim(world, ends=AHEAD), [world.cleo, world.ada, world.vera]),
            (public_claim(world, ends=AHEAD, quote="Prices fall by half"), [world.dov, world.cleo, world.vera]),
        ):
            for number, reader in enumerate(readers, 90):
                forecast(claim, number, again(reader))
            judged(claim, world.ben)
        self.people = [again(one) for one in (world.ada, world.ben, world.cleo, world.vera, world.dov)]

    def step(self, number: int) -> None:
        who = self.chance.choice([one for one in self.people if Article.objects.visible_to(one).exists()])
        deed = self.claim if number < CLAIMS else self.chance.choice(self.deeds())
        deed(who, number)

    def deeds(self) -> list[Callable[[User, int], None]]:
        often = [self.note, self.move_piece, self.move_mark]
        ledger = [self.forecast, self.forecast, self.judge]
        return [self.mark, *often, self.note, self.claim, *ledger, self.merge, self.merge, self.merge, self.undo]

    def a_piece(self, who: User) -> Article:
        piece: Article = self.chance.choice(list(Article.objects.visible_to(who).order_by("pk")))
        return piece

    def mark(self, who: User, number: int) -> None:
        piece = self.a_piece(who)
        to = self.chance.choice(audiences(piece, who))
        team = Team.objects.filter(pk=to.team_id or 0).first()
        mark = make_highlight(piece, self.chance.choice(WORDS), who, visibility=to.visibility, team=team)
        mark.label([f"tag {number % 5}"], who)

    def claim(self, who: User, number: int) -> None:
        piece = self.a_piece(who)
        to = self.chance.choice(audiences(piece, who))
        team = Team.objects.filter(pk=to.team_id or 0).first()
        claim = make_claim(piece, self.chance.choice(CLAIMED), who, to.visibility, team)
        others = Claim.objects.visible_to(who).filter(merged_into=None).exclude(pk=claim.pk).order_by("pk")
        kept = self.chance.choice([None, *others])
        if kept and not kept.statements.filter(highlight=claim.statements.get().highlight).exists():
            Statement.objects.filter(claim=claim).update(claim=kept)  # said once more
            claim.delete()

    def merge(self, who: User, number: int) -> None:
        claims = [one for one in Claim.objects.visible_to(who).order_by("pk") if may_curate(who, one)]
        pairs = [(one, other) for one, other in permutations(claims, 2) if is_within(one, other)]
        if pairs:
            claim, into = self.chance.choice(pairs)
            one_window(claim, into)
            with suppress(Refused):
                accept(into, who)
            with suppress(Refused):
                merge(claim, Claim.objects.get(pk=into.pk), who)

    def undo(self, who: User, number: int) -> None:
        merged = Decision.objects.standing().filter(verb=Verb.MERGED).order_by("pk")
        if merged:
            with suppress(Refused, PermissionDenied):
                undo(self.chance.choice(list(merged)), who)

    def note(self, who: User, number: int) -> None:
        marks = highlights_for(who).filter(deleted_at=None).order_by("pk")
        on = self.chance.choice([*marks, self.a_piece(who), *Claim.objects.visible_to(who).order_by("pk")])
        if may_annotate(who, on):
            parents = notes_for(who).filter(**{str(on._meta.model_name): on}, parent=None).order_by("pk")
            parent = None if isinstance(on, Claim) else self.chance.choice([None, *parents])
            write_note(on, f"Note {number}", who, parent)

    def a_claim(self, who: User) -> Claim:
        claim: Claim = self.chance.choice(list(Claim.objects.visible_to(who).order_by("pk")))
        return claim

    def forecast(self, who: User, number: int) -> None:
        with suppress(IndexError, Refused, PermissionDenied, Http404):
            claim = self.a_claim(who)
            Claim.objects.filter(pk=claim.pk, verdict=None, merged_into=None).update(
                window_end=AHEAD, state="accepted", kind="event"
            )
            forecast(claim, number + 1, who)
            source(claim, who, url=f"https://example.com/{number}")

    def judge(self, who: User, number: int) -> None:
        """Somebody who may judges what `who` sees; somebody disputes it, and something depends on it."""
        with suppress(IndexError, Refused, PermissionDenied, Http404):
            claim = self.a_claim(who)
            Claim.objects.filter(pk=claim.pk, verdict=None, merged_into=None).update(state="accepted", kind="event")
            by = next(one for one in self.people if (may_curate(one, claim) and one.pk != claim.owner_id) or one == who)
            verdict = judged(claim, by, reason=f"Seen {number}.")
            relate(self.a_claim(who), claim, "conditional", who, "did_not")
            dispute(verdict, "No.", who)

    def move_piece(self, who: User, number: int) -> None:
        piece = self.a_piece(who)
        if may_change(who, piece):
            to = self.chance.choice(destinations([piece], who)).audience
            with suppress(Refused):  # a verdict rests on it
                move_article(piece, to.visibility, to.team_id, who, along=number % 2 == 0, give_up_address=True)

    def move_mark(self, who: User, number: int) -> None:
        marks = [one for one in highlights_for(who).order_by("pk") if may_change(who, one)]
        if marks:
            mark = self.chance.choice(marks)
            to = self.chance.choice(destinations([mark], who)).audience
            with suppress(Refused):
                move_highlight(mark, to.visibility, to.team_id, who, along=number % 2 == 0)


def assert_reached(people: list[User]) -> None:
    """Whoever sees a claim sees the one that it was merged into, where its quotes and its notes are."""
    for person in map(again, people):
        seen = Claim.objects.visible_to(person)
        assert not seen.exclude(merged_into=None).exclude(merged_into__in=seen).exists(), person


@pytest.mark.parametrize("seed", range(5))
def test_nobody_loses_a_word(world: World, seed: int) -> None:
    muddle = Muddle(world, seed)
    before = belongings(muddle.people)
    for number in range(STEPS):
        muddle.step(number)
        after = belongings(muddle.people)
        lost = {name: before[name] - after[name] for name in before if before[name] - after[name]}
        assert lost == {}, number
        before = after
        assert_lawful()
        assert_nothing_is_wider()
        assert_reached(muddle.people)
    assert Note.objects.exists()
    assert Forecast.objects.exists()
    assert Verdict.objects.exists()
