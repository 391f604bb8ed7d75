"""Pictures in a text: whose addresses it shows, and the text with what stands here in their places.

The stored text keeps the addresses that its page had. Nothing in it is asked for by a reader's browser: what is not
here is an empty place with the words that describe it, in an attribute, since the text itself must stay as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape, unescape

#: Before the hash of a picture that came along with a mail: no name ends so, and nobody is asked for it.
ENCLOSED = "https://enclosed.invalid/"
#: What a place for a picture is told by.
PLACE = 'class="picture-place"'
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_TOKEN = re.compile(r'<img((?: [a-z]+="[^"]*")*)>|<(/?)a[ >]')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that is here: where it is served, nowhere if it shows nothing, and how large it is by itself."""

    src: str
    width: int = 0
    height: int = 0


def addresses_in(html: str) -> list[str]:
    """The addresses of the pictures of a canonical text, in their order."""
    if "<img " not in html:
        return []
    found = (dict(_ATTRIBUTE.findall(tag)).get("src", "") for tag in _PICTURE.findall(html))
    return [unescape(source) for source in found if source]


def illustrated(html: str, images: Mapping[str, Shown]) -> str:
    """The text with the pictures that are here; every other one is a place that leads to the original."""
    return _TOKEN.sub(partial(_Drawing(images).token), html)


class _Drawing:
    def __init__(self, images: Mapping[str, Shown]) -> None:
        self.images, self.in_link = images, False

    def token(self, found: "re.Match[str]") -> str:
        if found[1] is None:
            self.in_link = not found[2]
            return found[0]
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        shown = self.images.get(unescape(attributes.get("src", "")))
        return _picture(attributes, shown) if shown else _place(attributes, in_link=self.in_link)


def _picture(attributes: Mapping[str, str], shown: Shown) -> str:
    if not shown.src:
        return ""
    width, height = _size(attributes, shown)
    title = f' title="{attributes["title"]}"' if attributes.get("title") else ""
    alt = attributes.get("alt", "")
    return f'<img src="{escape(shown.src)}" alt="{alt}"{title} width="{width}" height="{height}">'


def _size(attributes: Mapping[str, str], shown: Shown) -> tuple[int, int]:
    """As large as the page showed it, and never larger than it is: its place is kept while it loads."""
    width = int(attributes.get("width") or shown.width)
    if not 0 < width < shown.width:
        return shown.width, shown.height
    return width, max(1, round(shown.height * width / shown.width))


def _place(attributes: Mapping[str, str], *, in_link: bool) -> str:
    """A link to the picture; within a link, which may hold no other, or where it has no site, its description alone."""
    alt = attributes.get("alt", "") or attributes.get("title", "")
    label = f"Picture: {alt}" if alt else "A picture"
    says = f'{PLACE} data-alt="{label}" aria-label="{label}'
    if in_link or attributes.get("src", "").startswith(ENCLOSED):
        return f'<span {says}, not shown here" role="img"></span>'
    return f'<a {says}, at its own site" href="{attributes.get("src", "")}" rel="noopener noreferrer"></a>'
