"""The model that is in use: one that was fitted here, or else the shipped one."""

from functools import lru_cache
from typing import NamedTuple

from reader.foresight.models import SHIPPED, Spotter, SpotterState
from reader.spotting.features import VERSION
from reader.spotting.model import Model, load, parsed


class Live(NamedTuple):
    name: str
    model: Model


def live() -> Live:
    """The model that is in use now; one of features that are no more is not used any longer."""
    fitted = Spotter.objects.filter(state=SpotterState.LIVE, features=VERSION).first()
    return Live(fitted.name, read_once(fitted.text)) if fitted else Live(SHIPPED, load())


@lru_cache(maxsize=2)
def read_once(text: str) -> Model:
    return parsed(text)
