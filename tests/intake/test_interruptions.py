"""What stands inside a piece and is not of it: a notice for subscribers with text below it, a table of contents."""

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.contents import CONTENTS
from reader.intake.phrases import PAYING, READERS
from reader.intake.reading import Form, Reading, Role, read

ONE, TWO, THREE, FOUR = (
    f"This is paragraph number {number}, and it says something about tokens and their price this year."
    for number in ("one", "two", "three", "four")
)
NOTICE = "This post is for subscribers only"
HEAD = "The Ledger\nThe fine print of tokens\nBy Jane Doe\n4 Nov 2025\n\n"
FOOT = "Sign up for more like this.\nEnter your email\nSubscribe\n"


def words(reading: Reading) -> list[str]:
    return [line for line in text_of(clean(reading.html)).split("\n") if line]


def paste(*lines: str) -> Reading:
    return read(HEAD + "\n\n".join(lines) + "\n\n" + FOOT, Form.TEXT)


def test_text_that_goes_on_below_a_notice_stays() -> None:
    reading = paste(ONE, NOTICE, TWO, "The fine", THREE, FOUR)

    assert words(reading) == [ONE, TWO, "The fine", THREE, FOUR]
    assert [line.reason for line in reading.lines if line.text == NOTICE] == [PAYING]
    assert reading.truncated is None


def test_excerpts_of_other_posts_below_a_notice_do_not() -> None:
    reading = paste(ONE, TWO, NOTICE, "Subscribe now", "Another title", THREE, "One more title", FOUR)

    assert words(reading) == [ONE, TWO]
    assert reading.truncated is True
    assert reading.truncation_evidence == NOTICE


@pytest.mark.parametrize("label", ["Table of contents", "In this article:", "Contents"])
def test_a_table_of_contents_is_taken_out(label: str) -> None:
    reading = paste(label, "The coarse", "1. The fine", ONE, "The coarse", TWO, "The fine", THREE)

    assert words(reading) == [ONE, "The coarse", TWO, "The fine", THREE]
    assert [line.text for line in reading.lines if line.reason == CONTENTS] == [label, "The coarse", "1. The fine"]


def test_a_heading_that_the_contents_name_goes_on_below_a_notice() -> None:
    reading = paste("Table of contents", "The coarse", "The fine", "The coarse", ONE, NOTICE, "The fine", TWO)

    assert words(reading) == ["The coarse", ONE, "The fine", TWO]


def test_a_heading_with_its_paragraphs_goes_on_below_a_notice() -> None:
    reading = paste(ONE, TWO, NOTICE, "The coarse", THREE, FOUR)

    assert words(reading) == [ONE, TWO, "The coarse", THREE, FOUR]
    assert [line.reason for line in reading.lines if line.text == NOTICE] == [PAYING]
    assert reading.truncated is None


def test_a_heading_like_those_above_goes_on_below_a_notice() -> None:
    raw = "\n\n".join(["# Tokens", ONE, "## The fine", TWO, NOTICE, "## The coarse", THREE])

    assert words(read(raw, Form.MARKDOWN))[-4:] == ["The fine", TWO, "The coarse", THREE]


@pytest.mark.parametrize(
    "title", ["About the author", "Related", "Written by Jane Doe", "Terms of use and permissions"]
)
def test_what_stands_under_a_page_s_own_heading_does_not_go_on(title: str) -> None:
    assert words(paste(ONE, TWO, NOTICE, title, THREE, FOUR)) == [ONE, TWO]


def test_a_label_without_headings_that_follow_stays() -> None:
    assert "Contents" in words(paste(ONE, "Contents", "Nothing of this comes again", TWO))


def test_the_mark_of_a_paid_post_says_who_may_read_it() -> None:
    reading = read("The Ledger\nTokens at noon\nJane Doe\nNov 04, 2025\n∙ Paid\n\n" + ONE + "\n\n" + TWO, Form.TEXT)

    assert [(line.role, line.reason) for line in reading.lines if line.text == "∙ Paid"] == [(Role.FURNITURE, READERS)]
    assert reading.audience == "only_paid"
