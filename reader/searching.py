"""The index of every kind of thing that is found; what is said of each lives with its feature."""

from reader.claims.searching import ClaimSource, PersonSource
from reader.core.events import FOLLOWERS
from reader.highlights.searching import HighlightSource, NoteSource
from reader.library.searching import ArticleSource, PublicationSource
from reader.search.documents import REGISTER
from reader.search.indexing import follow
from reader.tags.searching import TagSource


def start() -> None:
    """Let the search know of all that there is, and follow the log."""
    sources = (
        ArticleSource(),
        HighlightSource(),
        NoteSource(),
        ClaimSource(),
        PersonSource(),
        PublicationSource(),
        TagSource(),
    )
    for source in sources:
        REGISTER.add(source)
    if follow not in FOLLOWERS:
        FOLLOWERS.append(follow)
