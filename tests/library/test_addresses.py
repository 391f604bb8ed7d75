"""The many spellings of one address."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.library.addresses import canonical
from tests.library.pieces import shelve_piece
from tests.world import World

PIECE = "https://tokens.example.org/p/a-letter"


@pytest.mark.parametrize(
    "spelt",
    [
        f"{PIECE}/",
        f"{PIECE}?utm_source=mail&utm_medium=x",
        f"{PIECE}#comments",
        f"{PIECE}?fbclid=1",
        "HTTPS://Tokens.Example.ORG:443/p/a-letter",
        f" {PIECE} ",
    ],
)
def test_it_is_one(spelt: str) -> None:
    assert canonical(spelt) == PIECE


@pytest.mark.parametrize(
    "address",
    [
        PIECE,
        "https://example.org",
        "https://example.org:8443/a?id=2&page=3",
        "https://example.org/A/b?q=a+b&empty=",
        "http://[::1]/a",
        "mailto:ada@example.org",
        "https://example.org:port/",
        "https://[broken",
    ],
)
def test_what_makes_a_difference_stays(address: str) -> None:
    assert canonical(address) == address


@example("\N{EM SPACE}?")
@example("a/ / ?")
@given(st.text(max_size=60))
def test_it_is_stable_whatever_comes(text: str) -> None:
    once = canonical(f"https://example.org/{text}")
    assert canonical(once) == once


def test_a_piece_is_known_by_any_spelling(world: World) -> None:
    piece = shelve_piece(world.cleo, "A letter", canonical_url=f"{PIECE}/?utm_source=mail")

    again = shelve_piece(world.cleo, "A letter, edited", canonical_url="http://tokens.example.org/p/a-letter#top")

    assert piece.canonical_url == PIECE
    assert again == piece
