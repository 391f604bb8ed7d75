"""In a few words, how a passage is said otherwise though its words stand there still."""

from reader.highlights.crossing import Crossed
from reader.highlights.retracting import Remark
from reader.highlights.surroundings import Turn

CROSSED = {Crossed.WHOLLY: "words crossed out", Crossed.PARTLY: "some words crossed out"}
TURNS = {
    Turn.QUOTED: "words quoted, no longer said",
    Turn.TAKEN: "words in another sentence",
    Turn.REPHRASED: "sentence changed",
}
REMARK = "new remark beside it"


def in_few_words(crossed: Crossed | None, turn: Turn | None, remark: Remark | None) -> str:
    """The gravest of these; nothing where none of them bears on what is said."""
    if crossed:
        return CROSSED[crossed]
    if turn and turn.says_otherwise:
        return TURNS[turn]
    return REMARK if remark else ""
