"""How often an open page asks for news: by a clock that the test turns, so that a minute takes no minute."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from reader.highlights.models import write_note
from tests.e2e.conftest import Open
from tests.world import World

#: So many milliseconds pass at once: an answer that comes within them is seen at their end.
STEP = 250
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
#: Writes down when the page asks, by its own clock, and how many of its questions wait for their answer.
WATCH = """
  window.asked = [];
  window.waiting = 0;
  const ask = window.fetch;
  window.fetch = async (url, options) => {
    if (!String(url).includes("/changes/")) return ask(url, options);
    window.asked.push(performance.now());
    window.waiting += 1;
    try { return await ask(url, options); } finally { window.waiting -= 1; }
  };
"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Clock:
    """An open page for which no time passes but what the test lets pass."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def asked(self) -> list[float]:
        """The moments of its questions, once the last is answered and the next is planned."""
        while self.page.evaluate("() => waiting"):
            self.page.wait_for_timeout(10)
        found: list[float] = self.page.evaluate("() => asked")
        return found

    def gaps(self, count: int) -> list[float]:
        """The seconds between its next questions, while nobody touches anything."""
        begun = len(self.asked())
        while len(self.asked()) <= begun + count:
            self.page.clock.run_for(STEP)
        return [round((after - before) / 1000, 1) for before, after in pairwise(self.asked()[begun:])][:count]

    def pass_seconds(self, seconds: float) -> int:
        """How often it asks meanwhile."""
        begun = len(self.asked())
        for _ in range(round(seconds)):
            self.page.clock.run_for(1000)
            self.asked()
        return len(self.asked()) - begun

    def hide(self, hidden: bool) -> None:
        self.page.evaluate(HIDE, hidden)


@pytest.fixture
def clock(page: Page, open_article: Open, world: World) -> Clock:
    page.clock.install(time=NOON)
    page.add_init_script(WATCH)
    open_article(world.shared)
    page.clock.pause_at(NOON + timedelta(minutes=10))
    turned = Clock(page)
    page.keyboard.press("Shift")  # somebody is here
    turned.pass_seconds(5)
    return turned


def test_it_asks_every_two_seconds_while_somebody_is_here(clock: Clock) -> None:
    assert all(2 <= gap <= 2 + STEP / 1000 for gap in clock.gaps(5))


def test_it_asks_less_and_less_while_nobody_is_and_once_a_minute_at_last(clock: Clock) -> None:
    clock.pass_seconds(30)

    gaps = clock.gaps(11)

    late = STEP / 1000
    assert all(before - late <= after <= before * 1.5 + 2 * late for before, after in pairwise(gaps))
    assert all(60 <= gap <= 60 + late for gap in gaps[-2:])


@pytest.mark.parametrize("back", ["a key", "the tab", "the network"])
def test_it_asks_at_once_when_somebody_returns(clock: Clock, back: str) -> None:
    returns: dict[str, Callable[[], object]] = {
        "a key": lambda: clock.page.keyboard.press("Shift"),
        "the tab": lambda: clock.hide(False),
        "the network": lambda: clock.page.evaluate("() => dispatchEvent(new Event('online'))"),
    }
    if back == "the tab":
        clock.hide(True)
    clock.pass_seconds(240)
    assert clock.pass_seconds(10) <= 1

    begun = len(clock.asked())
    returns[back]()
    clock.page.clock.run_for(10)

    assert len(clock.asked()) == begun + 1
    assert all(2 <= gap <= 2 + STEP / 1000 for gap in clock.gaps(3))


def test_a_tab_that_nobody_sees_asks_less_though_something_moves_in_it(clock: Clock) -> None:
    clock.hide(True)
    clock.pass_seconds(120)

    clock.page.evaluate("() => dispatchEvent(new Event('scroll'))")

    assert clock.pass_seconds(5) <= 1


def test_news_bring_it_back_to_two_seconds(clock: Clock, world: World) -> None:
    clock.pass_seconds(120)
    write_note(world.shared, "Read this.", world.ben)
    while clock.page.get_by_text("Read this.").count() == 0:
        clock.pass_seconds(5)

    assert clock.pass_seconds(6) >= 2
