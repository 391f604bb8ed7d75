"""Newsletters as mail programs keep them: from bytes to the piece that a letter is."""
