"""Which blocks of a page are the piece: what its platform marks, else what the words kept by trafilatura cover.

A block that trafilatura left out is kept all the same where it is a picture, a table, code, a heading or a note in the
midst of what was kept: it looks for running text. Nothing is believed that would leave much less than the page's own
<article> holds.
"""

import re
from collections.abc import Iterable, Mapping

from reader.intake import projecting
from reader.intake.bylines import parse_byline
from reader.intake.lines import Entry, key_of
from reader.intake.posts import Marked
from reader.intake.projecting import Projection
from reader.intake.regions import OUTSIDE, Regions, article_of, names_of
from reader.intake.soup import HEADINGS, Node

LINKS = "links to other pages"
CONTAINS = 0.8  # of the words that were chosen: the innermost element with so many is where the piece is
DOUBTED, BELIEVED = 0.5, 0.6  # shares of the words that another reading of the page finds
LEAST = 0.15
ABOVE = 12  # lines above the piece in which its title and byline may stand
BELOW = 6
MOSTLY = 0.6  # of a line's letters that are links
PAGE_OF_TABLES = 0.6  # of its words stand in tables: a mail, or a page of another age
KEPT_ALWAYS = frozenset({"pre", "td", "th", "caption", "dt", "dd", "li", "blockquote", "figcaption", *HEADINGS})
PARTS = frozenset({"ul", "ol", "dl", "blockquote", "table", "figure", "pre"})
DATA = frozenset({"pre", "td", "th", "figcaption"})
MOST_BESIDE_PICTURE = 40  # words in the box of a picture: its caption
MAIL = re.compile(r"unsubscribe|in (?:your |the )?browser|\bmso-|schemas-microsoft|preheader", re.IGNORECASE)
NOTES = re.compile(r"\b(?:footnotes?|endnotes?|fn|sidenotes?)\b")

Entries = Mapping[Node, Entry]


def choose(raw: str, url: str | None, root: Node, entries: Entries, regions: Regions, marked: Marked | None) -> None:
    """Say of every line that is not the piece's which region it stands in."""
    if marked is not None:
        _open_head(root, entries, regions)
        if not marked.whole:
            _leave_out_links(projecting.precise(raw, url), entries, regions)
    elif not (_is_of_tables(root) and MAIL.search(raw)):
        chosen = _chosen(raw, url, entries)
        if chosen is not None:
            _settle(chosen, root, entries, regions)
    _leave_out_far_mastheads(entries, regions)


def _chosen(raw: str, url: str | None, entries: Entries) -> list[Node] | None:
    """The blocks that were kept, or None where the page's own marks are the better guide."""
    own = sum(entry.words for entry in entries.values() if not entry.region and not entry.picture)
    sure = _covered(projecting.precise(raw, url), entries)
    if _words(sure, entries) >= max(DOUBTED * own, projecting.FEWEST):
        return sure
    more = _covered(projecting.balanced(raw, url), entries)
    best = sure if _words(sure, entries) >= BELIEVED * _words(more, entries) else more
    return best if _words(best, entries) >= max(LEAST * own, projecting.FEWEST) else None


def _covered(kept: Projection, entries: Entries) -> list[Node]:
    return [node for node, entry in entries.items() if not entry.picture and kept.words and kept.holds(entry.text)]


def _words(nodes: Iterable[Node], entries: Entries) -> int:
    return sum(entries[node].words for node in nodes)


def _settle(chosen: list[Node], root: Node, entries: Entries, regions: Regions) -> None:
    parents = regions.parents
    weight = _weights(chosen, entries, parents)
    place = _place_of(weight, root)
    order = {node: position for position, node in enumerate(entries)}
    inside = [node for node in chosen if _is_within(node, place, parents)]
    first, last = order[inside[0]], order[inside[-1]]
    said = {key_of(entries[node].text) for node in inside}
    taken, kept, within = set(inside), set(chosen), set(place.nodes())
    for node, entry in entries.items():
        between = first - 2 <= order[node] <= last + (2 if entry.picture else 0)
        repeats = key_of(entry.text[:300]) in said or entry.region == "hidden text"
        is_kept = node in taken or (node in kept and not repeats)
        if is_kept or (node in within and _belongs(node, entry, regions, weight, between=between)):
            entry.region = ""
        elif not _is_near(node, entry, order[node] - first, regions):
            entry.region = entry.region or OUTSIDE
        else:
            entry.above = True
    regions.inside = {node for node in entries if not entries[node].region and order[node] >= first - 2}


def _weights(chosen: list[Node], entries: Entries, parents: Mapping[Node, Node]) -> dict[Node, int]:
    """How many chosen words every element holds."""
    weight: dict[Node, int] = {}
    for node in chosen:
        around: Node | None = node
        while around is not None:
            weight[around] = weight.get(around, 0) + entries[node].words
            around = parents.get(around)
    return weight


def _place_of(weight: Mapping[Node, int], root: Node) -> Node:
    """The innermost element around nearly all of what was chosen."""
    enough, place = CONTAINS * weight[root], root
    while inner := next((c for c in place.children if isinstance(c, Node) and weight.get(c, 0) >= enough), None):
        place = inner
    return place


def _is_within(node: Node, place: Node, parents: Mapping[Node, Node]) -> bool:
    around: Node | None = node
    while around is not None:
        if around is place:
            return True
        around = parents.get(around)
    return False


def _belongs(node: Node, entry: Entry, regions: Regions, weight: Mapping[Node, int], *, between: bool) -> bool:
    """Whether a block that was not kept is a part of the piece all the same."""
    box, is_part, is_note = node, node.tag in KEPT_ALWAYS or entry.picture, False
    while True:
        if box is not node and regions.named(box):
            return False
        is_note = is_note or NOTES.search(names_of(box)) is not None
        around = regions.parents.get(box)
        if around is None or weight.get(around):
            break
        box = around
        is_part = is_part or box.tag in PARTS
    if is_note:
        return True
    if not between or not is_part or entry.region:
        return False
    return _is_of_the_flow(node, entry, box)


def _is_of_the_flow(node: Node, entry: Entry, box: Node) -> bool:
    """Whether the outermost element without a kept word, in which it stands, is no box of other things."""
    if box is node or box.tag in PARTS:
        return entry.picture or node.tag in DATA or not is_of_links(node)
    if entry.picture:
        return len(box.text().split()) <= MOST_BESIDE_PICTURE
    return node.tag in DATA and not is_of_links(box)


def is_of_links(node: Node) -> bool:
    linked = sum(len(inner.text().strip()) for inner in node.nodes() if inner.tag == "a")
    return linked >= MOSTLY * max(len(node.text().strip()), 1)


def _leave_out_links(kept: Projection, entries: Entries, regions: Regions) -> None:
    """Of what a platform marks as the piece, leave out the lines that only lead elsewhere and were not kept."""
    if kept.words < projecting.FEWEST:
        return
    for node, entry in entries.items():
        asked = node in regions.inside and not (entry.region or entry.picture) and node.tag not in DATA
        if asked and is_of_links(node) and not kept.holds(entry.text) and not _is_note(node, regions):
            entry.region = LINKS


def _is_note(node: Node, regions: Regions) -> bool:
    around: Node | None = node
    while around is not None and around is not regions.article:
        if NOTES.search(names_of(around)):
            return True
        around = regions.parents.get(around)
    return False


def _open_head(root: Node, entries: Entries, regions: Regions) -> None:
    """Leave the lines right above what a platform marks to the rules that read mastheads."""
    head = set(article_of(root).nodes())
    nodes = list(entries)
    first = next((position for position, node in enumerate(nodes) if node in regions.inside), 0)
    for node in nodes[max(first - ABOVE, 0) : first]:
        if node in head and entries[node].region == OUTSIDE:
            entries[node].region = ""
        entries[node].above = True


def _leave_out_far_mastheads(entries: Entries, regions: Regions) -> None:
    """Only above the piece is a name, a date or a heading its own."""
    nodes = list(entries)
    first = next((position for position, node in enumerate(nodes) if node in regions.inside), 0)
    for position, node in enumerate(nodes):
        near = _is_near(node, entries[node], position - first, regions) or (node.tag == "h1" and position < first)
        if not (entries[node].region or near or node in regions.inside):
            entries[node].region = OUTSIDE


def _is_near(node: Node, entry: Entry, distance: int, regions: Regions) -> bool:
    """Whether it can be of the masthead: right above the piece, or below its first line and named or worded so."""
    if 0 <= distance < BELOW:
        return regions.is_masthead(node) or parse_byline(entry.text[:200]) is not None
    return -ABOVE <= distance < 0


def _is_of_tables(root: Node) -> bool:
    tables = [node for node in root.nodes() if node.tag == "table"]
    outer = max((len(node.text()) for node in tables), default=0)
    return outer > PAGE_OF_TABLES * len(root.text()) if tables else False
