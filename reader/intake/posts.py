"""The body of a post where a publishing platform marks it, and what the platform itself puts between its words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.intake import substack
from reader.intake.documents import Metadata
from reader.intake.soup import Node

Test = Callable[[Node], bool]


@dataclass(frozen=True, slots=True)
class Marked:
    """The element that holds a post and nothing else.

    `whole`: all of it but the platform's widgets is the author's, so that no rule looks at its lines.
    """

    platform: str
    body: Node
    is_widget: Test
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """How a platform is known by its page, and the names it gives to bodies (the surer first) and to widgets."""

    platform: str
    sign: re.Pattern[str]
    bodies: tuple[str, ...]
    widgets: re.Pattern[str]


def _marks(platform: str, sign: str, bodies: str, widgets: str) -> Marks:
    return Marks(platform, re.compile(sign, re.IGNORECASE), tuple(bodies.split()), re.compile(rf"(?:{widgets})"))


PLATFORMS = (
    _marks(
        "ghost",
        r"powered by ghost|\bghost\.(?:io|org)\b",
        ".gh-content .kg-canvas .post-full-content .post-content .article-content",
        r"kg-signup-card|kg-cta-card|kg-audio-|kg-video-player|gh-post-upgrade-cta|gh-subscribe|subscribe-form|"
        r"gh-comments|gh-share|post-share|footer-cta|kg-toggle-card-icon",
    ),
    _marks(
        "beehiiv",
        r"\bbeehiiv\b",
        "#content-blocks .rendered-post",
        r"subscribe|referral|poll|recommendation|beehiiv-ad|boost|share-",
    ),
    _marks(
        "buttondown",
        r"\bbuttondown\b",
        ".email-body-content .email-body .email-content",
        r"subscribe-form|email-footer|buttondown-footer|comments|share",
    ),
    _marks(
        "medium",
        r"\bmedium\.com\b|\bcdn-client\b|\bmiro\.medium\b",
        "article",
        r"speechify-ignore|pw-multi-vote|pw-responses|js-postShareWidget|postMetaInline|u-noWrapWithEllipsis",
    ),
    _marks(
        "wordpress",
        r"powered by wordpress|/wp-content/|\bwordpress\.com\b",
        ".entry-content .wp-block-post-content .post-content .single-content .td-post-content .the-content",
        r"sharedaddy|jp-relatedposts|jetpack|addtoany|yarpp|wpcnt|wp-block-social-links|post-navigation|"
        r"sd-block|heateor|mc4wp|newsletter-|subscribe|crp_related|related-posts|author-box|"
        r"wp-post-author|post-tags|entry-footer|ssba|swp_social|essb_|wprm-|adsbygoogle|wpproads",
    ),
)
FEWEST_WORDS = 25


def marked_post(root: Node, metadata: Metadata) -> tuple[Marked | None, Metadata]:
    """The body as its platform marks it, None where it does not; with what is known of the post by then."""
    nodes = list(root.nodes())
    carried = substack.carried_post(nodes, metadata)
    if carried is not None:
        return Marked("substack", carried.body, substack.is_widget, whole=True), carried.metadata
    shown = substack.shown_body(nodes)
    if shown is not None:
        return Marked("substack", shown, substack.is_widget, whole=True), metadata
    return next((found for marks in PLATFORMS if (found := _marked_by(marks, nodes, metadata.traces))), None), metadata


def _marked_by(marks: Marks, nodes: list[Node], traces: Sequence[str]) -> Marked | None:
    if not any(marks.sign.search(trace) for trace in traces):
        return None
    for name in marks.bodies:
        bodies = [node for node in nodes if _is_called(node, name)]
        # One body is a post; several are a list of posts, or of the parts of one.
        body = max(bodies, key=lambda node: len(node.text()), default=None)
        if body is not None and len(body.text().split()) >= FEWEST_WORDS and 2 * len(body.text()) > _length(bodies):
            return Marked(marks.platform, body, _widget_test(marks.widgets))
    return None


def _length(nodes: list[Node]) -> int:
    return sum(len(node.text()) for node in nodes)


def _is_called(node: Node, name: str) -> bool:
    if name.startswith("#"):
        return node.attrs.get("id") == name[1:]
    tag, _, class_name = name.partition(".")
    if tag and node.tag != tag:
        return False
    return not class_name or class_name in node.attrs.get("class", "")[:500].split()


def _widget_test(pattern: re.Pattern[str]) -> Test:
    def is_widget(node: Node) -> bool:
        names = f"{node.attrs.get('class', '')[:500]} {node.attrs.get('id', '')[:100]}"
        return names != " " and pattern.search(names) is not None

    return is_widget
