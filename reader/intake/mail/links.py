"""Links through a counter on the way, as what they lead to, where the address itself tells that."""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from reader.library.addresses import is_tracking

# Hosts (with all below them) whose addresses carry the target, and under which name.
CARRIERS = {
    "google.com": ("q", "url"),
    "l.facebook.com": ("u",),
    "lm.facebook.com": ("u",),
    "l.instagram.com": ("u",),
    "linkedin.com": ("url",),
    "slack-redir.net": ("url",),
    "t.umblr.com": ("z",),
    "out.reddit.com": ("url",),
    "safelinks.protection.outlook.com": ("url",),
    "urldefense.proofpoint.com": ("u",),
    "medium.com": ("url",),
    "vk.com": ("to",),
    "youtube.com": ("q",),
    "steamcommunity.com": ("url", "u"),
    "getpocket.com": ("url",),
    "list-manage.com": ("url",),
    "exct.net": ("url",),
    "createsend.com": ("url",),
}
REDIRECTING = re.compile(
    r"/(?:url|l\.php|link|redirect|redir|r|redir/redirect|safety/go|away\.php|v2/url|linkfilter)?/?"
)
IN_PATH = re.compile(r"/(?:CL0|L0)/(https?(?::|%3A).+?)(?:/\d/[^/]*/.*)?", re.IGNORECASE)
DEFENDED = re.compile(r"https://urldefense\.(?:com|us)/v3/__(?P<url>.+?)__;.*")
PACKED = re.compile(r"(?<=/)(?:aHR0c|eyJ|eJ)[\w+=.-]{8,6000}")  # base64 of "http", of '{"', of what zlib begins with
HREFLI = re.compile(r"https?://href\.li/\?(https?://.+)")
NAMES = ("e", "href", "url", "l", "u", "link", "target", "original_url", "destination")
MOST_STEPS, LONGEST, MOST_UNPACKED = 4, 8000, 20_000


def target_of(url: str) -> str:
    """Where a link leads at last, as far as its address tells, without what says where its reader came from."""
    for _ in range(MOST_STEPS):
        found = next((one for one in carried_by(url) if is_address(one)), None) if len(url) <= LONGEST else None
        if found is None or found == url:
            break
        url = found
    return without_tracking(url)


def is_address(found: str) -> bool:
    try:
        parts = urlsplit(found)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in found
    except ValueError:
        return False


def carried_by(url: str) -> Iterator[str]:
    """The addresses that this one carries."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return
    if match := HREFLI.fullmatch(url) or DEFENDED.fullmatch(url):
        yield re.sub(r"^(https?):/(?!/)", r"\1://", match[match.lastindex or 1])
    if match := IN_PATH.fullmatch(parts.path):
        yield unquote(match[1])
    names = next((names for name, names in CARRIERS.items() if host == name or host.endswith(f".{name}")), ())
    if names and REDIRECTING.fullmatch(parts.path):
        said = parse_qs(parts.query)
        for value in (value for name in names for value in said.get(name, ())):
            yield proofpoint(value) if "proofpoint" in host else value
    for packed in PACKED.findall(parts.path):
        yield from unpacked(packed)


def proofpoint(value: str) -> str:
    """`https-3A__host_path`: its own way to write an address."""
    return unquote(value.replace("-", "%").replace("_", "/"))


def unpacked(packed: str) -> Iterator[str]:
    """What a piece of a path says once it is decoded: an address, or data with one in it."""
    data = from_base64(packed.partition(".")[0] if packed.startswith("eyJ") else packed)
    if data is None:
        return
    if packed.startswith("eJ"):
        with suppress(zlib.error):
            data = zlib.decompressobj().decompress(data, MOST_UNPACKED)
    words = data.decode("utf-8", "ignore").strip()
    if words.startswith(("http://", "https://")):
        yield words
        return
    said: object = None
    if words.startswith("{"):
        with suppress(ValueError, RecursionError):
            said = json.loads(words)
    pairs = said if isinstance(said, dict) else dict(parse_qsl(words))
    yield from (value for name in NAMES if isinstance(value := pairs.get(name), str))


def from_base64(packed: str) -> bytes | None:
    try:
        return base64.urlsafe_b64decode(packed.rstrip("=.").replace("+", "-") + "=" * (-len(packed.rstrip("=.")) % 4))
    except ValueError:
        return None


def without_tracking(url: str) -> str:
    """The address without the parameters that only count; all others stay as they are written."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.query or not any(is_tracking(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return url
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(name)]
    return urlunsplit(parts._replace(query=urlencode(kept)))
