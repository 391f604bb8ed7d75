"""What every template may use without loading it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.base import Node, Parser, Token
from django.template.context import Context, RequestContext
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from reader.core import markup

register = template.Library()

#: The shape that says which pencil a mark was made with, for eyes that do not tell the colours apart.
SHAPES = {
    "highlight": '<circle cx="8" cy="8" r="6"/>',
    "prediction": '<path d="M8 1 15 8 8 15 1 8Z"/>',
    "evidence": '<path d="M2.5 2.5h11v11h-11Z"/>',
    "question": '<path d="M4 5a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1-1.5 2.3M8 14.4v.2" fill="none" stroke-width="2.6" '
    'stroke-linecap="round"/>',
}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, label: str = "") -> SafeString:
    """The drawing of one Lucide icon; without a `label` it is decoration, and words must stand beside it.

    Raises:
        FileNotFoundError: for an icon that is not in static/icons.
    """
    says = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>', says, strokes(name))


def strokes(name: str) -> SafeString:
    svg = (settings.ROOT / "static" / "icons" / f"{name}.svg").read_text()
    body = re.sub(r"^.*<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
    return mark_safe(re.sub(r"\s*\n\s*", "", body))  # noqa: S308  (our own vendored files)


@register.simple_tag
@lru_cache(maxsize=8)
def pencil(kind: str) -> SafeString:
    """The shape of a highlight's kind, to stand before its word."""
    return format_html(
        '<svg class="pencil-shape" data-kind="{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>',
        kind,
        mark_safe(SHAPES[kind]),  # noqa: S308  (a constant of this file)
    )


#: What stands side by side on a phone: so many choices, of so many letters together.
MOST_ABREAST, LONGEST_ROW = 4, 34


@register.filter
def needs_lines(choices: Iterable[tuple[object, object]]) -> bool:
    """Whether some choices would wrap into ragged rows, and stand below one another instead."""
    words = [strip_tags(str(label)) for _, label in choices]
    return len(words) > MOST_ABREAST or sum(map(len, words)) > LONGEST_ROW


@register.filter
def quoted(words: object) -> SafeString:
    """`data-quoted` for a quote that brings quotation marks of its own."""
    return markup.quoted(str(words or ""))


@register.simple_tag(takes_context=True)
def current(context: RequestContext, address: str) -> SafeString:
    """`aria-current` for the link to the part of the site that the page belongs to."""
    path = context["request"].path if "request" in context else ""
    here = path == address or (address != "/" and path.startswith(address))
    return mark_safe('aria-current="page"') if here else SafeString()


@lru_cache(maxsize=256)
def address_below(prefix: str, name: str) -> str:
    return reverse(name)


class PageNode(Node):
    """A link to a page that is there once: every page has a dozen, and none changes while the process runs."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        return address_below(get_script_prefix(), self.name)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's own tag, but that a literal name without arguments is looked up once."""
    node: URLNode = url_of_django(parser, token)
    name = node.view_name.var
    is_plain = isinstance(name, str) and not (node.view_name.filters or node.args or node.kwargs or node.asvar)
    return PageNode(name) if is_plain else node


class StaticFileNode(Node):
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        return staticfiles_storage.url(self.name)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's own tag, but that a literal name goes to the storage, which knows its address, without a detour."""
    node: StaticNode = StaticNode.handle_token(parser, token)
    is_plain = node.varname is None and isinstance(node.path.var, str) and not node.path.filters
    return StaticFileNode(node.path.var) if is_plain else node
