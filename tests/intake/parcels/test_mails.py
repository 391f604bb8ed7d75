"""Mails by the box: whole pieces under one name, each once, and what cannot be read with its reason."""

import pytest
from django.test import Client

from reader.intake.archives import NESTED, OUTSIDE
from reader.intake.feeds.opml import ENTITIES
from reader.intake.imports.models import Import
from reader.intake.imports.running import carry_on
from reader.intake.mail.wholeness import BREAKS_OFF
from reader.intake.parcels.contents import DOCUMENT, EMPTY, NO_FEEDS, NO_LIST
from reader.intake.parcels.letters import FOR_MORE, WAITS, WHOLE_NOW
from reader.intake.parcels.models import Confirmation
from reader.library.models import Article, Publication
from tests.intake.mail.post import body, box, mail
from tests.intake.parcels.parcels import NEW, bring, hand_in, let_in, log_of, packed
from tests.world import World

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b'<opml version="2.0"><body><outline text="&b;" xmlUrl="https://kilowatt.example/feed"/></body></opml>'
)
LIST = {"List_ID": "<kilowatt.substack.com>"}


def test_a_box_of_letters_is_a_shelf_of_pieces(cleo: Client, world: World) -> None:
    letters = box(
        mail(body("One"), subject="One", sender="Freya from Kilowatt <a@x.example>", **LIST),
        mail(body("Two", 2028), subject="Two", sender="Kilowatt Team <b@x.example>", **LIST),
        mail(body("Three", 2029), subject="Three", sender="=?utf-8?q?K=E2=9A=A1watt?= <c@x.example>", **LIST),
        b"From: nobody@x.example\nSubject: Nothing\n\n",
    )
    plan = hand_in(cleo, ("letters.mbox", letters))
    assert (plan.mails, plan.problem_count) == (4, 0)
    assert "<strong>4</strong> mails" in cleo.get(plan.get_absolute_url()).content.decode()
    assert not Article.objects.filter(owner=world.cleo, title="One").exists()

    work = let_in(cleo, plan)

    assert (work.added, work.left, work.total, work.percent) == (3, 1, 4, 100)
    pieces = Article.objects.filter(owner=world.cleo, title__in=["One", "Two", "Three"])
    assert {piece.visibility for piece in pieces} == {"private"}
    assert Publication.objects.filter(articles__in=pieces).distinct().count() == 1
    assert all(piece.published is not None for piece in pieces)


def test_twice_adds_nothing(cleo: Client, world: World) -> None:
    letters = box(mail(body("One"), subject="One"), mail(body("Two"), subject="Two"))
    bring(cleo, ("letters.mbox", letters))
    before = Article.objects.count()
    again = bring(cleo, ("again.zip", packed({"a.mbox": letters, "b.eml": mail(body("One"), subject="One")})))
    assert (again.added, again.known) == (0, 3)
    assert Article.objects.count() == before


def test_a_zip_tells_of_each_file_why_it_is_left_out(cleo: Client) -> None:
    work = bring(
        cleo,
        (
            "all.zip",
            packed(
                {
                    "a.eml": mail(body("One"), subject="One"),
                    "../b.eml": mail(body("Two"), subject="Two"),
                    "c.zip": packed({"d.eml": mail(), "e.zip": packed({"f.eml": mail()})}),
                    "scan.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
                    "note.md": b"# A note\n\nSome words of mine, quite a few of them, that are a piece.\n",
                    "empty.txt": b"  ",
                }
            ),
        ),
    )
    assert (work.added, work.known, work.left, work.failed) == (2, 1, 4, 0)
    told = {name: sentence for name, outcome, sentence in log_of(work) if outcome == "left"}
    assert (told["../b.eml"], told["e.zip in c.zip"]) == (OUTSIDE, NESTED)
    assert "a picture" in told["scan.png"]


def test_a_folder_of_letters_comes_in_together(cleo: Client) -> None:
    plan = hand_in(cleo, *((f"{n}.eml", mail(body(f"Letter {n}", 2027 + n), subject=f"Letter {n}")) for n in range(5)))
    assert (plan.mails, plan.work.source) == (5, "5 files")
    assert let_in(cleo, plan).added == 5


def test_an_empty_file_holds_up_no_other_and_is_told_of(cleo: Client) -> None:
    letters = [(f"{n}.eml", mail(body(f"Letter {n}", 2027 + n), subject=f"Letter {n}")) for n in range(2)]
    plan = hand_in(cleo, *letters, ("empty.mbox", b""), ("empty.eml", b"\n"))
    assert plan.mails == 2
    assert "empty.mbox: This file is empty." in cleo.get(plan.get_absolute_url()).content.decode()
    work = let_in(cleo, plan)
    assert (work.added, work.left, work.done) == (2, 2, work.total)
    left = [line for line in log_of(work) if line[1] == "left"]
    assert left == [("empty.mbox", "left", EMPTY), ("empty.eml", "left", EMPTY)]


def test_a_list_of_feeds_is_said_to_be_read(cleo: Client) -> None:
    assert "OPML" in cleo.get(NEW).content.decode()


def test_a_list_with_a_doctype_is_read(cleo: Client) -> None:
    feeds = (
        b'<!DOCTYPE opml>\n<opml version="2.0"><body><outline xmlUrl="https://kilowatt.example/feed"/></body></opml>'
    )
    assert hand_in(cleo, ("feeds.opml", feeds)).feeds == 1


def test_a_confirmation_waits_in_the_tray(cleo: Client, dov: Client) -> None:
    asks = mail(
        '<p>One more step.</p><a href="https://x.example/c">Confirm</a>', subject="Please confirm your subscription"
    )
    work = bring(cleo, ("a.eml", asks))
    assert log_of(work) == [("Please confirm your subscription", "left", WAITS)]
    page = cleo.get("/imports/confirmations/").content.decode()
    assert 'href="https://x.example/c"' in page
    one = Confirmation.objects.get()
    assert dov.post(f"/imports/confirmations/{one.pk}/").status_code == 404
    assert cleo.post(f"/imports/confirmations/{one.pk}/").status_code == 303
    assert "Done" in cleo.get("/imports/confirmations/").content.decode()
    bring(cleo, ("b.eml", asks))
    assert Confirmation.objects.count() == 1


def test_the_mail_completes_a_preview(cleo: Client, world: World) -> None:
    address = {"List_Post": "<https://kilowatt.substack.com/p/grid>"}
    cut = body().partition("<p>The rest")[0]
    bring(cleo, ("a.eml", mail(cut, **address)))
    piece = Article.objects.get(canonical_url="https://kilowatt.substack.com/p/grid")
    Article.objects.filter(pk=piece.pk).update(truncated=True)
    work = bring(cleo, ("b.eml", mail(**address)))
    assert (work.changed, log_of(work)[0][2]) == (1, WHOLE_NOW)
    assert "substation" in piece.revisions.latest("number").text


def test_slices_go_on_where_they_left_off(cleo: Client) -> None:
    empty = b"From: nobody@x.example\nSubject: Nothing\n\n"
    letters = box(*(mail(body(f"Letter {n}", 2027 + n), subject=f"Letter {n}") for n in range(3)), empty)
    plan = hand_in(cleo, ("letters.mbox", letters))
    cleo.post(plan.get_absolute_url())
    slices = 0
    while True:
        work = Import.objects.get(pk=plan.work_id)
        assert work.take_up()
        slices += 1
        if carry_on(work, 0):
            break
        assert Import.objects.get(pk=work.pk).place > 0
    work.refresh_from_db()
    assert (slices, work.added, work.left, work.state) == (5, 3, 1, "done")
    assert log_of(work)[-1][0] == "letters.mbox, mail 4"


def test_what_is_taken_out_is_said(cleo: Client) -> None:
    counted = body() + '<img src="https://x.example/o.gif" width="1" height="1">'
    work = bring(cleo, ("a.eml", mail(counted, Date="Thu, 01 Jan 1970 00:00:00 +0000")))
    (_, _, sentence) = log_of(work)[0]
    assert sentence.startswith("1 picture that counted you was taken out; its date, “Thu, 01 Jan 1970")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.zip", b"PK\x03\x04broken", "no zip file"),
        ("x.pdf", b"%PDF-1.7 x", "a PDF"),
        ("x.csv", b"name,amount\nrent,3\n", "these columns: name, amount"),
        ("x.csv", b"Highlight,Note,Color,Tags\na,b,c,d\n", "no column “book title”"),
        ("x.json", b"{", "no valid JSON"),
        ("x.zip", packed({}), "There is nothing in this file."),
        ("x.zip", packed({"y.zip": b"PK\x03\x04broken"}), "This is no zip file, or it is damaged."),
        ("x.opml", b"<opml version='2.0'><body/></opml>", NO_FEEDS),
        ("x.opml", LAUGHS, ENTITIES),
        ("x.xml", LAUGHS.replace(b"DOCTYPE opml", b"DOCTYPE lolz"), ENTITIES),
        ("x.opml", b"<rss version='2.0'></rss>", NO_LIST),
        ("x.mbox", b"", EMPTY),
        ("x.docx", packed({"word/document.xml": b"<w/>"}), DOCUMENT),
    ],
)
def test_a_file_with_nothing_in_it_says_why(cleo: Client, name: str, data: bytes, says: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = cleo.post(NEW, {"chosen": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Import.objects.exists()


def test_nothing_chosen_is_no_file(cleo: Client) -> None:
    answer = cleo.post(NEW, {})
    assert (answer.status_code, "Choose a file first." in answer.content.decode()) == (422, True)


def test_who_thinks_better_of_it_leaves_nothing_behind(cleo: Client, dov: Client) -> None:
    plan = hand_in(cleo, ("a.eml", mail()))
    assert dov.post(f"{plan.get_absolute_url()}deletion/").status_code == 404
    assert cleo.post(f"{plan.get_absolute_url()}deletion/").status_code == 303
    assert not Import.objects.exists()


def test_yes_is_said_once(cleo: Client) -> None:
    plan = hand_in(cleo, ("a.eml", mail()))
    work = let_in(cleo, plan)
    assert cleo.post(plan.get_absolute_url()).headers["Location"] == work.get_absolute_url()
    assert cleo.get(plan.get_absolute_url()).headers["Location"] == work.get_absolute_url()


def test_pieces_go_to_whom_the_reader_says(cleo: Client, world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    cleo.post(NEW, {"chosen": SimpleUploadedFile("a.eml", mail()), "seen_by": f"team:{world.foundry.pk}"})
    work = Import.objects.latest("pk")
    let_in(cleo, work.plan)
    assert Article.objects.get(title="The grid is the model").team == world.foundry


def test_a_letter_from_1970_is_kept_with_its_date_in_doubt(cleo: Client, world: World) -> None:
    told = "Thu, 01 Jan 1970 00:00:00 +0000"
    work = bring(cleo, ("one.eml", mail(subject="One", text="Words without a day.", Date=told)))
    piece = Article.objects.get(owner=world.cleo, title="One")
    assert (piece.published, piece.doubted_date) == (None, "1970-01-01")
    assert [line[2] for line in log_of(work)] == [
        f"Its date, “{told}”, can hardly be meant, so it is kept as doubtful."
    ]


def test_a_post_yet_to_come_is_kept_with_its_date_in_doubt(cleo: Client, world: World) -> None:
    head = "post_id,post_date,is_published,type,audience,title,subtitle\n"
    row = "101.grid,2099-05-17T10:23:00.000Z,true,newsletter,everyone,The grid,\n"
    archive = packed({"posts.csv": (head + row).encode(), "posts/101.grid.html": b"<p>Ask a modeller.</p>"})
    work = bring(cleo, ("export.zip", archive))
    piece = Article.objects.get(owner=world.cleo, title="The grid")
    assert (piece.published, piece.doubted_date) == (None, "2099-05-17")
    assert "can hardly be meant, so it is kept as doubtful." in log_of(work)[0][2]


def test_a_letter_for_oneself_alone_does_not_complete_what_a_team_sees(cleo: Client, world: World) -> None:
    whole = mail(body("One"), subject="One")
    bring(cleo, ("one.eml", whole))
    piece = Article.objects.get(owner=world.cleo, title="One")
    before = piece.revisions.count()
    Article.objects.filter(pk=piece.pk).update(
        truncated=True, truncation_evidence=BREAKS_OFF, visibility="team", team=world.foundry
    )

    work = bring(cleo, ("again.eml", whole))

    assert log_of(work) == [("One", "known", FOR_MORE)]
    assert (piece.revisions.count(), Article.objects.get(pk=piece.pk).truncated) == (before, True)
