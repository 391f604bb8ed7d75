"""Whose publication a letter is of: by its list, then by its address, never by the name that it shows."""

import pytest
from django.test import Client

from reader.intake.parcels.models import Sender
from reader.library.models import Article, Publication
from tests.intake.mail.post import body, mail
from tests.intake.parcels.parcels import bring
from tests.world import World

NAME = "The Load Factor"
ADDRESS = "loadfactor@substack.example"
LIST = "<loadfactor.substack.example>"


def letter(number: int, address: str = ADDRESS, list_id: str = "", name: str = NAME) -> tuple[str, bytes]:
    head = {"List_ID": list_id} if list_id else {}
    subject = f"Letter {number}"
    return f"{number}.eml", mail(
        body(subject, 2027 + number), subject=subject, sender=f"{name} <{address}>" if name else address, **head
    )


def passed_on(number: int, address: str = ADDRESS) -> tuple[str, bytes]:
    """As Gmail does it: the list is lost, the first address stands in the words."""
    words = (
        "---------- Forwarded message ---------\n"
        f"From: {NAME} <{address}>\nDate: Tue, Nov 3, 2026 at 9:12 AM\nSubject: Letter {number}\n"
        f"To: <cleo@example.org>\n\n\nAsk whoever signs the lease of number {number}, and wait four years.\n"
    )
    return f"{number}.eml", mail(text=words, subject=f"Fwd: Letter {number}", sender="Cleo Nagy <cleo@example.org>")


def of(number: int) -> str:
    publication = Article.objects.get(title=f"Letter {number}").publication
    assert publication is not None
    return publication.name


def test_another_list_of_the_same_name_gets_a_name_of_its_own(cleo: Client) -> None:
    evil = "<evil.example>"
    bring(cleo, letter(1, list_id=LIST), letter(2, "spam@evil.example", evil), letter(3, "more@evil.example", evil))
    assert [of(number) for number in (1, 2, 3)] == [NAME, f"{NAME} (evil.example)", f"{NAME} (evil.example)"]
    bring(cleo, letter(4, list_id=LIST))
    assert of(4) == NAME


@pytest.mark.parametrize("name", ["the load  factor", "THE LOAD FACTOR"])
def test_a_name_that_the_library_takes_for_the_same_is_taken(cleo: Client, name: str) -> None:
    bring(cleo, letter(1, list_id=LIST), letter(2, "spam@evil.example", "<evil.example>", name))
    assert Publication.objects.filter(articles__title__startswith="Letter ").distinct().count() == 2


def test_a_list_that_writes_from_the_address_of_another_is_another(cleo: Client) -> None:
    bring(cleo, letter(1, list_id=LIST), letter(2, list_id="<evil.example>"))
    assert (of(1), of(2)) == (NAME, f"{NAME} (evil.example)")


def test_twins_without_a_list_are_told_apart_by_their_addresses(cleo: Client) -> None:
    twins = [letter(1, "a@one.example"), letter(2, "a@two.example"), letter(3, "b@two.example")]
    bring(cleo, *twins)
    assert [of(number) for number in (1, 2, 3)] == [NAME, f"{NAME} (two.example)", f"{NAME} (two.example, 2)"]


def test_twins_with_and_without_a_list_are_three(cleo: Client) -> None:
    twins = [letter(1, "t@one.example", "<t1.example>"), letter(2, "t@two.example", "<t2.example>")]
    bring(cleo, *twins, letter(3, "t@three.example"))
    assert [of(number) for number in (1, 2, 3)] == [NAME, f"{NAME} (t2.example)", f"{NAME} (three.example)"]


@pytest.mark.parametrize("is_passed_on_first", [False, True])
def test_what_is_passed_on_stays_with_its_list(cleo: Client, is_passed_on_first: bool) -> None:
    letters = [letter(1, list_id=LIST), passed_on(2)]
    for one in reversed(letters) if is_passed_on_first else letters:
        bring(cleo, one)
    assert (of(1), of(2)) == (NAME, NAME)


def test_a_letter_teaches_its_list_and_its_address(cleo: Client, world: World) -> None:
    bring(cleo, letter(1, list_id=LIST))
    known = Sender.objects.filter(owner=world.cleo).order_by("key").values_list("key", "publication")
    assert list(known) == [(f"list:{LIST.strip('<>')}", NAME), (f"mail:{ADDRESS}", NAME)]


def test_letters_of_a_known_sender_that_show_no_name_stay_with_it(cleo: Client) -> None:
    bring(cleo, letter(1), letter(2, name=""))
    assert of(2) == NAME


def test_a_publication_that_no_sender_has_is_adopted_by_the_first(cleo: Client, world: World) -> None:
    known = Publication.objects.create(owner=world.cleo, name=NAME, key=NAME.casefold())
    bring(cleo, letter(1, list_id=LIST))
    assert Article.objects.get(title="Letter 1").publication == known


def test_the_senders_of_another_reader_take_no_name(cleo: Client, dov: Client) -> None:
    bring(dov, letter(1, list_id=LIST))
    bring(cleo, letter(2, "spam@evil.example", "<evil.example>"))
    assert of(2) == NAME
