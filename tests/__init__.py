"""Tests of the house; the folders mirror src/daihoi."""
