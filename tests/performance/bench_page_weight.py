"""What the reading page weighs, and how soon it is there: in headless Chromium, with 1,000 marks on 2,000 words.

Each figure is the median of a few openings with an empty cache. The paint is timed by the clock on the wall, so it says
little on a busy machine; a task by the CPU time of the page's main thread, which on an idle machine is the same.
"""

import gzip
import json
import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.performance.bench_reading import long_piece, scatter_highlights
from tests.performance.measuring import Figure, browser
from tests.serving import chromium, serve
from tests.world import make_article, make_person, make_team

MARKS = 1_000
OPENINGS = 7
IMPORTED = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
PAINTED = """() => new Promise((done) => {
  new PerformanceObserver((list) => {
    for (const paint of list.getEntriesByName("first-contentful-paint")) done(paint.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
TO_THE_END = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 60));
  }
}"""
TRACED = ["toplevel", "devtools.timeline"]


def figures() -> Iterator[Figure]:
    writer, reader = make_person("Willa"), make_person("Rune")
    team = make_team("Weighers", owner=writer, member=reader)
    article = make_article("Weighed", writer, "team", team, html=long_piece())
    scatter_highlights(article, [writer, reader], MARKS)
    rune = browser(reader)
    page = Parts(rune.get(article.get_absolute_url()).body.decode())
    yield Figure("JavaScript of the reading page, gzipped", page.kilobytes(page.modules()), 40, "KB")
    yield Figure("CSS of the reading page, gzipped", page.kilobytes(page.stylesheets), 20, "KB")
    with serve() as site, chromium() as window:
        yield from opened(window, site, article.get_absolute_url(), rune.cookies[settings.SESSION_COOKIE_NAME])


def opened(window: Chromium, site: str, path: str, session: str) -> Iterator[Figure]:
    paint_once(window, site, path, session)  # the first warms the server
    painted = statistics.median(paint_once(window, site, path, session) for _ in range(OPENINGS))
    tasks = [trace_once(window, site, path, session) for _ in range(OPENINGS)]
    opening, scrolling = (statistics.median(column) for column in zip(*tasks, strict=True))
    yield Figure(f"first contentful paint, {MARKS:,} highlights", painted, 300, "ms")
    yield Figure("longest task of opening", opening, 50)
    yield Figure("longest task of scrolling to the end", scrolling, 50)


def paint_once(window: Chromium, site: str, path: str, session: str) -> float:
    """When the first words are there, in milliseconds; without a trace, which takes the browser's time."""
    with page_of(window, site, session) as page:
        open_once(page, f"{site}{path}")
        return float(page.evaluate(PAINTED))


def trace_once(window: Chromium, site: str, path: str, session: str) -> tuple[float, float]:
    """The longest task until all is still, and the longest of scrolling through; in milliseconds."""
    with page_of(window, site, session) as page:
        window.start_tracing(page=page, categories=TRACED)
        open_once(page, f"{site}{path}")
        opened = window.stop_tracing()
        process = process_of(site, opened)
        window.start_tracing(page=page, categories=TRACED)
        page.evaluate(TO_THE_END)
        return longest_task(opened, process), longest_task(window.stop_tracing(), process)


@contextmanager
def page_of(window: Chromium, site: str, session: str) -> Iterator[Page]:
    """A page with an empty cache, of somebody signed in."""
    context = window.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    yield context.new_page()
    context.close()


def open_once(page: Page, address: str) -> None:
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} did not open")


def process_of(site: str, trace: bytes) -> int:
    """The process that shows the page: the browser's own bars are pages too, in others."""
    parsed = (event for event in json.loads(trace)["traceEvents"] if event["name"] == "ParseHTML")
    return next(
        int(event["pid"]) for event in parsed if event["args"].get("beginData", {}).get("url", "").startswith(site)
    )


def longest_task(trace: bytes, process: int) -> float:
    """CPU milliseconds of the longest task of a page's main thread."""
    events = json.loads(trace)["traceEvents"]
    named = (event for event in events if event["name"] == "thread_name" and event["pid"] == process)
    main = {(event["pid"], event["tid"]) for event in named if event["args"]["name"] == "CrRendererMain"}
    tasks = (event for event in events if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in main)
    return max((event.get("tdur", 0) for event in tasks), default=0) / 1000


class Parts(HTMLParser):
    """The files that a page loads, found as a browser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stylesheets: list[str] = []
        self.scripts: list[str] = []
        self.import_map: dict[str, str] = {}
        self.in_import_map = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "link" and said.get("rel") == "stylesheet":
            self.stylesheets.append(said["href"] or "")
        elif tag == "script" and said.get("src"):
            self.scripts.append(said["src"] or "")
        self.in_import_map = tag == "script" and said.get("type") == "importmap"

    def handle_data(self, data: str) -> None:
        if self.in_import_map and data.strip():
            self.import_map = json.loads(data)["imports"]

    def modules(self) -> list[str]:
        """The page's scripts and all that they import, now or later."""
        found, waiting = set[str](), list(self.scripts)
        while waiting:
            address = waiting.pop()
            if address not in found:
                found.add(address)
                imported = IMPORTED.findall(content(address).decode())
                waiting.extend(self.import_map[name] for name in imported if name in self.import_map)
        return sorted(found)

    @staticmethod
    def kilobytes(addresses: list[str]) -> float:
        return sum(len(gzip.compress(content(address), 9)) for address in addresses) / 1024


def content(address: str) -> bytes:
    """A static file by its address."""
    return Path(settings.STATIC_ROOT, address.removeprefix(settings.STATIC_URL)).read_bytes()
