"""Settings read from environment variables, refused with one clear line when they are wrong."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo


class BadSetting(SystemExit):
    """Stops the start; its text names the variable, the value and what is accepted."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r} is not understood: {wanted}.")


def text(name: str, default: str) -> str:
    return os.environ.get(name, default).strip()


def choice(name: str, default: str, choices: Sequence[str]) -> str:
    value = text(name, default).lower()
    if value not in choices:
        raise BadSetting(name, value, f"choose one of {', '.join(choices)}")
    return value


def flag(name: str, *, default: bool) -> bool:
    return choice(name, "yes" if default else "no", ("yes", "no", "true", "false", "1", "0")) in ("yes", "true", "1")


def number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise BadSetting(name, value, f"give a whole number from {low} to {high}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        raise BadSetting(name, value, "name a time zone such as Europe/Berlin") from None


def site_address(name: str, default: str) -> str:
    """Where readers find the site, without a slash at the end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}":
        raise BadSetting(name, value, "give an address such as https://forecite.example.org")
    return value


def database_address(name: str, default: str) -> str:
    """The address of a supported database; a refusal names its scheme alone, since the rest holds a password."""
    value = text(name, default)
    scheme = value.partition(":")[0]
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise BadSetting(
            name, f"{scheme[:20]}:…", "give postgres://user:password@host/name, or leave it out for SQLite"
        )
    return value


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    starts_tls: bool
    speaks_tls: bool


#: The usual port of each way to speak to a mail server.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def address_of(value: str) -> tuple[SplitResult, str | None, int | None]:
    """The parts of an address with its host and port; none of any where it is no address."""
    try:
        parts = urlsplit(value)
        return parts, parts.hostname, parts.port
    except ValueError:
        return urlsplit(""), None, None


def mail_server(name: str) -> MailServer | None:
    """Where mail is handed in, None where nothing is said; a refusal tells no more than the scheme."""
    value = text(name, "")
    if not value:
        return None
    parts, host, port = address_of(value)
    if parts.scheme not in MAIL_PORTS or not host or parts.path not in ("", "/") or parts.query or parts.fragment:
        told = f"{value.partition(':')[0][:20]}:…"
        raise BadSetting(name, told, "give smtp+tls://user:password@host:587, or smtps:// or smtp://")
    return MailServer(
        host,
        port or MAIL_PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        speaks_tls=parts.scheme == "smtps",
    )


@dataclass(frozen=True, slots=True)
class Mailbox:
    host: str
    port: int
    user: str
    password: str
    folder: str
    speaks_tls: bool


def mailbox(name: str) -> Mailbox | None:
    """Where mail is collected, None where nothing is said; a refusal tells no more than the scheme."""
    value = text(name, "")
    if not value:
        return None
    parts, host, port = address_of(value)
    if parts.scheme not in ("imap", "imaps") or not host or not parts.username or parts.query or parts.fragment:
        raise BadSetting(name, f"{value.partition(':')[0][:20]}:…", "give imaps://user:password@host/INBOX")
    return Mailbox(
        host,
        port or (993 if parts.scheme == "imaps" else 143),
        unquote(parts.username),
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")) or "INBOX",
        speaks_tls=parts.scheme == "imaps",
    )


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """What this file keeps, made on first use: once for all processes, and whole or not at all if one is killed."""
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent) as new:
            new.write(make())
            new.flush()
            os.fsync(new.fileno())
            with suppress(FileExistsError):
                os.link(new.name, path)
    return path.read_text().strip()


def folder(name: str, default: Path) -> Path:
    """An existing or creatable folder, as an absolute path."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(name, str(path), f"the folder cannot be made ({error.strerror})") from None
    return path
