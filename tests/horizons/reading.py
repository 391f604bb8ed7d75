"""How the tests write a window: "2027-01-01..2027-12-31", "2027-01-01..", "vague" or "-"."""

from datetime import date

from reader.horizons import Window, parse

SAID_ON = date(2023, 5, 17)


def written(window: Window) -> str:
    return "vague" if window.kind == "vague" else f"{window.start}..{window.end or ''}"


def best(text: str, said_on: date = SAID_ON) -> str:
    windows = parse(text, said_on)
    return written(windows[0]) if windows else "-"


def spans(text: str, said_on: date = SAID_ON) -> list[str]:
    """What was read, each wording once, the best candidate first."""
    return [span for span, _ in dict.fromkeys((window.span, window.at) for window in parse(text, said_on))]
