"""Boxes between the paragraphs go as a whole, and what only looks like one of their lines stays."""

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.reading import Form, read

HEAD = "Title of the piece\nBy Jane Doe\nMar 3, 2024"
BEFORE = "The first paragraph is a sentence of some length, so that the piece has clearly begun by now."
AFTER = "The last paragraph is a sentence of some length too, so that the piece has not ended before it."


def body_around(box: str) -> str:
    reading = read(f"{HEAD}\n\n{BEFORE}\n\n{box}\n\n{AFTER}", Form.TEXT)
    assert (reading.title, reading.authors) == ("Title of the piece", ["Jane Doe"])
    return text_of(clean(reading.html))


@pytest.mark.parametrize(
    "box",
    [
        "We use cookies to improve your experience. Accept all\nReject",
        "This website uses cookies. By continuing you agree. Learn more",
        "Cookies help us to run this site.\nAccept all\nReject all",
        "We use cookies to ensure that we give you the best experience on our website.",
        "Sign up for The Slate\nWeekly notes on stone.\njane@example.com\nSubscribe\nNo spam. Unsubscribe anytime.",
        "Enjoying this post?\nGet The Slate in your inbox.\nYour email\nSubscribe\nEmail sent! Check your inbox.",
        "Facebook Icon\nTwitter Icon\nLinkedIn Icon",
        "Together with LedgerLeaf\nThe accounting app that talks back. Try it free for 30 days.",
        "Sponsored\nAmpere Coffee\nStronger than your breaker. 20% off with code GRID.\nTry Ampere →",
        "Share The Slate and earn a mug. You currently have 0 referrals, only 3 away from receiving a mug.",
        "Recommended reading\nThe stone that saved a bridge\nNine ways to lose a quarry",
        "Related articles\nThe stone that saved a bridge",
        "READ MORE: Five quarries that tried automation",
        "Listen to this article\n12 min",
        "Listen to this article 12 min",
        "Login\nor\nSubscribe\nto participate",
        "Add your comment...",
        "You have 2 free articles left this month.\nSubscribe for $1 a week. Cancel anytime.",
        "Get the Slate app for the best experience",
        "The Slate Post is better in the app\nContinue in browser",
        "← Previous post\nNext post →",
        "Share 12 Tweet 5",
        "Sign up for the Slate Today newsletter. Get our best stories every weekday.",
        "Share this:",
        "© 2024 Reuters",
    ],
)
def test_a_box_goes(box: str) -> None:
    assert body_around(box) == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize(
    "lines",
    [
        "We use cookies to remember what you like, and nobody minds.",
        "The recipe calls for cookies.\nReject the ones that burn.",
        "Sign up for nothing, my father said.",
        "Like this, the bridge stood for years.\nIt fell.",
        "Together with my brother\nI carried the stone.",
        "Together with Ann I built it in 2019.",
        "Recommended reading habits changed in 2020.",
        "Related: the same thing happened in 2019.",
        "Share prices rose and earned a fund its fee.",
        "Subscribe to three models for $20 a month and you have spent more than on coffee.",
        "Get the app that nobody needs.",
        "jane@example.com",
        "“Subscribe,” he said.\n“No.”",
        "Pause.\nThen he went on.",
        "1. Share the work\n2. Sign in at the door",
        "Home\nis where the data is,\nmore\nor less.",
        "Notes",
        "© 2025 means nothing.",
        "or",
    ],
)
def test_what_looks_like_a_box_stays(lines: str) -> None:
    assert body_around(lines) == f"{BEFORE}\n{lines}\n{AFTER}"


@pytest.mark.parametrize(
    "bar",
    [
        "Subscribe | Share",
        "Comment 3",
        "Like (12)",
        "Restack",
        "Like 12 • Comment 3 • Restack",
        "Share · Leave a comment",
        "Like Comment Restack",
        "READ IN APP | Listen",
    ],
)
@pytest.mark.parametrize("head", ["", "<h1>Title of the piece</h1>"])
def test_a_bar_of_buttons_and_its_rule_are_no_line_of_the_piece(bar: str, head: str) -> None:
    buttons = f"<p>{bar}</p>"
    body = f"<p>{BEFORE}</p><hr><p>{AFTER}</p>"
    reading = read(f"{head}{buttons}<hr>{body}{buttons}<hr>", Form.HTML)
    assert clean(reading.html).replace("\n", "") == body


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe | Share the bread",
        "Share and comment",
        "Like | dislike",
        "Comment 3 was the best of all.",
        "Share 3,",
    ],
)
def test_what_only_begins_like_a_bar_stays(line: str) -> None:
    reading = read(f"<h1>Title of the piece</h1><p>{line}</p><p>{BEFORE}</p><p>{AFTER}</p>", Form.HTML)
    assert line in text_of(clean(reading.html)).split("\n") or reading.subtitle == line


def test_a_form_between_two_buttons_does_not_swallow_a_paragraph() -> None:
    assert body_around("Subscribe now\n\nIt is what it is.\n\nSubscribe now") == f"{BEFORE}\nIt is what it is.\n{AFTER}"


def test_comments_go_however_long_they_are() -> None:
    thread = "\n".join(f"Reader {name}\n{name} days ago\n{AFTER * 3}\nReply" for name in range(2, 6))
    reading = read(f"{HEAD}\n\n{BEFORE}\n\n{AFTER}\n\n4 comments\n\n{thread}", Form.TEXT)
    assert text_of(clean(reading.html)) == f"{BEFORE}\n{AFTER}"


def test_a_section_about_comments_is_no_thread() -> None:
    reading = read(f"{HEAD}\n\n{BEFORE}\n\nComments\n\n{AFTER}\n\nReplies came late.\n\n{BEFORE}", Form.TEXT)
    assert text_of(clean(reading.html)).endswith(BEFORE)
