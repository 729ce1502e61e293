"""Hypothesis strategies that the rooms share."""
