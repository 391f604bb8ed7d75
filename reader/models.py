"""The index of every model, for Django to find; each lives with its feature."""

from reader.accounts.models import Membership, Team, User
from reader.claims.models import Claim, Statement
from reader.core.jobs.models import Lease
from reader.core.limits import Tally
from reader.core.models import Event
from reader.highlights.models import Anchor, Highlight, Mention, Note
from reader.intake.models import Draft
from reader.library.models import Article, Authorship, Person, Publication, Reading, Revision
from reader.notices.models import MailPreference, Notice
from reader.tags.models import Tag

__all__ = [
    "Anchor",
    "Article",
    "Authorship",
    "Claim",
    "Draft",
    "Event",
    "Highlight",
    "Lease",
    "MailPreference",
    "Membership",
    "Mention",
    "Note",
    "Notice",
    "Person",
    "Publication",
    "Reading",
    "Revision",
    "Statement",
    "Tag",
    "Tally",
    "Team",
    "User",
]
