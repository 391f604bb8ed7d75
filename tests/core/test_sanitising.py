"""The normal form of an article body, and its text."""

import re
import time

import pytest
from hypothesis import given

from reader.core.sanitising import clean, text_of
from tests.core.tag_soup import tag_soup


@given(tag_soup)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once


@given(tag_soup)
def test_nothing_of_the_page_it_came_from_can_act(raw: str) -> None:
    for tag in re.findall("<[^>]*>", clean(raw)):
        assert not re.search(r"^<(?:script|style|svg|object)|\s(?:on\w+|style|class)=|javascript:|data:", tag)


@given(tag_soup)
def test_text_can_be_stored_and_shown(raw: str) -> None:
    text = text_of(clean(raw))
    text.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\ufeff]", text)


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("plain words", "<p>plain words</p>"),
        ("<p>the end.<p>Next", "<p>the end.</p>\n<p>Next</p>"),
        ("loose <div>block</div> loose", "<p>loose</p>\n<p>block</p>\n<p>loose</p>"),
        ("<p>a <b> b</b>\n c&nbsp;</p>", "<p>a <strong>b</strong> c</p>"),
        ("<p>one<br>two<br><br>three<br>", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("<p>“a” <q>b</q></p>", "<p>“a” “b”</p>"),
        ("<p> </p><p>\u200b</p><div></div><p>a", "<p>a</p>"),
        ("<pre>\n  a\n\n  b </pre>", "<pre>  a\n\n  b</pre>"),
        ("<pre><div>a</div><div>b</div></pre>", "<pre>a\nb</pre>"),
        ("a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("<p>1 < 2 &amp;amp; <3", "<p>1 &lt; 2 &amp;amp; &lt;3</p>"),
    ],
)
def test_words_stand_in_paragraphs(raw: str, canonical: str) -> None:
    assert clean(raw) == canonical


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li>\n<li>b</li></ul>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li><p>a</p>\n<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</ul></ul>", "<ul><li><p>a</p>\n<ul><li>b</li></ul></li></ul>"),
        ("<ol start=3>loose<li></li></ol>", '<ol start="3"><li>loose</li></ol>'),
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt>\n<dd>b</dd></dl>"),
        (
            "<table><caption>c<tr><th scope=col>a<th><tr><td colspan=2>b<p>d<tr><td></table>",
            (
                '<table><caption>c</caption>\n<tbody><tr><th scope="col">a</th>\n<th></th></tr>\n'
                '<tr><td colspan="2"><p>b</p>\n<p>d</p></td></tr></tbody></table>'
            ),
        ),
        ("<details><summary>a</summary>b</details>", "<p>a</p>\n<p>b</p>"),
    ],
)
def test_a_block_holds_words_or_blocks(raw: str, canonical: str) -> None:
    assert clean(raw) == canonical


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("<h1>a</h1><h3>b</h3>", "<h2>a</h2>\n<h3>b</h3>"),
        ("<h4>a</h4><h2></h2>", "<h2>a</h2>"),
        ("".join(f"<h{n}>{n}</h{n}>" for n in (2, 5, 6)), "<h2>2</h2>\n<h3>5</h3>\n<h4>6</h4>"),
        ("<h1>a<div>b</div></h1>", "<h2>a</h2>\n<h2>b</h2>"),
    ],
)
def test_headings_begin_at_h2_without_gaps(raw: str, canonical: str) -> None:
    assert clean(raw) == canonical


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://a.example/?b=1&amp;c=2", "https://a.example/?b=1&amp;c=2"),
        ("//a.example/b c", "https://a.example/b%20c"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("/signout/", None),
        ("relative.html", None),
        ("", None),
    ],
)
def test_links_are_absolute_or_gone(href: str, kept: str | None) -> None:
    link = f'<a href="{kept}" rel="noopener noreferrer">x</a>' if kept else "x"
    assert clean(f'<a href="{href}">x</a>') == f"<p>{link}</p>"


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ('<img src="https://a.example/b.png" alt=" A  b " width=600 onerror=x>', 'alt="A b" width="600"'),
        ('<img src="https://a.example/b.png">', 'alt=""'),
    ],
)
def test_pictures_keep_what_describes_them(raw: str, canonical: str) -> None:
    assert clean(raw) == f'<p><img src="https://a.example/b.png" {canonical}></p>'


@pytest.mark.parametrize(
    "attributes", ["src=https://a/b width=1 height=1", "src=data:image/gif;base64,R0", "src=b.png"]
)
def test_pixels_and_pictures_without_an_address_are_dropped(attributes: str) -> None:
    assert clean(f"<p>a</p><img {attributes}>") == "<p>a</p>"


def test_figures_keep_pictures_apart_from_words() -> None:
    raw = "<figure><div><a href=https://a/><img src=https://a/b></a></div><figcaption>c</figcaption></figure>"
    link = '<a href="https://a/" rel="noopener noreferrer"><img src="https://a/b" alt=""></a>'
    assert clean(raw) == f"<figure>{link}\n<figcaption>c</figcaption></figure>"


def test_footnote_targets_are_kept_beside_their_words() -> None:
    raw = '<p>a<a href="#f1" id="r1">1</a><ol><li id="f1">note<li id="f1">again</ol>'
    assert clean(raw) == (
        '<p>a<span id="r1"></span><a href="#f1">1</a></p>\n<ol><li><span id="f1"></span>note</li>\n<li>again</li></ol>'
    )


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", "<p>", "<ul><li>", "<table><tr><td>", "<b><div></b>", "<svg>", "<a x='"]
)
def test_it_handles_fifty_thousand_open_tags(tag: str) -> None:
    deep = clean("<p>before</p>" + tag * 50_000 + "<em>after")
    assert clean(deep) == deep
    assert text_of(deep).startswith("before")
    assert max_depth(deep) < 64


@pytest.mark.parametrize("around", ["<p>x {}</p>", "<pre>x\n{}</pre>", "<pre>{}</pre>"])
@pytest.mark.parametrize("between", [" ", "\n", "<div></div>", "<br> "])
def test_twenty_thousand_anchors_take_linear_time(around: str, between: str) -> None:
    began = time.process_time()

    clean(around.format("".join(f'<a id="i{number}"></a>{between}' for number in range(20_000))))

    assert time.process_time() - began < 8


def test_it_keeps_the_words_under_tags_too_deep_to_keep() -> None:
    text = text_of(clean("<blockquote>" * 100 + "<p>one</p><p>two</p>" + "</blockquote>" * 100 + "<p>after</p>"))
    assert text == "one two\nafter"


def test_what_is_no_reading_is_dropped_whole() -> None:
    assert clean("a<script>if (1 < 2) b()</script><style>c</style><textarea>d</textarea> e") == "<p>a e</p>"


def max_depth(html: str) -> int:
    depth = deepest = 0
    for tag in re.findall(r"</?(?!br|hr|img)\w+", html):
        depth += -1 if tag.startswith("</") else 1
        deepest = max(deepest, depth)
    return deepest
