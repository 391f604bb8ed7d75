"""What went from a paragraph stands before what came, apart from the words around it."""

import pytest

from reader.core.blocks import blocks_of
from reader.library.comparing import compare
from reader.pages import striking


@pytest.mark.parametrize(
    ("old", "new", "drawn"),
    [
        ("By 2027 we win.", "By 2029 we win.", "By <del>2027</del><ins>2029</ins> we win."),
        ("It ends. I saw it.", "It ends.", "It ends. <del>I saw it.</del>"),
        ("Sold a year later for more.", "Sold for more.", "Sold <del>a year later </del>for more."),
        ("Sold, a year later.", "Sold.", "Sold<del>, a year later</del>."),
        ("It ends.", "It ends. I saw it.", "It ends. <ins>I saw it.</ins>"),
    ],
)
def test_it_works(old: str, new: str, drawn: str) -> None:
    (row,) = compare(blocks_of(f"<p>{old}</p>"), blocks_of(f"<p>{new}</p>"))

    assert striking.both(row, (), ()) == drawn
