"""Word lists, written as one string for the sake of the eye."""


def listed(words: str) -> list[str]:
    return words.split()


def vocabulary(words: str) -> frozenset[str]:
    return frozenset(listed(words))


def numbered(words: str, first: int = 1) -> dict[str, int]:
    """Each word with its place in the list."""
    return {word: number for number, word in enumerate(listed(words), start=first)}
