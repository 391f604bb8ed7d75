"""A piece of which only marked passages are here gets its text from a letter or a file, whichever comes first."""

from itertools import permutations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.highlights.models import Anchor, Highlight
from reader.intake.imports.models import Import
from reader.intake.parcels.completing import TEXT_CAME
from reader.library.models import QUOTES, Article
from tests.intake.mail.post import body, mail
from tests.intake.parcels.parcels import NEW, bring, let_in, log_of, packed
from tests.world import World, newest

TITLE = "The grid is the model"
PASSAGES = ["neither waits for the other", "Ask whoever signs the lease."]
LETTER = ("z.eml", mail(List_ID="<kilowatt.substack.com>"))
FILE = ("grid.html", f"<html><head><title>{TITLE}</title></head><body>{body()}</body></html>".encode())


def marks(author: str = "Freya Lund", name: str = "a.csv") -> tuple[str, str]:
    rows = "".join(f'"{words}","{TITLE}","{author}"\n' for words in PASSAGES)
    return name, f"Highlight,Book Title,Book Author\n{rows}"


def pieces(world: World) -> list[Article]:
    return list(Article.objects.filter(owner=world.cleo, title=TITLE).order_by("pk"))


def assert_whole(piece: Article) -> None:
    text = newest(piece)
    assert "substation" in text.text
    assert (piece.truncated, piece.truncation_evidence) == (None, "")
    placed = Anchor.objects.filter(revision=text, highlight__owner=piece.owner).exclude(state=Anchor.State.ORPHANED)
    assert {text.text[one.start : one.end] for one in placed} == set(PASSAGES)
    assert Highlight.objects.filter(owner=piece.owner).count() == 2


@pytest.mark.parametrize("text", [LETTER, FILE], ids=["letter", "file"])
@pytest.mark.parametrize("in_archive", [False, True])
def test_texts_of_one_drop_come_before_the_marks_in_them(
    cleo: Client, world: World, text: tuple[str, bytes], in_archive: bool
) -> None:
    name, rows = marks()
    files = [(name, rows.encode()), text]
    work = bring(cleo, *([("all.zip", packed(dict(files)))] if in_archive else files))
    (piece,) = pieces(world)
    assert_whole(piece)
    assert [line[:2] for line in log_of(work)] == [(TITLE, "added"), (TITLE, "changed")]


@pytest.mark.parametrize(
    ("first", "second"), list(permutations([LETTER, marks()])), ids=["letter first", "marks first"]
)
def test_the_order_of_two_imports_makes_no_difference(
    cleo: Client, world: World, first: tuple[str, bytes], second: tuple[str, bytes]
) -> None:
    bring(cleo, first)
    work = bring(cleo, second)
    (piece,) = pieces(world)
    assert_whole(piece)
    assert work.changed == 1
    assert (str(piece.publication), [str(one) for one in piece.authors.all()]) == ("Kilowatt Review", ["Freya Lund"])


def test_the_text_is_said_to_have_come_and_comes_once(cleo: Client, world: World) -> None:
    bring(cleo, marks())
    assert log_of(bring(cleo, LETTER)) == [(TITLE, "changed", TEXT_CAME)]
    again = bring(cleo, LETTER, marks())
    assert (again.added, again.changed, again.known) == (0, 0, 2)
    (piece,) = pieces(world)
    assert piece.revisions.count() == 2


def test_a_file_brings_the_text_later(cleo: Client, world: World) -> None:
    bring(cleo, marks())
    assert log_of(bring(cleo, FILE)) == [(TITLE, "changed", TEXT_CAME)]
    (piece,) = pieces(world)
    assert_whole(piece)


@pytest.mark.parametrize("author", ["Kilowatt Review", ""])
@pytest.mark.parametrize("is_letter_first", [False, True])
def test_a_publication_in_common_is_enough(cleo: Client, world: World, author: str, is_letter_first: bool) -> None:
    bring(cleo, LETTER if is_letter_first else marks(author))
    bring(cleo, marks(author) if is_letter_first else LETTER)
    (piece,) = pieces(world)
    assert_whole(piece)


def test_a_piece_of_somebody_else_of_that_title_stays_of_quotes(cleo: Client, world: World) -> None:
    bring(cleo, marks("Mira Castell"))
    bring(cleo, LETTER)
    quotes, _ = pieces(world)
    assert newest(quotes).source_kind == QUOTES


def test_a_letter_that_breaks_off_takes_no_quotes_away(cleo: Client, world: World) -> None:
    bring(cleo, marks())
    whole = LETTER[1]
    bring(cleo, ("cut.eml", whole[: whole.index(b"The rest is")]))
    quotes, _ = pieces(world)
    assert newest(quotes).source_kind == QUOTES


def test_a_letter_for_oneself_gives_no_text_to_a_team(cleo: Client, world: World) -> None:
    name, rows = marks()
    cleo.post(NEW, {"chosen": SimpleUploadedFile(name, rows.encode()), "seen_by": f"team:{world.foundry.pk}"})
    let_in(cleo, Import.objects.latest("pk").plan)
    bring(cleo, LETTER)
    quotes, letter = pieces(world)
    assert (newest(quotes).source_kind, letter.visibility) == (QUOTES, "private")
