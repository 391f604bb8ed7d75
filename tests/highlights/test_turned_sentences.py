"""The marked words are the same and their sentence is another: which edits turn what they say, and which don't."""

import pytest

from reader import anchoring
from reader.highlights.surroundings import REACH, Surroundings, Turn, how_turned

BEFORE = "Every quarter the analysts write down what they expect of the market."
BEHIND = "The foundries have ordered more machines than they can power, which is the reason."
MODELS = "Open models will overtake closed ones in 2025"
AROUND = ("The year was odd. ", ". Few people noticed how quickly the labs moved.")
PARAGRAPH = f"{MODELS}".join(AROUND)
FIRST = f"{BEFORE}\n{PARAGRAPH}\n{BEHIND}"
GONE = FIRST.replace(f"{MODELS}. ", "")
LONG = (
    "As three of the larger banks in the north have said for years, and as the ministry knows, prices will fall by "
    "half before 2027, the desk believes, and nobody in the trade will mourn them when the time has come."
)
PRICES = "prices will fall by half before 2027"


def turned(old: str, new: str, words: str) -> Turn | None:
    """What became of the sentence around some words, as the mark on them is carried."""
    start = old.index(words)
    (place,) = anchoring.carry(old, new, [anchoring.Anchor(start, start + len(words))])
    assert place.state != anchoring.State.ORPHANED
    was = Surroundings.at(old, start, start + len(words))
    now = Surroundings.at(new, place.start, place.end)
    return how_turned(was, now, moved=place.state == anchoring.State.MOVED)


def within(sentence: str) -> str:
    return f"{BEFORE} {sentence} So much for that.\n{BEHIND}"


QUOTED_ELSEWHERE = {
    "at the top": f"Correction: we took out “{MODELS}” because it was wrong.\n{GONE}",
    "at the end": f"{GONE}\nCorrection: we took out “{MODELS}” because it was wrong.",
    "in straight quotes": f'{GONE}\nAn editor writes: the line "{MODELS}" did not hold and is gone.',
    "in guillemets": f"{GONE}\nBerichtigung: Der Satz «{MODELS}» stand hier und ist gestrichen.",
    "in German quotes": f"{GONE}\nKorrektur: Hier stand „{MODELS}“, und das war falsch.",
    "in its own place": FIRST.replace(f"{MODELS}.", f"“{MODELS}.” We got this wrong."),
    "in its own place, straight": FIRST.replace(f"{MODELS}.", f'We used to say "{MODELS}". Not any more.'),
}
TAKEN = {
    "without quotes": f"{GONE}\nAn earlier version said that open models will overtake closed ones in 2025.",
    "as the object of a regret": f"We regret having written on Monday that {MODELS}.\n{GONE}",
}
TURNED_IN_PLACE = [
    ("Oil will fall.", "We no longer think that oil will fall."),
    ("We think that oil will fall.", "We no longer think that oil will fall."),
    ("We think that oil will fall.", "We do not think that oil will fall."),
    ("We think that oil will fall.", "We don't think that oil will fall."),
    ("We think that oil will fall.", "Critics think that oil will fall."),
    ("We are sure that oil will fall.", "We hope that oil will fall."),
    ("Oil will fall.", "It is wrong to say that oil will fall."),
    ("According to the ministry, oil will fall.", "According to a blog, oil will fall."),
    ("We believe that oil will fall.", "We believed that oil will fall."),
    ("Oil will fall.", "Perhaps oil will fall."),
    ("Oil will fall.", "If the war ends, oil will fall."),
    ("Oil will fall.", "Oil will fall, unless the war goes on."),
    ("Oil will fall by 2025.", "Oil will fall by 2027."),
    ("Oil will fall, the minister said.", "Oil will fall, a broker said."),
    ("Oil will fall, we are certain.", "Oil will fall, although that is unlikely."),
    ("We may be wrong, but oil will fall.", "Oil will fall."),
    ("Oil will fall.", "We used to believe that oil will fall."),
    ("Oil will fall.", "Oil will fall?"),
    ("Oil will fall.", "In March we wrote: oil will fall."),
    ("Oil will fall.", "RETRACTED: Oil will fall."),
    ("Oil will fall.", "Oil will fall (we no longer believe this)."),
    ("Oil will fall.", "Oil will fall, or so we thought."),
    ("Oil will fall.", "Few believe that oil will fall."),
    ("Oil will fall.", "‘Oil will fall’ was our view."),
    ("Wir glauben: oil will fall.", "Wir glauben nicht mehr: oil will fall."),
    ("Sicher ist, dass oil will fall.", "Vielleicht stimmt es, dass oil will fall."),
    (LONG, LONG.replace("the desk believes", "the desk no longer believes")),
    (LONG, LONG.replace("have said for years", "used to say for years")),
    (LONG, LONG.replace("As three", "Unlike what three").replace("have said", "have wrongly said")),
]
SAYING_THE_SAME = [
    ("Oil will fall.", "But oil will fall."),
    ("We thikn that oil will fall.", "We think that oil will fall."),
    ("We think that oil will fall.", "We think, that oil will fall!"),
    ("Oil will fall. Gold will not rise.", "Oil will fall, and gold will not rise."),
    ("Oil will fall.", "1. Oil will fall."),
    ("Oil will fall.", "• **Oil will fall.**"),
    ("Oil will fall.", "Oil will fall (see the table) [1]."),
    ("He says “oil will fall”.", "He says that «oil will fall»."),
    ("Gold first.\nOil will fall.", "Gold first: oil will fall."),
    ("Gold is dear, and oil will fall.", "Gold is dear. Oil will fall."),
    ("Oil will fall. Gold will rise.", "Oil will fall. That was not expected. Gold will rise."),
    ("Oil will fall.", "Correction: we were wrong about gold. Oil will fall."),
    ("The labour market is weak and oil will fall.", "The labor market is weak, and oil will fall."),
    ("“We are ready”, she said. Oil will fall.", "'We are ready', she said. Oil will fall."),
    ("“Oil will fall”, she said.", "«Oil will fall», she said."),
    (LONG, LONG.replace("three of the larger", "two of the largest")),
    (LONG, LONG.replace("nobody in the trade", "few in the business")),
    (LONG, f"It is not so easy. {LONG}"),
]
MOVED_WHOLE = {
    "a paragraph": f"{BEFORE}\n{BEHIND}\n{PARAGRAPH}",
    "a sentence": f"{GONE}\n{MODELS}.",
    "a paragraph, behind a correction": f"Correction: we took out what was wrong.\n{BEHIND}\n{PARAGRAPH}\n{BEFORE}",
    "a list": f"{BEFORE}\n{BEHIND}\nThe year was odd.\n{MODELS}.\nFew people noticed how quickly the labs moved.",
}


@pytest.mark.parametrize("new", QUOTED_ELSEWHERE.values(), ids=QUOTED_ELSEWHERE.keys())
@pytest.mark.parametrize("words", [MODELS, MODELS[5:]])
def test_words_that_are_quoted_where_they_were_said(new: str, words: str) -> None:
    assert turned(FIRST, new, words) is Turn.QUOTED


@pytest.mark.parametrize("new", TAKEN.values(), ids=TAKEN.keys())
def test_words_that_are_taken_into_another_sentence(new: str) -> None:
    assert turned(FIRST, new, MODELS) is Turn.TAKEN


@pytest.mark.parametrize(("old", "new"), TURNED_IN_PLACE)
def test_a_sentence_that_says_otherwise(old: str, new: str) -> None:
    words = PRICES if old == LONG else "oil will fall" if "oil will fall" in old else "Oil will fall"
    assert turned(within(old), within(new), words) is Turn.REPHRASED


@pytest.mark.parametrize(("old", "new"), SAYING_THE_SAME)
def test_a_sentence_that_says_the_same(old: str, new: str) -> None:
    words = PRICES if old == LONG else "oil will fall" if "oil will fall" in old else "Oil will fall"
    assert turned(within(old), within(new), words) is None


OIL_FALLS, GAS_RISES = "the price of oil will fall by half before 2027", "the price of gas will rise by a third in 2028"
SWAPPED = [
    (f"T{OIL_FALLS[1:]} and {GAS_RISES}.", f"T{GAS_RISES[1:]} and {OIL_FALLS}."),
    (f"T{OIL_FALLS[1:]}, {GAS_RISES} and copper stays.", f"Copper stays, {OIL_FALLS} and {GAS_RISES}."),
    (f"T{OIL_FALLS[1:]}, while {GAS_RISES}.", f"While {GAS_RISES}, {OIL_FALLS}."),
]


@pytest.mark.parametrize(("old", "new"), SWAPPED)
@pytest.mark.parametrize("words", [OIL_FALLS, GAS_RISES])
def test_clauses_that_changed_places_say_the_same_in_another_order(old: str, new: str, words: str) -> None:
    start = old.casefold().index(words)
    now = new.casefold().index(words)
    one, other = (
        Surroundings.at(within(text), at + len(f"{BEFORE} "), at + len(f"{BEFORE} {words}"))
        for text, at in ((old, start), (new, now))
    )

    assert how_turned(one, other, moved=True) is Turn.REORDERED
    assert how_turned(one, other, moved=False) is Turn.REORDERED


def test_a_clause_that_went_past_another_is_in_no_other_sentence() -> None:
    """As it is carried, with the text around it."""
    old, new = SWAPPED[0]

    assert turned(within(old), within(new), GAS_RISES) is Turn.REORDERED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Oil will fall and gas will rise.", "Gas will rise or oil will fall."),
        ("Few believe oil will fall and gas will rise.", "Oil will fall and few believe gas will rise."),
        ("Oil will fall and few believe that gas will rise.", "Few believe that gas will rise and oil will fall."),
        ("Oil will fall, gas will rise and that is wrong.", "Gas will rise and that is wrong, oil will fall."),
        ("Oil will fall and gas will not rise.", "Gas will not rise and oil will fall."),
        ("Oil will fall and gas will rise.", "Gas will rise sharply and oil will fall."),
    ],
)
def test_another_order_that_may_say_something_else_is_a_change(old: str, new: str) -> None:
    before, after = (
        Surroundings.within(*around(sentence, sentence.casefold().index("oil will fall"))) for sentence in (old, new)
    )

    assert how_turned(before, after, moved=False) is Turn.REPHRASED


def around(sentence: str, at: int) -> tuple[str, str, str]:
    end = at + len("oil will fall")
    return sentence[:at], sentence[at:end], sentence[end:]


@pytest.mark.parametrize("new", MOVED_WHOLE.values(), ids=MOVED_WHOLE.keys())
def test_what_only_moved_says_the_same(new: str) -> None:
    assert turned(FIRST, new, MODELS) is None


def test_the_sentence_is_cut_where_it_begins_and_ends() -> None:
    start = FIRST.index(MODELS)

    assert Surroundings.at(FIRST, start, start + len(MODELS)).sentence == ("", MODELS, ".")
    assert Surroundings.at(LONG, LONG.index("half"), LONG.index("half") + 4).sentence[2].endswith("has come.")


def test_a_paragraph_without_an_end_is_cut() -> None:
    text = "word " * 50_000 + "Oil will fall " + "word " * 50_000
    start = text.index("Oil")
    lead, words, tail = Surroundings.at(text, start, start + 13).sentence

    assert (words, len(lead) < 700, len(tail) < 700) == ("Oil will fall", True, True)


@pytest.mark.parametrize(
    "question", ['"Where is it going"', "« Where is it going »", "»Where is it going«", "„Where is it going“"]
)
def test_half_a_quotation_before_what_is_looked_at_quotes_nothing(question: str) -> None:
    """Words that come behind it push its beginning out of sight."""
    filler = "The market was busy in all of those weeks and people kept talking of it. " * 7
    tail = f" by half, and he calls it {question} now."
    old = f"They asked {question} once. {filler}We think that "

    for more in range(REACH - len(old), REACH):
        new = f"They asked {question} once. {'y' * more} {filler}We think that "
        was, now = (
            Surroundings.at(f"{before}prices will fall{tail}", len(before), len(before) + 16) for before in (old, new)
        )
        assert how_turned(was, now, moved=False) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("„Oil will fall.“", "„Oil will fall?“"),
        ("«Oil will fall.»", "«Oil will fall?!»"),
        ("»Oil will fall.«", "»Oil will fall?«"),
        ("Oil will fall.", "Oil will fall؟"),
        ("Oil will fall.", "Oil will fall⁈"),
        ("。Oil will fall。", "。Oil will fall？"),
    ],
)
def test_a_question_is_one_in_every_hand(old: str, new: str) -> None:
    assert turned(f"{BEFORE}\n{old}\n{BEHIND}", f"{BEFORE}\n{new}\n{BEHIND}", "Oil will fall") is Turn.REPHRASED


@pytest.mark.parametrize(
    ("old", "new"),
    [("We be\u00adlieve", "We believe"), ("The café says", "The cafe\u0301 says"), ("We say", "We\u200b say")],
)
def test_what_nobody_sees_turns_nothing(old: str, new: str) -> None:
    assert turned(within(f"{old} that oil will fall."), within(f"{new} that oil will fall."), "oil will fall") is None
