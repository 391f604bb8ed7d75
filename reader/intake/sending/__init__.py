"""Doors to which other programs send: the reader's own browser, their telephone, their mail."""
