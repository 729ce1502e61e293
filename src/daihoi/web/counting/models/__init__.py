"""Counts and what people did in them, and what stands beside a count: its entry log, and the hand sample."""

from daihoi.web.counting.models.beside import HandReading, HandSample, LogLine, SampledPaper
from daihoi.web.counting.models.counts import (
    Batch,
    Claim,
    Comparison,
    Count,
    Decision,
    KeyedBallot,
    Look,
    Progress,
    Question,
    Raised,
    Reader,
    Totals,
)

__all__ = (
    "Batch",
    "Claim",
    "Comparison",
    "Count",
    "Decision",
    "HandReading",
    "HandSample",
    "KeyedBallot",
    "LogLine",
    "Look",
    "Progress",
    "Question",
    "Raised",
    "Reader",
    "SampledPaper",
    "Totals",
)
