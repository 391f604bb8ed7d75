"""Which part of a page is the article, and what the parts around it are: told by tags, roles and class names."""

import re

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


def article_of(root: Node) -> Node:
    """Return the element that holds the article: the fullest <article>, else <main>, else a known class, else all."""
    articles, mains, named, body = list[Node](), list[Node](), list[Node](), list[Node]()
    for node in root.nodes():
        if node.tag == "article":
            articles.append(node)
        elif node.tag == "main" or node.attrs.get("role") == "main":
            mains.append(node)
        elif node.attrs.get("itemprop") == "articleBody" or ARTICLE_NAMES.search(names_of(node)):
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
    names = f"{node.attrs.get('class', '')[:500]} {node.attrs.get('id', '')[:100]}"
    if names == " ":
        return ""
    return re.sub(r"[^a-z]+", " ", CAPITAL.sub(" ", names).lower()).strip()


def is_masthead(node: Node) -> bool:
    return node.tag == "h1" or MASTHEAD_NAMES.search(names_of(node)) is not None


def is_hidden(node: Node) -> bool:
    style = node.attrs.get("style", "")
    return (
        "hidden" in node.attrs
        or HIDDEN_STYLE.search(style) is not None
        or HIDDEN_NAMES.search(names_of(node)) is not None
    )


class Regions:
    """Names the part of the page that an element opens; what holds the article itself is never furniture."""

    def __init__(self, root: Node) -> None:
        self.article = article_of(root)
        self.inside = set(self.article.nodes())
        self._around = _ancestors(root, self.article)
        self._largest = len(self.article.text()) * LARGEST_SHARE

    def opened_by(self, node: Node) -> str:
        """Return what the element is, "" if it is, or may be, part of the article."""
        if node in self._around or node is self.article:
            return ""
        if is_hidden(node):
            return "hidden text"
        reason = TAGS.get(node.tag) or ARIA_ROLES.get(node.attrs.get("role", "")) or _named(node)
        if not reason or (node.tag in ("aside", "form", "header", "div", "section") and self._is_too_large(node)):
            return ""
        return reason

    def _is_too_large(self, node: Node) -> bool:
        return len(node.text()) > self._largest


def _named(node: Node) -> str:
    if node.tag in ("p", "h1", "h2", "h3", "h4", "span", "a", "strong", "em", "b", "i", "td", "tr", "tbody", "table"):
        return ""
    names = names_of(node)
    return next((reason for reason, pattern in PATTERNS if pattern.search(names)), "") if names else ""


def _ancestors(root: Node, wanted: Node) -> set[Node]:
    """Return the elements around one element."""
    parents = {child: node for node in root.nodes() for child in node.children if isinstance(child, Node)}
    around: set[Node] = set()
    while wanted in parents:
        wanted = parents[wanted]
        around.add(wanted)
    return around
