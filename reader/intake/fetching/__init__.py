from reader.intake.fetching.pages import Fetched, fetch
from reader.intake.fetching.refusals import NotFetched, Way

__all__ = ["Fetched", "NotFetched", "Way", "fetch"]
