"""Counting minutes: one description from plain data, written as DOCX and as PDF that say the same."""

from __future__ import annotations

from daihoi.papers.minutes.description import describe
from daihoi.papers.minutes.terms import MinutesInput, MissingLine, Written
from daihoi.papers.official.docx_writer import docx
from daihoi.papers.official.pdf_writer import pdf

__all__ = ["MinutesInput", "Written", "write"]


def write(facts: MinutesInput) -> Written:
    """Both files of the minutes; equal input gives equal bytes. A missing fact is a dotted line and a warning.

    Raises the family of `papers.minutes.errors` for facts that contradict themselves.
    """
    description = describe(facts)
    return Written(docx(description), pdf(description), tuple(MissingLine(key) for key in description.missing))
