"""Figures about how people foresee and how readers judge, in pure Python: no database, no request.

They are the same to the last digit in whatever order their input comes. docs/scores.md says how they are computed.
"""

from .agreement import Agreement, Undefined, nominal_alpha
from .bins import bin_of, bins_for
from .brier import Decomposition, Judged, brier, mean_brier, murphy
from .calibration import Bin, calibration
from .hedges import HEDGES, Hedge, Reading, read_hedge
from .intervals import LEVEL, Interval, share_interval, wilson_interval
from .peers import peer_points, peer_scores
from .points import Score, baseline_points, baseline_score, weighted_mean
from .records import NO_RANKING_BELOW, Ending, Entry, Record, has_ended, record_of
from .standing import Forecast, Question, standing_forecast

__all__ = [
    "HEDGES",
    "LEVEL",
    "NO_RANKING_BELOW",
    "Agreement",
    "Bin",
    "Decomposition",
    "Ending",
    "Entry",
    "Forecast",
    "Hedge",
    "Interval",
    "Judged",
    "Question",
    "Reading",
    "Record",
    "Score",
    "Undefined",
    "baseline_points",
    "baseline_score",
    "bin_of",
    "bins_for",
    "brier",
    "calibration",
    "has_ended",
    "mean_brier",
    "murphy",
    "nominal_alpha",
    "peer_points",
    "peer_scores",
    "read_hedge",
    "record_of",
    "share_interval",
    "standing_forecast",
    "weighted_mean",
    "wilson_interval",
]
