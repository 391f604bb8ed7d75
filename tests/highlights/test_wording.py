"""What is left of marked words, however many they are."""

import subprocess
import sys

from reader.highlights.wording import MANY, how_alike, is_hardly_left, same_words

BOOK = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
from reader.highlights.wording import is_hardly_left
book = " ".join(f"word{number} same" for number in range(80_000))
print(is_hardly_left(book, book.replace("1 same", "other")))
"""


def numbered(first: int, end: int) -> str:
    return " ".join(f"word{number}" for number in range(first, end))


def test_of_many_words_what_is_left_is_counted() -> None:
    marked = numbered(0, 4 * MANY)

    assert not is_hardly_left(marked, numbered(2 * MANY, 6 * MANY))
    assert is_hardly_left(marked, numbered(3 * MANY, 7 * MANY))


def test_a_book_that_was_edited_everywhere_has_room_in_a_gigabyte() -> None:
    done = subprocess.run([sys.executable, "-c", BOOK], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "False", done.stderr


def test_words_are_the_same_with_what_nobody_sees() -> None:
    assert same_words("A café be\u00adlieves", "A cafe\u0301 believes\ufeff")
    assert not same_words("A café believes", "A cafe believes")


def test_a_full_stop_at_the_end_is_no_other_word() -> None:
    assert same_words("It ends by March 2027.", "It ends by March 2027")
    assert not same_words("It ends by March 2027.", "It ends by March 2027?")
    assert not same_words("It grew by 2.5 percent", "It grew by 25 percent")


def test_the_very_words_elsewhere_are_called_so() -> None:
    assert how_alike("It ends “soon”.", 'It ends "soon".', 0.98) == "the same words"
    assert how_alike("It ends soon.", "It ends later.", 0.7) == "70% alike"
