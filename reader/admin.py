"""The index of every feature's admin, for Django to find."""

from reader.accounts import admin as accounts
from reader.claims import admin as claims
from reader.core import admin as core
from reader.curation import admin as curation
from reader.exchange import admin as exchange
from reader.foresight import admin as foresight
from reader.highlights import admin as highlights
from reader.intake import admin as intake
from reader.library import admin as library
from reader.notices import admin as notices
from reader.search import admin as search
from reader.tags import admin as tags

__all__ = [
    "accounts",
    "claims",
    "core",
    "curation",
    "exchange",
    "foresight",
    "highlights",
    "intake",
    "library",
    "notices",
    "search",
    "tags",
]
