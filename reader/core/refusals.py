"""The one way in which a verb says no."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Refused(Exception):
    """It cannot be done, or not any more; the sentence says why. Nothing was changed.

    `field` names what of that which was asked for is meant, where it is one thing.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@contextmanager
def about(field: str) -> Iterator[None]:
    """What is refused in here is refused of this field."""
    try:
        yield
    except Refused as refusal:
        raise Refused(str(refusal), field) from refusal


def reason_against(ask: Callable[[], object]) -> str:
    """Why a rule would refuse, for a page that is to offer what it allows; empty where it would not."""
    try:
        ask()
    except Refused as refusal:
        return str(refusal)
    return ""
