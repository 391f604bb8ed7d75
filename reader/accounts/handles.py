"""The short names that people are called by in notes: `@ben`."""

import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from reader.core.slugs import ALPHABET

if TYPE_CHECKING:
    from reader.accounts.models import User

MAX_LENGTH = 30
#: Lower-case letters and digits, with hyphens between them: what is typed without a thought on every keyboard.
HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
UNNAMED = "reader"


def make_handle(people: "type[User]", name: str) -> str:
    """A free handle made from the name; one of letters that a handle has not makes a plain one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", plain))[: MAX_LENGTH - 5].strip("-") or UNNAMED
    if words != UNNAMED and not people.objects.filter(handle=words).exists():
        return words
    return f"{words}-{''.join(secrets.choice(ALPHABET) for _ in range(4))}"
