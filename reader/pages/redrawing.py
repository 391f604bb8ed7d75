"""What changes on an open reading page: the blocks and cards that htmx puts in place of the old ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from reader.core.blocks import Layout, layout_of
from reader.core.markup import NOTHING, together
from reader.core.partials import answer as answer
from reader.core.partials import partial as partial
from reader.core.requests import Request, id_in
from reader.foresight.queries import Pointer, places_of, pointers_in
from reader.highlights.models import Anchor, Highlight
from reader.highlights.narrowing import Narrowing, read_narrowing
from reader.highlights.queries import Passage, marks_in, passages_after, passages_of, prediction_fields
from reader.highlights.rendering import MarkRow, render_block
from reader.intake.images.queries import with_images
from reader.library.models import Article, Revision
from reader.library.queries import newest_revision
from reader.pages.cards import card_list, handful
from reader.pages.suggestions import gutter, shows_a_gutter, unmarked

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

NOWHERE = (0, 0)
#: The header that says of which text the page is.
TEXT = "Forecite-Text"


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The reading page of one text, as one reader has it open: narrowed to what they want to see."""

    slug: str
    revision: Revision
    user: "AnyUser"
    narrowing: Narrowing
    team_id: int | None
    pointers: list[Pointer]
    layout: Layout
    #: Whether a newer text came while the page was open: it hears nothing of others any more.
    is_old: bool = False
    today: date = field(default_factory=timezone.localdate)

    @property
    def text(self) -> str:
        return self.layout.text

    def span_of(self, highlight: Highlight) -> tuple[int, int]:
        """Where the mark stands in this text."""
        return span_in(self.revision, highlight)

    def marks(self, span: tuple[int, int]) -> list[MarkRow]:
        narrowed = self.narrowing.condition(self.revision.article_id, self.user)
        return marks_in(self.revision.pk, self.user, span, narrowed)

    def hides(self, highlight_id: int, span: tuple[int, int]) -> bool:
        """Whether the page is narrowed to other marks than this one."""
        return bool(self.narrowing.query) and all(mark[0] != highlight_id for mark in self.marks(span))

    def redrawn(self, *spans: tuple[int, int]) -> SafeString:
        """The blocks and the cards of these passages (code points), as they are now."""
        layout = self.layout
        changed = {block.number: block for span in spans for block in layout.blocks_between(*span)}
        drawn, marks = [], dict[int, MarkRow]()
        for run in runs_of(changed):
            here = self.marks((changed[run[0]].start, changed[run[-1]].end))
            marks |= {mark[0]: mark for mark in here}
            drawn += [partial(f"#b{number}", SafeString(render_block(layout, number, here))) for number in run]
        if self.is_old:  # what others did here meanwhile comes with the block, and so do their cards
            spans = (*spans, *((mark[1], mark[2]) for mark in marks.values()))
        return together([*drawn, self.cards(marks.values(), spans), self.gutter()])

    def gutter(self, focus_from: tuple[bool, int] | None = None) -> SafeString:
        """What stands in the gutter now; where nothing ever did, it is left alone."""
        if not (self.pointers and shows_a_gutter(self.team_id, self.user)) or self.narrowing.query:
            return NOTHING
        left = unmarked(self.pointers, prediction_fields(self.user, self.revision.pk))
        drawn = gutter(f"/articles/{self.slug}/", self.revision.pk, self.text, left, focus_from=focus_from)
        return partial("#gutter", drawn, "outerMorph" if focus_from is None else "outerHTML")

    def cards(self, marks: Iterable[MarkRow], spans: Iterable[tuple[int, int]]) -> SafeString:
        """The cards of those of the passages that are marked, and the end of the others'."""
        standing = {(passage.start, passage.end): passage for passage in passages_of(sorted(marks, key=in_text_order))}
        wanted = sorted({span for span in spans if span[0] < span[1]})
        gone = [
            partial(f"[data-passage='{start}-{end}']", NOTHING, "delete")
            for start, end in wanted
            if (start, end) not in standing
        ]
        drawn = self.card_list([standing[span] for span in wanted if span in standing])
        return together([*gone, partial("#cards", together(drawn), "place") if drawn else NOTHING])

    def card(self, span: tuple[int, int]) -> SafeString:
        """The card of a passage, drawn anew; its marks in the text are as they were."""
        return self.cards(self.marks(span), [span])

    def card_html(self, span: tuple[int, int]) -> SafeString:
        passages = passages_of(self.marks(span))
        return together(self.card_list([one for one in passages if (one.start, one.end) == span]))

    def card_list(self, passages: Sequence[Passage]) -> list[SafeString]:
        """The cards of these; beside an older text they say nothing of what became of the words since."""
        return card_list(passages, self.user, self.today, None if self.is_old else self.layout)

    def cards_up_to(self, highlight_id: int, loaded: int | None) -> SafeString:
        """What brings a new card behind those that are on the page: it comes with all between.

        `loaded` is the last card that is on the page while more wait to be fetched.
        """
        if loaded is None:
            return NOTHING
        narrowed = self.narrowing.condition(self.revision.article_id, self.user)
        passages = passages_after(self.revision.pk, self.user, loaded, narrowed)
        if not any(highlight_id in passage.ids for passage in passages):
            return NOTHING
        html = handful(
            self.slug, passages, self.user, self.today, self.layout, self.narrowing, loaded, through=highlight_id
        )
        return partial("#cards-more", html, "outerHTML")


def span_in(text: Revision, highlight: Highlight) -> tuple[int, int]:
    """Where the mark stands in a text; `NOWHERE`, where it has no place in it."""
    placed = Anchor.objects.filter(highlight=highlight, revision=text).exclude(state=Anchor.State.ORPHANED)
    return placed.values_list("start", "end").first() or NOWHERE


def runs_of(numbers: Iterable[int]) -> list[list[int]]:
    """The numbers in order, cut where one is missing."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def in_text_order(mark: MarkRow) -> tuple[int, int]:
    return mark[1], mark[0]


def open_page(article: Article, request: Request) -> OpenPage:
    """The page from which something was sent, with the text that it shows, even where a newer one came meanwhile."""
    revision = shown_text(article, request)
    if revision is None:
        return newest_page(article, request)
    is_old = article.revisions.filter(number__gt=revision.number).exists()
    return page_with(revision, article, request, is_old=is_old)


def shown_text(article: Article, request: Request) -> Revision | None:
    """The text that the page shows from which something was sent, where that is one of this piece."""
    shown = id_in(request.headers, TEXT) if article.revised_at else None
    return article.revisions.defer("raw").filter(pk=shown).first() if shown else None


def shows_another_text(request: Request, page: OpenPage) -> bool:
    """Whether what was sent comes from a page of another text than this one."""
    return id_in(request.headers, TEXT) not in (None, page.revision.pk)


def newest_page(article: Article, request: Request) -> OpenPage:
    """That page with the text as it is now."""
    return page_with(newest_revision(article.pk), article, request)


def page_with(revision: Revision, article: Article, request: Request, *, is_old: bool = False) -> OpenPage:
    """The page of this text; the address of what was sent says what it is narrowed to."""
    query = urlsplit(request.htmx.current_url or "").query
    page = page_of(article.slug, revision, article.team_id, request.user, read_narrowing(QueryDict(query)))
    return replace(page, is_old=is_old)


def page_of(slug: str, revision: Revision, team_id: int | None, user: "AnyUser", narrowing: Narrowing) -> OpenPage:
    pointers = pointers_in(revision.pk, revision.article_id, user)
    text = with_images(revision.sha256, revision.html, revision.article_id, slug)
    return OpenPage(slug, revision, user, narrowing, team_id, pointers, layout_of(*text, places_of(pointers)))
