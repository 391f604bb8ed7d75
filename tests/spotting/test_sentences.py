"""Where sentences begin and end: by example, by law, and in reasonable time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.sanitising import clean, text_of
from reader.spotting.sentences import split
from tests.world import PIECE


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


#: A bar is where a sentence ends.
EXAMPLES = {
    "full stops": "Prices fall.| Nobody trains from scratch.",
    "other stops": "Really?| Yes!| We shipped it?!| Then more.",
    "no stop at the end": "Prices fall.| Nobody trains",
    "titles": "Dr. Castell and Ms. Dale met Gen. Grant.| Prof. Lind did not.",
    "words that look like titles": "It took 5 ms.| Castell wrote the code.| It is for the next gen.| That is all.",
    "joining abbreviations": "Small models, e.g. Mistral, vs. GPT-4, i.e. the rest, cf. Smith.| So it goes.",
    "an abbreviation in brackets": "Labs (e.g. Mistral etc.) and others.| The rest.",
    "trailing abbreviations": "He works at Acme Inc. and sleeps.| She left Acme Corp.| The rest stayed.",
    "before a number": "See No. 5 and Fig. 3 of Jan. 2024.| The answer is no.| Then we left the state of the art.| OK.",
    "initials": "George W. Bush met J. K. Rowling.| Then she left.",
    "labels": "We fall back to plan B.| Then to vitamin C.| The end.",
    "acronyms": "The U.S. Government moved at 5 p.m. Tuesday.| It left the U.S.| The U.K. did not.",
    "decimals": "It costs 3.5 dollars, up from .5 in v. 2.0 of it.| GPT-3.5 is 2.5x cheaper.",
    "years": "That was in 2023.| 2024 will be different.",
    "dotted names": "Use Node.js on example.com/a?b=c.d now.| .NET is next.| Then Node.js.| The end.",
    "quotes after the stop": "“It is over.”| He left.| 'No!'| \"Yes.\"| «Non.»| „Nein.“| Then.",
    "speech that goes on": "“Really?” she asked.| “Never!” said he.",
    "brackets after the stop": "(He left in May.)| She stayed [until June.]| Then June came.",
    "emphasis after the stop": "It is *over.*| Now **bold.**| Then.",
    "footnotes": "It doubled.[3]| It halved.¹²| It ended.[12][13]| So it goes.",
    "ellipses": "Wait... what?| Well…| Maybe.| And so . . . on.| Then . . .| Nothing.",
    "names in lower case": "It is out.| iPhone sales rose.| xAI followed.",
    "a list in one line": "1. First this.| 2. Then that.| B. Or this.",
    "blocks": "What comes next\n|We think so\n|Prices fall\n|Nobody trains.",
    "empty lines": "\n\nOne\n|\n \nTwo.\n",
    "german": "Am 3. Mai kam z.B. Dr. Müller, d.h. der Arzt.| Das 21. Jahrhundert beginnt im 2. Quartal.",
    "spanish": "¿Qué pasa?| ¡Nada!| Así es.",
    "chinese": "今天很好。|明天呢？|“好！”|他说。|价格是3.5元。|没有。",
    "japanese": "「もう終わりだ。」|彼は言った。|本当？！|はい．",
    "hindi": "यह अच्छा है।| वह भी।",
    "arabic": "هل هذا صحيح؟| نعم.| لا۔| حسنا.",
    "hebrew": "שלום, אמר המהנדס.| הסוף קרוב!| מתי?",
    "emoji": "Done.🎉| Next 🦙 herds!🦙🦙| 👨\u200d👩\u200d👧 came.| ❤\ufe0f is all.",
    "nothing": "",
    "white space": " \n\t\u00a0\n",
    "a stop alone": ".",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_works(name: str) -> None:
    marked = EXAMPLES[name]
    expected = [part.strip() for part in marked.split("|") if part.strip()]

    assert sentences(marked.replace("|", "")) == expected


def test_offsets_are_code_points() -> None:
    text = "🦙 herds. שלום 👨\u200d👩\u200d👧.\nThen."

    assert split(text) == [(0, 8), (9, 20), (21, 26)]
    assert sentences(text) == ["🦙 herds.", "שלום 👨\u200d👩\u200d👧.", "Then."]


def test_the_blocks_of_a_piece_are_apart() -> None:
    found = sentences(text_of(clean(PIECE)))

    assert "What comes next" in found
    assert "Prices fall by half within eighteen months." in found
    assert "We think 2024 will be the year of the small model, and of 🦙 herds." in found


WORDS = "e.g. Dr. A. U.S. 3.5 12. Mai no. The then iPhone 。 ？ ” “ ( ) … ! ? [3] ¹ * 🦙 שלום ؟ ।"
FRAGMENTS = [
    *WORDS.split(),
    *[". . .", "👨\u200d👩\u200d👧", "\n", " ", "\u00a0", "\u2028", "\ud800", "\x00"],
]
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=30)
texts = st.one_of(st.text(), fragments.map("".join), fragments.map(" ".join))


@settings(max_examples=200)
@given(texts)
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    spans = split(text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(texts)
def test_nothing_but_white_space_is_left_out(text: str) -> None:
    edges = [0, *(edge for span in split(text) for edge in span), len(text)]

    assert all(not text[edges[at] : edges[at + 1]].strip() for at in range(0, len(edges), 2))


@given(texts)
def test_no_sentence_runs_over_a_block(text: str) -> None:
    assert all("\n" not in sentence for sentence in sentences(text))


@given(texts, texts)
def test_one_block_changes_nothing_in_another(one: str, other: str) -> None:
    assert sentences(f"{one}\n{other}") == sentences(one) + sentences(other)


@pytest.mark.parametrize(
    "part",
    ["Prices fall by half. ", "A. ", "e.g. ", "1. ", ".", ". ", '."x', ".[1]", "。", "\n", "(", "🦙."],
)
def test_a_megabyte_takes_a_moment(part: str) -> None:
    text = (part * (1_000_000 // len(part)))[:1_000_000]
    before = time.process_time()

    split(text)

    assert time.process_time() - before < 8, "a hundred times as long where the time is not linear"
