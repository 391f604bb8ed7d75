"""Words of the author's that merely look like furniture stay, first, in the middle and last."""

import pytest

from reader.core.sanitising import clean, text_of
from reader.intake.reading import Form, read

HEAD = "Title of the piece\n\nBy Jane Doe\nMar 3, 2024"
BEFORE = "The first paragraph is a sentence of some length, so that the piece has clearly begun by now."
AFTER = "The last paragraph is a sentence of some length too, so that the piece has not ended before it."
LINES = """
We use cookies to improve your experience, they say, and then they sell the experience to somebody else.
The site uses cookies to follow readers, and they accept it without a word of protest.
You can refuse cookies, but the models remember you all the same.
This website uses cookies was the most read sentence of 2024.
Cookies.
By clicking yes, millions agree to terms that nobody reads.
No spam, no ads, no tracking: that was the promise of 2004.
We never respect privacy in this industry until a judge asks.
Share prices rise and get cheaper money for everyone.
Invite friends to dinner and get a plumber to explain the grid.
Subscribe to three models for $20 a month and you have spent more than on coffee.
Subscribe to the theory that scale is all you need.
Listen to the hearing on YouTube and you will see what I mean.
This story was read by two million people.
Open the Notes app and type the first thing that you remember.
Related: the same thing happened in 2019.
Read more: it helps.
Page 3 of the memo says it all.
Confidential sources say that the merger is off until 2027.
Do not forward this to your lawyer, he said.
Not for distribution, the stamp said.
Pause.
"Subscribe," he said.
“Log in.”
— Share
You have read this far.
You're getting older
Together with my brother I built it.
Together with Ann I built it in 2019.
Presented by a man in a cheap suit, the forecast sounded better.
Comments?
From: nobody. To: everybody.
Write to me at jane@letters.example.
jane@letters.example
The newsletter is dead.
Sign up for the army, they said.
Sign up for the Fed newsletter and you will learn nothing.
Get rich in your inbox is not a promise that I make.
Narrated by a fox, the story is better.
Ad astra
Unlimited access to water is a right.
2. Sign in at the door.
Or not.
or
Click here to read my palm, said the machine.
To make sure you receive the heat, add insulation to your house.
You received this because you asked for it, the doctor said.
Don't miss a story about whales if it is told by a whaler.
Thank you, check your inbox is what the clerk said.
© 2025 means nothing.
As of May 17, 2023, nothing had happened.
Tags: you're it.
Editor's picks were wrong.
Follow the money
OpenAI and its partners process more data than the tax office.
You have reached the end of the road to free lunches.
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_a_line_stays_wherever_it_stands(line: str) -> None:
    for paragraphs in ([line, BEFORE, AFTER], [BEFORE, line, AFTER], [BEFORE, AFTER, line]):
        reading = read("\n\n".join([HEAD, *paragraphs]), Form.TEXT)
        assert text_of(clean(reading.html)).split("\n") == paragraphs
        assert (str(reading.published), reading.authors) == ("2024-03-03", ["Jane Doe"])


def test_a_poem_stays_whole() -> None:
    verses = ["The tide goes out,", "more", "and more.", "Home", "is what remains.", "Share", "the bread, share"]
    reading = read("\n\n".join([HEAD, BEFORE, "\n".join(verses)]), Form.TEXT)
    assert text_of(clean(reading.html)).split("\n") == [BEFORE, *verses]


def test_a_date_in_a_comment_or_a_credit_is_not_the_piece_s() -> None:
    thread = "2 comments\nHank\n13 January 2025 at 9:12 am\nGreat post!\nReply\nJo\n14 January 2025\nYes.\nReply"
    reading = read(f"Title of the piece\n\nBy Jane Doe\n\n{BEFORE}\n\n{AFTER}\n\n{thread}", Form.TEXT)
    assert (reading.published, text_of(clean(reading.html))) == (None, f"{BEFORE}\n{AFTER}")
