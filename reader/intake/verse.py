"""Lines that could be buttons but go on from one to the next, as a poem's do: they stay."""

from reader.intake.furniture import edge_furniture, furniture, loose_furniture
from reader.intake.lines import Entry, Sheet
from reader.intake.phrases import ACCOUNT, JOINTS, SUBSCRIBING

MOST_WORDS = 3  # a longer line is taken for furniture only where it says much more


def keep_verse(sheet: Sheet) -> None:
    """Keep short lines below the first paragraph whose sentence runs over into a neighbour without a gap."""
    began = False
    above: Entry | None = None
    for entry, below in zip(sheet.entries, [*sheet.entries[1:], None], strict=True):
        if began and entry.open and entry.words <= MOST_WORDS and (_runs_on(entry, below) or _runs_into(above, entry)):
            entry.fixed = True
        began = began or (entry.open and entry.is_prose)
        above = entry


def _runs_on(entry: Entry, below: Entry | None) -> bool:
    """Whether the sentence goes on in the next line: that starts small and is no button."""
    if below is None or entry.gap_after or not below.text[:1].islower() or _is_button(below):
        return False
    return below.text not in JOINTS or furniture(entry.text) not in (ACCOUNT, SUBSCRIBING)


def _runs_into(above: Entry | None, entry: Entry) -> bool:
    """Whether the line ends a sentence that began in the line above."""
    if above is None or above.gap_after or not entry.text[:1].islower() or _is_button(above):
        return False
    return above.text.endswith((",", "-", "–", "—")) or above.text[-1:].isalpha()


def _is_button(entry: Entry) -> bool:
    return bool(furniture(entry.text) or edge_furniture(entry.text) or loose_furniture(entry.text)) and not entry.fixed
