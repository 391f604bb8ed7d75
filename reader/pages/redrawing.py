"""What changes on an open reading page: the blocks and cards that htmx puts in place of the old ones."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import SafeString

from reader.core.blocks import layout_of
from reader.core.markup import NOTHING, together
from reader.core.partials import answer as answer
from reader.core.partials import partial as partial
from reader.highlights.models import Anchor, Highlight
from reader.highlights.queries import ids_after, mark_before, marks_in, place_of
from reader.highlights.rendering import render_block
from reader.library.models import Article, Revision
from reader.pages.cards import card_list, handful
from reader.pages.reading_queries import newest_revision

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The reading page of one text, as one reader has it open."""

    slug: str
    revision: Revision
    user: "AnyUser"
    today: date = field(default_factory=timezone.localdate)

    def span_of(self, highlight: Highlight) -> tuple[int, int]:
        """Where the mark stands in this text; nowhere is (0, 0)."""
        placed = Anchor.objects.filter(highlight=highlight, revision=self.revision).exclude(state=Anchor.State.ORPHANED)
        return placed.values_list("start", "end").first() or (0, 0)

    def blocks(self, span: tuple[int, int]) -> SafeString:
        """The blocks in which something between these code points changed."""
        layout = layout_of(self.revision.sha256, self.revision.html)
        changed = layout.blocks_between(*span)
        if not changed:
            return NOTHING
        marks = marks_in(self.revision.pk, self.user, (changed[0].start, changed[-1].end))
        inner = {block.number: SafeString(render_block(layout, block.number, marks)) for block in changed}
        return together([partial(f"#b{number}", html) for number, html in inner.items()])

    def card(self, highlight_id: int, start: int) -> SafeString:
        """A card that is on the page already, drawn anew."""
        return partial(f"#highlight-{highlight_id}", self.card_html(highlight_id, start), "outerHTML")

    def card_html(self, highlight_id: int, start: int) -> SafeString:
        before = mark_before(self.revision.pk, self.user, highlight_id, start)
        return together(card_list([highlight_id], self.user, self.today, before))

    def new_card(self, highlight_id: int, start: int, loaded: int | None = None) -> SafeString:
        """A card that is not on the page yet; there it is put at its passage's place among the others.

        Not beside its neighbour here: that may be a colleague's, made since the page was opened. `loaded` is the last
        card that is on the page while more wait to be fetched. A card behind it comes with all those before it.
        """
        place = place_of(self.revision.pk, self.user, loaded) if loaded else None
        if loaded and place is not None and (place, loaded) < (start, highlight_id):
            ids = ids_after(self.revision.pk, self.user, loaded)
            html = handful(self.slug, ids, self.user, self.today, loaded, through=highlight_id)
            return partial("#cards-more", html, "outerHTML")
        return partial("#cards", self.card_html(highlight_id, start), "beforeend")

    def no_card(self, highlight_id: int) -> SafeString:
        """A card taken away."""
        return partial(f"#highlight-{highlight_id}", NOTHING, "delete")


def open_page(article: Article, user: "AnyUser") -> OpenPage:
    return OpenPage(article.slug, newest_revision(article.pk), user)
