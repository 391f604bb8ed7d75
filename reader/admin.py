"""The index of every feature's admin, for Django to find."""

from reader.accounts import admin as accounts
from reader.claims import admin as claims
from reader.library import admin as library
from reader.notices import admin as notices

__all__ = ["accounts", "claims", "library", "notices"]
