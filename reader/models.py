"""The index of every model, for Django to find; each lives with its feature."""

from reader.accounts.models import Invitation, Membership, Team, User
from reader.claims.assessing import Assessment, Round
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.models import Claim, Statement
from reader.claims.relations import Relation
from reader.claims.verdicts import Citation, Verdict
from reader.core.jobs.models import Lease
from reader.core.limits import Tally
from reader.core.models import Event
from reader.curation.models import Decision, Duplicate, Flag, Hold, Lookalike
from reader.exchange.models import SecretAddress
from reader.foresight.models import Answer, Spotter, Suggestion
from reader.foresight.sweeps.models import Finding, Sweep, SweptPiece, Wording
from reader.highlights.models import Anchor, Highlight, Mention, Note
from reader.highlights.reactions import Reaction
from reader.intake.addresses import Fetch
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.rules import FeedRule
from reader.intake.images.models import ArticleImage, Image
from reader.intake.imports.made import Made
from reader.intake.imports.models import Import, ImportChunk, ImportItem
from reader.intake.models import Draft
from reader.intake.parcels.models import Awaited, Confirmation, KnownLetter, Plan, Sender
from reader.intake.sending.models import WayIn
from reader.intake.sending.post import Received
from reader.library.identifying import Identification
from reader.library.models import Article, Authorship, Person, Publication, Reading, Revision
from reader.notices.models import MailPreference, Notice
from reader.search.models import RecentSearch, SavedSearch, SearchRecord, SearchWord
from reader.tags.models import Tag

__all__ = [
    "Anchor",
    "Answer",
    "Article",
    "ArticleImage",
    "Assessment",
    "Authorship",
    "Awaited",
    "Citation",
    "Claim",
    "Confirmation",
    "Correction",
    "CrowdLook",
    "Decision",
    "Dispute",
    "Draft",
    "Duplicate",
    "Event",
    "Evidence",
    "Feed",
    "FeedEntry",
    "FeedRule",
    "Fetch",
    "Finding",
    "Flag",
    "Forecast",
    "Highlight",
    "Hold",
    "Identification",
    "Image",
    "Import",
    "ImportChunk",
    "ImportItem",
    "Invitation",
    "KnownLetter",
    "Lease",
    "Lookalike",
    "Made",
    "MailPreference",
    "Membership",
    "Mention",
    "Note",
    "Notice",
    "Person",
    "Plan",
    "Publication",
    "Reaction",
    "Reading",
    "Received",
    "RecentSearch",
    "Relation",
    "Revision",
    "Round",
    "SavedSearch",
    "SearchRecord",
    "SearchWord",
    "SecretAddress",
    "Sender",
    "Spotter",
    "Statement",
    "Suggestion",
    "Sweep",
    "SweptPiece",
    "Tag",
    "Tally",
    "Team",
    "User",
    "Verdict",
    "WayIn",
    "Wording",
]
