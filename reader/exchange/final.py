"""Verdicts that can be told outside: those that stand and can't be taken back with a click any more."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from reader.claims.models import Claim
from reader.claims.queries import listed_claims
from reader.claims.verdicts import UNDOABLE, Verdict
from reader.core.visibility import visible_to

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


def is_final(verdict: Verdict) -> bool:
    return verdict.undone_at is None and timezone.now() - verdict.at > UNDOABLE


def final_from(verdict: Verdict) -> datetime | None:
    """From when on a verdict can be told outside; None where it can be by now."""
    return None if is_final(verdict) else verdict.at + UNDOABLE


def judged_for_good(user: "AnyUser") -> "QuerySet[Claim]":
    """The claims of the ledger whose standing verdict `user` may read, with it, the last judged first."""
    final = Q(verdict__undone_at=None, verdict__at__lt=timezone.now() - UNDOABLE)
    rows = listed_claims(user).filter(final, visible_to(user, "verdict__"))
    return rows.select_related("verdict", "dispute").order_by("-verdict")
