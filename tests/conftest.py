"""Every test speaks English unless it says otherwise: sentences are compared by their msgids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from daihoi.words.language import speak


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DAIHOI_LANG", "en")
    speak("en")
    yield
    speak("en")
