"""Tests of the papers of the day of an election."""
