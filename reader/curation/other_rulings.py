"""Suggestions that are none, and pieces whose gaps nobody can fill."""

from typing import TYPE_CHECKING

from django.utils import timezone

from reader.core.events import record
from reader.core.refusals import Refused
from reader.curation.deciding import deciding, last_word, undoes, write
from reader.curation.models import Decision, Duplicate, Lookalike, Verb
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

PAIRS: dict[str, type[Duplicate] | type[Lookalike]] = {"claim": Duplicate, "tag": Lookalike}


def tell_apart(pair: Duplicate | Lookalike, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Say that the two are not one; they are not suggested again.

    Raises:
        Refused: somebody said so already.
    """
    with deciding(str(pair._meta.model_name), pair.pk, by):
        told = type(pair)._default_manager.filter(pk=pair.pk, told_apart_at=None).update(told_apart_at=timezone.now())
        if not told:
            raise Refused("These two were told apart or merged already.")
        first, second = pair.first, pair.second
        decision = write(
            Verb.TOLD_APART,
            first,
            str(first),
            by,
            other=second,
            other_words=str(second),
            reason=reason,
            before={"pair": pair.pk},
        )
        record(by, "told apart", first, other=second.pk)
        return decision


@undoes("claim", Verb.TOLD_APART)
@undoes("tag", Verb.TOLD_APART)
def suggest_again(decision: Decision, by: "User") -> None:
    pairs = PAIRS[decision.subject_kind]._default_manager.filter(pk=decision.before["pair"])
    if not pairs.exclude(told_apart_at=None).update(told_apart_at=None):
        raise Refused("One of the two is no longer there.")
    record(by, "suggested again", pairs.get().first, other=decision.other_id)


def leave(article: Article, by: "User", seen: str = "", reason: str = "") -> Decision:
    """Let a piece stand as it is described: what is missing can't be found out.

    Raises:
        Refused: somebody said so already.
    """
    with deciding("article", article.pk, by):
        if Decision.objects.standing().on("article", article.pk).filter(verb=Verb.LET_STAND).exists():
            raise Refused(last_word("article", article.pk))
        decision = write(Verb.LET_STAND, article, article.title, by, reason=reason)
        record(by, "let stand", article, article_id=article.pk)
        return decision


@undoes("article", Verb.LET_STAND)
def ask_again(decision: Decision, by: "User") -> None:
    """The piece is on the desk again, since no standing decision lets it be."""
    article = Article.objects.filter(pk=decision.subject_id).first()
    if article is None:
        raise Refused("The piece is no longer there.")
    record(by, "questioned", article, article_id=article.pk)
