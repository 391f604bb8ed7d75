"""The lines of a sweep: each wording with its likeliest sentence, who says it where, and for when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.claims.timing import Horizon, read_horizon
from reader.foresight.sweeps.gathering import Said
from reader.foresight.sweeps.models import Finding, Sweep, Wording
from reader.foresight.sweeps.queries import Group, groups_of, groups_page, wordings_of
from reader.pages.shelf import bylines
from reader.spotting.saying import read_saying

if TYPE_CHECKING:
    from reader.accounts.models import User


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the queue, with what its words and its piece say of speaker and time."""

    finding: Finding
    speaker: str
    horizon: Horizon
    #: Its words, stretch by stretch, each with whether the sentence that stands for all lacks them.
    parts: list[tuple[str, bool]]

    @property
    def address(self) -> str:
        """The sentence in its piece, where the gutter points at it."""
        place = self.finding.suggestion
        return f"{self.finding.article.get_absolute_url()}{f'#suggestion-{place.start}' if place else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    wording: Wording
    lead: Sentence
    also: list[Sentence]
    more: int

    @property
    def count(self) -> int:
        return 1 + len(self.also) + self.more

    @property
    def others(self) -> int:
        return self.count - 1

    @property
    def voices(self) -> int:
        """How many say so, among those that are shown."""
        return len({one.speaker for one in [self.lead, *self.also] if one.speaker})


def rows_page(sweep: Sweep, reader: "User", cursor: str = "") -> tuple[list[Row], str]:
    groups, following = groups_page(sweep, reader, cursor)
    return rows_of(groups, reader), following


def row_of(wording: Wording, reader: "User") -> Row | None:
    """The line of one wording, as long as something of it is to be answered."""
    open_ones = wordings_of(wording.sweep, reader).filter(pk=wording.pk)
    return next(iter(rows_of(groups_of(list(open_ones), reader), reader)), None)


def rows_of(groups: Sequence[Group], reader: "User") -> list[Row]:
    articles = {one.article_id for group in groups for one in group.findings}
    authors: dict[int, str] = defaultdict(str)
    for article, name in bylines(reader, sorted(articles)) if articles else ():
        authors[article] = authors[article] or name
    return [row(group, authors) for group in groups]


def row(group: Group, authors: dict[int, str]) -> Row:
    said = Said(group.findings[0].words)
    lead, *also = [sentence(one, authors[one.article_id], said) for one in group.findings]
    return Row(group.wording, lead, also, group.more)


def sentence(finding: Finding, author: str, lead: Said) -> Sentence:
    horizon = read_horizon(finding.words, finding.article)
    saying = read_saying(finding.words)
    speaker = author if saying.disagreement else saying.speaker or author
    return Sentence(finding, speaker, horizon, Said(finding.words).differing_from(lead))
