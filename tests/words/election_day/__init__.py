"""Tests of what is said on the day of an election."""
