"""Cheap drawing: the stand-in for the reader looks at no pixel."""

from __future__ import annotations

import pytest

from daihoi.counts import opening


@pytest.fixture(autouse=True)
def _coarse_form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_reader" not in request.fixturenames:
        monkeypatch.setattr(opening, "FORM_DPI", 20)


@pytest.fixture
def real_reader() -> None:
    """Ask for it to have forms drawn as the real reader needs them."""
