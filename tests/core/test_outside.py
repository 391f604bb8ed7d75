"""What may be cited: the web, and no private network, however it is spelt."""

import pytest

from reader.core.outside import LONGEST_ADDRESS, is_private, require_public_address
from reader.core.refusals import Refused


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "http://example.com:8080/a?b=c#d",
        "HTTPS://EXAMPLE.COM/",
        "https://münchen.example/straße",
        "https://xn--mnchen-3ya.example.org/",
        "https://example.com./path",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://web.archive.org/web/2024/http://127.0.0.1/",
        "  https://example.com/trimmed  ",
        "https://localhost.example.com/",
    ],
)
def test_the_web_is_accepted(url: str) -> None:
    assert require_public_address(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.com/",
        "//example.com/",
        "https://",
        "https:///path",
        "http:example.com",
        "https://example.com/<script>",
        "https://exa mple.com/",
        "https://example.com\\@evil.example/",
        "https://[::1/",
        "https://example.com/\x00",
        "https://exam\tple.com/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="no web address"):
        require_public_address(url)


@pytest.mark.parametrize("port", ["0", "65536", "99999", "port", "-1", "８０"])
def test_what_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(Refused, match="no port: a number from 1 to 65535"):
        require_public_address(f"https://example.com:{port}/")


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "localhost.", "app.localhost", "printer.local", "wiki.internal", "intranet"),
        *(
            "nas",
            "router.lan",
            "host.home.arpa",
            "1.0.0.127.in-addr.arpa",
            "db.corp",
            "a..b",
            "example.com.localdomain",
        ),
        *("127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.0.0.1."),
        *("10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "1.2.3.4.5", "256.256.256.256", "1.2.3.999", "08.8.8.8"),
        *(
            "[::1]",
            "[::]",
            "[fe80::1]",
            "[fe80::1%25eth0]",
            "[fc00::1]",
            "[fd12::1]",
            "[ff02::1]",
            "[::ffff:127.0.0.1]",
        ),
        *("[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "[2001:db8::1]"),
        *("１２７.0.0.1", "127。0。0。1", "ⓛocalhost", "①②⑦.0.0.1"),
    ],
)
def test_a_private_host_is_refused(host: str) -> None:
    with pytest.raises(Refused, match=r"private network|no web address"):
        require_public_address(f"http://{host}/")
    assert is_private(host.strip("[]").replace("%25", "%"))


@pytest.mark.parametrize(
    "url", ["https://ada@example.com/", "https://ada:secret@example.com/", "https://@example.com/"]
)
def test_a_name_or_a_password_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="name or a password"):
        require_public_address(url)


def test_a_long_one_is_refused() -> None:
    with pytest.raises(Refused, match="too long"):
        require_public_address("https://example.com/" + "a" * LONGEST_ADDRESS)
