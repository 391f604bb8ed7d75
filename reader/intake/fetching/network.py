"""Connections to the public network alone: every address of a name is looked at, and one of these is used.

A name is resolved once, by us. Had the library resolved it again to connect, whoever owns the name could have answered
with another address by then.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

from reader.core.outside import carried_by, is_global
from reader.intake.fetching.refusals import NotFetched, Way

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]

TOO_SLOW = "That site took longer than {seconds} seconds."
NOT_FOUND = "No site of that name was found. Look at the address once more."
NOT_PUBLIC = "That address leads into a private network, and is not fetched."
#: The machines of clouds that hand out keys: never asked, whatever is allowed.
KEEPERS = tuple(
    ip_network(network)
    for network in (
        "169.254.0.0/16",
        "fe80::/10",
        "100.100.100.200/32",
        "168.63.129.16/32",
        "fd00:ec2::/32",
        "2001::/32",  # through a server that the address names
        "0.0.0.0/8",
    )
)
SHARED = ip_network("100.64.0.0/10")


@dataclass(slots=True)
class Deadline:
    """The moment by which all of it must be done."""

    seconds: float
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.at = time.monotonic() + self.seconds

    def left(self, most: float | None = None) -> float:
        """The time that remains.

        Raises:
            NotFetched: none does.
        """
        remaining = self.at - time.monotonic()
        if remaining <= 0:
            raise NotFetched(TOO_SLOW.format(seconds=round(self.seconds)), Way.AGAIN)
        return remaining if most is None else min(remaining, most)


def ask_the_system(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(slots=True)
class Network(httpcore.NetworkBackend):
    """How a fetch reaches the network; tests resolve and connect in their own way."""

    resolve: Resolve = ask_the_system
    inner: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    allow_private: bool = False
    deadline: Deadline = field(default_factory=lambda: Deadline(20))

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = NotFetched(NOT_FOUND)
        for address in self.addresses_of(host, port):
            try:
                stream = self.inner.connect_tcp(str(address), port, self.deadline.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return Timed(stream, self.deadline)
        raise failure

    def addresses_of(self, host: str, port: int) -> list[Address]:
        """All addresses of the name, when each of them may be asked.

        Raises:
            NotFetched: there is none, or one may not.
        """
        found = [address for text in self.look_up(host, port) if (address := as_address(text))]
        if not found:
            raise NotFetched(NOT_FOUND)
        if not all(may_be_asked(address, allow_private=self.allow_private) for address in found):
            raise NotFetched(NOT_PUBLIC)
        return found

    def look_up(self, host: str, port: int) -> list[str]:
        """What the resolver says, in time: the system's own knows no limit that could be set."""
        said: list[str] = []

        def ask() -> None:
            with suppress(OSError, UnicodeError):
                said.extend(self.resolve(host, port))

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(self.deadline.left())
        if thread.is_alive():
            raise NotFetched(NOT_FOUND, Way.AGAIN)
        return list(dict.fromkeys(said))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        raise NotFetched(NOT_PUBLIC)


def as_address(text: str) -> Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def may_be_asked(address: Address, *, allow_private: bool) -> bool:
    """Whether this address is one of the public network, or of the home's own where that is allowed."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    address = inner or address
    if is_keeper(address) or is_keeper(carried_by(address)):
        return False
    if is_global(address):
        return True
    at_home = address.is_private or (address.version == 4 and address in SHARED)
    return allow_private and at_home and not (address.is_multicast or address.is_unspecified or address.is_reserved)


def is_keeper(address: Address | None) -> bool:
    return address is not None and any(address in network for network in KEEPERS if network.version == address.version)


class Timed(httpcore.NetworkStream):
    """A connection that ends at the deadline, whatever the other side does: a drip resets no clock."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        with CutOff(self.inner, self.deadline):
            stream = self.inner.start_tls(ssl_context, server_hostname, self.deadline.left(timeout))
        return Timed(stream, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class CutOff:
    """End the connection at the deadline, in the midst of a handshake too: each of its reads has a time of its own."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        plain = stream.get_extra_info("socket")
        # A handle of our own: the handshake takes the connection's away from it.
        self.handle = socket.socket(fileno=os.dup(plain.fileno())) if plain is not None else None
        self.timer = threading.Timer(deadline.left(), self.end)
        self.timer.daemon = True

    def end(self) -> None:
        if self.handle is not None:
            with suppress(OSError):
                self.handle.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *failure: object) -> None:
        self.timer.cancel()
        if self.handle is not None:
            self.handle.close()
