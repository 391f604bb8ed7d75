"""A piece with pictures: none of them is asked for elsewhere, each has its place, and what lacks is described."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from reader.intake.images.jobs import fetch_images
from tests.e2e.conftest import Open
from tests.intake.feeds.test_polling import Press, press
from tests.intake.images.files import picture
from tests.world import World, make_article, newest

__all__ = ["press"]

WORDS = "Capacity is queued for years"


def test_pictures_come_from_here_alone_and_marks_stand_where_they_did(
    page: Page, live_server: LiveServer, world: World, press: Press, open_article: Open, settings: Settings
) -> None:
    settings.IMAGES_OF_HOME = True
    press.print("/chart.png", picture((1200, 600)), "image/png")
    press.print("/pixel.gif", picture((1, 1), "GIF"), "image/gif")
    html = (
        f'<figure><img src="{press.url("/chart.png")}" alt="Queues by region" width="600" height="300">'
        "<figcaption>The queue, in years.</figcaption></figure>"
        f'<p>First <img src="{press.url("/gone.png")}" alt="a chart that is gone"> words.'
        f'<img src="{press.url("/pixel.gif")}" alt=""></p><p>{WORDS}, and nobody minds.</p>'
    )
    article = make_article("With pictures", world.ada, html=html)
    hosts = set[str | None]()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    reading = open_article(article)
    place = page.get_by_role("link", name="Picture: Queues by region, at its own site")
    expect(place).to_be_visible()

    fetch_images.func(article_id=article.pk)
    expect(page.locator("#toasts")).to_contain_text("The pictures of this piece have come.")
    expect(page.locator("#awaits-images")).to_have_count(0)
    page.locator("#toasts").get_by_role("link", name="Reload").click()
    reading.wait_for_scripts()

    shown = page.locator("[data-article-body] img")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("width", "600")
    expect(shown).to_have_js_property("naturalWidth", 1200)
    box = shown.bounding_box()
    assert box
    assert abs(box["width"] - 2 * box["height"]) < 3
    expect(page.get_by_role("link", name="Picture: a chart that is gone, at its own site")).to_be_visible()
    assert hosts == {urlsplit(live_server.url).hostname}

    assert page.locator("[data-article-body]").evaluate("body => body.textContent") == newest(article).text
    reading.select(WORDS)
    reading.press("h")
    expect(page.locator("mark[data-highlight]")).to_have_text(WORDS)
    expect(shown).to_have_count(1)
