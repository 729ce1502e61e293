"""Every refusal of this room has its code, its fields and its sentence."""

from __future__ import annotations

import inspect

import pytest

from daihoi.simulation import errors
from daihoi.simulation.errors import NoBallots, OutputNotEmpty, PagesDiffer, SimulationError, UnknownScanner
from daihoi.words.errors import sentence
from daihoi.words.errors.simulation import SENTENCES

ALL: list[SimulationError] = [
    SimulationError(),
    UnknownScanner("fax", "office, worn, poor"),
    NoBallots(0),
    OutputNotEmpty("scans", "mine.jpg"),
    PagesDiffer(2, 1),
]


def test_every_class_is_tested_here() -> None:
    classes = {cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, SimulationError)}
    assert classes == {type(error) for error in ALL}
    assert {cls.code for cls in classes} == set(SENTENCES)


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.code)
def test_sentence_is_filled_with_the_fields(error: SimulationError) -> None:
    told = sentence(error)
    assert "{" not in told
    for value in error.fields.values():
        assert str(value) in told


def test_family_tree_names_every_class() -> None:
    tree = inspect.getdoc(errors) or ""
    assert all(type(error).__name__ in tree for error in ALL)
