"""Daihoi: a whole round of congresses, from the directive to the lessons; at its heart, the count of paper ballots."""

__version__ = "0.1.0"
