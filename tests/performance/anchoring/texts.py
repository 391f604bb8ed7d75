"""Prose to cut cases from: the demo library, as texts are stored, a line for each paragraph."""

from pathlib import Path

ROOT = Path(__file__).parents[3]


def library() -> list[str]:
    """The pieces of the demo library."""
    folder = ROOT / "reader/pages/demo"
    return [
        lined(path.read_text().split("+++", 2)[2]) for path in sorted(folder.glob("*.md")) if path.name != "README.md"
    ]


def lined(text: str) -> str:
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def long_text(size: int) -> str:
    """An article of so many characters."""
    text = "\n".join(library())
    return (text * (size // len(text) + 1))[:size]
