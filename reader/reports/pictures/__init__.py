"""Drawings made of numbers: SVG without a style or a script of its own, so that both themes and paper colour it.

No drawing stands alone. The numbers are in a table beside it, and the drawing is hidden from screen readers, which have
the table.
"""
