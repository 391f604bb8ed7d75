"""`make screenshots`: the picture in the README; with a folder as argument, every kind of screen for one's own eyes.

python -m tests.screenshots [FOLDER]
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.serving import ROOT, chromium, serve

PICTURE = ROOT / "docs/screenshots/reading.png"
LAPTOP, PHONE = (1280, 800), (390, 844)
SCHEMES = "light", "dark"
NEWSLETTER = ROOT / "tests/intake/samples/substack-preview.txt"

Step = Callable[[Page, str], None]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="forecite-screens-") as data:
        os.environ |= {"FORECITE_DATA": data, "DJANGO_SETTINGS_MODULE": "reader.settings"}
        password = prepare()
        with serve() as site, chromium() as browser:
            picture_for_the_readme(browser, site, password)
            for folder in map(Path, sys.argv[1:]):
                folder.mkdir(parents=True, exist_ok=True)
                picture_everything(browser, site, password, folder)


def prepare() -> str:
    """The demo library in a fresh folder, and its people's password."""
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "collectstatic", "demo"):
        call_command(command, verbosity=0, **({"interactive": False} if command == "collectstatic" else {}))
    from reader.pages.demo.loading import demo_password

    return demo_password()


def picture_for_the_readme(browser: Browser, site: str, password: str) -> None:
    page = window(browser, LAPTOP, "light")
    sign_in(page, site, password)
    page.goto(f"{site}/articles/loose-ends-118/")
    settle(page)
    PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=PICTURE)
    page.context.close()


def picture_everything(browser: Browser, site: str, password: str, folder: Path) -> None:
    for size, scheme in product((LAPTOP, PHONE), SCHEMES):
        page = window(browser, size, scheme)
        tail = f"{size[0]}-{scheme}"
        page.goto(f"{site}/accounts/login/")
        page.screenshot(path=folder / f"sign-in-{tail}.png")
        sign_in(page, site, password)
        for name, step in screens():
            step(page, site)
            settle(page)
            page.screenshot(path=folder / f"{name}-{tail}.png")
        page.context.close()


def screens() -> Iterator[tuple[str, Step]]:
    """Every kind of screen, by name."""
    yield "review", hand_in
    yield "reading-empty", save
    yield "today", at("/")
    yield "reading-ten", at("/articles/the-week-everything-shipped/")
    yield "reading-table", at("/articles/what-a-million-tokens-costs/")
    yield "reading-three-hundred", at("/articles/the-other-transformer/")
    yield "composer", compose
    yield "shelf", at("/articles/")
    yield "ledger", at("/claims/")
    yield "due", at("/claims/due/")
    yield "claim", at("/claims/12/")
    yield "claim-judged", at("/claims/2/")
    yield "claim-forecasts", at("/claims/2/#forecasts")
    yield "citation", at("/claims/2/citation/")
    yield "claim-edit", at("/claims/12/edit/")
    yield "person", at("/people/noor-abelsen/")
    yield "my-record", at("/profile/record/")
    yield "scores", at("/scores/")
    yield "desk", at("/desk/")
    yield "desk-duplicates", at("/desk/duplicates/")
    yield "decisions", at("/decisions/")
    yield "notices", at("/notices/")
    yield "teams", at("/teams/")
    yield "tags", at("/tags/")
    yield "settings", at("/settings/")
    yield "second-step", at("/accounts/2fa/")
    yield "add-article", at("/articles/new/")
    yield "form-with-errors", hand_in_nothing
    yield "not-found", at("/articles/of-no-such-name/")


def at(path: str) -> Step:
    return lambda page, site: void(page.goto(f"{site}{path}"))


def void(answer: object) -> None:
    """A step is done for what it shows."""


def hand_in(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/new/")
    page.get_by_label("Paste the piece").fill(NEWSLETTER.read_text())
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/articles/new/*/")


def save(page: Page, site: str) -> None:
    page.get_by_role("button", name="Save the article").click()
    page.locator("[data-article-body]").wait_for()


def hand_in_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/new/")
    page.get_by_role("button", name="Read it").click()
    page.locator(".errorlist, [aria-invalid=true]").first.wait_for()


def compose(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/weights-are-not-a-business/")
    page.locator("selection-bar").wait_for(state="attached")
    page.keyboard.press("s")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    page.locator("#composer form").wait_for()


def window(browser: Browser, size: tuple[int, int], scheme: str) -> Page:
    is_phone = size == PHONE
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=is_phone,
        is_mobile=is_phone,
        reduced_motion="reduce",
    )
    return context.new_page()


def sign_in(page: Page, site: str, password: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").first.fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/")


def settle(page: Page) -> None:
    """Fonts loaded, nothing on its way, the words of signing in gone."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate("document.getElementById('toasts')?.replaceChildren()")


if __name__ == "__main__":
    main()
