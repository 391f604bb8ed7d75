"""How testable a claim seems, and what is missing."""

import pytest

from reader.claims.checklist import MARKS, missing, score, suggest
from reader.claims.details import Details
from reader.core.models import Event
from tests.claims.ledger import again, teams_claim
from tests.world import World


@pytest.mark.parametrize(
    ("statement", "window", "kind", "marks"),
    [
        ("OpenAI releases GPT-6 by the end of 2026", "window", "event", "subject predicate time threshold"),
        ("Nvidia's revenue exceeds 200 billion dollars in 2027", "window", "", "subject predicate time threshold"),
        ("It will change everything", "none", "", ""),
        ("This will be a big deal", "vague", "", ""),
        ("Small models will matter", "window", "", "subject time"),
        ("Open models will beat closed ones", "none", "", "subject predicate threshold"),
        ("Prices will fall in 2025", "window", "trend", "subject predicate time"),
        ("Prices fall by half within eighteen months", "window", "", "subject predicate time threshold"),
        ("They will double", "open", "", "predicate threshold"),
        ("", "none", "", ""),
        ("שלום 🦙", "none", "", ""),
    ],
)
def test_it_works(statement: str, window: str, kind: str, marks: str) -> None:
    found = suggest(statement, window, kind)

    assert [name.removeprefix("has_") for name, is_there in found.items() if is_there] == marks.split()


def test_it_scores_from_none_to_four_and_says_what_is_missing() -> None:
    nothing, all_of_it = dict.fromkeys(MARKS, False), dict.fromkeys(MARKS, True)

    assert (score(nothing), missing(nothing)) == (0, list(MARKS.values()))
    assert (score(all_of_it), missing(all_of_it)) == (4, [])
    assert missing({**all_of_it, "has_time": False}) == ["Give it a last day."]


@pytest.mark.parametrize("text", ["a " * 20_000, "a" * 100_000, "0" * 100_000, "will " * 10_000, "'" * 50_000])
def test_it_is_quick_on_hostile_text(text: str) -> None:
    suggest(text, "none")


def test_readers_tick(world: World) -> None:
    claim = teams_claim(world)

    claim.specify(Details(kind="threshold", fine_print="As reported.", has_time=True, has_threshold=True), world.cleo)

    claim = again(claim)
    assert (claim.kind, claim.fine_print, score(claim.ticked)) == ("threshold", "As reported.", 2)
    event = Event.objects.latest("pk")
    assert (event.verb, event.detail["changed"]) == ("specified", ["fine_print", "has_threshold", "has_time", "kind"])


def test_saying_the_same_changes_nothing(world: World) -> None:
    claim = teams_claim(world)
    events = Event.objects.count()

    claim.specify(Details(kind=claim.kind), world.cleo)

    assert Event.objects.count() == events
