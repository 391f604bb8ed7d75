import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.pagebreaks import Joiner, page_numbers
from reader.intake.reading import Form, Role, read

PAGES = """\
The accelerators are written off over six years, and used for three. The dif-
ference is carried by whoever lends against them, and the open-source lenders
have begun to notice. This note asks who pays for the open-
source halls when the second generation of them is refinanced in the
1
course of 2027. We find that the gap is larger than the equity of all of the
five operators taken together, which suggests that one of them needs a rescue

2

before the end of 2028, and that nobody has set the money for it aside so far.
"""


def test_page_numbers_and_divided_words_leave_no_trace() -> None:
    reading = read(PAGES, Form.TEXT)
    text = text_of(clean(reading.html))
    assert "\n" not in text
    assert "The difference is" in text
    assert "the open-source halls" in text
    assert "in the course of 2027" in text
    assert "a rescue before the end" in text
    assert [line.text for line in reading.lines if line.role is Role.FURNITURE] == ["1", "2"]


def test_a_page_number_can_be_put_back() -> None:
    number = next(line.number for line in read(PAGES, Form.TEXT).lines if line.text == "2")
    assert "\n2" in text_of(clean(read(PAGES, Form.TEXT, keep={number}).html))


@pytest.mark.parametrize(
    "lines",
    [
        ["1", "The first part ends.", "2", "The second part ends."],
        ["It costs", "3", "and not", "7"],
        ["The answer is", "42"],
        ["In", "2024", "and in", "2025", "it rained, and in", "1999", "too"],
    ],
)
def test_other_numbers_count_no_pages(lines: list[str]) -> None:
    assert page_numbers(lines) == set()


def test_a_dash_at_the_end_of_a_line_divides_no_word() -> None:
    assert Joiner(["he left -", "she stayed"]).join(["he left -", "she stayed"]) == "he left - she stayed"
    assert Joiner(["pre-", "Brexit"]).join(["pre-", "Brexit"]) == "pre- Brexit"
