"""How likely each sentence of a reading is to predict something."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from reader.spotting.features import Features, features, forwardness, outlook
from reader.spotting.gate import is_english, passes, speaks_english
from reader.spotting.model import Model, load
from reader.spotting.tokens import Tokens, tokenised

#: So much of a context is looked at, on either side.
NEAR = 400


def score(
    sentences: Sequence[str], said_on: date, contexts: Sequence[str] | None = None, *, model: Model | None = None
) -> list[float]:
    """Return for each sentence the probability that it predicts something.

    The sentences are in reading order, each the context of the next. Where they are not neighbours, `contexts` gives
    for each the sentence before it, or the whole passage that it stands in.
    """
    if contexts is not None and len(contexts) != len(sentences):
        raise ValueError(f"{len(sentences)} sentences need as many contexts, not {len(contexts)}")
    model = model or load()
    return [
        model.unseen if known is None else model.probability(known) for known in described(sentences, said_on, contexts)
    ]


def described(
    sentences: Sequence[str],
    said_on: date,
    contexts: Sequence[str] | None = None,
    gate: Callable[[Tokens], bool] = passes,
) -> Iterator[Features | None]:
    """The features of each sentence, or None where the gate turns it away."""
    reading = [tokenised(sentence, said_on.year) for sentence in sentences]
    is_read = speaks_english(reading)
    ahead = [forwardness(tokens) for tokens in reading] if contexts is None else []
    for at, (sentence, tokens) in enumerate(zip(sentences, reading, strict=True)):
        if not (is_read and gate(tokens) and is_english(tokens.words)):
            yield None
        elif contexts is None:
            before, after = ahead[at - 1] if at else 0.0, ahead[at + 1] if at + 1 < len(ahead) else 0.0
            yield features(sentence, tokens, said_on, before, after)
        else:
            yield features(sentence, tokens, said_on, *_surroundings(sentence, contexts[at], said_on.year))


def _surroundings(sentence: str, context: str, year: int) -> tuple[float, float]:
    before, found, after = (context or "").partition(sentence)
    return outlook(before[-NEAR:], year), outlook(after[:NEAR], year) if found else 0.0
