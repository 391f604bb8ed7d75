"""How often Python looks for objects that hold each other."""

import gc

import pytest

from reader.core.collecting import SELDOM, seldom_collecting


def test_it_is_seldom_for_a_while() -> None:
    usual = gc.get_threshold()

    with seldom_collecting():
        assert gc.get_threshold() == (SELDOM, *usual[1:])

    assert gc.get_threshold() == usual


def test_it_is_as_ever_after_a_fault() -> None:
    usual = gc.get_threshold()

    with pytest.raises(ValueError, match="no row"), seldom_collecting():
        raise ValueError("no row")

    assert gc.get_threshold() == usual
