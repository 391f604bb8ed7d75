"""Outcomes as a moon, everywhere the same, with its word beside it; and the stamp that says where a claim stands."""

from functools import lru_cache

from django.utils.safestring import SafeString

from reader.claims.models import Phase
from reader.claims.scale import Outcome
from reader.claims.verdicts import Status
from reader.core.markup import NOTHING, fill

DISC = '<circle cx="8" cy="8" r="6.2"/>'
#: What of the disc is filled, by how far it came true; and what stands for each that has no outcome.
FACES: dict[int | str, str] = {
    Outcome.HAPPENED: f'{DISC}<circle class="lit" cx="8" cy="8" r="6.2"/>',
    Outcome.MOSTLY: f'{DISC}<path class="lit" d="M8 8V1.8A6.2 6.2 0 1 1 1.8 8Z"/>',
    Outcome.PARTLY: f'{DISC}<path class="lit" d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z"/>',
    Outcome.MOSTLY_NOT: f'{DISC}<path class="lit" d="M8 8V1.8A6.2 6.2 0 0 1 14.2 8Z"/>',
    Outcome.DID_NOT_HAPPEN: DISC,
    Status.AMBIGUOUS: '<path d="M3 8h10"/>',
    Status.ANNULLED: f'{DISC}<path d="M3.7 12.3 12.3 3.7"/>',
    "": '<circle cx="8" cy="8" r="6.2" stroke-dasharray="1.6 2.3"/>',
}
MOON = '<svg class="moon" viewBox="0 0 16 16" aria-hidden="true">{face}</svg>'
STAMP = '<span class="stamp" data-phase="{phase}">{moon}{word}</span>{disputed}'
DISPUTED = SafeString('<span class="stamp" data-phase="disputed">Disputed</span>')


@lru_cache(maxsize=32)
def moon(status: str | None, outcome: int | None) -> SafeString:
    """The drawing of an outcome, or of why there is none; its word must stand beside it."""
    face = FACES[outcome if outcome is not None else status or ""]
    return fill(MOON, face=SafeString(face))


def outcome_in_words(status: str, outcome: int | None) -> str:
    return Outcome(outcome).label if outcome is not None else str(Status(status).label)


@lru_cache(maxsize=128)
def stamp(phase: Phase, status: str | None = None, outcome: int | None = None) -> SafeString:
    """Where a claim stands: how it was judged, or while it was not, how it stands in time."""
    if status is None:
        return fill(STAMP, phase=phase.value, moon=moon(None, None), word=phase.label, disputed=NOTHING)
    return fill(
        STAMP,
        phase=Phase.JUDGED.value,
        moon=moon(status, outcome),
        word=outcome_in_words(status, outcome),
        disputed=DISPUTED if phase == Phase.DISPUTED else NOTHING,
    )
