"""Ballot papers: what they say, how they are drawn, and the codes that tie them to the election."""

from daihoi.papers.ballots.prepare import Prepared, copies, prepare

__all__ = ["Prepared", "copies", "prepare"]
