"""How every figure is computed: docs/scores.md, as a page. Written once, and held to the code by a test."""

from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString
from markdown import Markdown


@lru_cache(maxsize=1)
def how_scores_are_computed() -> tuple[str, SafeString, SafeString]:
    """Its title, a table of contents, and the rest; a heading's anchor is its words in small letters with hyphens."""
    source = (settings.ROOT / "docs" / "scores.md").read_text()
    title, _, text = source.partition("\n")
    reader = Markdown(extensions=["tables", "toc"], extension_configs={"toc": {"toc_depth": "2-2"}})
    html = reader.convert(text).replace("<table>", '<table class="ledger">')
    return title.lstrip("# "), SafeString(reader.toc), SafeString(html)  # type: ignore[attr-defined]  # the extension's
