"""Pieces that have been looked through, and what stands in their gutters."""

import re

from django.test import Client

from reader.accounts.models import Team, User
from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.foresight.looking import look
from reader.foresight.models import Suggestion
from reader.library.models import Article, Text
from tests.world import make_article

#: Three of its sentences predict; the last one stands in a table, the one before it in code.
FORECASTS = """<p>The lab has 🦙 forty people and a kitchen.</p>
<p>We had lunch there. By 2030 most new cars in Europe will be driven by software. The soup was good.</p>
<p>I expect that open models will overtake closed ones within two years.</p>
<p>Prices of chips will probably fall by half before the end of 2027.</p>
<pre><code>By 2031 nobody will write loops by hand.</code></pre>
<table><tr><td>By 2032 every phone will run a model of its own.</td></tr></table>"""
CARS = "By 2030 most new cars in Europe will be driven by software."
MODELS = "I expect that open models will overtake closed ones within two years."
CHIPS = "Prices of chips will probably fall by half before the end of 2027."
GERMAN = (
    "<p>Bis 2030 werden die meisten neuen Autos in Europa von Software gefahren, und niemand wird sich daran erinnern, "
    "wie es vorher war.</p><p>Die Preise werden in den nächsten zwei Jahren um die Hälfte fallen, das ist sicher.</p>"
)
ITEM = re.compile(r'data-suggestion="(\d+)-(\d+)" data-rank="(\d+)"')


def looked_through(
    title: str, by: User, visibility: str = Visibility.PRIVATE, team: Team | None = None, html: str = FORECASTS
) -> Article:
    article = make_article(title, by, visibility, team, html)
    look(article)
    article.refresh_from_db()
    return article


def gutter_of(client: Client, article: Article) -> list[str]:
    """The words that the open page points at, in the order of the text."""
    return words_in(client.get(article.get_absolute_url()).content.decode(), article)


def words_in(page: str, article: Article) -> list[str]:
    text = article.revisions.latest("number").text
    return [text[int(start) : int(end)] for start, end, _ in ITEM.findall(page)]


def key_of(words: str, article: Article) -> str:
    text = article.revisions.latest("number").text
    kept = Suggestion.objects.filter(revision__article=article)
    return next(one.key for one in kept if text[one.start : one.end] == words)


def dismissal_of(article: Article) -> str:
    return f"{article.get_absolute_url()}suggestions/dismissal/"


def as_text(html: str) -> Text:
    return Text(html=clean(html), text=text_of(clean(html)), raw=html, source_kind="paste_html")
