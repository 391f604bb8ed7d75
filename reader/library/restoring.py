"""Making an older text of a piece its text again, with what was said of the piece then."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from reader.core.events import let_ids_appear_in_order
from reader.core.models import Event
from reader.library.models import Article, Revision, Text
from reader.library.shelving import DESCRIBED, Details, details_of, replace_text

if TYPE_CHECKING:
    from reader.accounts.models import User


def text_again(old: Revision) -> Text:
    return Text(html=old.html, text=old.text, raw=old.raw, source_kind=old.source_kind)


def restore(article: Article, old: Revision, by: "User", upon: int) -> Revision:
    """Make it the newest text.

    Raises:
        Refused: it is the text that is there already.
        TextCame: the newest text is another than the one of the number `upon`.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        article.look_again()
        return replace_text(article, details_with(article, old.number), text_again(old), by, upon)


def details_with(article: Article, number: int) -> Details:
    """What is known of a piece, as it was said while it had this text; what was corrected otherwise since stays."""
    details = details_of(article)
    for before, after in descriptions_since(article, number):
        back = {name: before[name] for name in before if getattr(details, name) == after.get(name)}
        details = replace(details, **back)
    return details


def descriptions_since(article: Article, number: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What was said of a piece before and with each text that came after this one, the newest first."""
    newer = list(article.revisions.filter(number__gt=number).values_list("pk", flat=True))
    told = Event.objects.filter(subject_kind="article", subject_id=article.pk, verb=DESCRIBED)
    for detail in told.filter(detail__with_text__in=newer).order_by("-id").values_list("detail", flat=True):
        yield detail["before"], detail["after"]
