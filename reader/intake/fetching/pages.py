"""One page from the public network: redirects looked at one by one, nothing larger or slower than it may be."""

import ssl
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from reader.core.outside import require_public_address
from reader.core.refusals import Refused
from reader.intake.fetching.network import NOT_PUBLIC, TOO_SLOW, Network
from reader.intake.fetching.refusals import NotFetched, Way

MOST_BYTES = 15 * 1024 * 1024  # as they come, and once unpacked
SECONDS = 20
MOST_REDIRECTS = 8
STEP = 64 * 1024
WBITS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
TOO_LARGE = "What is there is larger than 15 MB, more than any article."
SENT = "/%:@!$&'()*+,;=~-._?"
BROKEN = "That site’s answer broke off or could not be read."
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Forecite/1.0; one page, asked for by a reader)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,text/markdown;q=0.8,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en,*;q=0.5",
    "Connection": "close",
}
PERMANENT = (301, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the last address of a chain of redirects answered; `moved_to` is where it says to ask from now on."""

    url: str
    status: int
    content_type: str
    charset: str | None
    body: bytearray
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The address that is to be asked instead, now or from now on."""

    url: str
    for_good: bool


def fetch(url: str, network: Network | None = None, headers: Mapping[str, str] = HEADERS) -> Fetched:
    """The page at an address.

    Raises:
        NotFetched: it may not be asked, or did not answer as it should.
    """
    network, moved_to, for_good = network or Network(), "", True
    for _ in range(MOST_REDIRECTS + 1):
        url = checked(url, allow_private=network.allow_private)
        try:
            answer = _ask(url, network, headers)
        except (httpcore.TimeoutException, ssl.SSLError) as error:
            raise _told(error, network) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise _told(error, network) from None
        if isinstance(answer, Fetched):
            return replace(answer, moved_to=moved_to)
        url, for_good = answer.url, for_good and answer.for_good
        moved_to = url if for_good else moved_to
    raise NotFetched("That address leads from one to another without an end.")


def checked(url: str, *, allow_private: bool = False) -> str:
    """The address, in letters that can be sent, when it is one of the web."""
    try:
        return _plain(require_public_address(url, allow_private=allow_private))
    except Refused as refusal:
        raise NotFetched(str(refusal), Way.NONE) from None


def _plain(url: str) -> str:
    """The address in ASCII; no part of it after `#`, which is never sent."""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        raise NotFetched("That is no web address. It begins with https:// or http://.", Way.NONE) from None
    port = f":{parts.port}" if parts.port is not None else ""
    query = f"?{quote(parts.query, safe=SENT)}" if parts.query else ""
    path = quote(parts.path or "/", safe=SENT)
    return f"{parts.scheme.lower()}://{f'[{host}]' if ':' in host else host}{port}{path}{query}"


def _ask(url: str, network: Network, said: Mapping[str, str]) -> Fetched | Elsewhere:
    """What this one address answers, or where it sends us."""
    timeouts = {"connect": SECONDS, "read": SECONDS, "write": SECONDS, "pool": SECONDS}
    with (
        httpcore.ConnectionPool(ssl_context=_trust(), network_backend=network, retries=0) as pool,
        pool.stream("GET", url, headers=_in_bytes(said), extensions={"timeout": timeouts}) as response,
    ):
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and headers.get("location"):
            return Elsewhere(_next(url, headers["location"]), response.status in PERMANENT)
        kind, _, rest = headers.get("content-type", "").partition(";")
        _refuse_length(headers.get("content-length", ""))
        body = bytearray()
        for chunk in _limited(_unpacked(_limited(response.iter_stream()), headers.get("content-encoding", ""))):
            body += chunk
        return Fetched(url, response.status, kind.strip().lower(), _charset(rest), body, headers)


def _in_bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("latin-1", "ignore")) for name, value in headers.items()]


def _next(url: str, location: str) -> str:
    try:
        return urljoin(url, location.strip())
    except ValueError:
        raise NotFetched(BROKEN) from None


@cache
def _trust() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


def _refuse_length(said: str) -> None:
    if said.strip().isdecimal() and len(said) < 20 and int(said) > MOST_BYTES:
        raise NotFetched(TOO_LARGE)


def _limited(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise NotFetched(TOO_LARGE)
        yield chunk


def _unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The chunks as they were before they were packed, a little at a time: a bomb is never whole in memory."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
        return
    if name not in WBITS:
        raise NotFetched(BROKEN)
    unpacker, first = zlib.decompressobj(WBITS[name]), True
    for chunk in chunks:
        if first and name == "deflate" and chunk[:1] != b"\x78":
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # as some servers write it, without its head
        first, waiting = False, chunk
        while waiting and not unpacker.eof:
            try:
                yield unpacker.decompress(waiting, STEP)
            except zlib.error:
                raise NotFetched(BROKEN) from None
            waiting = unpacker.unconsumed_tail


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            return value.strip("\"' ") or None
    return None


def _told(error: Exception, network: Network) -> NotFetched:
    """The failure as a sentence."""
    if isinstance(error, httpcore.TimeoutException):
        return NotFetched(TOO_SLOW.format(seconds=round(network.deadline.seconds)), Way.AGAIN)
    if isinstance(error, ssl.SSLError) or "SSL" in str(error) or "certificate" in str(error):
        return NotFetched("That site’s certificate could not be verified, so nothing of it was read.")
    if isinstance(error, httpcore.ConnectError):
        return NotFetched("That site does not answer.", Way.AGAIN)
    if isinstance(error, httpcore.UnsupportedProtocol):
        return NotFetched(NOT_PUBLIC)
    return NotFetched(BROKEN, Way.AGAIN)
