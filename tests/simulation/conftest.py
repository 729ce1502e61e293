"""Printed ballots that the tests of this room draw on."""

from __future__ import annotations

import pytest

from . import ballots


@pytest.fixture(scope="session")
def strike() -> ballots.Ballot:
    return ballots.strike_ballot()


@pytest.fixture(scope="session")
def agree() -> ballots.Ballot:
    return ballots.agree_ballot()


@pytest.fixture(scope="session")
def two_sided() -> ballots.Ballot:
    return ballots.two_sided_ballot()
