"""What is done by itself with pieces of feeds in which certain words stand."""

from typing import Any

import pytest
from django.test import Client

from reader.accounts.models import Membership
from reader.core.models import Event
from reader.intake.feeds.models import Feed
from reader.intake.feeds.rules import FeedRule
from reader.library.models import Article, Reading
from tests.intake.feeds.test_polling import Press, follow, pieces, poll, press, states
from tests.intake.feeds.written import item, rss
from tests.pages.asking import FRAGMENT
from tests.world import World

__all__ = ["press"]

RULE = {"words": "PIECE 1", "part": "title", "feed": "", "act": "drop", "tag": "", "team": ""}


@pytest.fixture
def feed(world: World, press: Press) -> Feed:
    press.print("/feed", rss([item(2), item(1)]))
    return follow(world, press)


def test_it_works(cleo: Client, world: World, feed: Feed) -> None:
    assert cleo.post("/feeds/rules/", RULE).status_code == 303
    poll(feed)
    assert (pieces(world), sorted(states(feed))) == (["Piece 2"], ["brought", "left"])
    shown = cleo.get(feed.get_absolute_url()).content.decode()
    assert "When “PIECE 1” is in the title, leave it out." in shown
    assert Event.objects.filter(subject_kind="feedrule", verb="made", visibility="private").count() == 1


def test_what_was_left_out_stays_out_when_it_is_edited(world: World, feed: Feed, press: Press) -> None:
    FeedRule.objects.create(owner=world.cleo, words="piece 1", act="drop")
    poll(feed)
    press.print("/feed", rss([item(2), item(1, body="<p>Now it says something else.</p>" * 30)]))
    poll(feed)
    assert pieces(world) == ["Piece 2"]


def test_it_tags_archives_and_shares(world: World, feed: Feed) -> None:
    rules: list[dict[str, Any]] = [
        {"words": "freya", "part": "author", "act": "tag", "tag": "energy"},
        {"words": "thus ends 2", "part": "text", "act": "tag", "tag": "two"},
        {"words": "piece 2", "part": "title", "act": "archive"},
        {"words": "piece 1", "part": "title", "act": "team", "team": world.foundry},
        {"words": "nowhere", "part": "title", "act": "drop"},
    ]
    for rule in rules:
        FeedRule.objects.create(owner=world.cleo, **rule)
    poll(feed)
    one, two = Article.objects.get(title="Piece 1"), Article.objects.get(title="Piece 2")
    assert (one.team, two.team) == (world.foundry, None)
    assert sorted(tag.name for tag in two.tags.all()) == ["energy", "two"]
    assert [tag.name for tag in one.tags.all()] == ["energy"]
    assert list(Reading.objects.values_list("article", "state")) == [(two.pk, "archived")]


def test_it_shares_only_where_its_reader_still_writes(world: World, feed: Feed) -> None:
    FeedRule.objects.create(owner=world.cleo, words="piece", act="team", team=world.foundry)
    Membership.objects.filter(user=world.cleo).update(role="viewer")
    poll(feed)
    assert set(Article.objects.filter(title__startswith="Piece").values_list("visibility", flat=True)) == {"private"}


def test_a_rule_of_one_feed_or_of_somebody_else_is_none_here(world: World, feed: Feed, press: Press) -> None:
    other = follow(world, press, "/other")
    FeedRule.objects.create(owner=world.cleo, feed=other, words="piece", act="drop")
    FeedRule.objects.create(owner=world.dov, words="piece", act="drop")
    poll(feed)
    assert len(pieces(world)) == 2


def test_it_is_tried_on_what_came_last(cleo: Client, feed: Feed) -> None:
    poll(feed)
    tried = cleo.post("/feeds/rules/", RULE | {"words": "thus ends 1", "part": "text", "action": "preview"})
    assert (tried.status_code, "with 1 of the last 2" in tried.content.decode()) == (200, True)
    part = cleo.post("/feeds/rules/", RULE | {"words": "xyz", "action": "preview"}, headers=FRAGMENT).content.decode()
    assert "with none of the last 2" in part
    assert "<html" not in part
    assert not FeedRule.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": " "}, "no words here yet"),
        ({"act": "tag"}, "Say which tag."),
        ({"act": "team"}, "Say which team."),
        ({"act": "burn"}, "not among the choices"),
        ({"feed": "999999"}, "not among the choices"),
    ],
)
def test_what_is_no_rule_is_said(cleo: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = cleo.post("/feeds/rules/", RULE | wrong)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not FeedRule.objects.exists()


def test_nobody_rules_for_a_team_or_a_feed_of_others(cleo: Client, dov: Client, world: World, feed: Feed) -> None:
    assert cleo.post("/feeds/rules/", RULE | {"act": "team", "team": world.harbour.pk}).status_code == 422
    assert dov.post("/feeds/rules/", RULE | {"feed": feed.pk}).status_code == 422


def test_it_is_removed(cleo: Client, ben: Client, world: World) -> None:
    rule = FeedRule.objects.create(owner=world.cleo, words="piece", act="drop")
    assert "When “piece” is in the title" in cleo.get("/feeds/rules/").content.decode()
    assert ben.post(f"/feeds/rules/{rule.pk}/deletion/").status_code == 404
    assert cleo.post(f"/feeds/rules/{rule.pk}/deletion/").status_code == 303
    assert not FeedRule.objects.exists()
