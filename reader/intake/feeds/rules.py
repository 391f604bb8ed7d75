"""What a reader wants done with pieces of feeds in which certain words stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from reader.core.access import may_share_with
from reader.core.events import let_ids_appear_in_order, record
from reader.core.refusals import Refused
from reader.core.visibility import Scope, Visibility
from reader.intake.feeds.models import Feed, FeedEntry
from reader.library.models import Article, Reading, Revision
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.accounts.models import User

MOST_RULES = 200
PREVIEWED = 100


class Part(models.TextChoices):
    TITLE = "title", "the title"
    AUTHOR = "author", "an author’s name"
    TEXT = "text", "the text"


class Act(models.TextChoices):
    TAG = "tag", "tag it"
    TEAM = "team", "share it with the team"
    ARCHIVE = "archive", "archive it"
    DROP = "drop", "leave it out"


class FeedRule(models.Model):
    """Where these words stand in that part of a piece, this is done with it; without a feed, in all of them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_rules")
    feed = models.ForeignKey(Feed, models.CASCADE, null=True, blank=True, related_name="own_rules")
    part = models.CharField(max_length=6, choices=Part, default=Part.TITLE)
    words = models.CharField(max_length=200)
    act = models.CharField(max_length=7, choices=Act)
    tag = models.CharField(max_length=60, blank=True)
    team = models.ForeignKey("reader.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(act=Act.TAG) | ~Q(tag=""), name="a_rule_that_tags_names_a_tag")
        ]

    def __str__(self) -> str:
        done = {Act.TAG: f"tag it “{self.tag}”", Act.TEAM: f"share it with {self.team or 'a team that is gone'}"}
        return f"When “{self.words}” is in {self.get_part_display()}, {done.get(Act(self.act), self.get_act_display())}"

    def is_met(self, title: str, authors: Iterable[str], text: str) -> bool:
        where = {Part.TITLE: [title], Part.AUTHOR: authors, Part.TEXT: [text]}[Part(self.part)]
        return any(fold(self.words) in fold(said) for said in where)


@dataclass(slots=True)
class Ruling:
    """What the rules say of one piece."""

    dropped_by: FeedRule | None = None
    tags: list[str] = field(default_factory=list)
    team_id: int | None = None
    archived: bool = False


def rules_for(feed: Feed) -> Sequence[FeedRule]:
    return list(FeedRule.objects.filter(Q(feed=feed) | Q(feed=None), owner=feed.owner_id).select_related("team"))


def rule_on(rules: Iterable[FeedRule], reader: "User", title: str, authors: Sequence[str], text: str) -> Ruling:
    """What those rules say that are met; of several teams the first one's."""
    ruling = Ruling()
    for rule in rules:
        if not rule.is_met(title, authors, text):
            continue
        match rule.act:
            case Act.DROP:
                ruling.dropped_by = ruling.dropped_by or rule
            case Act.TAG:
                ruling.tags.append(rule.tag)
            case Act.ARCHIVE:
                ruling.archived = True
            case Act.TEAM if may_share_with(reader, rule.team_id):
                ruling.team_id = ruling.team_id or rule.team_id
    return ruling


def audience_by(ruling: Ruling, feed: Feed) -> tuple[str, int | None]:
    return (Visibility.TEAM, ruling.team_id) if ruling.team_id else feed.audience


def carry_out(ruling: Ruling, article: Article, reader: "User") -> None:
    """What the rules want of a piece that has just come in."""
    if ruling.tags:
        article.label(list(dict.fromkeys(ruling.tags)), reader, article)
    if ruling.archived:
        Reading.objects.get_or_create(article=article, reader=reader, defaults={"state": Reading.State.ARCHIVED})


def make_rule(rule: FeedRule) -> None:
    """Keep it; what comes from now on is done by it.

    Raises:
        Refused: its owner has as many as there may be.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        if FeedRule.objects.filter(owner=rule.owner_id).count() >= MOST_RULES:
            raise Refused(f"More than {MOST_RULES} rules are not kept. Remove one first.")
        rule.save()
        record(rule.owner, "made", rule, scope=Scope(rule.owner_id))


def remove_rule(rule: FeedRule) -> None:
    with transaction.atomic():
        let_ids_appear_in_order()
        record(rule.owner, "removed", rule, scope=Scope(rule.owner_id))
        rule.delete()


def would_meet(rule: FeedRule, reader: "User") -> tuple[list[FeedEntry], int]:
    """Which of the last hundred pieces that were seen the rule is met by, and how many there were."""
    seen = FeedEntry.objects.filter(feed__owner=reader, feed__removed_at=None).defer("said")
    seen = seen.filter(feed=rule.feed_id) if rule.feed_id else seen
    entries = list(seen.select_related("feed").order_by("-pk")[:PREVIEWED])
    told = told_of({entry.article_id for entry in entries if entry.article_id}, reader)
    nothing: tuple[str, list[str], str] = ("", [], "")
    met = []
    for entry in entries:
        title, authors, text = told.get(entry.article_id or 0, nothing)
        if rule.is_met(title or entry.title, authors, text):
            met.append(entry)
    return met, len(entries)


def told_of(ids: set[int], reader: "User") -> dict[int, tuple[str, list[str], str]]:
    """Title, authors and newest text of those pieces that the reader may see now."""
    articles = Article.objects.visible_to(reader).filter(pk__in=ids).prefetch_related("authors")
    texts = dict(Revision.objects.filter(article__in=articles).order_by("number").values_list("article_id", "text"))
    return {
        one.pk: (one.title, [person.name for person in one.authors.all()], texts.get(one.pk, "")) for one in articles
    }
