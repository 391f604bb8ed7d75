"""Figures about how people foresee and how readers judge, in pure Python: no database, no request.

They are the same to the last digit in whatever order their input comes.
"""

from .agreement import Agreement, Undefined, interval_alpha, nominal_alpha, ordinal_alpha

__all__ = [
    "Agreement",
    "Undefined",
    "interval_alpha",
    "nominal_alpha",
    "ordinal_alpha",
]
