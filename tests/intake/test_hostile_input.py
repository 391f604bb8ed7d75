"""Input that costs a careless reader minutes or its stack."""

import time

import pytest

from reader.intake.reading import Empty, Form, read

MOST_SECONDS = 12  # of CPU, on a slow machine; what is quadratic here takes minutes
PARAGRAPH = "The engineer published the document in April, and it was shared thousands of times. "


@pytest.mark.parametrize(
    ("form", "raw"),
    [
        pytest.param(Form.TEXT, (PARAGRAPH * 5 + "\n\n") * 2400, id="a megabyte of paragraphs"),
        pytest.param(Form.TEXT, ("x " * 50_000 + "\n") * 10, id="lines of 100,000 characters"),
        pytest.param(Form.TEXT, "Share this post\n" * 20_000, id="furniture only"),
        pytest.param(Form.TEXT, "1\n" * 100_000, id="numbers"),
        pytest.param(Form.TEXT, "Title\n\nWords that begin it.\n\n" + "Share this:\n" * 40_000, id="endings only"),
        pytest.param(Form.TEXT, "From: Jane Doe <a@b.example>\nTo: x\nDate: y\n" * 10_000, id="mail heads only"),
        pytest.param(Form.TEXT, "".join(f"{'words ' * 12}and\n{n}\n" for n in range(1, 9_000)), id="page numbers"),
        pytest.param(Form.TEXT, "\n".join(map(str, range(1, 9_999))) + "\n" + "words " * 9, id="numbers that go up"),
        pytest.param(Form.TEXT, f"We use cookies to {'give you, ' * 28}\n" * 3_000, id="cookie notices that are none"),
        pytest.param(Form.TEXT, f"Share {'and earn a ' * 26}\n" * 3_000, id="referrals that are none"),
        pytest.param(Form.TEXT, f"{'confidential and ' * 17}\n" * 3_000, id="marks that are none"),
        pytest.param(Form.TEXT, f"{'share 1 ' * 36}!\n" * 3_000, id="counts that are none"),
        pytest.param(Form.TEXT, f"{'issue 1, ' * 22}x\n" * 3_000, id="numbers of issues that are none"),
        pytest.param(Form.TEXT, "Sign up for The Slate\nWeekly\n" * 20_000, id="forms without a button"),
        pytest.param(Form.TEXT, "comments\nreply\n2 days ago\n" * 20_000, id="threads only"),
        pytest.param(Form.TEXT, "> words of a mail that is quoted\n" * 30_000, id="quoted lines"),
        pytest.param(Form.HTML, "<div>" * 50_000 + "deep" + "</div>" * 50_000, id="50,000 deep"),
        pytest.param(Form.HTML, "<div class=share><p><b><ul><li>" * 10_000 + "deep", id="50,000 deep and mixed"),
        pytest.param(Form.HTML, "<table><tr><td>" * 17_000 + "deep", id="tables in tables"),
        pytest.param(Form.HTML, "words" + "<!--" * 250_000, id="open comments"),
        pytest.param(Form.HTML, "words" + "<a b='" * 150_000, id="open quotes"),
        pytest.param(Form.HTML, "<" * 500_000, id="angle brackets"),
        pytest.param(Form.HTML, "words<script>" * 50_000, id="open scripts"),
        pytest.param(Form.HTML, "<article><p>a" * 15_000, id="articles in articles"),
        pytest.param(Form.HTML, "<p>&#" + "9" * 100_000 + ";</p>", id="a number no character has"),
        pytest.param(Form.MARKDOWN, "words\n\n" + "> " * 5_000, id="quotes in quotes"),
    ],
)
def test_reading_takes_linear_time(form: Form, raw: str) -> None:
    started = time.process_time()
    try:
        reading = read(raw, form)
    except Empty:
        reading = None
    assert time.process_time() - started < MOST_SECONDS
    assert reading is None or reading.lines


def test_deep_metadata_is_ignored() -> None:
    raw = f'<script type="application/ld+json">{"[" * 100_000}</script><title>Title</title><p>Words</p>'
    assert read(raw, Form.HTML).title == "Title"
