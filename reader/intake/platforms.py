"""Which publishing platform a piece was copied from, told by its own words and addresses."""

from collections.abc import Iterable
from functools import lru_cache

from reader.intake.lines import MAX_PHRASE_LENGTH
from reader.intake.tables import alternatives

REMEMBERED = 4096  # lines
ENOUGH = 3  # points
_NAMED, _LIKELY, _SLIGHT = 8, 2, 1  # a platform that is named outweighs what only looks like another

# What gives a platform away, and how surely.
_SIGNS: dict[str, dict[int, str]] = {
    "substack": {
        _NAMED: r"""
            substack is the home for|start writing ?get the app|\bsubstack(?:cdn)?\.com\b|(?:made with|on) substack\b
            discussion about this (?:post|podcast|video|episode)|top ?latest ?discussions
            keep reading with a \d+-day free trial|get 7 days of free access to the full post archives
        """,
        _LIKELY: r"""
            ^.{1,60}['’]s? avatar$|^∙ (?:paid|preview)$|^share this post$|^listen to post\b
            reader-supported (?:publication|newsletter)|so feel free to share it\.?$|^this post is for paid subscribers$
            ^(?:read in app|restacks?|comments ?restacks|privacy ∙ terms ∙ collection notice)$
        """,
        _SLIGHT: r"""
            ^(?:restack|share|ready for more\?|upgrade to paid|thanks for reading .{1,80})$
        """,
    },
    "beehiiv": {
        _NAMED: r"""
            \bbeehiiv\b|^login or subscribe to participate\b
        """,
        _SLIGHT: r"""
            ^was this (?:email )?forwarded.{0,60}$|^(?:view in browser|read online)\b.{0,20}$|^together with\b.{0,60}$
        """,
    },
    "medium": {
        _NAMED: r"""
            ^member-only story$|made this story available to medium members|\bmedium\.com\b
            recommended from medium|read more stories on medium
        """,
        _LIKELY: r"""
            ^\d+ min read\s?·\s?.{1,40}$|^published in .{1,60}$|^get the medium app$
        """,
        _SLIGHT: r"""
            ^(?:follow|open in app|·|\d+ min read|listen|claps?|--|written by .{1,60}|published in)$
        """,
    },
    "ghost": {
        _NAMED: r"""
            (?:powered by|published with|made with) ghost\b|\bghost\.(?:io|org)\b
            ^this post is for (?:paying )?subscribers only$|^sign up for more like this\.?$
        """,
    },
    "linkedin": {
        _NAMED: r"""
            \blinkedin ©|^report this article$|^to view or add a comment, sign in\b|\blinkedin\.com\b
        """,
    },
    "patreon": {
        _NAMED: r"""
            ^patreon$|\bpatreon\.com\b
        """,
    },
    "buttondown": {
        _NAMED: r"""
            \bbuttondown(?:\.com|\.email)?\b
        """,
    },
    "mailchimp": {
        _NAMED: r"""
            \bmailchimp\b|list-manage\.com
        """,
        _LIKELY: r"""
            ^our mailing address is:?.{0,100}$
        """,
        _SLIGHT: r"""
            \bupdate your preferences\b
        """,
    },
    "wordpress": {
        _NAMED: r"""
            \bpowered by wordpress\b|\bwordpress\.com\b|\bwp-content\b|like ?loading(?:\.\.\.|…)
        """,
        _LIKELY: r"""
            ^posted on .{6,60} by .{2,60}$|\(opens in new window\)|^\d+ thoughts? on [“"].{1,100}$|^cancel reply$
        """,
        _SLIGHT: r"""
            ^(?:share this:|like this:|leave a (?:reply|comment))$
            ^(?:posted in .{1,60}|tagged .{1,80}|filed under:? .{1,60})$
        """,
    },
}
_COMPILED = {name: {points: alternatives(block) for points, block in signs.items()} for name, signs in _SIGNS.items()}


def recognise(lines: Iterable[str]) -> str | None:
    """Return the platform whose signs are strongest among the lines (its furniture and addresses, not the body).

    A sign counts once for each different line that shows it, so that several slight ones add up.
    """
    shown = [signs_of(line) for line in dict.fromkeys(lines) if len(line) <= MAX_PHRASE_LENGTH]
    scores = {name: sum(points for signs in shown for platform, points in signs if platform == name) for name in _SIGNS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= ENOUGH else None


@lru_cache(REMEMBERED)
def signs_of(line: str) -> tuple[tuple[str, int], ...]:
    """The platforms that one line points to, each with how surely."""
    return tuple(
        (name, points) for name, signs in _COMPILED.items() for points, pattern in signs.items() if pattern.search(line)
    )
