"""A figure of agreement as people read it: in words, and on a scale."""

from dataclasses import dataclass

from reader.scoring.agreement import Agreement, Undefined

#: From here on, says Krippendorff, conclusions may be drawn from such marks, or tentative ones.
RELIABLE, TENTATIVE = 0.8, 0.667
#: Where chance and full agreement stand in the drawing; what is below chance stands to the left of it.
AT_CHANCE, AT_ONE, LEFT_EDGE = 110, 580, 9

WHY_NOT = {
    Undefined.FEW_OBSERVERS: "It takes two readers.",
    Undefined.NOTHING_IN_COMMON: "No two of them have read the same sentence yet.",
    Undefined.NO_VARIATION: "There is nothing to compare while all sentences look the same to everybody: "
    "alpha has a value only where some are marked and others are not.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Alpha in words and figures; `number` is empty where it is not defined."""

    number: str
    words: str
    observed: str = ""
    expected: str = ""
    place: int = 0


def figure_of(agreement: Agreement) -> Figure:
    if agreement.undefined is not None:
        return Figure("", WHY_NOT[agreement.undefined])
    alpha = agreement.alpha or 0.0
    return Figure(
        number=signed(alpha),
        words=in_words(alpha),
        observed=per_cent(agreement.observed),
        expected=per_cent(agreement.expected),
        place=max(LEFT_EDGE, round(AT_CHANCE + alpha * (AT_ONE - AT_CHANCE))),
    )


def in_words(alpha: float) -> str:
    if alpha >= RELIABLE:
        return "The readers see the same predictions in this piece."
    if alpha >= TENTATIVE:
        return "The readers see mostly the same predictions; some sentences divide them."
    if alpha > 0:
        return "The readers agree on more than chance would bring about, and differ over many sentences."
    return "The readers agree on no more than chance would bring about."


def signed(value: float) -> str:
    """Two places, with a true minus sign; what rounds to zero has none."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def per_cent(share: float) -> str:
    return f"{share * 100:.1f} %"
