"""What a reader sees of their sweeps: what is still to be answered, by the rules of the gutter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from reader.core.access import WRITER_ROLES
from reader.core.paging import Order, Page, page_of, parse_moment
from reader.core.visibility import Visibility, visible_to
from reader.foresight.models import Answer
from reader.foresight.sweeps.models import Finding, Outcome, Sweep, Wording
from reader.highlights.models import Anchor, Kind
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

BY_RECENCY = Order("asked_at", parse_moment, descending=True)
BY_LIKELIHOOD = Order("best", float, descending=True)
#: So many wordings are shown at once, and of each so many sentences.
PAGE, SHOWN = 20, 5
#: So many sentences are made one claim at once; the others stay to be answered.
MOST_TOGETHER = 30


def sweeps_of(reader: "User") -> "QuerySet[Sweep]":
    return Sweep.objects.filter(owner=reader, removed_at=None)


def sweeps_page(reader: "User", cursor: str = "") -> Page[Sweep]:
    return page_of(sweeps_of(reader), BY_RECENCY, cursor)


def for_marking(reader: "User", prefix: str = "") -> Q:
    """The pieces that a reader may mark and whose team, where they have one, lets them be looked through."""
    teams = [team for team, role in reader.roles.items() if role in WRITER_ROLES]
    shared = Q(**{f"{prefix}team__in": teams, f"{prefix}team__foresight": True})
    alone = ~Q(**{f"{prefix}visibility": Visibility.TEAM})
    return visible_to(reader, prefix) & (alone | shared)


def pieces_for(reader: "User") -> "QuerySet[Article]":
    """The pieces in which predictions are looked for, for this reader; none where they want no suggestions."""
    return Article.objects.filter(for_marking(reader)) if reader.foresight else Article.objects.none()


def findings_of(reader: "User") -> "QuerySet[Finding]":
    """The sentences of the reader's own lists that they may mark, whether they were answered or not."""
    if not reader.foresight:
        return Finding.objects.none()
    return Finding.objects.filter(for_marking(reader, "article__"), sweep__owner=reader)


def open_findings(reader: "User") -> "QuerySet[Finding]":
    """What the reader has still to answer: neither waved away, nor marked as a prediction that they see."""
    answers = Answer.objects.filter(reader=reader, article=OuterRef("article"), key=OuterRef("key"), predicts=False)
    marked = Anchor.objects.filter(
        visible_to(reader, "highlight__"),
        revision=OuterRef("suggestion__revision"),
        start__lt=OuterRef("suggestion__end"),
        end__gt=OuterRef("suggestion__start"),
        highlight__kind=Kind.PREDICTION,
        highlight__deleted_at=None,
    ).exclude(state=Anchor.State.ORPHANED)
    return findings_of(reader).filter(~Exists(answers), ~Exists(marked), suggestion__isnull=False)


@dataclass(frozen=True, slots=True)
class Group:
    """What is said in one wording: some of its sentences, the likeliest first, and how many more there are."""

    wording: Wording
    findings: list[Finding]
    more: int

    @property
    def count(self) -> int:
        return len(self.findings) + self.more


def wordings_of(sweep: Sweep, reader: "User") -> "QuerySet[Wording]":
    """Those of which the reader has something to answer."""
    return sweep.wordings.filter(Exists(open_findings(reader).filter(wording=OuterRef("pk"))))


def groups_page(sweep: Sweep, reader: "User", cursor: str = "") -> tuple[list[Group], str]:
    """The likeliest wordings first, and the cursor of those behind them."""
    page = page_of(wordings_of(sweep, reader), BY_LIKELIHOOD, cursor, PAGE)
    return groups_of(page.rows, reader), page.next


def groups_of(wordings: Sequence[Wording], reader: "User", most: int = SHOWN) -> list[Group]:
    """The same few queries however many wordings there are."""
    ids = open_findings(reader).filter(wording__in=wordings).order_by("-score", "pk").values_list("wording", "pk")
    by_wording: dict[int, list[int]] = defaultdict(list)
    for wording, pk in ids:
        by_wording[wording].append(pk)
    shown = [pk for found in by_wording.values() for pk in found[:most]]
    rows = with_pieces(Finding.objects.all()).in_bulk(shown)
    return [
        Group(one, [rows[pk] for pk in found[:most]], max(0, len(found) - most))
        for one in wordings
        if (found := by_wording.get(one.pk, []))
    ]


def named_in(wording: Wording, keys: Iterable[int], reader: "User") -> list[Finding]:
    """Those of these sentences that the reader may still mark, in the order in which they are named."""
    rows = with_pieces(findings_of(reader).filter(wording=wording)).in_bulk(list(keys)[:MOST_TOGETHER])
    return list(rows.values())


def with_pieces(findings: "QuerySet[Finding]") -> "QuerySet[Finding]":
    return findings.select_related("article__publication", "article__team", "suggestion")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sweep is, and what is left of it for its reader."""

    pieces: int
    waiting: int
    foreign: int
    left_out: int
    failed: int
    sentences: int
    articles: int
    wordings: int

    @property
    def done(self) -> int:
        return self.pieces - self.waiting

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.pieces) if self.pieces else 100

    @property
    def together(self) -> int:
        """How many of the sentences say what another one says."""
        return self.sentences - self.wordings


def standing_of(sweep: Sweep, reader: "User") -> Standing:
    seen = sweep.pieces.filter(visible_to(reader, "article__")).order_by().values_list("outcome")
    came = dict(seen.annotate(count=Count("pk")))
    found = open_findings(reader).filter(sweep=sweep)
    counts = {"sentences": Count("pk"), "articles": Count("article", distinct=True)}
    return Standing(
        pieces=sum(came.values()),
        waiting=came.get(Outcome.WAITING, 0),
        foreign=came.get(Outcome.FOREIGN, 0),
        left_out=came.get(Outcome.LEFT, 0),
        failed=came.get(Outcome.FAILED, 0),
        wordings=found.aggregate(count=Count("wording", distinct=True))["count"],
        **found.aggregate(**counts),
    )
