import io
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from reader.accounts.models import User
from tests.world import World

EDA = {"email": "Eda@example.org", "name": "Eda Lind", "password": "a long walk home"}


def test_it_works(db: None) -> None:
    said = io.StringIO()

    call_command("owner", **EDA, stdout=said)

    eda = User.objects.get()
    assert (eda.email, eda.name) == ("eda@example.org", "Eda Lind")
    assert eda.is_superuser
    assert eda.is_staff
    assert eda.is_curator
    assert eda.check_password("a long walk home")
    assert EmailAddress.objects.get(user=eda).verified
    assert "eda@example.org" in said.getvalue()


def test_it_asks_for_what_it_was_not_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[str] = iter(["eda@example.org", "Eda Lind"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda question: "a long walk home")

    call_command("owner", stdout=io.StringIO())

    assert User.objects.get().name == "Eda Lind"


def test_it_asks_again_after_a_slip_of_the_finger(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["eda@example", "eda@example.org", " ", "Eda Lind"])
    typed = iter(["a long walk home", "a long walk hone", "short", "short", "a long walk home", "a long walk home"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda question: next(typed))
    said = io.StringIO()

    call_command("owner", stdout=io.StringIO(), stderr=said)

    assert User.objects.get().check_password("a long walk home")
    assert "no e-mail address" in said.getvalue()
    assert "1 to 80" in said.getvalue()
    assert "differ" in said.getvalue()
    assert "at least 10" in said.getvalue()


def test_it_refuses_a_second_owner_unless_asked_for_another(world: World) -> None:
    with pytest.raises(CommandError, match=r"ada@example\.org runs this installation already"):
        call_command("owner", **EDA)

    call_command("owner", **EDA, another=True, stdout=io.StringIO())

    assert User.objects.filter(is_superuser=True).count() == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "nobody"}, "no e-mail address"),
        ({"email": "BEN@example.org"}, "There is an account"),
        ({"name": " "}, "1 to 80"),
        ({"name": "a" * 81}, "1 to 80"),
        ({"password": "short"}, "at least 10"),
        ({"password": "eda@example.org"}, "too similar"),
    ],
)
def test_it_refuses_what_is_wrong_and_makes_nothing(world: World, wrong: dict[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("owner", **{**EDA, **wrong}, another=True)

    assert not User.objects.filter(email="eda@example.org").exists()
