"""How a claim is cited: as text, in Markdown, in BibTeX."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from reader.claims.models import Claim, Polarity, Statement
from reader.claims.windows import in_words
from reader.curation.wording import inside_quotes
from reader.exchange.final import is_final

BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}
#: Signs that every Markdown takes for themselves behind a backslash; and some that only an entity says everywhere.
MARKDOWN = re.compile(r"([\\`*_\[\]])")
ENTITIES = {"&": "&amp;", "<": "&lt;", "|": "&#124;", "~": "&#126;"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is said of a claim by whoever cites it. `said` is who said it first, where and when."""

    claim: Claim
    said: Statement | None
    today: date

    @classmethod
    def of(cls, claim: Claim, today: date) -> "Citation":
        """Of a claim with its `visible_statements`: the first that was said, and not retold, where there is one."""
        own = [one for one in claim.visible_statements if one.speaker]
        return cls(claim, next(iter(own or claim.visible_statements), None), today)

    @property
    def statement(self) -> str:
        return " ".join(self.claim.statement.split())

    @property
    def sentence(self) -> str:
        return self.statement if self.statement.endswith((".", "?", "!", "…")) else f"{self.statement}."

    @property
    def quote(self) -> str:
        """The words themselves: the ledger's own wording is nobody's quotation."""
        return " ".join(self.said.quote.split()) if self.said else ""

    @property
    def wording(self) -> str:
        """How the ledger words the claim, and whether they denied it."""
        is_denied = self.said is not None and self.said.polarity == Polarity.DENIES
        return "denied here; as the ledger words it" if is_denied else "as the ledger words it"

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.claim.get_absolute_url()}"

    @property
    def speaker(self) -> str:
        return self.said.speaker.name if self.said and self.said.speaker else ""

    @property
    def source(self) -> str:
        """Who said it where and when, and who retold it."""
        if self.said is None:
            return ""
        article = self.said.highlight.article
        retold = f"as retold by {self.said.reported_by.name}" if self.said.reported_by else ""
        where = [f"in “{article.title}”", article.publication.name if article.publication else ""]
        return ", ".join(filter(None, [self.speaker, retold, *where, self.said.said_in_words]))

    @property
    def verdict(self) -> str:
        verdict = self.claim.verdict
        if verdict is None or not is_final(verdict):
            return "not judged yet"
        said = f"{verdict} ({in_words(timezone.localdate(verdict.at))})"
        return f"{said}, disputed" if self.claim.dispute_id else said

    @property
    def window(self) -> str:
        return self.claim.window_in_words

    @property
    def quoted(self) -> str:
        return f"“{inside_quotes(self.quote)}” {self.source}." if self.said else ""

    @property
    def facts(self) -> str:
        return f"Window: {self.window}. Verdict: {self.verdict}."

    def text(self) -> str:
        """The quotation and its source, then the claim as it is worded here, its window and its verdict."""
        where = f"Forecite, claim {self.claim.pk}, {self.url} (as of {self.as_of})."
        return spaced(self.quoted, f"The claim, {self.wording}: {self.sentence}", self.facts, where)

    def markdown(self) -> str:
        claim = f"The claim, {self.wording}: [{markdown_text(self.sentence)}]({self.url})"
        return spaced(markdown_text(self.quoted), claim, markdown_text(self.facts), f"Forecite, as of {self.as_of}.")

    def bibtex(self) -> str:
        fields = {
            "title": f"{{{bibtex_text(self.statement)}}}",
            "author": f"{{{bibtex_text(self.speaker)}}}" if self.speaker else "",
            "year": str(self.said.said_on.year) if self.said and self.said.said_on else "",
            "howpublished": f"Forecite, claim {self.claim.pk}",
            "note": bibtex_text(spaced(self.quoted, self.facts)),
            "url": self.url,
            "urldate": self.today.isoformat(),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{forecite-claim-{self.claim.pk},\n{lines}}}"

    @property
    def as_of(self) -> str:
        return in_words(self.today)


def spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def markdown_text(text: str) -> str:
    return "".join(ENTITIES.get(sign, sign) for sign in MARKDOWN.sub(r"\\\1", text))


def bibtex_text(text: str) -> str:
    return "".join(BIBTEX.get(sign, sign) for sign in " ".join(text.split()))
