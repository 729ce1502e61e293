"""Counting minutes: one description from plain data, written as DOCX and as PDF that say the same."""

from __future__ import annotations

from daihoi.papers.minutes.terms import MinutesInput, Written

__all__ = ["MinutesInput", "Written", "write"]


def write(facts: MinutesInput) -> Written:
    """Both files of the minutes; equal input gives equal bytes. A missing fact is a dotted line and a warning."""
    raise NotImplementedError(facts.contest)
