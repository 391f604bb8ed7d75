"""Any selection made in the browser's text gives back exactly its own words on the server."""

import random

from playwright.sync_api import expect

from reader.highlights.marking import Passage, mark
from reader.highlights.models import Highlight
from tests.e2e.conftest import Open
from tests.world import World, make_article, newest

PIECES = [
    "<p>Plain words, and a few more of them.</p>",
    "<p>🦙🦙 herds 👩‍👩‍👧‍👦 of 𝒮mall models — 🇪🇺 “quoted”.</p>",
    "<h2>A <em>leaning</em> heading</h2>",
    "<ul><li>One <strong>bold</strong></li><li>Two<ul><li>nested 🧵</li></ul></li></ul>",
    "<blockquote><p>שלום עולם, <a href='https://example.org/'>a link</a> مرحبا.</p></blockquote>",
    "<pre><code>for x in range(3):\n    print(x)  # 🐍\n</code></pre>",
    "<table><tr><th>Year</th><th>Price</th></tr><tr><td>2024</td><td>€ 3&nbsp;000</td></tr></table>",
    "<p>e\u0301 combined, 日本語の文。 And &amp; &lt;escaped&gt; signs.</p>",
]
#: Ranges between random places: text nodes, the gaps between elements, in either direction.
MANY_SELECTIONS = """async ([count, seed]) => {
  const { ArticleText } = await import("forecite/article-text");
  const body = document.querySelector("[data-article-body]");
  const article = new ArticleText(body);
  const nodes = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let state = seed;
  const below = (limit) => (state = (state * 48271) % 2147483647) % limit;
  const place = () => {
    const node = nodes[below(nodes.length)];
    return [node, below((node.nodeType === 3 ? node.length : node.childNodes.length) + 1)];
  };
  const found = [];
  for (let i = 0; i < count; i += 1) {
    getSelection().setBaseAndExtent(...place(), ...place());
    const passage = article.passageOf(getSelection().getRangeAt(0));
    if (!passage) continue;
    const again = article.passageOf(article.rangeOf(passage));
    found.push([passage.start, passage.end, passage.exact, again.start, again.end]);
  }
  return found;
}"""


def test_any_selection_gives_back_its_own_words(open_article: Open, world: World) -> None:
    draw = random.Random(20230517)
    for number in range(4):
        article = make_article(f"Mixed {number}", world.ada, html="".join(draw.choices(PIECES, k=12)))
        text = newest(article).text
        for start in draw.sample(range(len(text) - 60), 6):
            mark(Passage(newest(article), start, start + draw.randint(10, 60)), "question", world.ada, "private")
        reading = open_article(article)
        assert reading.text() == text
        found = reading.page.evaluate(MANY_SELECTIONS, [500, draw.randrange(1, 2**31 - 1)])
        assert len(found) > 200
        for start, end, exact, again_start, again_end in found:
            assert text[start:end] == exact == exact.strip()
            assert (again_start, again_end) == (start, end)


def test_a_selection_dragged_by_the_mouse_is_marked(open_article: Open) -> None:
    reading = open_article()
    paragraph = reading.page.locator("[data-block]").first
    box = paragraph.bounding_box()
    assert box is not None
    mouse, y = reading.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + 8, y)
    mouse.down()
    mouse.move(box["x"] + 200, y, steps=5)
    expect(reading.bar).to_be_hidden()
    mouse.up()
    expect(reading.bar).to_be_visible()
    words = reading.selected().strip()
    reading.bar.get_by_role("button", name="Highlight").click()
    expect(reading.cards).to_have_count(1)
    assert Highlight.objects.get().exact == words


def test_a_triple_click_marks_one_paragraph(open_article: Open) -> None:
    reading = open_article()
    reading.page.locator("[data-block]").first.click(click_count=3)
    expect(reading.bar).to_be_visible()
    reading.press("h")
    expect(reading.cards).to_have_count(1)
    assert Highlight.objects.get().exact == "It is becoming clear that small models will matter."
