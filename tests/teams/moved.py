"""Things in a piece that goes to fewer people, and how to look at what became of them."""

from reader.accounts.models import User
from reader.core.visibility import InScope, Visibility
from reader.highlights.models import Highlight, Note
from reader.highlights.queries import highlights_for, notes_for
from reader.library.models import Article


def again(user: User) -> User:
    """The same person at their next request, who knows of every change of their teams."""
    return User.objects.get(pk=user.pk)


def marks_seen(user: User) -> list[tuple[str, str]]:
    """Words and title of each mark of this person's own that they can open."""
    mine = highlights_for(again(user)).filter(owner=user, deleted_at=None).order_by("pk")
    return [(mark.exact, mark.article.title) for mark in mine]


def notes_seen(user: User) -> list[str]:
    """What this person wrote, as far as they can open it."""
    mine = notes_for(again(user)).filter(owner=user, deleted_at=None).order_by("pk")
    return [note.body for note in mine]


def copies_of(article: Article, user: User) -> list[Article]:
    """The private pieces of this person that have the title of `article`."""
    mine = Article.objects.filter(owner=user, title=article.title, visibility=Visibility.PRIVATE)
    return list(mine.exclude(pk=article.pk))


def audience(thing: InScope) -> tuple[str, int | None]:
    return thing.visibility, thing.team_id


def everything() -> tuple[int, int]:
    """How many marks and notes there are, whoever sees them."""
    return Highlight.objects.count(), Note.objects.count()
