"""Notes and articles written in Markdown, honest and hostile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.markdown import render_article_markdown, render_note
from reader.core.sanitising import clean, text_of

REL = 'rel="nofollow noopener noreferrer ugc"'
SIGNS = [
    "[",
    "]",
    "](",
    "![",
    "(",
    ")",
    "<",
    "<a ",
    ">",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "*",
    "**",
    "_",
    "`",
    "~~~",
    "~~",
    "|",
]
scribble = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=4)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a *b* **c** `d < e`", "<p>a <em>b</em> <strong>c</strong> <code>d &lt; e</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("so:\n- one\n- two", "<p>so:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("# Title", "<p><strong>Title</strong></p>"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("```\nnobody closes it", "<pre><code>nobody closes it\n</code></pre>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("***", "<hr>"),
    ],
)
def test_a_note_is_markdown(source: str, html: str) -> None:
    assert render_note(source) == html


@pytest.mark.parametrize(
    ("source", "address", "words"),
    [
        ("[here](https://a.example/b_c_(d))", "https://a.example/b_c_(d)", "here"),
        ('[here](<https://a.example/> "title")', "https://a.example/", "here"),
        ("[[1]](https://a.example/)", "https://a.example/", "[1]"),
        ("[here][a]\n\n[a]: https://a.example/", "https://a.example/", "here"),
        ("<https://a.example/>", "https://a.example/", "https://a.example/"),
        ("https://a.example/b_c", "https://a.example/b_c", "https://a.example/b_c"),
        ("![a picture](https://a.example/b.png)", "https://a.example/b.png", "a picture"),
        ("![](https://a.example/b.png)", "https://a.example/b.png", "https://a.example/b.png"),
    ],
)
def test_links_of_a_note_are_marked_as_a_readers(source: str, address: str, words: str) -> None:
    assert render_note(source) == f'<p><a href="{address}" {REL}>{words}</a></p>'


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='/'>b</a>"])
def test_tags_in_a_note_are_words(source: str) -> None:
    assert text_of(render_note(source)) == source
    assert "<script" not in render_note(source)
    assert "<img" not in render_note(source)


def test_a_link_to_a_script_leads_nowhere() -> None:
    assert (
        "javascript" not in render_note("[a](javascript:alert(1)) [b](JaVaScRiPt:x) <javascript:x>").partition(">b")[0]
    )


@pytest.mark.parametrize("sign", ["[", "![a](", "<a ", "[a](<", "<![CDATA["])
def test_a_note_with_too_many_brackets_is_plain_text(sign: str) -> None:
    assert render_note("*a* " + sign * 3000 + ".") == f"<p>{text_escaped('*a* ' + sign * 3000 + '.')}</p>"


@pytest.mark.parametrize(
    "source", ["> " * 900, "- " * 900 + "a", "1. " * 900, ">" * 900, "*a " * 3000, "\\" * 3000, "```\n" * 5000]
)
def test_a_note_too_deep_or_too_dense_is_plain_text(source: str) -> None:
    lines = text_escaped(source.strip()).replace("\n", "<br>\n")
    assert render_note(source) == f"<p>{lines}</p>"


def test_plain_text_keeps_its_lines_and_paragraphs() -> None:
    assert render_note("a\nb\n\n" + "<" * 500) == "<p>a<br>\nb</p>\n<p>" + "&lt;" * 500 + "</p>"


@given(scribble)
def test_any_note_is_safe_to_show(source: str) -> None:
    html = render_note(source)
    assert clean(html).count("<script") == html.count("<img") == html.count("<script") == 0


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One\n===\n\n## Two", "<h2>One</h2>\n<h3>Two</h3>"),
        (
            "| a | b |\n|---|---|\n| c | *d* |",
            "<table><thead><tr><th>a</th>\n<th>b</th></tr></thead>\n<tbody><tr><td>c</td>\n<td><em>d</em></td></tr></tbody></table>",
        ),
        ("~~a *b*~~ c ~~ d ~~ `~~e~~`", "<p><s>a <em>b</em></s> c ~~ d ~~ <code>~~e~~</code></p>"),
        ("x<sup>2</sup> <div>b</div>", "<p>x<sup>2</sup></p>\n<p>b</p>"),
        (
            "[![alt](https://a.example/b.png)](#n)",
            '<p><a href="#n"><img src="https://a.example/b.png" alt="alt"></a></p>',
        ),
        (
            "a[^n] b[^n]\n\n[^n]: Note.",
            (
                '<p>a<span id="fnref:n"></span><sup><a href="#fn:n">1</a></sup> '
                'b<span id="fnref:n-2"></span><sup><a href="#fn:n">1</a></sup></p>\n'
                '<hr>\n<ol><li><span id="fn:n"></span>Note.</li></ol>'
            ),
        ),
    ],
)
def test_an_article_may_be_markdown(source: str, html: str) -> None:
    assert clean(render_article_markdown(source)) == html


@pytest.mark.parametrize("source", ["[" * 5000, "*a " * 5000, "~~a " * 5000, "> " * 5000, "a\n\n" * 20_000])
def test_a_hostile_article_is_plain_text(source: str) -> None:
    assert text_of(clean(render_article_markdown(source))).split() == source.split()


def text_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
