"""Drawing in a process of its own: what a file does to its decoder, the worker does not feel."""

import resource
import time
from collections.abc import Iterator

import pytest

from reader.intake.images import apart
from reader.intake.images.apart import TOO_MUCH, Apart
from reader.intake.images.drawing import NO_PICTURE, Counter, Drawn, NotDrawn, draw
from tests.intake.images.files import bomb, endless_jpeg, picture

LARGE = [((5990, 4000), "JPEG"), ((4800, 3300), "PNG"), ((4800, 3300), "GIF"), ((4000, 2990), "WEBP")]


@pytest.fixture(scope="module")
def easel() -> Iterator[Apart]:
    with Apart() as made:
        yield made


def peak_of_children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # kilobytes


def test_it_draws_what_is_drawn_at_home(easel: Apart) -> None:
    assert easel.draw(picture()) == draw(picture())
    assert easel.draw(picture((4000, 1000))).width == 1600


def test_it_refuses_with_the_same_sentences(easel: Apart) -> None:
    for data in (b"", b"%PDF-1.7", bomb()):
        with pytest.raises(NotDrawn) as there:
            easel.draw(data)
        with pytest.raises(NotDrawn) as here:
            draw(data)
        assert str(there.value) == str(here.value)
    with pytest.raises(Counter):
        easel.draw(picture((1, 1), "GIF"))


@pytest.mark.parametrize(("size", "form"), [*LARGE, ((4000, 2990), "AVIF")])
def test_the_largest_honest_ones_fit(easel: Apart, size: tuple[int, int], form: str) -> None:
    assert easel.draw(picture(size, form, speed=10) if form == "AVIF" else picture(size, form)).width == 1600


def test_one_that_takes_too_long_is_refused_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A JPEG of many scans, each of which goes over all of it once more."""
    monkeypatch.setattr(apart, "PATIENCE", 3.0)
    with Apart() as made:
        made.draw(picture())
        started = time.monotonic()
        with pytest.raises(NotDrawn) as refused:
            made.draw(endless_jpeg())
        assert (str(refused.value), time.monotonic() - started < 20) == (TOO_MUCH, True)
        assert isinstance(made.draw(picture()), Drawn)


def test_one_that_ends_its_child_is_refused_and_the_next_is_drawn() -> None:
    with Apart() as made:
        made.draw(picture())
        child = made.child
        assert child
        child.kill()
        child.join()
        with pytest.raises(NotDrawn) as refused:
            made.draw(picture())
        assert str(refused.value) == TOO_MUCH
        assert made.draw(picture()).width == 640
        assert made.child is not child


def test_its_child_has_limits_and_ends_with_it() -> None:
    with Apart() as made:
        made.draw(picture())
        child = made.child
        assert child
        assert child.pid
        assert resource.prlimit(child.pid, resource.RLIMIT_AS)[0] == apart.MOST_MEMORY
        assert 0 < resource.prlimit(child.pid, resource.RLIMIT_CPU)[0] <= apart.SECONDS + 10
    assert not child.is_alive()
    assert made.child is None


def test_without_a_picture_there_is_no_child() -> None:
    with Apart() as made:
        pass
    assert made.child is None
    assert NO_PICTURE
