"""What no address, no name and no redirect may reach."""

from contextlib import suppress
from pathlib import Path

import pytest

from reader.intake.fetching import NotFetched, fetch
from tests.intake.fetching.servers import PUBLIC, Site, ToSite, network, page, site

TABLE = Path(__file__).with_name("addresses.txt")


def rows() -> list[tuple[str, list[str] | None]]:
    """The addresses, each with what its name resolves to where that is told."""
    found = []
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            url, arrow, addresses = line.replace("\\t", "\t").partition(" ->")
            found.append((url, [one.strip() for one in addresses.split(",") if one.strip()] if arrow else None))
    return found


ROWS = rows()


def names_of(url: str, resolved: list[str] | None) -> dict[str, list[str]]:
    return {} if resolved is None else {url.split("/")[2]: resolved}


def test_the_table_is_long_enough() -> None:
    assert len({url for url, _ in ROWS}) >= 300


def test_a_public_address_is_reached() -> None:
    with site(lambda line: [page(b"<p>Words</p>")]) as made:
        public = network(made)
        assert fetch("http://site.example/", public).body == b"<p>Words</p>"
        assert isinstance(public.inner, ToSite)
        assert public.inner.chosen == [PUBLIC]


def test_none_of_the_table_is_reached() -> None:
    with site(lambda line: [page(b"never")]) as made:
        reached = [url for url, resolved in ROWS if is_reached(made, url, names_of(url, resolved))]
        assert (reached, made.connections) == ([], 0)


def test_no_redirect_reaches_the_table() -> None:
    target = [""]
    with site(lambda line: [redirect(target[0]) if b" /start " in line else page(b"never")]) as made:
        chosen = set()
        for url, resolved in ROWS:
            target[0] = url
            public = network(made, names_of(url, resolved))
            with suppress(NotFetched):
                fetch("http://site.example/start", public)
            assert isinstance(public.inner, ToSite)
            chosen.update(public.inner.chosen)
        # What is no address of its own ("http:127.0.0.1") is one of the site's, for browsers too.
        assert chosen == {PUBLIC}


def test_the_name_is_resolved_once_and_that_address_used() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with site(lambda line: [page(b"once")]) as made:
        public = network(made)
        public.resolve = lambda host, port: next(answers)
        assert fetch("http://rebinding.example/", public).body == b"once"
        assert isinstance(public.inner, ToSite)
        assert public.inner.chosen == [PUBLIC]


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "fd12::1", "100.64.0.9"])
def test_the_home_s_own_network_is_reached_where_that_is_allowed(address: str) -> None:
    with site(lambda line: [page(b"home")]) as made:
        at_home = network(made, {"nas.lan": [address]})
        at_home.allow_private = True
        assert fetch("http://nas.lan/", at_home).body == b"home"


@pytest.mark.parametrize(
    "address",
    [
        *("169.254.169.254", "100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fe80::1", "0.0.0.0", "224.0.0.1"),
        *("::ffff:169.254.169.254", "::a9fe:a9fe", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "2001:0:a9fe:a9fe::"),
        *("fd00::5efe:a9fe:a9fe", "fd00::200:5efe:6464:64c8"),
    ],
)
def test_the_keepers_of_keys_are_never_asked(address: str) -> None:
    with site(lambda line: [page(b"never")]) as made:
        at_home = network(made, {"nas.lan": [address]})
        at_home.allow_private = True
        with pytest.raises(NotFetched, match="private network"):
            fetch("http://nas.lan/", at_home)
        assert made.connections == 0


def is_reached(made: Site, url: str, names: dict[str, list[str]]) -> bool:
    try:
        fetch(url, network(made, names))
    except NotFetched:
        return False
    return True


def redirect(target: str) -> bytes:
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target.encode("utf-8") + b"\r\n\r\n"
