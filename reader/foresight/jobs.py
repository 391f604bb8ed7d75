"""What the worker does for the gutter: it looks through texts, and fits models."""

from reader.foresight.looking import look_through
from reader.foresight.refitting import read_again, refit
from reader.foresight.sweeps.running import forget_old_sweeps, run_sweep

__all__ = ["forget_old_sweeps", "look_through", "read_again", "refit", "run_sweep"]
