"""Whether the words of a passage are still those that were marked."""

#: What editors put for one another in a whole text at once says nothing else: quotes and dashes.
ALIKE = str.maketrans("’‘‚‛“”„‟–—−‐‑", "''''\"\"\"\"-----")


def same_words(marked: str, now: str) -> bool:
    """Whether both say the same, but for white space and the shapes of quotes and dashes."""
    if marked == now:
        return True
    return marked.translate(ALIKE).split() == now.translate(ALIKE).split()
