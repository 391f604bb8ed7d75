"""Mails that ask to confirm a subscription: no pieces, and not to be lost."""

import re

from reader.intake.mail.letters import Letter
from reader.intake.soup import parse
from reader.intake.tables import alternatives

SUBJECT = re.compile(
    r"\b(?:confirm|verify|activate|complete)\b.{0,60}"
    r"\b(?:subscription|sign[- ]?up|e-?mail|address|registration|newsletter|account)\b|"
    r"\b(?:subscription|sign[- ]?up|registration|e-?mail(?: address)?)\b.{0,40}\b(?:confirmation|verification)\b|"
    r"\bplease confirm\b|\bconfirmation (?:required|needed)\b|\baction required: confirm|\bopt[- ]?in\b|"
    r"\b(?:sign[- ]?in|log[- ]?in|verification|confirmation|security) code\b|\bmagic link\b|\bsign in to\b|"
    r"\bbestätig(?:e|en|ung)\b|\banmeldung (?:bestätigen|abschließen)|\bconfirme[zr]? \b|\bconfirma(?: tu| su|r)?\b|"
    r"\bbevestig\b|\bconferma\b|подтверд",
    re.IGNORECASE,
)
LINK = alternatives(r"""
    .{0,40}\b(?:confirm|verify|activate|complete sign ?up|yes,? subscribe(?: me)?|sign in)\b.{0,60}
    .{0,40}\b(?:bestätig\w+|confirme[zr]|confirma\w*|bevestig\w*|conferma\w*)\b.{0,60}
""")
ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
SAYS = re.compile(r"confirm|verif|optin|opt-in|activate|subscribe", re.IGNORECASE)
LONGEST = 300  # words: more than that has something else to say


def confirmation_link(letter: Letter) -> str | None:
    """Where the reader confirms; an empty string where the mail only asks, None where it is no such mail."""
    if SUBJECT.search(letter.subject) is None:
        return None
    root = parse(letter.html) if letter.html else None
    words = root.text() if root else letter.text
    if len(words.split()) > LONGEST:
        return None
    if root is None:
        found = ADDRESS.findall(letter.text)
        return next((url for url in found if SAYS.search(url)), found[0] if found else "").rstrip(".,")
    links = [node for node in root.nodes() if node.tag == "a" and node.attrs.get("href", "").startswith("http")]
    named = [node for node in links if LINK.fullmatch(" ".join(node.text().split())[:200])]
    said = [node for node in links if SAYS.search(node.attrs["href"]) and "unsub" not in node.attrs["href"].lower()]
    return next((node.attrs["href"] for node in [*named, *said]), "")
