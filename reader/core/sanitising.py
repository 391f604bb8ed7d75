"""What an article body looks like once it is stored, and the text that selectors point into."""

import re
from html import unescape

import nh3

from . import tagsoup
from .normalform import normal_form

_DOUBTFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff]")
_SPACES = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", " ")
_TAG = re.compile("<[^>]*>")
_TAGS = set(tagsoup.FORMATTING | tagsoup.STRUCTURE | tagsoup.VOID | {"span"})
_ATTRIBUTES = {**tagsoup.ATTRIBUTES, "span": {"id"}}


def clean(raw: str) -> str:
    """Canonical HTML of an article body (``normalform`` says which); ``clean(clean(x)) == clean(x)``.

    Takes any string, in time linear in its length: nesting is capped before the parser sees it. Nothing
    of it can run or be styled, every link is absolute or points into the article itself.
    """
    allowed = nh3.clean(
        tagsoup.levelled(_printable(raw)),
        tags=_TAGS,
        clean_content_tags=set(),
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    # Again, since character references such as &#1; became characters only now.
    return normal_form(_printable(allowed))


def text_of(html: str) -> str:
    """What a browser's ``textContent`` gives for canonical HTML, with marks rendered into it or not."""
    return unescape(_TAG.sub("", html))


def _printable(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    return _DOUBTFUL.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    found = match[0]
    return "\N{REPLACEMENT CHARACTER}" if found >= "\ud800" and found != "\ufeff" else _SPACES.get(found, "")
