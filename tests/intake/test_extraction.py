"""`reader.intake.extract`: pages as the platforms write them, nasty ones among them."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake import extract

PAGES = Path(__file__).with_name("pages")
SOURCES = sorted(PAGES.glob("*.html"))
SUBSTACK = (PAGES / "substack-free.html").read_text("utf-8")
PROSE = (
    "Nobody who signs a lease for a cluster has read what the lease says of water, and few would sign it if they had. "
)


def page(body: str, head: str = "<title>The water clause</title>") -> str:
    return f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_page_reads_like_its_golden_file(path: Path) -> None:
    found = asdict(extract(path.read_text("utf-8")))
    html = found.pop("html")
    assert found.pop("text") == text_of(html)
    assert found == json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert html == path.with_suffix(".body").read_text("utf-8").rstrip("\n")
    assert clean(html) == html


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_note_leads_somewhere(path: Path) -> None:
    html = extract(path.read_text("utf-8")).html
    led = {part.partition('"')[0] for part in html.split('href="#')[1:]}
    assert {target for target in led if f'id="{target}"' not in html} == set()


@pytest.mark.parametrize(
    "gone",
    [
        "Thanks for reading",
        "Subscribe for free",
        "Will it?",
        "What a good piece",
        "Already a paid",
        "Sign up for Volt",
        "Read next",
        "Member discussion",
        "Enjoying this",
        "How was today",
        "Keep Reading",
        "Responses",
        "Share this",
        "Related",
        "3 thoughts",
        "Get new posts by mail",
        "Don't miss",
        "Advertisement",
        "Another story",
        "shorter meeting",
        "Minute by minute",
        "Table of Contents",
    ],
)
def test_furniture_does_not_survive(gone: str) -> None:
    bodies = " ".join(extract(path.read_text("utf-8")).text for path in SOURCES)
    assert gone.lower() not in bodies.lower()


def test_a_post_carried_as_data_is_decoded_twice() -> None:
    shown = SUBSTACK.replace(
        '<div dir="auto" class="body markup">', '<div dir="auto" class="body markup"><p>Loading</p><i hidden>'
    )
    assert extract(shown).text == extract(SUBSTACK).text


def test_without_data_the_post_is_read_from_the_page() -> None:
    bare = extract(SUBSTACK.replace("window._preloads", "window._none"))
    assert bare.html == extract(SUBSTACK).html
    assert (bare.title, bare.truncated, bare.audience) == ("Five gigawatts", False, "everyone")


@pytest.mark.parametrize(
    "data", ["", "{", '"not json"', "null", '"[1, 2]"', '"{\\"post\\": 3}"', '"' + "[" * 9000 + '"']
)
def test_broken_data_are_passed_over(data: str) -> None:
    broken = (
        SUBSTACK.partition("<script>window._preloads")[0] + f"<script>window._preloads = JSON.parse({data})</script>"
    )
    assert extract(broken).title == "Five gigawatts"


@pytest.mark.parametrize("html", ["", " ", "<html></html>", "<script>x</script>", "\x00", "<", "<!--", "<p>", "&#0;"])
def test_nothing_gives_an_empty_piece(html: str) -> None:
    found = extract(html, "https://site.example/a")
    assert (found.text.strip("\ufffd<"), found.body_words in (0, 1), found.url) == ("", True, "https://site.example/a")


def test_the_title_is_the_longest_heading_that_the_page_repeats() -> None:
    body = f"<h1>Kilowatt</h1><article><h1>The water clause, read aloud</h1><p>{PROSE * 3}</p></article>"
    head = "<title>The water clause, read aloud | Kilowatt</title><meta property=og:title content='Read this'>"
    assert extract(page(body, head)).title == "The water clause, read aloud"


def test_without_such_a_heading_the_linked_data_name_it() -> None:
    head = """<title>Kilowatt</title><meta property=og:title content="Shared words">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "The headline"}</script>"""
    assert extract(page(f"<article><h1>Something else</h1><p>{PROSE * 3}</p></article>", head)).title == "The headline"


def test_the_day_is_taken_from_the_address_where_nothing_else_tells() -> None:
    found = extract(
        page(f"<article><h1>Water</h1><p>{PROSE * 4}</p></article>"), "https://site.example/2026/03/05/water"
    )
    assert (found.published, found.published_precision) == ("2026-03-05", "day")
    assert extract(page(f"<article><h1>Water</h1><p>{PROSE * 4}</p></article>")).published is None


def test_the_author_is_taken_from_where_sites_put_them() -> None:
    body = f'<article><h1>Water</h1><p>{PROSE * 4}</p></article><div class="author-name">Greta Solheim</div>'
    assert extract(page(body)).authors == ["Greta Solheim"]


def test_relative_addresses_are_made_whole() -> None:
    words = f'<p>{PROSE * 2}<a href="../b?c#d">B</a> <a href="#e">E</a></p><p id=e>{PROSE}</p><img src=/p.png>'
    found = extract(page(f"<article>{words}</article>"), "https://site.example/x/a")
    assert 'href="https://site.example/b?c#d"' in found.html
    assert 'href="#e"' in found.html
    assert 'src="https://site.example/p.png"' in found.html
    assert found.source_kind == "url_html"


def test_a_hostile_page_is_read_in_time() -> None:
    deep = "<div>" * 20_000 + f"<p>{PROSE}</p>" + "<a href=x>" * 20_000 + "<table><tr><td>" * 5_000
    assert PROSE.strip() in extract(page(deep)).text


def test_a_page_over_which_a_parser_stumbles_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RecursionError

    for where in ("trafilatura.bare_extraction", "trafilatura.metadata.extract_author", "htmldate.find_date"):
        monkeypatch.setattr(where, stumble)

    found = extract(
        page(f"<article><h1>The water clause</h1>{f'<p>{PROSE}</p>' * 6}</article>"), "https://site.example/a"
    )

    assert PROSE.strip() in found.text
    assert "a parser stumbled over https://site.example/a" in caplog.text
