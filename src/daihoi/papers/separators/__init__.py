"""Separator slips: a page between two batches of ballots that says where in the pile the scans stand."""

from daihoi.papers.separators.paint import paint
from daihoi.papers.separators.slips import Batches, slips_of

__all__ = ["Batches", "paint", "slips_of"]
