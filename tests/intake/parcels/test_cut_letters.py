"""A letter whose file breaks off: said, known for the letter that it is, and never put above a whole one."""

import pytest
from django.test import Client

from reader.intake.imports.models import Import
from reader.intake.mail.letters import NoLetter, read_letter
from reader.intake.mail.wholeness import BEFORE_WORDS, BREAKS_OFF, IN_THE_MIDST, NO_END, NO_PART
from reader.intake.parcels.letters import WHOLE_NOW, WORSE
from reader.library.models import Article
from tests.intake.mail.post import body, mail
from tests.intake.parcels.parcels import bring, log_of
from tests.world import World, newest

WHOLE = mail(text="Ask a modeller what limits the next run.", html=body())


def cut_at(mark: bytes, more: int = 0) -> bytes:
    return WHOLE[: WHOLE.index(mark) + more]


NO_HTML = cut_at(b"Content-Type: text/html")
HALF = cut_at(b"The rest is arithmetic")
EMPTY_PART = WHOLE[: WHOLE.index(b"<html>")] + WHOLE[WHOLE.index(b"</html>") + 8 :]
ONE = b"From: a@b.example\nSubject: One\n"
CUTS = {"no part": NO_HTML, "half": HALF, "empty part": EMPTY_PART}


def pieces(world: World) -> list[Article]:
    return list(Article.objects.filter(owner=world.cleo, title="The grid is the model").order_by("pk"))


@pytest.mark.parametrize(
    ("data", "evidence"),
    [
        (WHOLE, ""),
        (WHOLE[: WHOLE.index(b"</html>") + 8], ""),
        (NO_HTML, NO_END),
        (HALF, NO_END),
        (EMPTY_PART, NO_PART),
        (ONE + b"Content-Type: text/html\n\n<html><body><p>Words, and mor", IN_THE_MIDST),
        (ONE + b"Content-Type: text/html\n\n<p>Words, and more", ""),
        (
            ONE + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+V29yZHMsIGFuZCBtb3JlLjwvc",
            IN_THE_MIDST,
        ),
        (
            ONE + b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nCaf=C3=A9 and mor=\n",
            IN_THE_MIDST,
        ),
    ],
    ids=["whole", "no last mark", "no part", "half", "empty", "in a word", "no page", "base64", "quoted"],
)
def test_where_a_file_breaks_off_is_seen(data: bytes, evidence: str) -> None:
    assert read_letter(data).cut == evidence


def test_one_that_breaks_off_before_its_words_is_no_letter() -> None:
    with pytest.raises(NoLetter, match=BEFORE_WORDS):
        read_letter(cut_at(b"\n\n", 2))


def test_an_enclosed_letter_breaks_off_with_the_one_around_it() -> None:
    head = b"From: cleo@example.org\nSubject: Fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n"
    around = head + b"--q\nContent-Type: message/rfc822\n\n"
    assert read_letter(around + HALF).cut == NO_END
    assert read_letter(around + WHOLE + b"\n--q--\n").cut == ""


@pytest.mark.parametrize("cut", CUTS.values(), ids=list(CUTS))
def test_a_cut_copy_of_a_letter_that_is_here_changes_nothing(cleo: Client, world: World, cut: bytes) -> None:
    bring(cleo, ("whole.eml", WHOLE))
    (piece,) = pieces(world)
    before = newest(piece).text
    work = bring(cleo, ("cut.eml", cut))
    assert log_of(work) == [("The grid is the model", "known", WORSE)]
    assert pieces(world) == [piece]
    assert (newest(piece).text, piece.truncated) == (before, None)


@pytest.mark.parametrize("cut", CUTS.values(), ids=list(CUTS))
def test_a_cut_letter_says_so_and_the_whole_one_completes_it(cleo: Client, world: World, cut: bytes) -> None:
    work = bring(cleo, ("cut.eml", cut))
    (piece,) = pieces(world)
    assert (piece.truncated, piece.truncation_evidence.startswith(BREAKS_OFF)) == (True, True)
    assert log_of(work)[0][2].startswith(BREAKS_OFF)

    work = bring(cleo, ("whole.eml", WHOLE))
    assert log_of(work) == [("The grid is the model", "changed", WHOLE_NOW)]
    piece.refresh_from_db()
    assert pieces(world) == [piece]
    assert (piece.truncated, piece.truncation_evidence) == (None, "")
    assert newest(piece).text.endswith("neither waits for the other.")


def test_of_a_bundle_the_whole_one_stays_in_either_order(cleo: Client, world: World) -> None:
    bring(cleo, ("1.eml", HALF), ("2.eml", WHOLE), ("3.eml", NO_HTML))
    (piece,) = pieces(world)
    assert (piece.truncated, "substation" in newest(piece).text) == (None, True)
    assert Import.objects.latest("pk").known == 1


def test_what_lacked_nothing_but_its_end_is_whole_once_that_is_here(cleo: Client, world: World) -> None:
    words = (
        b"From: a@b.example\nSubject: The grid is the model\nMessage-ID: <1@b.example>\n"
        b"Content-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\n"
        b"Ask a modeller what limits the next run, and whoever signs the lease.\n"
    )
    bring(cleo, ("cut.eml", words))
    bring(cleo, ("whole.eml", words + b"\n--q--\n"))
    (piece,) = pieces(world)
    assert (piece.truncated, piece.revisions.count()) == (None, 1)


def test_letters_of_one_id_that_say_different_things_are_two(cleo: Client) -> None:
    """There are programs that give all that they send the same."""
    same = {"Message_ID": "<same@mail.example>"}
    one = mail(body("One"), subject="One", **same)
    two = mail(body("Two", 2029), subject="Two", Date="Tue, 10 Nov 2026 09:12:00 +0100", **same)
    assert bring(cleo, ("1.eml", one), ("2.eml", two)).added == 2


def test_a_letter_of_somebody_else_is_not_known(cleo: Client, dov: Client, world: World) -> None:
    bring(dov, ("whole.eml", WHOLE))
    assert bring(cleo, ("whole.eml", WHOLE)).added == 1
    assert Article.objects.filter(title="The grid is the model", owner__in=[world.cleo, world.dov]).count() == 2
