"""Tests of daihoi.learning."""
