"""What a letter carries for its sender and not for its reader: pictures that count, links that count, hidden words."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from reader.intake.images.showing import ENCLOSED
from reader.intake.mail.links import target_of
from reader.intake.soup import ATTRIBUTE, TAG

COUNTING = re.compile(
    r"/(?:open|wf/open|o|pixel|beacon|track(?:ing)?|trk|e/o|ss/o|q/[\w-]+~)(?:[/?.]|\Z)|\bpixel\b|\bspacer\b|"
    r"list-manage\.com/track/open|google-analytics\.com|mailtrack\.|emltrk\.|sparkpostmail\d*\.com/q/|eotrx\.|"
    r"(?:^|[./])(?:open|opens|track|pixel)\.[\w-]+\.\w+/",
    re.IGNORECASE,
)
SIZE = re.compile(r"(?:^|[;\s])(?:max-)?(width|height)\s*:\s*0*([\d.]+)(?:px)?\s*(?:;|!|\Z)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
TINY = 3  # pixels
MEDIA = re.compile(r"<!--\[if\b[^\]]{0,200}\]>.*?<!\[endif\]-->", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Tidied:
    html: str
    counters: int = 0  # pictures that only told somebody that the letter was opened
    links: int = 0  # that led through a counter
    lost: int = 0  # pictures that should have come with the letter, and did not
    pictures: dict[str, bytes] = field(default_factory=dict)  # that came with it, by the addresses given to them


def tidy_letter(html: str, enclosed: Mapping[str, bytes] | None = None) -> Tidied:
    """The letter without what counts its reader, and how much of that was there."""
    done = Tidied("")
    parts: list[str] = []
    at = 0
    for found in TAG.finditer(html := MEDIA.sub("", html)):
        name = (found["name"] or "").lower()
        if found["close"] or name not in ("img", "a", "area"):
            continue
        parts += [
            html[at : found.start()],
            picture(found[0], done, enclosed or {}) if name == "img" else link(found[0], done),
        ]
        at = found.end()
    done.html = "".join([*parts, html[at:]])
    return done


def attributes(tag: str) -> dict[str, str]:
    found = (match.groups() for match in ATTRIBUTE.finditer(tag[tag.find(" ") + 1 :] if " " in tag[:40] else tag[4:]))
    return {name.lower(): unescape(two or one or bare or "") for name, two, one, bare in found}


def picture(tag: str, done: Tidied, enclosed: Mapping[str, bytes]) -> str:
    attrs = attributes(tag)
    source = attrs.get("src", "").strip()
    if is_counter(attrs, source):
        done.counters += 1
        return ""
    if not source.lower().startswith("cid:"):
        return tag
    data = enclosed.get(unquote(source[4:]).strip("<> "))
    if data is None:
        done.lost += 1
        return ""
    address = f"{ENCLOSED}{hashlib.sha256(data).hexdigest()}"
    done.pictures[address] = data
    kept = "".join(f' {name}="{escape(attrs[name])}"' for name in ("alt", "width", "height") if attrs.get(name))
    return f'<img src="{address}"{kept}>'


def is_counter(attrs: dict[str, str], source: str) -> bool:
    style = attrs.get("style", "")
    sizes = [
        *SIZE.findall(style),
        *((name, attrs[name].rstrip("px ")) for name in ("width", "height") if name in attrs),
    ]
    if HIDDEN.search(style) or "hidden" in attrs or any(is_tiny(size) for _, size in sizes):
        return True
    return not attrs.get("alt") and not sizes and COUNTING.search(source) is not None


def is_tiny(size: str) -> bool:
    try:
        return float(size) < TINY
    except ValueError:
        return False


def link(tag: str, done: Tidied) -> str:
    href = attributes(tag).get("href", "").strip()
    target = target_of(href) if href.startswith(("http://", "https://")) else href
    if target == href:
        return tag
    done.links += 1
    return f'<a href="{escape(target)}">'
