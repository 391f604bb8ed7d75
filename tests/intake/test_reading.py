import json
from pathlib import Path

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.publications import from_copyright
from reader.intake.reading import Form, Role, as_fields, guess_form, read
from tests.conftest import SHARED

SAMPLES = Path(__file__).parent / "samples"
NVIDIA = SHARED / "samples" / "nvidia-patterns-2023-05-17.txt"
EXPLANATIONS = {"must_not_contain_in_body", "must_keep_exact", "normalised", "not_a_published_date"} | {
    "trap_published_vs_subject"
}
MENTIONS = [
    "Share this post with care, because the people who sell clusters will not enjoy it at all.",
    "Subscribe to the theory that scale is all you need, and you will subscribe to anything.",
    "The notice at the bottom said © 2024 All rights reserved, which made the judge smile for once.",
    "You received what you paid for, and by the spring of 2024 the whole market had received it too.",
    "Thanks for reading is what one says at the end of a letter, not at the beginning of a contract.",
    "We use cookies to remember what you like; the models remember it without ever asking for it.",
    "Already a paid subscriber of three newsletters, I have now become a careful reader of none.",
    "To see the future of software, become a plumber and look at the pipes behind the wall of the office.",
    "Subscribe to read this and you will be disappointed, a friend said of the newsletter that made him rich.",
    "Published in 2019, it predicted almost everything.",
    "Copyright law changed in 2024.",
    "Poll after poll says the same thing.",
    "Message discipline is all of politics.",
    "Why?",
    "Continue reading the licence in the evening, my lawyer said, and you will not sleep that night.",
]
BEFORE = "The first paragraph is a sentence of some length, so that the piece has clearly begun by now."
AFTER = "The last paragraph is a sentence of some length too, so that the piece has not ended before it."


@pytest.mark.skipif(not NVIDIA.exists(), reason="the shared samples are not beside this repository")
def test_the_shared_sample_reads_exactly() -> None:
    expected = json.loads(NVIDIA.with_suffix(".expected.json").read_text("utf-8"))
    reading = read(NVIDIA.read_text("utf-8"), Form.TEXT)
    assert as_fields(reading) == {key: value for key, value in expected.items() if key not in EXPLANATIONS}
    body = text_of(clean(reading.html))
    for removed in expected["must_not_contain_in_body"]:
        assert removed not in body
    for kept in expected["must_keep_exact"]:
        assert kept in body
    assert "engineer, Luke" in body
    assert "internal system" in body
    assert "was shared" in body
    assert "\u00a0" not in body
    assert "  " not in body


@pytest.mark.parametrize("path", sorted(p for p in SAMPLES.iterdir() if p.suffix != ".json"), ids=lambda p: p.name)
def test_a_sample_reads_like_its_golden_file(path: Path) -> None:
    raw = path.read_text("utf-8")
    expected = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    assert as_fields(read(raw, guess_form(raw, path.name))) == expected


@pytest.mark.parametrize("sentence", MENTIONS)
def test_a_sentence_that_mentions_furniture_stays(sentence: str) -> None:
    for form in Form:
        reading = read(f"{BEFORE}\n\n{sentence}\n\n{AFTER}", form)
        assert sentence.replace("\u00a0", " ") in text_of(clean(reading.html))


@pytest.mark.parametrize(
    "line",
    [
        "Share this post",
        "Share",
        "Subscribe now",
        "Leave a comment",
        "Upgrade to paid",
        "Read in app",
        "Listen to post · 9:41",
        "Thanks for reading The Slow Compute! Subscribe for free to receive new posts and support my work.",
        "Thank you for reading Nine to Five. This post is public so feel free to share it.",
        "Was this forwarded to you? Sign up here.",
        "View this email in your browser (https://mail.example/view)",
        "The Slow Compute is a reader-supported publication. To receive new posts, become a subscriber.",
        "Photo by Ana Duarte on Unsplash",
        "1,204 likes",
        "Together with Nimbus Ledger",
        "User's avatar",
        "How did you like today's newsletter?",
        "The Slow Compute is free today. But if you enjoyed this post, you can pledge a future subscription.",
        "Get more from Jane Doe in the Substack app",
        "48 Likes∙",
        ":eyes: 14",
    ],
)
def test_furniture_between_paragraphs_goes(line: str) -> None:
    reading = read(f"{BEFORE}\n\n{line}\n\n{AFTER}", Form.TEXT)
    assert text_of(clean(reading.html)) == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize(
    "raw",
    [
        f"The year 2024 in models\n\n{BEFORE}\n\n{AFTER}\n\n© 2025 Jane Doe",
        f"Title\n\nComing in 2024\n\nBy Jane Doe\n\n{BEFORE}\n\n{AFTER}",
        f"{BEFORE}\n\nMay 17, 2023\n\n{AFTER} {AFTER}",
        f"Title\n\nBy Jane Doe\nUpdated May 17, 2023\n\n{BEFORE}\n\n{AFTER}",
        f"Title\n\nBy Jane Doe\nMar 3\n\n{BEFORE}\n\n{AFTER}",
        f"Title\n\nBy Jane Doe\n03/04/2024\n\n{BEFORE}\n\n{AFTER}",
        f"Title\n\nJane Doe · 3 days ago\n\n{BEFORE}\n\n{AFTER}",
    ],
)
def test_no_date_is_guessed(raw: str) -> None:
    assert read(raw, Form.TEXT).published is None


@pytest.mark.parametrize(
    ("byline", "published", "precision"),
    [
        ("By Jane Doe and John Roe / Mar 3, 2024", "2024-03-03", "day"),
        ("MAY 17, 2023", "2023-05-17", "day"),
        ("Jane Doe | 17th of May 2023 | 5 min read", "2023-05-17", "day"),
        ("Posted on May 17, 2023 by Jane Doe", "2023-05-17", "day"),
        ("05/17/2023", "2023-05-17", "day"),
        ("May 2023", "2023-05-01", "month"),
        ("Published 17 May 2023 · Updated 3 June 2024", "2023-05-17", "day"),
    ],
)
def test_the_date_is_read_from_the_byline(byline: str, published: str, precision: str) -> None:
    reading = read(f"What 2030 will bring\n\n{byline}\n\n{BEFORE}\n\n{AFTER}", Form.TEXT)
    assert reading.published is not None
    assert (reading.published.isoformat(), reading.published_precision) == (published, precision)
    assert reading.title == "What 2030 will bring"


def test_a_heading_below_the_byline_is_no_author() -> None:
    reading = read(f"Title\n\nJane Doe\nMar 3, 2024\n12\nShare\n\nNvidia Rising\n\n{BEFORE}", Form.TEXT)
    assert reading.authors == ["Jane Doe"]
    assert text_of(clean(reading.html)) == f"Nvidia Rising\n{BEFORE}"


def test_the_byline_may_say_what_the_author_does() -> None:
    reading = read(f"Title\n\nBy Jane Doe\nStaff Writer\nMar 3, 2024\n\n{BEFORE}", Form.TEXT)
    assert (reading.authors, str(reading.published)) == (["Jane Doe"], "2024-03-03")
    assert text_of(clean(reading.html)) == BEFORE


def test_a_sentence_is_no_title() -> None:
    reading = read(f"{BEFORE}\n\n{AFTER}", Form.TEXT)
    assert reading.title is None
    assert [line.role for line in reading.lines] == [Role.BODY, Role.BODY]


def test_a_greeting_is_no_title() -> None:
    assert read(f"Hello everyone\n\n{BEFORE}", Form.TEXT).title is None


def test_a_single_line_is_the_body() -> None:
    reading = read("Hello world", Form.TEXT)
    assert (reading.title, reading.html) == (None, "<p>Hello world</p>")


def test_a_banner_above_the_whole_text_does_not_cut_it_off() -> None:
    body = "\n\n".join([BEFORE, AFTER] * 4)
    reading = read(f"Title\n\nBy Jane Doe\n\nThis post is for paid subscribers\n\n{body}", Form.TEXT)
    assert reading.truncated is None
    assert text_of(clean(reading.html)) == body.replace("\n\n", "\n")


def test_a_restored_subtitle_is_no_subtitle_any_more() -> None:
    raw = f"Title\n\nA line below\n\nBy Jane Doe\n\n{BEFORE}"
    assert read(raw, Form.TEXT).subtitle == "A line below"
    restored = read(raw, Form.TEXT, keep={3})
    assert restored.subtitle is None
    assert "A line below" in restored.html


@pytest.mark.parametrize(
    ("form", "raw", "number", "words"),
    [
        (Form.MARKDOWN, f"---\ntitle: *Stars* at noon\n---\n\n{BEFORE}", 2, "title: *Stars* at noon"),
        (Form.MARKDOWN, f"![Two *pumps* & a <b>](a.png)\n\n{BEFORE}", 1, "Two *pumps* & a <b>"),
        (Form.HTML, f"<nav><ul><li>Home</li></ul></nav><article><p>{BEFORE}</p></article>", 1, "Home"),
        (Form.HTML, f'<img src="/a.png" alt="Two pumps"><p>{BEFORE}</p>', 1, "Two pumps"),
    ],
)
def test_what_was_outside_the_text_can_be_put_into_it(form: Form, raw: str, number: int, words: str) -> None:
    assert words not in text_of(clean(read(raw, form).html))
    assert words in text_of(clean(read(raw, form, keep={number}).html))


def test_putting_a_line_back_keeps_the_picture_beside_it() -> None:
    raw = f'<h1>Title</h1><p>By Jane Doe</p><img src="https://pictures.example/a.png"><p>{BEFORE}</p>'
    assert "a.png" in read(raw, Form.HTML, keep={2}).html


def test_wrapped_lines_are_joined() -> None:
    raw = """\
This text was wrapped by an editor at sixty columns, so the
lines of a paragraph belong together, and only an empty
line parts two paragraphs from each other in the whole of
this text.

The second paragraph is wrapped in the very same manner,
and ends here.
"""
    assert read(raw, Form.TEXT).html.count("<p>") == 2


def test_windows_line_ends_and_tabs_change_nothing() -> None:
    raw = f"Title\n\nBy Jane Doe\n\n{BEFORE}\n\n{AFTER}"
    told = as_fields(read(raw.replace("\n", "\r\n").replace(" ", "\t"), Form.TEXT))
    assert told == as_fields(read(raw, Form.TEXT))


def test_emoji_and_right_to_left_text_are_kept() -> None:
    words = "👩‍👩‍👧 שלום עולם 🇪🇺 می‌خواهم"
    assert read(words, Form.TEXT).html == f"<p>{words}</p>"


def test_lone_surrogates_are_replaced() -> None:
    assert read("half \ud83d a pair", Form.TEXT).html == "<p>half \ufffd a pair</p>"


def test_an_upload_is_called_one() -> None:
    assert read("Words", Form.MARKDOWN, uploaded=True).source_kind == "upload_markdown"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("Jane Doe\n9:14 AM", ["Jane Doe"]),
        ("Jane Doe\n@janedoe", ["Jane Doe"]),
        ("[10:42 AM] Jane Doe", ["Jane Doe"]),
        ("Jane Doe :palm_tree: 9:14 AM", ["Jane Doe"]),
        ("Nvidia Rising\n@ the conference", []),
    ],
)
def test_a_message_is_by_who_sent_it(head: str, authors: list[str]) -> None:
    reading = read(f"{head}\n{BEFORE}\n\n{AFTER}", Form.TEXT)
    assert reading.authors == authors
    assert (reading.title is None) == bool(authors)


@pytest.mark.parametrize(
    ("raw", "title", "publication"),
    [
        ("Freight\nAre We Past Peak Rail?\nJane Doe\nMar 3, 2024", "Are We Past Peak Rail?", "Freight"),
        ("On Waiting\nWhy a calendar is the best forecast\nJane Doe\nMar 3, 2024", "On Waiting", None),
        ("Opinion\nRails at noon\nBy Jane Doe\nMar 3, 2024", "Rails at noon", None),
        ("FREIGHT\n3 March 2024\nRails at noon\nBy Jane Doe", "Rails at noon", "FREIGHT"),
    ],
)
def test_the_name_above_the_title_is_told_from_it(raw: str, title: str, publication: str | None) -> None:
    reading = read(f"{raw}\n\n{BEFORE}\n\n{AFTER}", Form.TEXT)
    assert (reading.title, reading.publication, reading.authors) == (title, publication, ["Jane Doe"])


def test_one_button_word_that_is_marked_as_a_heading_stays() -> None:
    reading = read(f"# Title\n\n{BEFORE}\n\n## Share\n\n{AFTER}", Form.MARKDOWN)
    assert text_of(clean(reading.html)) == f"{BEFORE}\nShare\n{AFTER}"


@pytest.mark.parametrize("address", ["", ", 12 Long Street, Lisbon", ", PO Box 77, Lisbon"])
def test_a_publication_is_not_called_by_its_postal_address(address: str) -> None:
    assert from_copyright([f"© 2026 The Fenwick Letter{address}"], []) == "The Fenwick Letter"
