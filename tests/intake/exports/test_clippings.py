"""Kindle's clippings, in the languages of its menus."""

from datetime import UTC, datetime

import pytest

from reader.intake.exports.clippings import AMOUNT, read_clippings
from reader.intake.exports.recognising import reader_of

CLIPPINGS = """\ufeffThe Long Grid (Lund, Freya)
- Your Highlight on page 3 | Location 100-102 | Added on Sunday, May 17, 2026 10:23:45 PM

A substation takes
==========
The Long Grid (Lund, Freya)
- Your Highlight on page 3 | Location 100-103 | Added on Sunday, May 17, 2026 10:23:55 PM

A substation takes four years.
==========
The Long Grid (Lund, Freya)
- Your Note on page 3 | Location 103 | Added on Sunday, May 17, 2026 10:24:45 PM

Is that so?
==========
The Long Grid (Lund, Freya)
- Your Bookmark on page 9 | Location 300 | Added on Sunday, May 17, 2026 11:24:45 PM


==========
Another (Vol. 2) (Mira Castell; Sam Osei)
- Your Highlight on Location 1406-9 | Added on Monday, 18 May 2026 08:00:00

 <You have reached the clipping limit for this item>
==========
Another (Vol. 2) (Mira Castell; Sam Osei)
- Your Highlight on Location 1406-9 | Added on Monday, 18 May 2026 08:00:00

The rest is arithmetic.
==========
Broken
without a head
==========
"""


def test_marks_with_their_notes() -> None:
    assert reader_of(CLIPPINGS) is read_clippings
    export = read_clippings(CLIPPINGS)
    grid, other = export.pieces
    (mark,) = grid.marks
    assert (grid.title, grid.authors, grid.kind) == ("The Long Grid", ("Freya Lund",), "book")
    assert (mark.exact, mark.note) == ("A substation takes four years.", "Is that so?")
    assert mark.made_at == datetime(2026, 5, 17, 22, 23, 55, tzinfo=UTC)
    assert (other.title, other.authors) == ("Another (Vol. 2)", ("Mira Castell", "Sam Osei"))
    assert [mark.exact for mark in other.marks] == ["The rest is arithmetic."]
    assert [problem.sentence for problem in export.problems] == [
        AMOUNT,
        "This clipping is not written as Kindle writes them.",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "- Ihre Markierung auf Seite 12 | bei Position 170-171 | Hinzugefügt am Sonntag, 17. Mai 2026 10:23:45",
        "- Votre surlignement sur la page 12 | emplacement 170-171 | Ajouté le dimanche 17 mai 2026 10:23:45",
        "- Tu subrayado en la página 12 | posición 170-171 | Añadido el domingo, 17 de mayo de 2026 10:23:45",
        "- La tua evidenziazione a pagina 12 | posizione 170-171 | Aggiunto in data domenica 17 maggio 2026 10:23:45",
    ],
)
def test_other_languages(head: str) -> None:
    (piece,) = read_clippings(f"The Long Grid (Freya Lund)\n{head}\n\nSome words.\n==========\n").pieces
    assert piece.marks[0].made_at == datetime(2026, 5, 17, 10, 23, 45, tzinfo=UTC)


def test_other_texts_are_none() -> None:
    assert reader_of("Some words.\n\n==========\n\nMore words.\n") is None
