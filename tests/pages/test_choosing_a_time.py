"""Choosing what the time wording of a passage means, without JavaScript and with it."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client, override_settings

from reader.claims.models import Claim
from reader.claims.timing import read_horizon
from reader.claims.windows import SET_BY_A_READER, WindowKind
from reader.library.models import Article
from tests.pages.asking import composer_of, marks_of
from tests.world import World, make_article, newest

TWO_TIMES = "Prices fall by half within eighteen months.\nNobody trains from scratch before 2030."
WITHIN = {"window_kind": "window", "window_start": "2023-05-17", "window_end": "2024-11-17"}


def composed(client: Client, article: Article, exact: str = TWO_TIMES) -> str:
    asked = {"revision": str(newest(article).pk), "exact": exact, "kind": "prediction"}
    return unescape(client.get(composer_of(article), asked).content.decode())


def saved(client: Client, article: Article, exact: str = TWO_TIMES, **said: str) -> Claim:
    told = {"revision": str(newest(article).pk), "exact": exact, "kind": "prediction", "audience": "private", **said}
    answer = client.post(marks_of(article), told)
    assert answer.status_code == 303
    return Claim.objects.latest("id")


def undate(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(published=None, published_precision="")


def test_it_offers_each_reading_with_its_rule(world: World, cleo: Client) -> None:
    page = composed(cleo, world.private)

    assert page.count('name="reading"') == 2
    assert "17 May 2023 – 17 November 2024" in page
    assert "17 May 2023 – 31 December 2029" in page
    assert "“before” a year ends on the day before it." in page


def test_it_offers_no_choice_of_one(world: World, cleo: Client) -> None:
    page = composed(cleo, world.private, "Nobody trains from scratch before 2030.")

    assert 'name="reading"' not in page
    assert "Read from “before 2030”: 17 May 2023 – 31 December 2029." in page


def test_the_likeliest_is_kept_where_none_is_chosen(world: World, cleo: Client) -> None:
    claim = saved(cleo, world.private)

    assert (claim.window_end, claim.window_rule) == (date(2024, 11, 17), "duration.within")


@pytest.mark.parametrize(
    "typed",
    [WITHIN, WITHIN | {"window_end": "2029-12-31", "time_text": "before 2030"}],
    ids=["untouched", "taken over"],
)
def test_the_chosen_one_is_kept_with_its_rule(world: World, cleo: Client, typed: dict[str, str]) -> None:
    claim = saved(cleo, world.private, **{"time_text": "within eighteen months", **typed}, reading="1")

    assert (claim.window_end, claim.window_rule, claim.window_precision) == (date(2029, 12, 31), "year.before", "year")
    assert claim.statements.get().time_text == "before 2030"


def test_typed_days_count_before_a_reading(world: World, cleo: Client) -> None:
    claim = saved(cleo, world.private, **WITHIN | {"window_end": "2027-03-31"}, reading="1")

    assert (claim.window_end, claim.window_rule) == (date(2027, 3, 31), SET_BY_A_READER)


@pytest.mark.parametrize("reading", ["7", "-1", "x", "²", ""])
def test_a_reading_that_is_none_is_the_likeliest(world: World, cleo: Client, reading: str) -> None:
    assert saved(cleo, world.private, reading=reading).window_rule == "duration.within"


def test_an_open_reading_needs_no_last_day(cleo: Client, world: World) -> None:
    exact = "Prices fall by 2026. Nobody trains after 2030."
    article = make_article("Two times", world.cleo, html=f"<p>{exact}</p>")
    first = {"window_kind": "window", "window_start": "2023-05-17", "window_end": "2026-12-31"}
    taken_over = {"window_kind": "window", "window_start": "2031-01-01", "window_end": ""}

    for typed in (first, taken_over):
        claim = saved(cleo, article, exact, **typed, reading="1")

        assert (claim.window_kind, claim.window_start, claim.window_end) == (WindowKind.OPEN, date(2031, 1, 1), None)
        claim.statements.get().highlight.delete()


def test_days_of_an_undated_piece_follow_with_its_date(world: World, cleo: Client) -> None:
    undate(world.private)
    page = composed(cleo, world.private)
    claim = saved(cleo, world.private)
    assert "Nobody knows when this was published." in page
    assert "“within eighteen months”" in page
    assert "2000" not in page
    assert (claim.window_kind, claim.statements.get().time_text) == (WindowKind.NONE, "within eighteen months")

    details = {
        "title": "For Cleo alone",
        "published": "2024-06-12",
        "published_precision": "day",
        "audience": "everyone",
    }
    cleo.post(f"/articles/{world.private.slug}/details/", details)

    claim.refresh_from_db()
    assert (claim.window_start, claim.window_end) == (date(2024, 6, 12), date(2025, 12, 12))
    assert claim.statements.get().window_end == date(2025, 12, 12)


ABSOLUTE = "Prices fall by half within eighteen months. Nobody trains before the end of 2027. In 2031 all is open."


def dated(client: Client, article: Article, published: str) -> None:
    details = {"title": "X", "published": published, "published_precision": "day", "audience": "everyone"}
    assert client.post(f"/articles/{article.slug}/details/", details).status_code == 303


@pytest.mark.parametrize(
    ("exact", "start", "end"),
    [
        ("Nobody trains before the end of 2027.", date(2026, 5, 2), date(2027, 12, 31)),
        ("By March 2027 all models are open.", date(2026, 5, 2), date(2027, 3, 31)),
        ("In 2026 prices fall.", date(2026, 1, 1), date(2026, 12, 31)),
        ("After 2030 nobody trains.", date(2031, 1, 1), None),
        ("It was said that prices would fall by March 2021.", date(2021, 3, 31), date(2021, 3, 31)),
    ],
)
def test_what_depends_on_no_day_is_read_without_one(
    world: World, cleo: Client, exact: str, start: date, end: date | None
) -> None:
    article = make_article("Of no day", world.cleo, html=f"<p>{exact}</p>")
    undate(article)
    Article.objects.filter(pk=article.pk).update(added_at=datetime(2026, 5, 2, 12, tzinfo=UTC))

    claim = saved(cleo, article, exact)

    assert (claim.window_start, claim.window_end) == (start, end)
    assert claim.window_rule
    assert "begins on 2 May 2026 here, when the piece came" in composed(cleo, article, exact)


@pytest.mark.parametrize("exact", ["Prices fall in May.", "It ends within two years.", "It ends this century."])
def test_what_depends_on_the_day_has_no_window_without_one(world: World, cleo: Client, exact: str) -> None:
    article = make_article("Of no day", world.cleo, html=f"<p>{exact}</p>")
    undate(article)

    assert saved(cleo, article, exact).window_kind == WindowKind.NONE


def test_without_a_date_readings_with_days_and_without_stand_side_by_side(world: World, cleo: Client) -> None:
    article = make_article("Of no day", world.cleo, html=f"<p>{ABSOLUTE}</p>")
    undate(article)

    page = composed(cleo, article, ABSOLUTE)
    relative = saved(cleo, article, ABSOLUTE)
    relative.statements.get().highlight.delete()
    absolute = saved(cleo, article, ABSOLUTE, window_kind="none", time_text="within eighteen months", reading="2")

    assert "“within eighteen months”</span> days once the piece has its date" in page
    assert (relative.window_kind, relative.window_rule) == (WindowKind.NONE, "")
    assert (absolute.window_start, absolute.window_end) == (date(2031, 1, 1), date(2031, 12, 31))
    assert absolute.statements.get().time_text == "In 2031"


def test_once_it_is_dated_a_window_begins_on_the_day_it_was_said(world: World, cleo: Client) -> None:
    article = make_article("Of no day", world.cleo, html=f"<p>{ABSOLUTE}</p>")
    undate(article)
    second = saved(cleo, article, ABSOLUTE, window_kind="none", time_text="within eighteen months", reading="1")

    dated(cleo, article, "2024-06-12")

    second.refresh_from_db()
    assert (second.window_start, second.window_end) == (date(2024, 6, 12), date(2027, 12, 31))
    assert second.window_rule == "end.before"
    assert second.statements.get().window_start == date(2024, 6, 12)


def test_days_that_a_reader_set_stay_when_a_piece_is_dated(world: World, cleo: Client) -> None:
    undate(world.private)
    claim = saved(cleo, world.private, window_kind="window", window_start="2024-01-01", window_end="2031-12-31")

    details = {
        "title": "For Cleo alone",
        "published": "2024-06-12",
        "published_precision": "day",
        "audience": "everyone",
    }
    cleo.post(f"/articles/{world.private.slug}/details/", details)

    claim.refresh_from_db()
    assert (claim.window_end, claim.window_rule) == (date(2031, 12, 31), SET_BY_A_READER)


def test_it_says_from_which_day_an_imprecise_date_counts(world: World, cleo: Client) -> None:
    Article.objects.filter(pk=world.private.pk).update(published=date(2023, 5, 1), published_precision="month")

    assert "Counted from 1 May 2023, for only the month of publication is known." in composed(cleo, world.private)


def test_one_setting_says_what_by_means(world: World) -> None:
    said = "Prices fall by 2027."
    assert read_horizon(said, world.public).end == date(2027, 12, 31)

    with override_settings(BY_MEANS="start"):
        read = read_horizon(said, world.public)

    assert read.end == date(2027, 1, 1)
    assert read.rule_in_words.startswith("“by” a year ends on its first day")
