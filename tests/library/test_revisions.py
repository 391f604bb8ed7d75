"""Texts that never change."""

import hashlib
from datetime import date

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from reader.core.sanitising import clean, text_of
from reader.library.models import Article, Revision, Text
from reader.library.precision import Precision, first_day, latest_day
from tests.library.pieces import as_text
from tests.world import World, newest


def test_a_new_text_is_a_new_revision(world: World) -> None:
    before = newest(world.private)

    after = world.private.revise(as_text("All of it is new."), world.cleo)

    assert (before.number, after.number) == (1, 2)
    assert after.sha256 == hashlib.sha256(after.html.encode()).hexdigest()
    assert newest(world.private) == after
    assert Article.objects.get(pk=world.private.pk).words == after.words == 5
    assert Revision.objects.get(pk=before.pk).text == before.text


def test_a_revision_is_never_saved_again(world: World) -> None:
    revision = newest(world.private)
    revision.text = "Other words."

    with pytest.raises(TypeError, match="never changes"):
        revision.save()


def test_revisions_are_never_updated(world: World) -> None:
    with pytest.raises(TypeError, match="never changes"):
        Revision.objects.filter(article=world.private).update(text="Other words.")


def test_no_two_revisions_have_one_number(world: World) -> None:
    revision = newest(world.private)

    with pytest.raises(IntegrityError):
        Revision.objects.create(article=world.private, number=revision.number, words=0)


def test_what_is_kept_is_clean_and_its_text_is_that_of_its_html(world: World) -> None:
    revision = newest(world.private)

    assert clean(revision.html) == revision.html
    assert text_of(revision.html) == revision.text


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (460, 2), (2300, 10)])
def test_reading_takes_a_minute_for_230_words(words: int, minutes: int) -> None:
    assert Article(words=words).minutes == minutes


@pytest.mark.parametrize(
    ("day", "precision", "words", "latest"),
    [
        (date(2023, 5, 17), Precision.DAY, "17 May 2023", date(2023, 5, 17)),
        (date(2023, 2, 1), Precision.MONTH, "February 2023", date(2023, 2, 28)),
        (date(2023, 1, 1), Precision.YEAR, "2023", date(2023, 12, 31)),
        (None, "", "", None),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(
    day: date | None, precision: str, words: str, latest: date | None
) -> None:
    article = Article(published=day, published_precision=precision)

    assert article.published_in_words == words
    assert article.said_no_later_than == latest


@given(st.dates(), st.sampled_from(Precision.values))
def test_a_day_lies_between_the_first_and_the_last_that_it_can_mean(day: date, precision: str) -> None:
    assert first_day(day, precision) <= day <= latest_day(day, precision)
    assert latest_day(first_day(day, precision), precision) == latest_day(day, precision)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_words_are_counted_as_they_are_seen(words: str) -> None:
    assert Text(html="", text=words, raw="", source_kind="").words == len(words.split())
