"""Which addresses a text shows, and what stands in their places."""

from hypothesis import given

from reader.core.blocks import blocks_of
from reader.core.sanitising import clean, text_of
from reader.intake.images.showing import Shown, addresses_in, illustrated
from tests.core.tag_soup import tag_soup

FIGURE = clean(
    '<figure><img src="https://site.example/a.png?w=1&h=2" alt="Queues, &quot;long&quot;" width="1456" height="800">'
    "<figcaption>The queue.</figcaption></figure><p>Words."
)
HERE = {"https://site.example/a.png?w=1&h=2": Shown("/articles/a/images/f00/", 1600, 800)}


def test_addresses_come_in_their_order() -> None:
    html = clean('<p><img src="https://b.example/1.png"> and <img src="https://a.example/?x=1&amp;y=2"></p>')
    assert addresses_in(html) == ["https://b.example/1.png", "https://a.example/?x=1&y=2"]
    assert addresses_in(clean("<p>Words")) == []


def test_what_is_here_is_served_from_here_and_keeps_its_place() -> None:
    drawn = illustrated(FIGURE, HERE)
    assert '<img src="/articles/a/images/f00/" alt="Queues, &quot;long&quot;" width="1456" height="728">' in drawn
    assert "site.example" not in drawn


def test_it_is_never_larger_than_it_is() -> None:
    small = illustrated(FIGURE, {address: Shown("/x/", 300, 100) for address in HERE})
    assert 'width="300" height="100"' in small


def test_what_is_not_here_is_a_place_with_its_description() -> None:
    drawn = illustrated(FIGURE, {})
    assert "<img" not in drawn
    assert '<a class="picture-place" data-alt="Picture: Queues, &quot;long&quot;" aria-label="Picture: Queues' in drawn
    assert 'href="https://site.example/a.png?w=1&amp;h=2" rel="noopener noreferrer"' in drawn


def test_within_a_link_it_is_no_second_link() -> None:
    html = clean('<p><a href="https://a.example/">See <img src="https://a.example/1.png" alt="it"></a> and more</p>')
    drawn = illustrated(html, {})
    assert drawn.count("<a ") == 1
    assert (
        '<span class="picture-place" data-alt="Picture: it" aria-label="Picture: it, not shown here" role="img">'
        in drawn
    )


def test_what_only_counted_leaves_nothing() -> None:
    html = clean('<p>One <img src="https://a.example/o.gif"> two</p>')
    assert illustrated(html, {"https://a.example/o.gif": Shown("")}) == "<p>One  two</p>"


@given(tag_soup)
def test_the_words_stay_as_they_are(raw: str) -> None:
    html = clean(raw + '<p>a <img src="https://a.example/1.png" alt="x > y"> b')
    for images in ({}, {address: Shown("/x/", 9, 9) for address in addresses_in(html)}):
        drawn = illustrated(html, images)
        assert text_of(drawn) == text_of(html)
        layout = blocks_of(drawn)
        assert (layout.text, text_of(layout.html)) == (text_of(html), text_of(html))
        assert len(layout.blocks) == len(blocks_of(html).blocks)
