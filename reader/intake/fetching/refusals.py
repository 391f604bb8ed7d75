"""Why an address gave no piece, and which door is open instead."""

from enum import StrEnum


class Way(StrEnum):
    """What a reader can do instead."""

    PASTE = "paste"
    UPLOAD = "upload"
    AGAIN = "again"
    NONE = "none"


class NotFetched(Exception):
    """The address gives nothing to read; the message is a sentence for the reader."""

    def __init__(self, sentence: str, way: Way = Way.PASTE) -> None:
        super().__init__(sentence)
        self.way = way
