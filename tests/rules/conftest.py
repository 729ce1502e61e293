"""Laws are held by what they find, not by the clock: a deadline would fail on a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
