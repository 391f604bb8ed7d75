"""Archives beside other files, and within each other: all of it comes in, or says why it does not."""

import io
import zipfile

import pytest
from django.test import Client

from reader.highlights.models import Highlight
from reader.intake.archives import BOMB, MANY, NESTED, NO_ARCHIVE, NO_ZIP, OUTSIDE, SPENT
from reader.intake.feeds.models import Feed
from reader.intake.imports.models import Import
from reader.intake.imports.running import carry_on
from reader.intake.parcels.contents import UNKNOWN
from reader.library.models import Article
from tests.intake.exports.test_archived import SUBSTACK
from tests.intake.exports.test_tables import READWISE
from tests.intake.mail.post import body, box, mail
from tests.intake.parcels.parcels import bring, hand_in, let_in, log_of, packed
from tests.intake.parcels.test_exports import hypothesis
from tests.world import World

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Power">
<outline type="rss" text="Kilowatt" xmlUrl="https://kilowatt.example/feed"/></outline>
<outline type="rss" text="Inside" xmlUrl="http://127.0.0.1/feed"/></body></opml>"""


def letter(number: int) -> bytes:
    return mail(body(f"Letter {number}", 2027 + number), subject=f"Letter {number}")


def told(work: Import) -> dict[str, str]:
    return {name: sentence for name, outcome, sentence in log_of(work) if outcome == "left"}


def test_an_export_a_letter_and_a_list_come_in_together(cleo: Client, world: World) -> None:
    export = packed({name: data.encode() for name, data in SUBSTACK.items()})
    plan = hand_in(cleo, ("export.zip", export), ("letter.eml", letter(1)), ("feeds.opml", OPML))

    assert (plan.mails, plan.pieces, plan.feeds, plan.app) == (1, 2, 2, "")
    assert "<strong>2</strong> feeds to follow" in cleo.get(plan.get_absolute_url()).content.decode()
    work = let_in(cleo, plan)

    assert Article.objects.filter(owner=world.cleo, title__in=["The grid, again", "Letter 1"]).count() == 2
    assert list(Feed.objects.values_list("owner", "url", "title", "folder")) == [
        (world.cleo.pk, "https://kilowatt.example/feed", "Kilowatt", "Power")
    ]
    assert "Inside" in told(work)
    assert (work.added, work.failed, work.done) == (4, 0, work.total)
    again = bring(cleo, ("export.zip", export), ("letter.eml", letter(1)), ("feeds.opml", OPML))
    assert (again.added, again.known) == (0, 4)


def test_an_app_is_named_where_all_came_from_it(cleo: Client) -> None:
    both = hand_in(cleo, ("2025.csv", READWISE), ("2026.csv", READWISE))
    assert (both.work.source, both.app) == ("2 files", "Readwise")
    assert "2 files, from Readwise" in cleo.get(both.get_absolute_url()).content.decode()
    beside = hand_in(cleo, ("2025.csv", READWISE), ("a.json", hypothesis("herds")))
    assert "2 files</p>" in cleo.get(beside.get_absolute_url()).content.decode()


def test_a_folder_with_a_zip_of_letters_gives_all_of_them(cleo: Client) -> None:
    inner = packed({"more/1.eml": letter(1), "2.mbox": box(letter(2), letter(3))})
    work = bring(
        cleo,
        ("0.eml", letter(0)),
        ("letters.zip", inner),
        ("notes.md", b"# What the grid costs\n\nSome words of mine, a few more than that.\n"),
    )
    assert (work.added, work.left) == (5, 0)
    assert {name for name, _, _ in log_of(work)} == {
        "What the grid costs",
        *(f"Letter {number}" for number in range(4)),
    }


def test_a_dropped_archive_may_hold_another(cleo: Client) -> None:
    """Whether it is dropped alone or beside others."""
    deep = packed({"a.eml": letter(1), "b.zip": packed({"c.eml": letter(2), "d.zip": packed({"e.eml": letter(3)})})})
    alone = bring(cleo, ("deep.zip", deep))
    assert (alone.added, told(alone)) == (2, {"d.zip in b.zip": NESTED})
    beside = bring(cleo, ("deep.zip", deep), ("f.eml", letter(4)))
    assert (beside.added, beside.known, told(beside)) == (1, 2, {"d.zip in b.zip in deep.zip": NESTED})


def test_what_is_dangerous_in_an_inner_archive_is_refused_and_the_rest_comes_in(cleo: Client) -> None:
    inner = packed(
        {
            "a.eml": letter(1),
            "../b.eml": letter(2),
            "bomb.mbox": b"\0" * 30_000_000,
            "more.tar.gz": b"\x1f\x8b",
            "table.xyz": b"Nothing that anything here reads.",
        }
    )
    work = bring(cleo, ("in.zip", inner), ("broken.zip", b"PK\x03\x04broken"), ("z.eml", letter(3)))
    assert work.added == 2
    assert told(work) == {
        "../b.eml in in.zip": OUTSIDE,
        "bomb.mbox in in.zip": BOMB,
        "more.tar.gz in in.zip": NO_ZIP,
        "table.xyz in in.zip": UNKNOWN,
        "broken.zip": NO_ARCHIVE,
    }


def test_archives_within_an_archive_share_what_one_may_hold(cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each of a thousand small archives would unpack to the most that one may."""
    files = {f"{number}.eml": letter(number) for number in range(4)}
    inner = packed(files)
    outer = packed({"a.zip": inner, "b.zip": inner})
    monkeypatch.setattr("reader.intake.archives.Allowance.__init__.__defaults__", (6, 100_000))
    work = bring(cleo, ("all.zip", outer))
    assert (work.added, MANY in told(work).values()) == (4, True)
    monkeypatch.setattr(
        "reader.intake.archives.Allowance.__init__.__defaults__", (100, 2 * len(inner) + sum(map(len, files.values())))
    )
    work = bring(cleo, ("all.zip", outer))
    assert (work.known, list(told(work).values())) == (4, [SPENT] * 4)


def test_files_of_the_same_name_are_two(cleo: Client) -> None:
    """As in folders, of which a browser sends no names."""
    work = bring(cleo, ("note.md", b"# One\n\nSome words of mine.\n"), ("note.md", b"# Two\n\nOther words of mine.\n"))
    assert (work.added, work.known) == (2, 0)


def test_the_report_names_files_as_their_reader_does(cleo: Client) -> None:
    assert list(told(bring(cleo, ("a.bin", b"\0" * 9), ("a.eml", letter(1))))) == ["a.bin"]


def test_two_exports_of_one_app_each_bring_their_marks(cleo: Client, world: World) -> None:
    """One for each year, say: the pieces are the same, the marks are not."""
    head, _, rows = READWISE.partition("\n")
    first = f"{head}\n" + rows.partition("\n")[0]
    bring(cleo, ("2025.csv", first), ("2026.csv", READWISE))
    apart = Highlight.objects.filter(owner=world.cleo).count()
    Highlight.objects.all().delete()
    bring(cleo, ("all.csv", READWISE))
    assert apart == Highlight.objects.filter(owner=world.cleo).count() > 1


def test_slices_go_on_within_an_inner_archive(cleo: Client) -> None:
    plan = hand_in(cleo, ("in.zip", packed({f"{n}.eml": letter(n) for n in range(3)})), ("z.eml", letter(3)))
    cleo.post(plan.get_absolute_url())
    work = Import.objects.get(pk=plan.work_id)
    slices = 0
    while work.take_up() and not carry_on(work, 0):
        slices += 1
    work.refresh_from_db()
    assert (slices, work.added, work.known, work.state) == (4, 4, 0, "done")


def test_an_inner_archive_is_never_whole_in_memory(cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []

    class Watched(io.BytesIO):
        def __init__(self, most: int) -> None:
            super().__init__()
            kept.append(most)

    monkeypatch.setattr("reader.intake.parcels.contents.tempfile.SpooledTemporaryFile", Watched)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("in.zip", packed({"a.eml": letter(1)}))
    assert bring(cleo, ("out.zip", made.getvalue())).added == 1
    assert set(kept) == {4 * 1024**2}
