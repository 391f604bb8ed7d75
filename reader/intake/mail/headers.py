"""What a mail's head says, however it was encoded; a head that says nothing sensible says nothing."""

import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from reader.intake.decoding import CONTROLS, decode, without_surrogates
from reader.intake.lines import tidy

LIST_ID = re.compile(r"(?P<phrase>[^<>]*)<(?P<id>[^<>\s]{1,200})>")
WEB = re.compile(r"<\s*(https?://[^<>\s]{4,1000})\s*>")
ADDRESS = re.compile(r"[^\s<>@,;:\"]{1,64}@[\w.-]{1,190}")
LONGEST = 1000  # characters
LIST = "list:"  # how the keys of lists begin
EPOCH, LONGEST_FUTURE = 1990, 2  # a mail from before is from a machine without a clock; days


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a letter: known by the list's own name for itself, else by the address, never by the name shown."""

    address: str = ""
    name: str = ""
    list_id: str = ""
    list_name: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is known by, the surest first."""
        of_list, of_address = f"{LIST}{self.list_id}", f"mail:{self.address}"
        return (*([of_list] if self.list_id else []), *([of_address] if self.address else []))

    @property
    def key(self) -> str:
        return next(iter(self.keys), "")


def said(message: "Message[str, str]", name: str) -> str:
    """A field's value in letters."""
    value = message.get(name)
    return decoded(str(value)) if value is not None else ""


def decoded(value: str) -> str:
    """Encoded words as what they mean: in any charset, broken in any way."""
    value = value[: 8 * LONGEST].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        parts = decode_header(re.sub(r"\?=\s+=\?", "?==?", value))
    except (HeaderParseError, ValueError):
        return tidy(value)[:LONGEST]
    words = "".join(part if isinstance(part, str) else in_charset(part, charset) for part, charset in parts)
    return tidy(CONTROLS.sub("", words.replace("\x00", "")))[:LONGEST]


def in_charset(data: bytes, charset: str | None) -> str:
    """The text of some bytes: as UTF-8 where it is that, else as its head says, else as it seems to be."""
    for name in ("utf-8", charset or ""):
        try:
            return without_surrogates(data.decode(name)) if name else decode(data)
        except (UnicodeError, LookupError, ValueError):
            continue
    return without_surrogates(data.decode("cp1252", "replace"))


def sender_of(message: "Message[str, str]") -> Sender:
    name, address = address_in(str(message.get("From") or message.get("Sender") or ""))
    found = LIST_ID.search(said(message, "List-ID"))
    list_id = found["id"].lower() if found else ""
    phrase = tidy(found["phrase"]).strip("\"' ") if found else ""
    return Sender(address, name, list_id, phrase if "@" not in phrase else "")


def address_in(value: str) -> tuple[str, str]:
    """The name and the address in "Name <address>"; taken apart before it is decoded, for a name may hold a comma."""
    value = value[:LONGEST].replace("\r", " ").replace("\n", " ")
    name, address = email.utils.parseaddr(value)
    if not ADDRESS.fullmatch(address):
        found = ADDRESS.search(value)
        name, address = (value[: found.start()], found[0]) if found else (name, "")
    return decoded(name).strip("\"'<> ,"), address.lower()


def sent_at(message: "Message[str, str]", now: datetime) -> datetime | None:
    """When it was sent; nothing where a clock was wrong, unless the last server that passed it on knew better."""
    passed_on = str(message.get("Received") or "").rpartition(";")[2]
    for value in (str(message.get("Date") or ""), passed_on):
        moment = moment_of(value)
        if moment and moment.year >= EPOCH and (moment - now).days <= LONGEST_FUTURE:
            return moment
    return None


def moment_of(value: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value.strip()[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def web_address(message: "Message[str, str]") -> str | None:
    """Where the letter stands on the web, as its own head says."""
    for name in ("List-Post", "Archived-At"):
        found = WEB.search(said(message, name))
        if found:
            return found[1]
    return None
