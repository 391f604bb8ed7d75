"""Threads of comments: a head that may be one word, told by the buttons and times that follow it."""

from collections.abc import Sequence

from reader.intake.lines import Entry, key_of
from reader.intake.tables import alternatives, phrases

HEAD = alternatives(r"""
    (?:view |show |read |all |join the )?(?:NUMBER )?(?:comments?|responses?|replies|discussion|conversation)
        (?: ?\(?NUMBER\)?)?:?
    (?:NUMBER )?
        (?:kommentare?|commentaires?|comentarios?|commenti|reacties|комментари[ийяев]{1,2}|תגובות)(?: ?\(?NUMBER\)?)?:?
    (?:what do you think|join the conversation|have your say)[?.!]?
""")
BUTTONS = frozenset(
    phrases("""
    reply | report | like | permalink | flag | upvote | downvote | log in to reply | like reply | reply share |
    collapse | like comment | antworten | répondre | responder | show replies | view replies
    """)
)
SIGN = alternatives(r"""
    .{1,60} (?:says|said|wrote|writes|sagt|dit|dice)\s?:
    (?:.{1,60} )?(?:an?|\d+)\s?(?:s|m|h|d|w|y|mo|sec|min|minute|hour|day|week|month|year)s? ?(?:ago)?(?: ?\(?edited\)?)?
    (?:like|reply|replies) ?\(?\d+\)?(?:\s?reply)?|\d+ (?:likes?|replies|reply|points?)
""")
WITHIN, ENOUGH = 14, 2


def opens_thread(entries: Sequence[Entry], position: int) -> bool:
    """Whether comments follow the line: it can head them, and two lines near below are of no piece but of a thread."""
    text = entries[position].text
    if len(text) > 60 or HEAD.fullmatch(text) is None:
        return False
    following = entries[position + 1 : position + 1 + WITHIN]
    signs = [line for line in following if len(line.text) < 80 and _is_sign(line.text)]
    return len(signs) >= ENOUGH and any(key_of(line.text) in BUTTONS for line in signs)


def _is_sign(text: str) -> bool:
    return key_of(text) in BUTTONS or SIGN.fullmatch(text) is not None
