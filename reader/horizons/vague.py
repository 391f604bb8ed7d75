"""Wording that speaks of the time to come without naming a day."""

from .phrases import Phrases
from .windows import Precision

Vague = tuple[str, Precision]

_TERM = "near|nearer|short|shorter|medium|long|longer"
_WORDING: dict[str, Vague] = {
    "(pretty|quite|very|fairly|relatively) soon": ("soon", "unknown"),
    "soon (enough) to_come|to_be|enough": ("soon", "unknown"),
    "sooner or later": ("soon", "unknown"),
    "sooner than you|we|they|many|most|people|anyone|expected (think|thinks|expect|expects)": ("soon", "unknown"),
    "sooner rather than later": ("soon", "unknown"),
    "(not) anytime|any_time soon": ("soon", "unknown"),
    "shortly (after|thereafter)": ("soon", "unknown"),
    "before (too|very) long": ("soon", "unknown"),
    "in no time": ("soon", "unknown"),
    "in short order": ("soon", "unknown"),
    "in due course|time": ("soon", "unknown"),
    "any day|week|month|year|minute|moment|time now": ("soon", "unknown"),
    "imminent|imminently": ("soon", "unknown"),
    "(just) around|round the corner": ("soon", "unknown"),
    "on the (near) horizon": ("soon", "unknown"),
    "not (too|so|very) far off|away": ("soon", "unknown"),
    "tomorrow": ("tomorrow", "unknown"),
    "eventually": ("eventually", "unknown"),
    "a matter of time": ("eventually", "unknown"),
    "before you know it": ("soon", "unknown"),
    "someday": ("eventually", "unknown"),
    "some day": ("eventually", "unknown"),
    "one day (soon)": ("eventually", "unknown"),
    "at some (future) point|stage (soon)": ("eventually", "unknown"),
    "at some (future) point|stage in the (near|distant) future": ("eventually", "unknown"),
    "down the road|line|track": ("eventually", "unknown"),
    "in the fullness of time": ("eventually", "unknown"),
    "going|moving forward": ("future", "unknown"),
    "(in|into|for|over|within) the near|nearer|immediate|foreseeable|distant|far|not_distant future": (
        "future",
        "unknown",
    ),
    "in the very|relatively|fairly|reasonably|not_too|not_so near|distant future": ("future", "unknown"),
    "in the not - too|so - distant future": ("future", "unknown"),
    "in the near (-) to|or (-) medium|long (-) term": ("term", "unknown"),
    "(well|far) into the future": ("future", "unknown"),
    "the near|foreseeable|immediate|distant future": ("future", "unknown"),
    "in the future": ("future", "unknown"),
    "sometime|some_time in the (near|distant) future": ("future", "unknown"),
    "in future": ("future", "unknown"),
    f"(in|over|for) the (very) {_TERM} (-) term|run|haul": ("term", "unknown"),
    "in|within our|my|your|their|his|her lifetime|lifetimes": ("lifetime", "unknown"),
    "within a generation": ("lifetime", "unknown"),
    "for generations (to_come)": ("lifetime", "unknown"),
    "for a long time to come": ("eventually", "unknown"),
    "a (very|pretty) long time before|until": ("eventually", "unknown"),
    "a matter of days": ("soon", "day"),
    "a matter of weeks": ("soon", "week"),
    "a matter of months": ("soon", "month"),
    "a matter of years": ("eventually", "year"),
    "a matter of decades": ("eventually", "decade"),
    "take|takes a while": ("eventually", "unknown"),
    "take|takes a (very) long time": ("eventually", "unknown"),
    "a (very) long way off|away": ("eventually", "unknown"),
}
WORDING = Phrases(_WORDING)
# What looks like the wording above and says nothing of when.
EMPTY = Phrases(
    dict.fromkeys(
        ("as soon as", "so|too|how soon|sooner", "no sooner had|did|do|does|was|is", "at the end of the day"), True
    )
)
