"""Filling begins with nothing, and goes on where it was broken off."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.highlights.models import Highlight
from reader.library.models import Article
from reader.pages.filling import filling
from reader.pages.filling.filling import fill

pytestmark = pytest.mark.django_db
#: What each of these is, whoever made it and when.
SAID: dict[Any, tuple[str, ...]] = {
    Article: ("title", "words", "visibility"),
    Highlight: ("exact", "kind", "visibility"),
    Claim: ("statement",),
}


def said() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list(*names)) for model, names in SAID.items()]


def test_what_is_in_use_is_not_filled() -> None:
    User.objects.create_user("ada@example.org", None, name="Ada")

    with pytest.raises(CommandError, match="This installation is in use"):
        call_command("fill", "--articles=10", "--highlights=40", "--claims=10", stdout=StringIO())

    assert not Article.objects.exists()
    assert User.objects.count() == 1


def test_more_claims_than_marks_are_refused() -> None:
    with pytest.raises(CommandError, match="at least twice as many highlights"):
        call_command("fill", "--highlights=10", "--claims=6")


@pytest.mark.django_db(transaction=True)
def test_filling_goes_on_where_it_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "PIECES", 4)
    assert list(fill(10, 40, 10)) == [4, 8, 10]
    whole = said()
    call_command("flush", interactive=False, verbosity=0)

    assert next(fill(10, 40, 10)) == 4
    assert Article.objects.count() == 4
    assert list(fill(10, 40, 10)) == [8, 10]

    assert said() == whole
