"""The one way in which a verb says no."""

from collections.abc import Callable


class Refused(Exception):
    """It cannot be done, or not any more; the sentence says why. Nothing was changed."""


def reason_against(ask: Callable[[], object]) -> str:
    """Why a rule would refuse, for a page that is to offer what it allows; empty where it would not."""
    try:
        ask()
    except Refused as refusal:
        return str(refusal)
    return ""
