"""The index of every module of jobs, for the worker to know what the clock is to run; each lives with its feature."""

from reader.accounts import jobs as accounts
from reader.claims import jobs as claims
from reader.core.jobs import housekeeping
from reader.curation import jobs as curation
from reader.foresight import jobs as foresight
from reader.intake import jobs as intake
from reader.notices import jobs as notices
from reader.notices import reminders
from reader.pages import jobs as pages

__all__ = ["accounts", "claims", "curation", "foresight", "housekeeping", "intake", "notices", "pages", "reminders"]
