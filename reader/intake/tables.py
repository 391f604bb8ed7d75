"""How the rule tables are written: blocks of text, so that a rule is a line and not a puzzle of quotes."""

import re

NUMBER = r"[0-9][0-9,.]*[kKmM]?\+?"
CONSENT = (
    r"(?:learn more|read more|find out more|accept(?: all)?|got it|reject(?: all)?|decline|ok|okay|i agree|"
    r"manage (?:preferences|settings|cookies)|see our (?:cookie|privacy) policy)"
)

BUTTON = (
    r"(?:(?:subscribe(?: now)?|share|comments?|likes?|restacks?|leave a comment|(?:read|open) in app|"
    r"(?:view|read) in browser|view online|tweet|forward|listen|upgrade|refer a friend)(?:\s?\(?NUMBER\)?)?)"
).replace("NUMBER", NUMBER)


def words(block: str) -> frozenset[str]:
    """Return the words of a block, which are parted by blanks."""
    return frozenset(block.split())


def phrases(block: str) -> list[str]:
    """Return the phrases of a block, which are parted by " | "."""
    return [phrase for phrase in (part.strip() for part in re.split(r"\s\|\s", f" {block} ")) if phrase]


def alternatives(block: str) -> re.Pattern[str]:
    """Compile a block of patterns, one a line; a line indented deeper goes on with the one above."""
    lines = [line for line in block.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    whole: list[str] = []
    for line in lines:
        if whole and len(line) - len(line.lstrip()) > margin:
            whole[-1] += line.strip()
        else:
            whole.append(line.strip())
    pattern = "|".join(f"(?:{pattern})" for pattern in whole)
    return re.compile(
        pattern.replace("NUMBER", NUMBER).replace("CONSENT", CONSENT).replace("BUTTON", BUTTON), re.IGNORECASE
    )
