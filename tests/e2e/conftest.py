"""A real browser on a live server. Any console error, uncaught exception or breach of the CSP fails the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import handlers
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.library.models import Article
from tests.conftest import signed_in
from tests.e2e.gate import Gate
from tests.e2e.pages import ReadingPage
from tests.serving import CHROMIUM, FLAGS
from tests.world import World

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
#: What Chromium writes to the console for an answer that is not 2xx; tests of refusals say which they expect.
REFUSAL = "Failed to load resource: the server responded with a status of "

Open = Callable[..., ReadingPage]


@pytest.fixture(scope="session")
def gate() -> Gate:
    return Gate()


@pytest.fixture(scope="session")
def live_server(collected_static: None, gate: Gate) -> Iterator[LiveServer]:
    """Static files come as an installation serves them, under hashed names by WhiteNoise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", gate.before)
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A laptop's window; `@pytest.mark.browser_context_args(**PHONE)` changes it for one test."""
    return {**browser_context_args, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def expected_refusals() -> list[int]:
    """Statuses that a test provokes on purpose."""
    return []


@pytest.fixture
def served(transactional_db: None, gate: Gate) -> Iterator[None]:
    """Comes after the database and before the browser, so that pages close first and tables are emptied last."""
    gate.open()
    yield
    gate.close()


@pytest.fixture(autouse=True)
def nothing_wrong_in_the_console(served: None, context: BrowserContext, expected_refusals: list[int]) -> Iterator[None]:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(message.text.startswith(f"{REFUSAL}{n}") for n in expected_refusals):
            complaints.append(f"{message.text} ({message.location.get('url')})")

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield
    assert complaints == []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """Puts the session of a user into the browser."""

    def put(user: User) -> None:
        session = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return put


@pytest.fixture
def open_article(page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]) -> Open:
    """Opens an article as Ada (or somebody else) and waits until its scripts run."""

    def open_(
        article: Article | None = None, by: User | None = None, tail: str = "", *, scripts: bool = True
    ) -> ReadingPage:
        sign_in(by or world.ada)
        reading = ReadingPage(page, f"{live_server.url}{(article or world.public).get_absolute_url()}{tail}")
        reading.open(scripts=scripts)
        return reading

    return open_
