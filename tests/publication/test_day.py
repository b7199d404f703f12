"""The day is computed once, and later steps see nothing else."""

import inspect
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from kokemus.experts import consent
from kokemus.experts.consent import InForce
from kokemus.experts.profile import Profile
from kokemus.publication import backing, making, publish
from kokemus.publication.inputs import Inputs
from tests.conftest import DEMO_DAY


def test_a_publication_computes_what_is_in_force_once(inputs: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second computation could give a different result."""
    asked: list[date] = []
    really = consent.in_force

    def noted(profiles: Iterable[Profile], on: date) -> InForce:
        asked.append(on)
        return really(profiles, on)

    monkeypatch.setattr(consent, "in_force", noted)
    assert publish.publish(inputs, DEMO_DAY).site
    assert asked == [DEMO_DAY]


def takers(module: object) -> set[str]:
    """The functions of a module that take ``Inputs``."""
    own: list[tuple[str, Callable[..., object]]] = inspect.getmembers(module, inspect.isfunction)
    return {name for name, made in own if Inputs in inspect.get_annotations(made, eval_str=True).values()}


def test_nothing_after_the_day_takes_the_inputs() -> None:
    """Except ``publish`` itself, which makes the day from it."""
    assert takers(publish) == {"publish"}
    assert takers(making) | takers(backing) == set()
