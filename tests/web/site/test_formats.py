"""Days are read as they are written here, the day first, in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest
from django import forms
from django.utils import timezone, translation


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["11/06/2026 07:30", "11-06-2026 07:30", "11.06.2026 07:30:00", "2026-06-11 07:30"])
def test_the_eleventh_of_june_is_never_in_november(language: str, typed: str) -> None:
    with translation.override(language):
        read = forms.DateTimeField().clean(typed)
        assert timezone.localtime(read).replace(tzinfo=None) == datetime(2026, 6, 11, 7, 30)  # noqa: DTZ001
        with pytest.raises(forms.ValidationError):
            forms.DateTimeField().clean("06/13/2026 07:30")
