"""Pictures and the lines that credit them, as a copied page leaves them: the alt text, and under it who took it."""

import re
from dataclasses import dataclass, replace

from reader.intake.bylines import parse_byline
from reader.intake.furniture import edge_furniture
from reader.intake.images.embedded import name_of
from reader.intake.lines import Entry, Role, Sheet
from reader.intake.publications import is_section
from reader.intake.soup import Node
from reader.intake.tables import alternatives

CREDIT = alternatives(r"""
    (?:cover )?(?:photo(?:graph)?s?|images?|illustrations?|artworks?|graphics?)(?: (?:credits?|courtesy|source))?
        (?:\s?:| by| from| via| courtesy of) (?:[^.!?]|(?<=[A-Z])\.){1,100}
    (?:charts?|figures?|screenshots?|renderings?)(?: credits?| source)?\s?: [^.!?]{1,100}\.?
    photo by .{1,80} on (?:unsplash|pexels|pixabay)\.?
    (?:image|photo|picture)?\s?credits?:? [^.!?]{1,100}\.?
    (?:image |photo |picture |data )?source: [^!?]{1,140}
    courtesy of [^.!?]{1,60}
    (?:©|\(c\)) (?!\d{4})[^.!?]{1,80}
    [^.!?]{1,60}\s?/\s?(?:getty(?: images)?|reuters|ap(?: photo)?|afp|bloomberg|shutterstock|alamy|unsplash)\b.{0,40}
    (?:getty images|shutterstock|istock|adobe stock|unsplash|pexels|midjourney|dall[-·]?e(?: \d)?)(?:\s?/.{1,60})?
    (?:generated|made|created) (?:with|by|using) (?:midjourney|dall[-·]?e|stable diffusion|firefly|imagen|flux)\b.{0,40}
    .{1,120}[.;(|—–-]\s?(?:photo|image|illustration|picture)s?(?: credit)?(?::| by )[^.!?]{1,80}[.)]?
""")
IMG = re.compile(r'<img(?:[^">]|"[^"]*")*>')
ALT = re.compile(r'\salt="([^"]*)"')
WAITING = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-image", "data-url")
SIZES = ("srcset", "data-srcset", "data-lazy-srcset")
SIZE = re.compile(r"((?:https?:)?/[^\s,]*[^\s,](?:,[^\s,]+)*)(?=[\s,]|\Z)")
MOST_OF_SIZES = 8_000  # characters
MAX_CREDIT_WORDS = 30
MAX_ALT_WORDS = 20


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the piece; `src` only where the input was a page."""

    alt: str | None = None
    credit: str | None = None
    src: str | None = None


def without_pictures(html: str) -> str:
    """Return clean HTML with a word in each picture's place: nobody's site is asked for what may never be kept."""
    return IMG.sub(lambda found: f'<span class="picture-place">{_alt_of(found[0]) or "A picture"}</span>', html)


def _alt_of(tag: str) -> str:
    found = ALT.search(tag)
    return found[1].replace("<", "&lt;").strip() if found else ""


def source_of(picture: Node) -> str | None:
    """The address of an `<img>`; of one that stands in the page itself, the name that it has here."""
    shown = picture.attrs.get("src")
    return source_elsewhere(picture) or name_of(shown or "") or (None if shown else shown)


def source_elsewhere(picture: Node) -> str | None:
    """Where it lies; where it comes only when it is scrolled to, the address that waits beside a dot."""
    shown = picture.attrs.get("src")
    if shown and not shown.startswith("data:"):
        return shown
    waiting = next((picture.attrs[name] for name in WAITING if picture.attrs.get(name)), None)
    sizes = next((picture.attrs[name] for name in SIZES if picture.attrs.get(name)), "")
    return waiting or _largest_of(sizes)


def _largest_of(sizes: str) -> str | None:
    """The last address of a `srcset`, which is the largest as nearly everybody writes them."""
    found = SIZE.findall(sizes[:MOST_OF_SIZES])
    return found[-1] if found else None


def is_credit(text: str) -> bool:
    """Whether the whole line names where a picture comes from."""
    return len(text) <= 220 and text.count(" ") < MAX_CREDIT_WORDS and CREDIT.fullmatch(text) is not None


def claim_credits(sheet: Sheet) -> None:
    """Claim the pictures, the lines that credit them, and above these the descriptions that cannot be a title."""
    for position, entry in enumerate(sheet.entries):
        if not entry.open or entry.fixed:
            continue
        if entry.picture:
            entry.claim(Role.PICTURE)
        elif entry.caption and (entry.linked or not is_credit(entry.text)):
            entry.claim(Role.CAPTION)
        elif entry.caption or (not entry.level and is_credit(entry.text)):
            entry.claim(Role.CREDIT)
            above = _alt_above(sheet, position)
            if above and not entry.caption and (above.text[0].islower() or _stands_fourth(sheet, position - 1)):
                above.claim(Role.PICTURE)


def _stands_fourth(sheet: Sheet, position: int) -> bool:
    """Whether publication, title and subtitle can all stand above the line, and nothing else does."""
    above = {e.text for e in sheet.entries[:position] if e.open and not (edge_furniture(e.text) or is_section(e.text))}
    return len(above) == 3 and not any(entry.is_prose for entry in sheet.entries[: position + 1] if entry.open)


def claim_alts(sheet: Sheet) -> None:
    """Claim descriptions that begin like a title; only when the title has been found."""
    for position, entry in enumerate(sheet.entries):
        above = _alt_above(sheet, position) if entry.role is Role.CREDIT else None
        if above and not above.gap_after:
            above.claim(Role.PICTURE)


def images_of(sheet: Sheet) -> tuple[Image, ...]:
    """Return the pictures that the claimed lines tell of, each with the credit that follows it."""
    images: list[Image] = []
    previous: Entry | None = None
    for entry in sheet.entries:
        if entry.role is Role.PICTURE:
            images.append(Image(alt=entry.text or None, src=entry.src))
        elif entry.role in (Role.CREDIT, Role.CAPTION):
            if previous is not None and previous.role is Role.PICTURE:
                images[-1] = replace(images[-1], credit=entry.text)
            else:
                images.append(Image(credit=entry.text))
        previous = entry
    return tuple(images)


def _alt_above(sheet: Sheet, position: int) -> Entry | None:
    above = sheet.entries[position - 1] if position else None
    if above is None or not above.open or above.level or above.fixed or above.words > MAX_ALT_WORDS:
        return None
    if above.text.endswith((".", "!", "?", ":", ",", "…")):
        return None
    return None if edge_furniture(above.text) or parse_byline(above.text) else above
