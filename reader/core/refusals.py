"""The one way in which a verb says no."""


class Refused(Exception):
    """It cannot be done, or not any more; the sentence says why. Nothing was changed."""
