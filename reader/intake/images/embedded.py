"""Pictures that stand in a page itself, as `data:` addresses: named by their content, and found again by that name."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from reader.intake.images.showing import ENCLOSED

#: Shorter ones are the dots that stand where a picture is to come.
FEWEST = 200  # letters
MOST_ENCODED = 4 * 1024 * 1024  # letters
EMBEDDED = re.compile(
    rf"data:image/(?:png|x-png|jpe?g|pjpeg|gif|webp|avif)(?:;[\w=.-]{{1,40}}){{0,3}};base64,"
    rf"([A-Za-z0-9+/=%&#;\s_-]{{{FEWEST},{MOST_ENCODED}}})",
    re.IGNORECASE,
)


def name_of(source: str) -> str:
    """The address that a `data:` picture has in the words; nothing where it is none, or only a dot."""
    found = EMBEDDED.match(source)
    return _name(_decoded(found[1])) if found else ""


def embedded_in(raw: str) -> dict[str, bytes]:
    """The files of the pictures in a page as it came, by the addresses that they have in its words."""
    if "data:image/" not in raw:
        return {}
    return {_name(data): data for data in _files(raw) if data}


def _files(raw: str) -> Iterator[bytes]:
    return (_decoded(found[1]) for found in EMBEDDED.finditer(raw))


def _name(data: bytes) -> str:
    return f"{ENCLOSED}{hashlib.sha256(data).hexdigest()}" if data else ""


def _decoded(letters: str) -> bytes:
    letters = "".join(unquote(unescape(letters)).split()).replace("-", "+").replace("_", "/").partition("=")[0]
    try:
        return base64.b64decode(f"{letters}{'=' * (-len(letters) % 4)}", validate=True)
    except ValueError:
        return b""
