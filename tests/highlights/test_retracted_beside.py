"""A sentence or a short paragraph that came beside a mark and takes its words back: which are told, and which not."""

from collections.abc import Callable
from time import process_time

import pytest

from reader import anchoring
from reader.highlights.retracting import Remark, Where, retraction
from reader.highlights.surroundings import Surroundings

ABOVE = "Every quarter the analysts write down what they expect of the market."
WORDS = "Oil will fall by eleven percent in May 2027"
MARKED = f"{WORDS}, the desk believes."
NEXT = "The makers will not mind it."
BELOW = "The foundries have ordered more machines than they can power, which is the reason."
LAST = "So much for this week, and thanks to all who wrote."
OLD = f"{ABOVE}\n{MARKED} {NEXT}\n{BELOW}\n{LAST}"


def found(new: str, old: str = OLD) -> Remark | None:
    """What takes the words back, as the mark on them is carried."""
    start = old.index(WORDS)
    (place,) = anchoring.carry(old, new, [anchoring.Anchor(start, start + len(WORDS))])
    assert place.state != anchoring.State.ORPHANED
    was = Surroundings.at(old, start, start + len(WORDS))
    return retraction(was, Surroundings.at(new, place.start, place.end), old)


def behind(sentence: str) -> str:
    return OLD.replace(NEXT, f"{sentence} {NEXT}")


def before(sentence: str) -> str:
    return OLD.replace(MARKED, f"{sentence} {MARKED}")


def below(block: str) -> str:
    return OLD.replace(BELOW, f"{block}\n{BELOW}")


def above(block: str) -> str:
    return OLD.replace(MARKED, f"{block}\n{MARKED}")


TAKEN_BACK = [
    "I take it back.",
    "I take this back.",
    "We hereby take back what we wrote.",
    "I now take back every word of it.",
    "I take back what I said about oil.",
    "I retract this.",
    "We withdraw this forecast.",
    "I no longer believe this.",
    "We no longer stand by this prediction.",
    "I do not believe this any more.",
    "We can no longer hold this view.",
    "We no longer think that oil will fall by so much.",
    "I have changed my mind.",
    "We've since changed our minds about this.",
    "This was wrong.",
    "This was plainly wrong, and I am sorry.",
    "That turned out to be false.",
    "It is no longer true.",
    "Our forecast was too optimistic.",
    "The prediction was a mistake.",
    "I was wrong.",
    "We were badly mistaken about oil.",
    "We got this wrong.",
    "I was mistaken about all of this.",
    "They were wrong.",
    "I now think that I was wrong.",
    "I now believe the opposite.",
    "I stand corrected.",
    "I'd like to take this back.",
    "That forecast has failed.",
    "The sentence above is wrong.",
    "As of May 2028 this is no longer true.",
    "This claim has since been withdrawn by the author.",
    "[Editor's note: the author has retracted this claim.]",
    "We regret the error.",
    "Scratch that.",
    "No longer true.",
    "Superseded by the letter of May.",
    "Hier lag ich falsch.",
    "Das stimmt nicht mehr.",
    "It did not happen.",
    "None of this came true.",
    "It never came to pass.",
    "This will not happen.",
    "Nothing of the sort happened.",
    "The opposite happened.",
    "This statement has been withdrawn.",
    "The above was retracted on 3 May 2028.",
    "[This has been superseded.]",
    "Please disregard this paragraph.",
    "Not any more.",
    "Or so we thought.",
    "We used to believe this.",
    "Two years later: this did not happen.",
    "Update: this did not happen.",
    "UPDATE (3 May 2028): I was wrong.",
    "[Update, May 2028: Oil rose. I was wrong.]",
    "Update: oil did not fall.",
    "Edit: I no longer believe this.",
    "Editor's note: this was incorrect.",
    "Correction: the figure is four percent.",
    "Correction (3 May): oil will fall by four percent.",
    "**Correction:** It is four percent, not eleven.",
    "Retracted.",
    "[Withdrawn]",
    "(Withdrawn on Monday.)",
    "Ich nehme das zurück.",
    "Das war falsch.",
    "Das glaube ich nicht mehr.",
    "Ich habe mich geirrt.",
    "Nachtrag: Das ist nicht eingetreten.",
]
CONTINUED = [
    "I take it back to the shop.",
    "I take it back in the evening.",
    "Nobody will take it back.",
    "I take it that they know.",
    "They took back the town.",
    "The correction in share prices continues.",
    "A correction is overdue.",
    "Correction of the market: it goes on.",
    "This was not wrong.",
    "It was never wrong.",
    "It was wrong to sell.",
    "It would be wrong to sell now.",
    "It is a mistake to sell.",
    "This was no mistake.",
    "That was wrong of him.",
    "I was wrong to doubt it.",
    "I was not wrong.",
    "I was wrong about gold.",
    "We have changed our minds about gold.",
    "I was wrong about that man.",
    "They were wrong about nearly everything that had a date.",
    "Correction: gold is dear, and it costs more than that.",
    "We no longer believe that gold is cheap.",
    "I no longer believe him.",
    "I don't believe this is the end.",
    "This was wrong, critics say.",
    "This was wrong if you ask the ministry.",
    "Critics say that this was wrong.",
    "If this was wrong, we will say so.",
    "Was this wrong?",
    "Perhaps I was wrong.",
    "Whoever said that this was wrong was wrong.",
    "“I take it back,” he said.",
    "“This was wrong.”",
    "It did not happen overnight.",
    "It did not happen by chance.",
    "This has not happened yet.",
    "It will not happen by itself.",
    "This has been corrected for inflation.",
    "It was removed from the list.",
    "The troops were withdrawn.",
    "They withdrew in May.",
    "Withdrawn troops do not return.",
    "Update your forecasts.",
    "Update: the table has a new row.",
    "Update: gold did not rise.",
    "Note: all figures are in dollars.",
    "Correction: we misspelled the name of the minister.",
    "Correction: an earlier caption named the wrong minister.",
    "Correction: gold costs 3,000 dollars.",
    "Retracted: Copper will fall by a tenth before the end of 2027.",
    "Correction: AMD will fall by a tenth before the end of 2027.",
    "Not only that.",
    "So we thought about gold.",
    "Wrong numbers are everywhere.",
    "Everything changed.",
    "So said our first letter, and it holds.",
    "The error was corrected, and the plant runs.",
    "It was a mistake that cost him his job.",
    "This is false economy.",
    "This was corrected by 3 percent.",
    "We were wrong-footed by it.",
    "It never came up.",
    "No longer a secret, the plan is out.",
    "I could be wrong.",
    "That would be a mistake.",
    "A year later it was removed from the index.",
    "Ignore this at your peril.",
    "We stand by this.",
    "Das war nicht falsch.",
    "Ich nehme das Auto zurück.",
    "Es war falsch, zu verkaufen.",
]


#: These lead to what follows, or say by themselves what they are about.
BEFORE = [
    "I take this back.",
    "This was wrong.",
    "We no longer believe this.",
    "I was wrong about oil.",
    "Correction: the figure is four percent.",
    "Retracted on 3 May.",
]
ABOVE_IT = [
    "Withdrawn",
    "Withdrawn:",
    "Correction: the following did not happen.",
    "The prediction below was wrong.",
    "**Withdrawn**",
    "Correction",
    "Corrections",
    "Retracted on 3 May 2028",
    "Taken back",
    "Berichtigung",
    "Last week’s text read:",
    "An earlier version of this letter said:",
    "From last week's letter:",
    "In May we wrote:",
    "We used to write:",
    "What we got wrong",
    "Predictions I take back",
    "We no longer believe this:",
    "I was wrong about oil.",
    "Correction: the figure is four percent.",
]
ABOVE_SOMETHING_ELSE = [
    "Update: the above did not happen.",
    "This was wrong.",
    "I take it back.",
    "Update",
    "A note",
    "The text reads:",
    "Last week's text sold well:",
    "We write:",
    "What we got",
    "Correct as ever",
    "The market corrected",
    "Corrections in the market",
]
THERE_BEFORE = {
    "behind": (behind("I take it back."), "The makers will not mind it.", "The makers will not mind this."),
    "behind, edited": (behind("I take it back."), "I take it back.", "I take it back now."),
    "behind, among others": (behind("I was wrong."), "I was wrong.", "They say so. I was wrong."),
    "below": (below("I take it back."), "The foundries", "All foundries"),
    "elsewhere": (f"{OLD}\nI take it back.\nThanks to all.", "The makers will not mind it.", "I take it back."),
}
FAR_AWAY = {
    "at the end": f"{OLD}\nThis was wrong.",
    "at the top": f"This was wrong.\n{OLD}",
    "a typo, at the end": f"{OLD}\nCorrection: the minister's name was misspelt.",
    "behind another paragraph": OLD.replace(BELOW, f"{BELOW}\nWe take it back."),
    "behind another sentence": OLD.replace(NEXT, f"{NEXT} This was wrong."),
    "before, on the sentence before it": OLD.replace(MARKED, f"Gold is dear. This was wrong. {MARKED}"),
    "in a long paragraph": below(f"This was wrong. {'The market was busy in all of those weeks. ' * 9}"),
    "at the beginning of the paragraph above": OLD.replace(ABOVE, f"Corrected today. {ABOVE}"),
    "at the beginning of the paragraph below": OLD.replace(BELOW, f"This was wrong. {BELOW}"),
    "a heading of what comes": below("Corrections"),
    "a heading of what comes, withdrawn": below("Withdrawn"),
    "a heading of what comes, with a colon": below("Withdrawn:"),
    "on what comes": below("Correction: the following did not happen."),
}


@pytest.mark.parametrize("remark", TAKEN_BACK)
@pytest.mark.parametrize("put", [behind, below])
def test_what_takes_the_words_back(remark: str, put: Callable[[str], str]) -> None:
    remark = "(Retracted.)" if put is below and remark == "Retracted." else remark
    told = found(put(remark))

    assert told is not None
    assert told.where is (Where.BEHIND if put is behind else Where.BELOW)
    assert told.words in remark


@pytest.mark.parametrize("remark", CONTINUED)
@pytest.mark.parametrize("put", [behind, before, below, above])
def test_what_merely_goes_on(remark: str, put: Callable[[str], str]) -> None:
    assert found(put(remark)) is None


@pytest.mark.parametrize("remark", BEFORE)
def test_what_takes_them_back_before(remark: str) -> None:
    assert found(before(remark)) == (Where.BEFORE, remark)


@pytest.mark.parametrize("remark", ABOVE_IT)
def test_what_takes_them_back_above(remark: str) -> None:
    assert found(above(remark)) == (Where.ABOVE, remark)


@pytest.mark.parametrize("remark", ABOVE_SOMETHING_ELSE)
def test_what_stands_above_and_is_about_something_else(remark: str) -> None:
    assert found(above(remark)) is None


def test_the_first_line_of_a_text_is_about_what_follows() -> None:
    old = OLD.partition("\n")[2]

    assert found(f"This was wrong.\n{old}", old) == (Where.ABOVE, "This was wrong.")


def test_the_last_line_of_a_text_heads_nothing() -> None:
    old = OLD.partition(f"\n{BELOW}")[0]

    assert found(f"{old}\nWithdrawn", old) == (Where.BELOW, "Withdrawn")


@pytest.mark.parametrize(("old", "words", "instead"), THERE_BEFORE.values(), ids=THERE_BEFORE)
def test_what_was_there_before_is_no_news(old: str, words: str, instead: str) -> None:
    assert found(old, old) is None
    assert found(old.replace(words, instead, 1), old) is None


@pytest.mark.parametrize("new", FAR_AWAY.values(), ids=FAR_AWAY)
def test_what_is_not_beside_it(new: str) -> None:
    assert found(new) is None


def test_a_paragraph_that_moves_beside_an_old_remark() -> None:
    old = f"{OLD}\nGold will rise.\nThis was wrong.\nAnd more."
    moved = f"{ABOVE}\n{BELOW}\n{LAST}\nGold will rise.\n{MARKED} {NEXT}\nThis was wrong.\nAnd more."

    assert found(moved, old) is None
    assert found(moved, old.replace("This was wrong.\n", "")) == (Where.BELOW, "This was wrong.")


def test_a_clause_of_the_sentence_takes_them_back() -> None:
    new = OLD.replace(MARKED, f"{WORDS} – I take it back.")

    assert found(new) == (Where.BEHIND, "I take it back.")


@pytest.mark.parametrize("words", ["wrong. " * 40_000, "(" * 40_000, "I was " * 40_000, "update: " * 40_000])
def test_hostile_neighbours_take_no_time(words: str) -> None:
    assert found(behind(words)) is None
    assert found(below(words)) is None


@pytest.mark.parametrize(
    "sentence",
    ["As of so so so " * 13 + "it rains", "Correction " + "jan" * 120 + " it rains"],
    ids=["fillers in fillers", "months in months"],
)
def test_what_can_be_read_in_many_ways_is_read_at_once(sentence: str) -> None:
    began = process_time()

    assert found(behind(f"{sentence}.")) is None
    assert process_time() - began < 1


def test_a_whole_book_is_marked() -> None:
    words = f"Oil falls. {' '.join(f'm{number:x}q' for number in range(100_000))} It never rains."
    remark = f"Correction: {' '.join(f'm{number:x}z' for number in range(60))}."
    began = process_time()

    assert retraction(Surroundings("", words, ""), Surroundings("", words, f" {remark}")) is None
    assert process_time() - began < 2
    assert retraction(Surroundings("", words, ""), Surroundings("", words, " Correction: oil rose.")) is not None
