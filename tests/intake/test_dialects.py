"""What programs write in their own way: names of sites, captions, pictures, signs behind headings, authors."""

import pytest

from reader.intake import extract

PROSE = [
    "Ask a modeller what limits the next run, and you hear about data; ask the person who signs the lease.",
    "We expect that at least one lab moves its largest cluster abroad before 2027, and that nobody says so aloud.",
    "The queue for a connection of a gigawatt is seven years in most regions, and no contract shortens it by much.",
    "Prices per token fall by a factor of ten each year, which is what the spreadsheet assumes and nobody prices.",
]
WORDS = "".join(f"<p>{words}</p>" for words in PROSE)


def page(body: str, head: str = "<title>The queue</title>") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize("sign", ["¶", "#", "§", "\u200b", "🔗", ""])
@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_sign_behind_a_heading_is_none_of_its_words(tag: str, sign: str) -> None:
    link = f'<a class="headerlink" href="#queue" title="Link to this heading">{sign}</a>'
    found = extract(
        page(f'<main><{tag} id="queue">The queue{link}</{tag}>{WORDS}<h3>In most regions{link}</h3>{WORDS}</main>')
    )
    assert (found.title, ">In most regions</h" in found.html) == ("The queue", True)
    assert not sign or sign not in found.text


def test_a_heading_that_is_a_link_keeps_its_words() -> None:
    found = extract(page(f'<main><h1>A</h1>{WORDS}<h2 id=b><a href="#b">What a lease says</a></h2>{WORDS}</main>'))
    assert "What a lease says" in found.text


def test_a_picture_of_a_fast_page_is_one() -> None:
    fallback = '<noscript><img src="https://a.example/top.jpg" alt="Lines"></noscript>'
    shown = f'<amp-img src="https://a.example/top.jpg" alt="Lines" width="600" height="300">{fallback}</amp-img>'
    found = extract(page(f"<article><h1>The queue</h1>{WORDS}{shown}{WORDS}</article>"))
    assert [image["src"] for image in found.images] == ["https://a.example/top.jpg"]
    assert found.html.count("top.jpg") == 1


def test_the_caption_of_an_old_post_stands_under_its_picture() -> None:
    shown = '<div class="wp-caption alignnone"><img src="https://a.example/q.png" alt="Q"><p class="wp-caption-text">'
    found = extract(page(f"<article><h1>The queue</h1>{WORDS}{shown}Drawn by hand.</p></div>{WORDS}</article>"))
    assert "<figcaption>Drawn by hand.</figcaption>" in found.html
    assert found.images[0]["credit"] == "Drawn by hand."


@pytest.mark.parametrize(
    "name", ['<h1><a href="/">Grid Notes</a></h1>', '<a href="https://grid.example/"><h1>Grid Notes</h1></a>']
)
@pytest.mark.parametrize("title", ["Grid Notes &raquo; Blog Archive &raquo; The queue", "The queue - Grid Notes"])
def test_the_name_of_the_site_is_no_title(name: str, title: str) -> None:
    body = f'<div id="header">{name}</div><div class="post"><h2>The queue</h2><div class="entry">{WORDS}</div></div>'
    assert extract(page(body, f"<title>{title}</title>")).title == "The queue"
    told = '<title>Grid Notes</title><meta property="og:title" content="The queue"><h1 class="x">Other words</h1>'
    assert extract(page(body, told)).title == "The queue"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="Benjamin Dahl">', ["Benjamin Dahl"]),
        (
            '<meta name="author" content="Yasmin Okafor"><meta name="twitter:data1" content="7 min read">',
            ["Yasmin Okafor"],
        ),
        ('<meta property="og:author" content="Ida Holm">', ["Ida Holm"]),
        (
            '<meta name="citation_author" content="Holm, Ida"><meta name="citation_author" content="Lund, Per">',
            ["Ida Holm", "Per Lund"],
        ),
        ('<meta name="citation_author" content="Ida Holm and Per Lund">', ["Ida Holm", "Per Lund"]),
    ],
)
def test_authors_are_taken_from_where_they_are_told(head: str, authors: list[str]) -> None:
    found = extract(page(f"<article><h1>The queue</h1>{WORDS}</article>", f"<title>The queue</title>{head}"))
    assert found.authors == authors


def test_the_authors_of_a_paper_come_without_where_they_work() -> None:
    signed = "".join(
        f'<span class="ltx_creator ltx_role_author"><span class="ltx_personname">{name}</span></span>'
        for name in ("Ida Holm<sup>1</sup>", "Per Lund<br>University of Power<br>per@power.example")
    )
    head = '<title>Queues</title><meta name="citation_date" content="2024/03/05">'
    body = f'<article><h1>Queues</h1><div class="ltx_authors">{signed}</div>{WORDS}</article>'
    found = extract(page(body, head))
    assert (found.authors, found.published) == (["Ida Holm", "Per Lund"], "2024-03-05")


def test_a_thread_reads_as_one_piece() -> None:
    said = "".join(
        f'<div class="content-tweet" dir="auto">{words}<sup><a href="#">↑</a></sup></div>' for words in PROSE
    )
    notice = "<p>Missing some Tweet in this thread? You can try to force a refresh</p>"
    found = extract(page(f'<nav>Reader</nav><div class="t-main">{said}</div>{notice}', "<title>Thread by @ida</title>"))
    assert ([words for words in PROSE if words in found.text], "force a refresh" in found.text) == (PROSE, False)
