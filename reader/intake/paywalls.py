"""Who may read the piece, and whether it was cut off: both only ever from words on the page."""

import re
from dataclasses import dataclass
from enum import StrEnum

from reader.intake.lines import MAX_PHRASE_LENGTH
from reader.intake.tables import alternatives

PAID_HEAD = re.compile(r"(?:[∙·•]\s?)?paid|member[- ]only story|members[- ]only story", re.IGNORECASE)

# Notices that stand where the text stops and say that it goes on for those who pay.
PAID_CUTS = alternatives(r"""
    keep reading with a \d+[- ]day free trial\b.{0,40}
    (?:keep|continue) (?:reading|listening|watching) with a .{0,20}free trial\b.{0,40}
    listen to this episode with a \d+[- ]day free trial\b.{0,40}
    continue reading this (?:post|article|story) for free\b.{0,140}
    subscribe to .{1,100} to (?:keep|continue) (?:reading|listening|watching)\b.{0,140}
    subscribe to .{1,80} to (?:unlock|listen to|watch|read|access|see) (?:the|this|all|more|everything)\b.{0,140}
    (?:become|be) an? (?:paid|paying|premium) (?:subscriber|member)\b.{0,80}
        \s(?:to (?:read|unlock|access|see|continue|get access)|and get)\b.{0,140}
    (?:start|try|begin) (?:a |your |an? )?.{0,20}(?:free )?trial to (?:read|unlock|continue|keep|access)\b.{0,140}
    (?:join|upgrade|subscribe) to unlock\b.{0,80}|unlock this post by .{1,80}
    (?:to|want to) (?:read|see|unlock|continue|keep reading)\b.{0,60}[,?]
        \s?(?:please )?(?:subscribe|upgrade|become an? (?:paid|paying|premium)? ?(?:subscriber|member))\b.{0,140}
    (?:this|the rest of this) (?:post|article|story|episode|issue|piece|newsletter|essay)
        \s(?:is|are) (?:only |exclusively |reserved |locked )*
        (?:for|available (?:only )?to) (?:our |the )?(?:paid|paying|premium)
        \s(?:subscribers|members|readers)\b.{0,140}
    (?:the author|.{1,60}) made this story available to (?:medium )?members only\b.{0,140}
    (?:subscribe|upgrade) (?:now |today |to (?:premium|paid|pro|plus) )?(?:to|for|and) (?:read|unlock|access|see)
        \s(?:(?:the )?(?:rest|full|whole|more)|this (?:post|article|story|episode|issue|piece|essay))\b.{0,140}
    you(?:'re| are|'ve| have) (?:reading|reached) (?:a |the )?(?:free )?
        (?:preview|end of (?:the|this) (?:free )?preview)\b.{0,140}
    (?:unlock|get access to) (?:this|the full|the rest of this) (?:post|article|story|issue)\b.{0,140}
""")
# Notices that the text goes on, which do not say for whom.
CUTS = alternatives(r"""
    this (?:post|article|story|piece) is for (?:our |the )?(?:subscribers|members)(?: only)?(?: on .{1,60})?\.?
    (?:create an account|sign up|join medium|become a member|upgrade|log in|sign in)
        \sto (?:read|keep reading|continue reading|unlock|access)\b.{0,140}
    (?:subscribe|register|sign up|log in|sign in)(?: now| for free| or log in| or subscribe)? to (?:continue|keep)
        \s(?:reading|listening)\b.{0,140}
    you(?:'ve| have) (?:(?:reached|hit) (?:your |the |all (?:of )?your )?(?:\w+ )?(?:limit|last|end)|
        read (?:your |the )?(?:last|final)|(?:read|used)(?: up)? all (?:of )?your)\b.{0,24}
        \sfree (?:articles|stories|posts)\b.{0,140}
    (?:continue|keep) reading (?:this (?:post|article) )?(?:for free )?(?:in|on|with|by) .{1,100}
    (?:read|see|find) the (?:full|rest of the|whole|entire) (?:story|article|post|piece|issue|essay|report)\b.{0,100}
    continue reading ?(?:→|»|>|\.\.\.|…)?|read more ?(?:→|»|>|\.\.\.|…)|\[(?:…|\.\.\.)\]
""")


class Audience(StrEnum):
    EVERYONE = "everyone"
    ONLY_PAID = "only_paid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cut:
    """A line that says the text stops here; `paid` if it goes on for who pays."""

    evidence: str
    paid: bool


def read_cut(text: str) -> Cut | None:
    """Return what the line says of the rest of the piece, or None if it is no such notice."""
    if len(text) > MAX_PHRASE_LENGTH:
        return None
    plain = text.replace("’", "'")
    if PAID_CUTS.fullmatch(plain):
        return Cut(text, paid=True)
    return Cut(text, paid=False) if CUTS.fullmatch(plain) else None


def says_paid(text: str) -> bool:
    """Whether a line of the masthead marks the piece as one for paying readers."""
    return len(text) < 40 and PAID_HEAD.fullmatch(text) is not None
