"""Tests of the scanner check."""
