"""Addresses of the world outside: what a reader may cite, judged by its letters alone, without asking the network."""

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from reader.core.refusals import Refused

LONGEST_ADDRESS = 2_000
#: Names that mean this machine or this network, whatever a resolver says (RFC 6761, 6762, 8375 and ICANN).
LOCAL_NAMES = frozenset({"localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain"})
LOCAL_ENDINGS = ("home.arpa", "in-addr.arpa", "ip6.arpa")
#: How IPv4 addresses are embedded in those of IPv6 by translators (RFC 6052).
TRANSLATED = IPv6Address("64:ff9b::")
TRANSLATED_HERE = ip_network("::ffff:0:0:0/96")
#: The last half of an IPv6 address that carries an IPv4 one through a site (ISATAP, RFC 5214).
TUNNELLED = (0x5EFE, 0x200_5EFE)
#: Look public, and are not: translators and relays of the place, old site addresses, and clouds' own machines.
NEVER = tuple(
    ip_network(network)
    for network in (
        *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "fec0::/10", "100::/64", "2001::/23"),
        *("2001:db8::/32", "3fff::/20", "5f00::/16"),
    )
)

UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"^`{|}]")
NUMBER = re.compile(r"0x[0-9a-f]*|\d+")

NOT_AN_ADDRESS = "That is no web address. It begins with https:// or http://."
NO_SUCH_PORT = "What follows the colon in that address is no port: a number from 1 to 65535, or nothing at all."
NOT_OUTSIDE = "That address is of a private network, which nobody outside of it can open."


def require_public_address(url: str, *, allow_private: bool = False) -> str:
    """The address, once it is sure that it is one of the web and of no private network.

    `allow_private` lets private networks pass: who connects there still looks at each address.

    Raises:
        Refused: it is none; the sentence says why.
    """
    url = url.strip()
    if len(url) > LONGEST_ADDRESS:
        raise Refused(f"That address is too long: up to {LONGEST_ADDRESS:,} letters are kept.")
    if UNPRINTABLE.search(url):
        raise Refused(NOT_AN_ADDRESS)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise Refused(NOT_AN_ADDRESS) from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise Refused(NOT_AN_ADDRESS)
    if not has_some_port(parts):
        raise Refused(NO_SUCH_PORT)
    if parts.username is not None or parts.password is not None:
        raise Refused("That address carries a name or a password. Leave them out.")
    if not allow_private and is_private(host):
        raise Refused(NOT_OUTSIDE)
    return url


def has_some_port(parts: SplitResult) -> bool:
    """Whether the port that it names is one, if it names any."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def is_private(host: str) -> bool:
    """Whether this host is one that only some can reach: by its name, or as an address in any spelling."""
    host = unicodedata.normalize("NFKC", host).lower().replace("。", ".").rstrip(".")
    if address := as_address(host):
        return not is_global(address)
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):  # a browser takes this for an IPv4 address, if for anything
        return True
    return len(labels) < 2 or "" in labels or labels[-1] in LOCAL_NAMES or host.endswith(LOCAL_ENDINGS)


def as_address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if not all(NUMBER.fullmatch(label) for label in host.split(".")):
        return None
    try:  # 127.1, 0x7f.1, 2130706433, 0177.0.0.1: as browsers read them
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def is_global(address: IPv4Address | IPv6Address) -> bool:
    inner = carried_by(address)
    if inner is not None:
        return is_global(inner)
    if any(address in network for network in NEVER if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def carried_by(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that this one of IPv6 stands for or leads to, if any."""
    if isinstance(address, IPv4Address):
        return None
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    embeds = int(address) >> 32 in (int(TRANSLATED) >> 32, 0) or address in TRANSLATED_HERE
    if inner is None and (embeds or int(address) >> 32 & 0xFFFFFFFF in TUNNELLED):
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return inner
