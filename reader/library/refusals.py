"""Why a text does not become the newest of its piece."""

from reader.core.refusals import Refused


class SameText(Refused):
    """A new text that is the one that is there already."""

    def __init__(self) -> None:
        super().__init__("This is the text that is here already, so nothing was changed.")


class TextCame(Refused):
    """A text that was looked through against another than the newest."""

    def __init__(self) -> None:
        super().__init__("The piece got another text while this one was looked through, so nothing was saved.")
