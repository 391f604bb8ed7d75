"""A piece whose text changes."""

from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article
from tests.library.pieces import shelve_piece
from tests.world import World

FIRST = (
    "Every quarter the analysts write down what they expect of the chip market.\n"
    "Prices will fall by half before the end of 2027, the desk believes, and nobody will mourn them.\n"
    "The foundries have ordered more machines than they can power, which is the reason."
)
QUOTE = "Prices will fall by half before the end of 2027"
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in FIRST.split("\n"))
STRUCK = PARAGRAPHS.replace(QUOTE, f"<del>{QUOTE}</del>")
#: What the sentence of the quote ends with.
REST = ", the desk believes, and nobody will mourn them."


def piece(world: World, words: str = FIRST) -> Article:
    return shelve_piece(world.ada, "Chips", Visibility.PUBLIC, words=words)


def anchor_in_newest(highlight: Highlight) -> Anchor:
    return highlight.anchors.select_related("revision").latest("revision__number")


def words_of(anchor: Anchor) -> str:
    return anchor.revision.text[anchor.start : anchor.end]
