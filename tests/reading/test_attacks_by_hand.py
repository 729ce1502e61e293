"""Attacks by hand on both readers: every fifth of all, and all of those kinds that once fooled them.

`python -m tests.reading.adversary` reads them all.
"""

from __future__ import annotations

import itertools

import pytest

from daihoi.reading.terms import ReadPage
from daihoi.rules.terms import Mark

from .adversary import names, sheets, squares
from .adversary.terms import KEPT, Attack, Outcome, attacked, draw, readers

EVERY = 6
FOOLED = [*names.covered(), *itertools.islice(names.other_rows(), 5), *squares.erased()]
ALL = [*names.attacks(), *squares.attacks(), *sheets.attacks()]
CHOSEN = {attack.name: attack for attack in [*FOOLED, *ALL[::EVERY]]}


@pytest.mark.parametrize("attack", CHOSEN.values(), ids=CHOSEN.keys())
def test_attack_does_not_fool_both_readers(attack: Attack) -> None:
    wrong = attacked(attack)["both"].wrong
    if attack.known:
        assert wrong, f"{attack.name} fools nobody any more: take it off the known limits"
    else:
        assert not wrong


def test_attacks_have_names_of_their_own() -> None:
    assert len({attack.name for attack in ALL}) == len(ALL)


def test_attack_on_nothing_is_no_attack() -> None:
    clean = Attack("nothing", "strike", lambda page: page.strike(1).scan(), {1: frozenset({Mark.STRUCK})}, KEPT)
    read = readers("strike").read(draw(clean))
    assert isinstance(read, ReadPage)
    assert not any(mark.mark is Mark.DOUBTFUL for mark in read.marks)
    assert attacked(clean)["both"] == Outcome("", read.marks)


def test_word_that_is_not_right_is_wrong() -> None:
    clean = Attack("nothing", "strike", lambda page: page.strike(1).scan(), {}, KEPT)
    assert attacked(clean)["both"].wrong == ("row 2 struck",)
