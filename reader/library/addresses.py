"""Addresses of pieces: the many spellings of one are one."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Parameters that say where a reader came from, never what is read.
TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|_hs(enc|mi)|mkt_tok|ref_src|isFreemail|triedRedirect"
)
DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """The one spelling of an address: no fragment, no tracking parameters, no slash at the end, a host in lower case.

    An address that cannot be taken apart is left as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in DEFAULT_PORTS or not host:
        return url
    scheme = parts.scheme.lower()
    netloc = f"[{host}]" if ":" in host else host
    if port and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(name)]
    return urlunsplit((scheme, netloc, without_end(parts.path), urlencode(kept), ""))


def without_end(path: str) -> str:
    """The path without the slashes and blanks at its end: a blank there would be none of the address the next time."""
    end = len(path)
    while end and (path[end - 1] == "/" or path[end - 1].isspace()):
        end -= 1
    return path[:end]


def is_tracking(name: str) -> bool:
    return TRACKING.fullmatch(name) is not None


def spellings(url: str) -> list[str]:
    """The address with and without encryption: a site has one piece there."""
    scheme, separator, rest = canonical(url).partition("://")
    return [f"{one}{separator}{rest}" for one in ("https", "http")] if scheme in DEFAULT_PORTS else [canonical(url)]
