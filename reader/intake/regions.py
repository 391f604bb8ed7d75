"""Which part of a page is the article, and what the parts around it are: told by tags, roles and class names."""

import re
from collections.abc import Callable
from functools import lru_cache

from reader.intake.soup import Node

TAGS = {
    "nav": "navigation",
    "aside": "beside the article",
    "footer": "the page's footer",
    "form": "a form",
    "dialog": "a dialogue",
    "menu": "navigation",
}
ARIA_ROLES = {
    "navigation": "navigation",
    "complementary": "beside the article",
    "contentinfo": "the page's footer",
    "banner": "navigation",
    "search": "a form",
    "dialog": "a dialogue",
}
# Class names and ids, cut at hyphens, underscores and capitals; each must be a word of its own.
NAMES = (
    ("comments", r"comments?|comment list|disqus|respond|responses|replies|discussion"),
    ("other posts", r"related|jp relatedposts|recommended|recommendations|recirc|read more|more posts"),
    ("other posts", r"post nav|post navigation|pager|pagination"),
    ("a share button", r"share|sharing|sharedaddy|social|share dialog|post ufi|reactions|like block"),
    ("a call to subscribe", r"subscribe|subscription|newsletter signup|signup|sign up|optin|paywall cta|upgrade|cta"),
    ("navigation", r"nav|navbar|navigation|menu|breadcrumbs?|topbar|site header|masthead nav|skip link|toolbar"),
    ("the page's footer", r"footer|site footer|colophon|copyright|legal"),
    ("beside the article", r"sidebar|widget|widgets|author bio|about author|author box|bio"),
    ("an advertisement", r"ad|ads|advert|advertisement|promo|sponsored|banner|sponsor"),
    ("a dialogue", r"cookie|cookies|consent|gdpr|modal|popup|overlay|toast"),
)  # fmt: skip
HIDDEN_NAMES = re.compile(
    r"\b(?:sr only|visually hidden|screen reader text|screenreader|hidden|preheader|preview text)\b"
)
HIDDEN_STYLE = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all", re.IGNORECASE)
MASTHEAD_NAMES = re.compile(
    r"\b(?:byline|author|subtitle|sub title|dek|standfirst|published|pub date|post date|date|dateline)\b"
)
ARTICLE_NAMES = re.compile(
    r"\b(?:post content|entry content|article content|article body|gh content|available content|post body|story body|"
    r"body markup|markup body|e content|content body|post full content)\b"
)
PATTERNS = tuple((reason, re.compile(rf"\b(?:{names})\b")) for reason, names in NAMES)
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LARGEST_SHARE = 0.5
OUTSIDE = "outside the article"
WIDGET = "a box of the platform’s"


def article_of(root: Node) -> Node:
    """Return the element that holds the article: the fullest <article>, else <main>, else a known class, else all."""
    articles, mains, named, body = list[Node](), list[Node](), list[Node](), list[Node]()
    for node in root.nodes():
        if node.tag == "article":
            articles.append(node)
        elif node.tag == "main" or node.attrs.get("role") == "main":
            mains.append(node)
        elif node.attrs.get("itemprop") == "articleBody" or _is_of_an_article(names_of(node)):
            named.append(node)
        elif node.tag == "body":
            body.append(node)
    for candidates in (articles, mains, named, body):
        fullest = max(candidates[:50], key=lambda node: len(node.text()), default=None)
        if fullest is not None and len(fullest.text()) * 4 >= len(root.text()):
            return fullest
    return root


def names_of(node: Node) -> str:
    """Return the class names and the id of an element as plain words."""
    attributes = node.attrs
    if "class" not in attributes and "id" not in attributes:
        return ""
    return _as_words(f"{attributes.get('class', '')[:500]} {attributes.get('id', '')[:100]}")


@lru_cache(4096)
def _as_words(names: str) -> str:
    return re.sub(r"[^a-z]+", " ", CAPITAL.sub(" ", names).lower()).strip()


@lru_cache(4096)
def _is_of_an_article(names: str) -> bool:
    return ARTICLE_NAMES.search(names) is not None


def is_hidden(node: Node) -> bool:
    if "hidden" in node.attrs:
        return True
    if "style" in node.attrs and HIDDEN_STYLE.search(node.attrs["style"]):
        return True
    names = names_of(node)
    return bool(names) and HIDDEN_NAMES.search(names) is not None


class Regions:
    """Names the part of the page that an element opens; what holds the article itself is never furniture."""

    def __init__(
        self,
        root: Node,
        article: Node | None = None,
        is_widget: Callable[[Node], bool] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self.parents = {child: node for node in root.nodes() for child in node.children if isinstance(child, Node)}
        self.article = article_of(root) if article is None else article
        self.inside = set(self.article.nodes())
        self._is_widget, self._whole = is_widget, whole
        self._around = self._ancestors(self.article)
        self._largest = len(self.article.text()) * LARGEST_SHARE

    def opened_by(self, node: Node) -> str:
        """Return what the element is, "" if it is, or may be, part of the article."""
        if node in self._around or node is self.article:
            return ""
        if is_hidden(node):
            return "hidden text"
        if self._is_widget is not None and node in self.inside:
            if self._is_widget(node) and not self._is_too_large(node):
                return WIDGET
            return "" if self._whole else self.named(node)
        return self.named(node)

    def named(self, node: Node) -> str:
        """Return what its tag, its role or its names say that the element is, "" if it is too large for that."""
        if node in self._around or node is self.article:
            return ""
        reason = TAGS.get(node.tag) or ARIA_ROLES.get(node.attrs.get("role", "")) or _named(node)
        if not reason or (node.tag in ("aside", "form", "header", "div", "section") and self._is_too_large(node)):
            return ""
        return reason

    def is_masthead(self, node: Node) -> bool:
        return node.tag == "h1" or MASTHEAD_NAMES.search(names_of(node)) is not None

    def _is_too_large(self, node: Node) -> bool:
        return len(node.text()) > self._largest

    def _ancestors(self, wanted: Node) -> set[Node]:
        """Return the elements around one element."""
        around: set[Node] = set()
        while wanted in self.parents:
            wanted = self.parents[wanted]
            around.add(wanted)
        return around


def _named(node: Node) -> str:
    if node.tag in ("p", "h1", "h2", "h3", "h4", "span", "a", "strong", "em", "b", "i", "td", "tr", "tbody", "table"):
        return ""
    names = names_of(node)
    return _part_called(names) if names else ""


@lru_cache(4096)
def _part_called(names: str) -> str:
    return next((reason for reason, pattern in PATTERNS if pattern.search(names)), "")
