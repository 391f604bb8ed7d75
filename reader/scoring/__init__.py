"""Figures about how people foresee and how readers judge, in pure Python: no database, no request.

They are the same to the last digit in whatever order their input comes.
"""

from .agreement import Agreement, Undefined, interval_alpha, nominal_alpha, ordinal_alpha
from .bins import bins_for
from .brier import Decomposition, Judged, brier, mean_brier, murphy
from .calibration import Bin, calibration
from .intervals import LEVEL, Interval, share_interval, wilson_interval

__all__ = [
    "LEVEL",
    "Agreement",
    "Bin",
    "Decomposition",
    "Interval",
    "Judged",
    "Undefined",
    "bins_for",
    "brier",
    "calibration",
    "interval_alpha",
    "mean_brier",
    "murphy",
    "nominal_alpha",
    "ordinal_alpha",
    "share_interval",
    "wilson_interval",
]
